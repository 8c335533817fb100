//! From the next tree to the site: steps 7 to 10. The two folders exchange
//! their names; or, where readers hold the folder and not its name, the entries
//! of the two exchange theirs, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::folder::folders_of;
use super::head::Head;
use super::hooks::step;
use super::manifest::{Fact, Manifest};
use super::place::Store;
use super::standby::Standby;
use super::work::Work;
use super::{Error, Hooks, Place, Result, Step, late, manifest, tree};
use crate::build::Plan;
use crate::disk::{self, Swapped};
use crate::hosting::{Phase, served};
use crate::path::OutputPath;

/// What is exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The folder.
    Whole,
    /// Its entries, one by one.
    Entries,
}

/// Publishes by way of the next tree, which begins as the `standby`. `None`,
/// with nothing done, where the folder can't be renamed.
pub(super) fn publish(
    work: &Work<'_>,
    plan: &Plan<'_>,
    standby: Option<Standby>,
    head: Head,
    what: What,
    sync: bool,
) -> Result<Option<Manifest>> {
    let (place, store) = (work.place, work.store);
    let mut site = tree::make(work, standby)?;
    site.retain(|path, _| !head.sweep.iter().any(|going| going == path.as_str()));
    if sync {
        step(work.hooks, Step::Sync, &store.next())?;
        work.hooks.sync(&store.next())?;
    }
    let head = match what {
        What::Whole => Head { tree: disk::identity(&store.next()), ..head },
        What::Entries => Head { entries: entries(work, plan, &site), ..head },
    };
    let pending = Manifest::new(site, head);
    step(work.hooks, Step::Record, &store.pending())?;
    pending.save(&store.pending())?;
    match what {
        What::Entries => exchange_entries(place, store, &pending.head, work.hooks)?,
        What::Whole if !exchange_whole(work)? => return Ok(None),
        What::Whole => {}
    }
    late::carry(work)?;
    settle(store, &pending, work.packed.as_deref(), work.hooks)?;
    let head = Head { entries: Vec::new(), sweep: Vec::new(), ..pending.head.clone() };
    Ok(Some(Manifest { head, ..pending }))
}

/// Step 9 for the folders. False where they can't be exchanged.
fn exchange_whole(work: &Work<'_>) -> Result<bool> {
    let (output, next) = (&work.place.output, work.store.next());
    step(work.hooks, Step::Exchange, output)?;
    if !disk::exists(output) {
        disk::rename(&next, output)?;
        return Ok(true);
    }
    Ok(work.hooks.exchange(&next, output)? == Swapped::Done)
}

/// The entries of the folder that differ, in the order in which they are
/// exchanged, and the number of each on the disk; those that go are the last.
fn entries(work: &Work<'_>, plan: &Plan<'_>, site: &BTreeMap<OutputPath, Fact>) -> Vec<(String, u64)> {
    let top = |path: &OutputPath| path.as_str().split('/').next().unwrap_or_default().to_owned();
    // Also what stayed for open pages and stays no longer.
    let swept = work.live.verified.keys().filter(|path| !site.contains_key(*path));
    let written = plan.write.iter().map(|(path, _)| *path);
    let changed: BTreeSet<String> = written.chain(&plan.remove).chain(swept).map(top).collect();
    let mut phases: BTreeMap<&str, Phase> = BTreeMap::new();
    for path in site.keys() {
        let name = path.as_str().split('/').next().unwrap_or_default();
        // A folder with pages comes with the pages, whatever else is in it.
        let phase = match served(path.as_str()).phase {
            Phase::Lists if name != path.as_str() => Phase::Pages,
            phase => phase,
        };
        let first = phases.entry(name).or_insert(phase);
        *first = phase.max(*first);
    }
    let next = work.store.next();
    let mut entries: Vec<_> = changed
        .into_iter()
        .map(|name| {
            let number = disk::identity(&next.join(&name));
            let phase = phases.get(name.as_str()).copied().filter(|_| number != 0);
            (phase.is_none(), phase, (name, number))
        })
        .collect();
    entries.sort();
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}

