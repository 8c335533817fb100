//! By which way to publish: what the disk can do, and who reads how.

use std::io::ErrorKind;

use super::exchange::What;
use super::head::Head;
use super::manifest::Manifest;
use super::place::Store;
use super::standby::Standby;
use super::work::Work;
use super::{
    Error, Hooks, Keep, Note, Place, PublishOptions, Release, Result, exchange, in_place, retention,
};
use crate::build::Plan;
use crate::disk::{self, Swapped, exists, is_mount_point};
use crate::path::OutputPath;

/// By which way to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By a tree of its own, that takes the place of the old one.
    Exchange(What),
    /// File by file.
    InPlace {
        /// Whether files of this disk have no number that stays.
        plain: bool,
    },
}

/// Publishes by the way that the disk and its readers allow.
pub(super) fn publish(
    work: &mut Work<'_>,
    plan: &Plan<'_>,
    gone: &[OutputPath],
    mut head: Head,
    how: PublishOptions,
    notes: &mut Vec<Note>,
) -> Result<Manifest> {
    let wanted = retention::keep(&work.output.publishing, how);
    let busy = retention::held(work.store, notes);
    let (last, before) =
        head.former.split_last().map_or((None, [].as_slice()), |(last, rest)| (Some(last), rest));
    // The release that ends is one of those to be kept, and can't go yet.
    let rest = Keep { releases: wanted.releases.saturating_sub(1), ..wanted };
    let fate = retention::Kept::of(before, rest, how.at, &busy);
    head.former = fate.stay.iter().chain(last).cloned().collect();
    let what = match choose(work, how, notes)? {
        Way::Exchange(what) => what,
        Way::InPlace { plain } => {
            work.plain = plain;
            return go_in_place(work, plan, gone, head, &fate.go, notes);
        }
    };
    if what == What::Entries {
        let sweep = exchange::sweep(work, gone);
        head.sweep = sweep.keys().map(ToString::to_string).collect();
        work.kept.extend(sweep);
    }
    let standby = beginning(work, plan, notes)?;
    if let Some(next) = exchange::publish(work, plan, standby, head.clone(), what, how.sync)? {
        let_go(work.store, &fate.go, notes)?;
        return Ok(next);
    }
    notes.push(Note::Mounted);
    exchange::take_back(work)?;
    go_in_place(work, plan, gone, head, &fate.go, notes)
}

/// Publishes file by file. The release that ends leaves no tree.
fn go_in_place(
    work: &Work<'_>,
    plan: &Plan<'_>,
    gone: &[OutputPath],
    mut head: Head,
    go: &[Release],
    notes: &mut Vec<Note>,
) -> Result<Manifest> {
    if let Some(last) = head.former.last_mut() {
        last.kept = false;
    }
    let next = in_place::publish(work, plan, gone, head)?;
    go.iter().try_for_each(|release| retention::remove(work.store, release, notes))?;
    give_up(work.store, notes);
    Ok(next)
}

/// What the next tree begins as; `None` for nothing.
fn beginning(work: &mut Work<'_>, plan: &Plan<'_>, notes: &mut Vec<Note>) -> Result<Option<Standby>> {
    // Where most of it is new, that lies in the spool and begins the tree.
    let (is_new, spare) = (work.spooled.len() > plan.keep.len(), work.store.spare());
    let ready = work.standby.take();
    if is_new || ready.is_some() || !exists(&spare) {
        return Ok(ready.filter(|_| !is_new));
    }
    match Standby::make(work.place, work.store, work.live, work.hooks) {
        // Something in it can't be changed; the tree can do without it.
        Err(Error::Disk(error)) if error.source.kind() == ErrorKind::PermissionDenied => {
            give_up(work.store, notes);
            Ok(None)
        }
        made => made.map(Some),
    }
}

/// Removes what would have been the beginning of the next tree.
fn give_up(store: &Store, notes: &mut Vec<Note>) {
    if disk::remove_tree(&store.spare()).is_err() {
        notes.push(Note::NotRemoved(store.spare()));
    }
}

/// Removes the releases that `go`; one tree of them is the beginning of that
/// after next, where none is there yet.
fn let_go(store: &Store, go: &[Release], notes: &mut Vec<Note>) -> Result<()> {
    for release in go.iter().rev() {
        let tree = store.tree(release.number);
        if !exists(&store.spare()) && disk::is_folder(&tree) {
            disk::rename(&tree, &store.spare())?;
        }
        retention::remove(store, release, notes)?;
    }
    Ok(())
}

/// Whether a release is published by a tree of its own there, as far as that
/// can be said before there is one.
pub(super) fn makes_a_tree(place: &Place, store: &Store, in_place: bool, hooks: &dyn Hooks) -> Result<bool> {
    let output = &place.output;
    let held = || hooks.binds_of(output).iter().any(|bind| !bind.below.as_os_str().is_empty());
    Ok(!in_place && exists(output) && !is_mount_point(output) && can_exchange(store, hooks)? && !held())
}

/// Chooses, and notes why it is not the best one.
fn choose(work: &Work<'_>, how: PublishOptions, notes: &mut Vec<Note>) -> Result<Way> {
    let output = &work.place.output;
    let mounted = is_mount_point(output);
    let able = can_exchange(work.store, work.hooks)?;
    if how.in_place || mounted {
        notes.extend(mounted.then_some(Note::Mounted));
        return Ok(Way::InPlace { plain: !able });
    }
    if !exists(output) {
        // The first tree gets its name by a plain rename.
        return Ok(if able { Way::Exchange(What::Whole) } else { Way::InPlace { plain: true } });
    }
    if !able {
        notes.push(Note::FileByFile);
        return Ok(Way::InPlace { plain: true });
    }
    let binds = work.hooks.binds_of(output);
    if let Some(bind) = binds.iter().find(|bind| !bind.below.as_os_str().is_empty()) {
        notes.push(Note::Bound { at: bind.at.clone(), below: bind.below.clone() });
        return Ok(Way::InPlace { plain: false });
    }
    if let Some(bind) = binds.first() {
        notes.push(Note::Bound { at: bind.at.clone(), below: bind.below.clone() });
        return Ok(Way::Exchange(What::Entries));
    }
    let asked = work.output.publishing.in_place;
    Ok(Way::Exchange(if asked { What::Entries } else { What::Whole }))
}

/// Tries out whether this disk can exchange two names, and whether a file can
/// have two: then its number says which file it is.
fn can_exchange(store: &Store, hooks: &dyn Hooks) -> Result<bool> {
    let [one, two] = store.probes();
    let clear = || disk::remove_file(&one).and_then(|()| disk::remove_file(&two));
    clear()?;
    disk::create_new(&one, b"")?;
    let linked = matches!(hooks.link(&one, &two), Ok(None));
    let number = disk::identity(&one);
    let able = linked
        && number != 0
        && number == disk::identity(&two)
        && matches!(hooks.exchange(&one, &two), Ok(Swapped::Done));
    clear()?;
    Ok(able)
}
