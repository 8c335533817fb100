//! Files of the next release that were finished before all of it was.
//!
//! While the site is built, each page is written out of sight as soon as it is
//! finished, under its own path in a folder beside the next tree; so the bytes
//! of all pages are never in memory at once. When the build has come to its end
//! without an error, that folder becomes the next tree, or its files are moved
//! where they belong. Else it goes as a whole.
//!
//! **Invariant:** nobody reads here, and nothing here is the site's: until the
//! exchange readers see the old one alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::manifest::{Fact, Manifest};
use super::place::{Place, Store};
use super::{Hooks, Result, Step, step};
use crate::disk;
use crate::memo::Key;
use crate::path::OutputPath;

/// The files that were taken, and where they lie.
#[derive(Debug)]
pub(super) struct Spool {
    folder: PathBuf,
    /// Folders in it that are there, by their paths in the site.
    folders: Mutex<BTreeSet<String>>,
    facts: Mutex<Vec<(OutputPath, Fact)>>,
    /// The first trouble with the disk.
    failed: Mutex<Option<disk::Error>>,
}

impl Spool {
    /// An empty one; what a run that died left of another goes.
    pub(super) fn new(store: &Store) -> Result<Self> {
        disk::remove_tree(&store.spool())?;
        Ok(Self {
            folder: store.spool(),
            folders: Mutex::default(),
            facts: Mutex::default(),
            failed: Mutex::default(),
        })
    }

    /// Writes a file of the next release. One that the site has as it should
    /// be, by `manifest`, need not be written. False where it is not written:
    /// there is another one at its path, or the disk refuses, which publishing
    /// then reports.
    pub(super) fn take(
        &self,
        place: &Place,
        manifest: Option<&Manifest>,
        path: &OutputPath,
        (key, bytes): (Key, &[u8]),
        hooks: &dyn Hooks,
    ) -> bool {
        if manifest.is_some_and(|manifest| stands(place, manifest, path, key)) {
            return true;
        }
        match self.write(path, bytes, hooks) {
            Ok(stamp) => {
                let fact = Fact { key, stamp, sha256: disk::sha256_of(bytes), left: None };
                lock(&self.facts).push((path.clone(), fact));
                true
            }
            Err(error) => {
                if error.source.kind() != std::io::ErrorKind::AlreadyExists {
                    lock(&self.failed).get_or_insert(error);
                }
                false
            }
        }
    }

    fn write(&self, path: &OutputPath, bytes: &[u8], hooks: &dyn Hooks) -> disk::Result<disk::Stamp> {
        let at = self.folder.join(path.as_str());
        step(hooks, Step::Write, &at)?;
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut folders = lock(&self.folders);
        if !folders.contains(folder) {
            disk::create_folders(&self.folder.join(folder))?;
            folders.insert(folder.to_owned());
        }
        drop(folders);
        disk::create_new(&at, bytes)
    }

    /// What was taken so far, which is then for others to look after.
    ///
    /// # Errors
    /// Why one could not be written.
    pub(super) fn taken(&self) -> Result<BTreeMap<OutputPath, Fact>> {
        let facts = std::mem::take(&mut *lock(&self.facts));
        lock(&self.folders).clear();
        match lock(&self.failed).take() {
            Some(error) => Err(error.into()),
            None => Ok(facts.into_iter().collect()),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Spool {
    /// What was not published goes.
    fn drop(&mut self) {
        let _ = disk::remove_tree(&self.folder);
    }
}

/// Whether the site has this file with these bytes, as far as its stamp tells.
fn stands(place: &Place, manifest: &Manifest, path: &OutputPath, key: Key) -> bool {
    let fact = manifest.files.get(path).copied().flatten();
    fact.is_some_and(|fact| {
        fact.key == key
            && disk::stamp(&place.output.join(path.as_str())).is_some_and(|stamp| fact.holds_for(&stamp))
    })
}
