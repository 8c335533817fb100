//! The beginning of the next tree, made before there is anything to publish.
//!
//! Most of the next release is what readers see already. So while a site is
//! built, or after one was published and nobody waits, each file of the site
//! gets a second name in a tree out of sight. Publishing then changes in that
//! tree what differs, and exchanges the two: it costs what changed. The tree of
//! a former release that goes begins it, since most names in it are right.
//!
//! **Invariants:** nobody reads here. A name counts only where it leads to the
//! very file of the site, by its number on the disk; so whatever a run left
//! that died, or that had nothing to publish, is a good beginning.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::{Folder, folders_of};
use super::hooks::step;
use super::manifest::Fact;
use super::place::Store;
use super::{Hooks, Place, Result, Step};
use crate::disk::{self, Entry, EntryKind};
use crate::path::OutputPath;

/// A tree that has nothing but second names of the site's files.
#[derive(Debug, Default)]
pub(super) struct Standby {
    /// Its folders, the root (`""`) among them.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Its files, and the number of each on the disk.
    pub(super) files: BTreeMap<OutputPath, u64>,
}

impl Standby {
    /// Makes it of whatever stands there, for the site that is at `live`.
    pub(super) fn make(place: &Place, store: &Store, live: &Folder, hooks: &dyn Hooks) -> Result<Self> {
        let root = store.spare();
        step(hooks, Step::Look, &root)?;
        let wanted = folders_of(live.verified.keys());
        let mut standby = Self::of_what_is_right(&root, live, &wanted, hooks)?;
        for folder in std::iter::once("").chain(wanted) {
            if standby.folders.insert(PathBuf::from(folder)) {
                let path = if folder.is_empty() { root.clone() } else { root.join(folder) };
                step(hooks, Step::MakeFolder, &path)?;
                disk::create_folders(&path)?;
            }
        }
        let link = |(path, fact): &(&OutputPath, &Fact)| {
            let to = root.join(path.as_str());
            step(hooks, Step::Link, &to)?;
            if hooks.link(&place.output.join(path.as_str()), &to)?.is_some() {
                // A copy, which is for publishing to make.
                disk::remove_file(&to)?;
                return Ok(None);
            }
            Ok(Some(((*path).clone(), fact.stamp.inode)))
        };
        let missing = live.verified.iter().filter(|(path, _)| !standby.files.contains_key(*path));
        let missing: Vec<(&OutputPath, &Fact)> = missing.collect();
        let linked: Vec<_> = missing.par_iter().map(link).collect::<disk::Result<_>>()?;
        standby.files.extend(linked.into_iter().flatten());
        Ok(standby)
    }

    /// Removes what is no second name of a file of the site, and tells of the
    /// rest.
    fn of_what_is_right(
        root: &Path,
        live: &Folder,
        wanted: &BTreeSet<&str>,
        hooks: &dyn Hooks,
    ) -> Result<Self> {
        let mut standby = Self::default();
        if !disk::exists(root) {
            return Ok(standby);
        }
        standby.folders.insert(PathBuf::new());
        // What is in a folder goes before the folder: entries come the other way.
        for entry in disk::list(root)?.into_iter().rev() {
            let path = root.join(&entry.path);
            match entry.kind {
                EntryKind::Folder if entry.slashed().is_some_and(|name| wanted.contains(name.as_ref())) => {
                    standby.folders.insert(entry.path);
                }
                EntryKind::Folder => {
                    step(hooks, Step::Clear, &path)?;
                    disk::remove_folder(&path)?;
                }
                _ => {
                    if let Some(name) = second_name(&entry, live) {
                        standby.files.insert(name, entry.inode);
                    } else {
                        step(hooks, Step::Clear, &path)?;
                        disk::remove_file(&path)?;
                    }
                }
            }
        }
        Ok(standby)
    }
}

/// The path of the file of the site that this is a second name of.
fn second_name(entry: &Entry, live: &Folder) -> Option<OutputPath> {
    let (path, fact) = live.verified.get_key_value(entry.slashed()?.as_ref())?;
    (entry.inode != 0 && fact.stamp.inode == entry.inode).then(|| path.clone())
}
