//! What the user should know of how a publication went.

use std::path::PathBuf;

use crate::config::Publishing;
use crate::disk::{self, Wish};

/// Something that the user should know of how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// File by file, since something is mounted on the folder.
    Mounted,
    /// File by file, since this disk can't exchange folders, or gives files no
    /// second names.
    FileByFile,
    /// The folder, or one below it, is mounted elsewhere too, as in a
    /// container: changed in place, so that it is seen there.
    Bound {
        /// Where, as those see it who have it.
        at: PathBuf,
        /// Which folder; empty for the whole.
        below: PathBuf,
    },
    /// A process works in the tree of a former release, and shows that.
    Outdated {
        /// What its program calls itself.
        program: String,
        /// The process.
        pid: u32,
        /// The release.
        release: u64,
    },
    /// Owner, group or rights of so many files and folders could not be given.
    Denied(usize),
    /// This machine has no group of that name.
    NoGroup(String),
    /// A former tree that the system does not let us remove.
    NotRemoved(PathBuf),
    /// This file system has no locks.
    NoLock,
    /// Pages went, and nothing leads from their addresses to others: how many,
    /// and one of them.
    Vanished(usize, String),
    /// Files that are not ours stand in the folder and were carried over: how
    /// many, and one of them.
    Strangers(usize, PathBuf),
}

impl Note {
    /// Of the pages that are gone and were not `before`, one by name; `None`
    /// where there is none.
    pub(super) fn vanished(gone: &[String], before: &[String]) -> Option<Self> {
        let mut vanished = gone.iter().filter(|path| !before.contains(path));
        let example = vanished.next()?.clone();
        Some(Self::Vanished(1 + vanished.count(), example))
    }
}

/// Who shall be able to read, as the column asks.
pub(super) fn wish(publishing: &Publishing, notes: &mut Vec<Note>) -> Wish {
    let group = publishing.group.as_deref().and_then(|name| {
        let number = disk::group(name);
        if number.is_none() {
            notes.push(Note::NoGroup(name.to_owned()));
        }
        number
    });
    Wish { mode: publishing.mode, group }
}
