//! A release held still while a program reads it: `rsync`, `tar`, a copy to a
//! share.
//!
//! Who reads the site's folder by its path while builds go on reads some files
//! of one release and some of the next, and nothing says so. So a release gets
//! a tree of its own here, of second names of its files, which no build touches
//! until it is let go.
//!
//! No lock is needed, so that it works beside a `watch`: a file is taken from
//! wherever its release's tree is by now, and must be the very file that the
//! manifest vouches for.
//!
//! **Invariant:** all files in a held tree are of one release, and all of that
//! release are in it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::folders_of;
use super::hooks::step;
use super::manifest::{Fact, Manifest};
use super::place::Store;
use super::{Error, Hooks, Place, Result, Step, compare};
use crate::disk::{self, Access, Lock, Locked, lock};
use crate::memo::Key;
use crate::path::OutputPath;

/// A release that is held still until this is dropped.
#[derive(Debug)]
pub struct Held {
    /// Its number.
    pub number: u64,
    /// How many files it has.
    pub files: usize,
    /// Where it lies: a folder with the name of the site's.
    pub folder: PathBuf,
    /// What goes with it.
    around: PathBuf,
    /// Says that it is still needed; the system lets go when we end.
    _lock: Lock,
}

/// So often it is tried while releases follow each other.
const TRIES: usize = 8;

/// Holds release `number` still; without a number, the site. `who` is written
/// beside it, for people.
///
/// # Errors
/// Where there is no such release, or its files are no longer as they were.
pub fn hold(place: &Place, number: Option<u64>, who: &str, hooks: &dyn Hooks) -> Result<Held> {
    let store = compare::store(place)?;
    remove_abandoned(&store)?;
    let mut last = 0;
    for _ in 0..TRIES {
        let (manifest, _) = compare::open(place, &store, number)?;
        last = manifest.head.number();
        let Some(mut held) = Held::begin(place, &store, who)? else { continue };
        if held.fill(place, &store, &manifest, hooks)? {
            return Ok(held);
        }
    }
    Err(Error::DamagedRelease(last))
}

/// Removes held trees of processes that died, unless a program still works in
/// them.
pub(super) fn remove_abandoned(store: &Store) -> disk::Result<()> {
    if !disk::is_folder(&store.held()) {
        return Ok(());
    }
    for entry in disk::list_one(&store.held())? {
        let around = store.held().join(&entry.path);
        // On a disk without locks nobody knows.
        if let Ok(Locked::Held(_lock)) = lock(&lock_of(&around), "")
            && disk::holders_of(&around).is_empty()
        {
            // Somebody may be about to make it.
            let _ = disk::remove_tree(&around);
        }
    }
    Ok(())
}

fn lock_of(around: &Path) -> PathBuf {
    around.join("lock")
}

impl Held {
    /// An empty one; `None` where somebody took it for abandoned just now.
    fn begin(place: &Place, store: &Store, who: &str) -> Result<Option<Self>> {
        let around = store.held().join(Key::hash(&disk::chance()?).to_string());
        disk::create_private_folder(&store.held())?;
        if disk::create_private_folder(&around).is_err() && !disk::is_folder(&around) {
            return Ok(None);
        }
        let lock = match lock(&lock_of(&around), who) {
            Ok(Locked::Held(lock) | Locked::NoLocks(lock)) if disk::exists(&lock_of(&around)) => lock,
            _ => return Ok(None),
        };
        let folder = around.join(place.output.file_name().unwrap_or_default());
        Ok(Some(Self { number: 0, files: 0, folder, around, _lock: lock }))
    }

    /// Gives all files of the release a second name here. False where some are
    /// nowhere (any more): then releases followed each other faster than that.
    fn fill(&mut self, place: &Place, store: &Store, manifest: &Manifest, hooks: &dyn Hooks) -> Result<bool> {
        self.number = manifest.head.number();
        // A tree goes this way when its release ends.
        let trees = [place.output.clone(), store.next(), store.tree(self.number)];
        let files: Vec<(&OutputPath, &Fact)> = manifest.facts().collect();
        self.files = files.len();
        let folders = folders_of(files.iter().map(|(path, _)| *path));
        for folder in std::iter::once("").chain(folders.iter().copied()) {
            let path = self.folder.join(folder);
            step(hooks, Step::MakeFolder, &path)?;
            disk::create_folders(&path)?;
        }
        let take = |(path, fact): &(&OutputPath, &Fact)| {
            let to = self.folder.join(path.as_str());
            step(hooks, Step::Link, &to)?;
            second_name(&trees, path, fact, &to, hooks)
        };
        let taken: Vec<bool> = files.par_iter().map(take).collect::<disk::Result<_>>()?;
        self.grant(&trees, &folders.into_iter().collect::<Vec<_>>());
        Ok(taken.into_iter().all(|taken| taken))
    }

    /// Lets folders grant what those of the site do: copies take it over.
    fn grant(&self, trees: &[PathBuf], folders: &[&str]) {
        let of = |folder: &str| trees.iter().find_map(|tree| Access::of(&tree.join(folder)));
        let access: BTreeMap<&str, Access> =
            std::iter::once("").chain(folders.iter().copied()).filter_map(|f| Some((f, of(f)?))).collect();
        // Those below first: what one grants may keep us out.
        for (folder, access) in access.into_iter().rev() {
            access.give(&self.folder.join(folder));
        }
    }
}

impl Drop for Held {
    /// What can't be removed now, the next run removes.
    fn drop(&mut self) {
        let _ = disk::remove_tree(&self.folder).and_then(|()| disk::remove_tree(&self.around));
    }
}

/// Makes `to` a second name of the file of which `fact` holds, or a copy where
/// files have one name; false where it is in none of the trees.
fn second_name(
    trees: &[PathBuf],
    path: &OutputPath,
    fact: &Fact,
    to: &Path,
    hooks: &dyn Hooks,
) -> disk::Result<bool> {
    for tree in trees {
        let from = tree.join(path.as_str());
        if disk::stamp(&from).is_none_or(|stamp| stamp.len != fact.stamp.len) {
            continue;
        }
        match hooks.link(&from, to) {
            Ok(None) => {}
            Ok(Some(_)) => drop(disk::set_modified(to, fact.stamp.modified)),
            // It went on to the next tree just now.
            Err(error) if error.source.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        let same = |stamp| stamp == fact.stamp.inode && stamp != 0;
        let is_right = disk::stamp(to).is_some_and(|stamp| same(stamp.inode) && fact.holds_for(&stamp))
            || disk::sha256(to)? == fact.sha256;
        if is_right {
            return Ok(true);
        }
        disk::remove_file(to)?;
    }
    Ok(false)
}
