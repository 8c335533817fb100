//! The numbered steps, and what tests can put in their way.

use std::fmt;
use std::io;
use std::path::Path;

use crate::disk::{self, Act, Stamp, Swapped};

/// A step of publishing; the numbers are those of the room's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Take the lock.
    Lock = 1,
    /// List a folder and compare it with the manifest.
    Look = 2,
    /// Remove from a former tree what the new one has not.
    Clear = 3,
    /// Make a folder in the new tree.
    MakeFolder = 4,
    /// Write a file of the new tree.
    Write = 5,
    /// Link an unchanged file into the new tree.
    Link = 6,
    /// Wait for the disk.
    Sync = 7,
    /// Save the manifest.
    Record = 8,
    /// Exchange the folders, or two entries of them, or rename the first one.
    Exchange = 9,
    /// Put the old tree and its manifest away under their number.
    Retire = 10,
    /// File by file: put a file.
    Put = 11,
    /// File by file: delete a file.
    Delete = 12,
}

impl Step {
    /// What it does to a file, for the words of a failure.
    fn act(self) -> Act {
        match self {
            Self::Lock => Act::Lock,
            Self::Look => Act::List,
            Self::Clear | Self::Delete => Act::Remove,
            Self::MakeFolder => Act::MakeFolder,
            Self::Write | Self::Record => Act::Write,
            Self::Link => Act::Link,
            Self::Sync => Act::Sync,
            Self::Exchange => Act::Exchange,
            Self::Put | Self::Retire => Act::Rename,
        }
    }
}

/// What stands between publishing and the system. Tests hinder it; a progress
/// bar looks on.
pub trait Hooks: Sync {
    /// Called before each step, and within a step before each file.
    ///
    /// # Errors
    /// What the system shall seem to have said.
    fn before(&self, step: Step, path: &Path) -> io::Result<()> {
        let _ = (step, path);
        Ok(())
    }

    /// Called after each photo from which pictures were made: how many are
    /// done, and how many there are.
    fn developed(&self, done: usize, of: usize) {
        let _ = (done, of);
    }

    /// Called while a long file is read: how many bytes of how many.
    fn read(&self, done: u64, of: u64) {
        let _ = (done, of);
    }

    /// Called once with the number of files that have to be written.
    fn planned(&self, files: usize) {
        let _ = files;
    }

    /// Called after each file that was written.
    fn wrote(&self) {}

    /// Exchanges two folders: see [`disk::exchange`].
    ///
    /// # Errors
    /// As there.
    fn exchange(&self, one: &Path, other: &Path) -> disk::Result<Swapped> {
        disk::exchange(one, other)
    }

    /// Gives a file a second name: see [`disk::link`].
    ///
    /// # Errors
    /// As there.
    fn link(&self, from: &Path, to: &Path) -> disk::Result<Option<Stamp>> {
        disk::link(from, to)
    }

    /// Waits for the disk: see [`disk::sync`].
    ///
    /// # Errors
    /// As there.
    fn sync(&self, folder: &Path) -> disk::Result<()> {
        disk::sync(folder)
    }

    /// The other places at which a folder is mounted: see [`disk::binds_of`].
    fn binds_of(&self, folder: &Path) -> Vec<disk::Bind> {
        disk::binds_of(folder)
    }
}

/// Nothing in the way.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHooks;

impl Hooks for NoHooks {}

impl fmt::Debug for dyn Hooks + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Steps")
    }
}

/// Comes to a step.
pub(super) fn step(hooks: &dyn Hooks, step: Step, path: &Path) -> disk::Result<()> {
    hooks.before(step, path).map_err(|e| disk::Error::new(step.act(), path, e))
}