/// Step 9 for the entries; goes on where a run that died left off.
pub(super) fn exchange_entries(place: &Place, store: &Store, head: &Head, hooks: &dyn Hooks) -> Result<()> {
    for (name, number) in &head.entries {
        let (next, at) = (store.next().join(name), place.output.join(name));
        let there = disk::identity(&at);
        if there == *number {
            continue;
        }
        step(hooks, Step::Exchange, &at)?;
        if *number == 0 {
            disk::rename(&at, &next)?;
        } else if there == 0 {
            disk::rename(&next, &at)?;
        } else if hooks.exchange(&next, &at)? != Swapped::Done {
            let why = std::io::ErrorKind::Unsupported.into();
            return Err(Error::Disk(disk::Error::new(disk::Act::Exchange, &at, why)));
        }
    }
    for path in &head.sweep {
        let at = place.output.join(path);
        step(hooks, Step::Delete, &at)?;
        disk::remove_file(&at)?;
        let folders = at.ancestors().skip(1).take_while(|folder| *folder != place.output);
        // The first that is not empty ends it.
        let _ = folders.map(disk::remove_folder).find(std::result::Result::is_err);
    }
    Ok(())
}

/// The files of the site that go, and that pages of before need until their
/// entry is exchanged: all that lie in folders which stay.
pub(super) fn sweep(work: &Work<'_>, gone: &[OutputPath]) -> BTreeMap<OutputPath, Fact> {
    let stays = |path: &OutputPath| {
        let top = path.as_str().split_once('/').map(|(top, _)| format!("{top}/"));
        top.is_some_and(|top| work.paths().any(|path| path.as_str().starts_with(&top)))
    };
    let folders = folders_of(work.paths());
    let free = |path: &OutputPath| {
        !folders.contains(path.as_str()) && !folders_of([path]).iter().any(|folder| work.has(folder))
    };
    let facts = gone.iter().filter(|path| stays(path) && free(path));
    facts.filter_map(|path| Some((path.clone(), *work.live.verified.get(path)?))).collect()
}

/// Step 10: puts away the former tree and its manifest, and makes that of the
/// new one the site's. Each part may have been done by a run that died. `packed`
/// is the former manifest as it is put away, where that was made before.
pub(super) fn settle(
    store: &Store,
    pending: &Manifest,
    packed: Option<&[u8]>,
    hooks: &dyn Hooks,
) -> Result<()> {
    step(hooks, Step::Retire, &store.next())?;
    if let Some(former) = pending.head.former.last() {
        if disk::exists(&store.manifest()) {
            manifest::put_away(&store.manifest(), packed, &store.manifest_of(former.number))?;
        }
        step(hooks, Step::Retire, &store.next())?;
        if disk::exists(&store.next()) {
            disk::rename(&store.next(), &store.tree(former.number))?;
        }
    }
    step(hooks, Step::Retire, &store.pending())?;
    disk::rename(&store.pending(), &store.manifest())?;
    Ok(())
}

/// Takes back the next tree, where the folders could not be exchanged. What was
/// finished before it began lies in it, and is still wanted.
pub(super) fn take_back(work: &Work<'_>) -> Result<()> {
    let store = work.store;
    if work.spooled.is_empty() {
        return recover(work.place, store, work.hooks);
    }
    disk::remove_file(&store.pending())?;
    disk::remove_tree(&store.spool())?;
    Ok(disk::rename(&store.next(), &store.spool())?)
}

/// Ends what a run left undone that died or failed after it had begun: goes on
/// where readers may have seen a part of it, else takes it back.
pub(super) fn recover(place: &Place, store: &Store, hooks: &dyn Hooks) -> Result<()> {
    let Some(pending) = Manifest::load(&store.pending()) else {
        return Ok(disk::remove_tree(&store.next())?);
    };
    let there = disk::identity(&place.output);
    let exchanged = there != 0 && (there == pending.head.tree || !disk::exists(&store.next()));
    if pending.damaged {
        // It is written whole before anything is exchanged; so nothing was.
    } else if !pending.head.entries.is_empty() {
        exchange_entries(place, store, &pending.head, hooks)?;
        return settle(store, &pending, None, hooks);
    } else if exchanged {
        return settle(store, &pending, None, hooks);
    }
    disk::remove_file(&store.pending())?;
    disk::remove_tree(&store.next())?;
    Ok(())
}
