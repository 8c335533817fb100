//! Which former releases are kept.
//!
//! A tree may have readers long after it stopped being the site: a copy that
//! runs, a server started in it. So beyond the number to be kept, a tree stays
//! while it is young or while a process works in it. One that goes becomes the
//! tree of the next release where there is one to be made: it is nearly that.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::head::Release;
use super::place::Store;
use super::{Note, PublishOptions, Result};
use crate::config::Publishing;
use crate::disk;

/// How many former releases are kept, and how large they may be together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// By number.
    pub releases: usize,
    /// By what they alone have, in bytes.
    pub bytes: Option<u64>,
}

/// For so long a tree stays in any case: copies by rsync and the like end
/// within it.
const YOUNG: SignedDuration = SignedDuration::from_mins(10);

/// So many trees stay because they are young, at the most.
const MOST: usize = 64;

/// As the column says, unless the command does.
pub(super) fn keep(publishing: &Publishing, how: PublishOptions) -> Keep {
    Keep { releases: how.keep.unwrap_or(publishing.keep), bytes: publishing.keep_bytes }
}

/// What becomes of the former releases: those that stay, those that go.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) stay: Vec<Release>,
    pub(super) go: Vec<Release>,
}

impl Kept {
    /// Of `former` (the oldest first), without what is `held`.
    pub(super) fn of(former: &[Release], keep: Keep, now: Timestamp, held: &BTreeSet<u64>) -> Self {
        let mut kept = Self::default();
        let mut bytes = 0_u64;
        for (place, release) in former.iter().rev().enumerate() {
            bytes = bytes.saturating_add(release.own);
            let wanted = place < keep.releases && keep.bytes.is_none_or(|most| bytes <= most);
            // A clock that was set back makes it young once more.
            let young = release.retired.is_some_and(|at| now.duration_since(at) < YOUNG);
            if wanted || held.contains(&release.number) || (young && place < MOST) {
                kept.stay.push(release.clone());
            } else {
                kept.go.push(release.clone());
            }
        }
        kept.stay.reverse();
        kept.go.reverse();
        kept
    }
}

/// The releases in whose trees processes work; each is a note too, since those
/// processes show what was then.
pub(super) fn held(store: &Store, notes: &mut Vec<Note>) -> BTreeSet<u64> {
    let mut held = BTreeSet::new();
    for holder in disk::holders_of(store.folder()) {
        let below = holder.folder.strip_prefix(store.folder()).ok();
        let number = below.and_then(|below| below.iter().next()?.to_str()?.parse().ok());
        if let Some(number) = number {
            held.insert(number);
            notes.push(Note::Outdated { program: holder.name, pid: holder.pid, release: number });
        }
    }
    held
}

/// Removes what is left of a release. A tree that the system does not let us
/// remove (a file in it is marked immutable) stays, and is noted.
pub(super) fn remove(store: &Store, release: &Release, notes: &mut Vec<Note>) -> Result<()> {
    disk::remove_file(&store.manifest_of(release.number))?;
    let tree = store.tree(release.number);
    if disk::exists(&tree) && disk::remove_tree(&tree).is_err() {
        notes.push(Note::NotRemoved(tree));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(number: u64, own: u64, retired: i64) -> Release {
        let at = |second| Timestamp::from_second(second).unwrap();
        let (files, written, removed) = (1, 1, 0);
        let retired = Some(at(retired));
        Release { number, at: at(0), files, written, removed, own, again: None, retired, kept: true }
    }

    fn going(former: &[Release], keep: Keep, now: i64, held: &[u64]) -> Vec<u64> {
        let now = Timestamp::from_second(now).unwrap();
        let kept = Kept::of(former, keep, now, &held.iter().copied().collect());
        assert_eq!(kept.stay.len() + kept.go.len(), former.len());
        kept.go.iter().map(|release| release.number).collect()
    }

    #[test]
    fn what_is_beyond_the_number_or_the_size_goes_when_it_is_old() {
        let former: Vec<Release> = (1..=8).map(|n| release(n, 100, i64::try_from(n).unwrap() * 60)).collect();
        let keep = |releases, bytes| Keep { releases, bytes };
        assert_eq!(going(&former, keep(5, None), 86_400, &[]), [1, 2, 3]);
        assert_eq!(going(&former, keep(5, None), 86_400, &[2]), [1, 3]);
        assert_eq!(going(&former, keep(0, None), 86_400, &[]), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(going(&former, keep(5, Some(250)), 86_400, &[]), [1, 2, 3, 4, 5, 6]);
        // Ten minutes after release 2 was retired.
        assert_eq!(going(&former, keep(5, None), 120 + 600, &[]), [1, 2]);
        // The clock was set back.
        assert_eq!(going(&former, keep(5, None), -86_400, &[]), [] as [u64; 0]);
    }

    #[test]
    fn young_trees_do_not_pile_up_for_ever() {
        let former: Vec<Release> = (1..=100).map(|n| release(n, 1, 0)).collect();
        assert_eq!(going(&former, Keep { releases: 5, bytes: None }, 1, &[]).len(), 100 - MOST);
    }
}
