//! By which way to publish: what the disk can do, and who reads how.

use super::exchange::What;
use super::place::Store;
use super::work::Work;
use super::{How, Note, Result, Steps};
use crate::disk::{self, Swapped, exists, is_mount_point};

/// By which way to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By a tree of its own, that takes the place of the old one.
    Exchange(What),
    /// File by file.
    InPlace {
        /// Whether files of this disk have no number that stays.
        plain: bool,
    },
}

/// Chooses, and notes why it is not the best one.
pub(super) fn choose(work: &Work<'_>, how: How, notes: &mut Vec<Note>) -> Result<Way> {
    let output = &work.place.output;
    let mounted = is_mount_point(output);
    let able = can_exchange(work.store, work.steps)?;
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
    let binds = work.steps.binds_of(output);
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
fn can_exchange(store: &Store, steps: &dyn Steps) -> Result<bool> {
    let [one, two] = store.probes();
    let clear = || disk::remove_file(&one).and_then(|()| disk::remove_file(&two));
    clear()?;
    disk::create_new(&one, b"")?;
    let linked = matches!(steps.link(&one, &two), Ok(None));
    let number = disk::identity(&one);
    let able = linked
        && number != 0
        && number == disk::identity(&two)
        && matches!(steps.exchange(&one, &two), Ok(Swapped::Done));
    clear()?;
    Ok(able)
}
