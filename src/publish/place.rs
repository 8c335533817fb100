//! Where a site is published, and what lies beside it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::manifest::Manifest;
use super::{Error, Release, Result};
use crate::disk::{self, EntryKind, resolve};
use crate::memo::Key;

/// The folder of the site, and the hidden one beside it.
///
/// For `…/output` that is `.output.releases/`, which nobody but its owner may
/// enter. It has the lock, and one folder whose name nobody can guess, because
/// the parent may be what a server shows, and that server may run as the owner.
/// In it lie the manifest, the trees of former releases by number, and each
/// one's manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder that readers see; absolute, links resolved, so that a link
    /// to it stays one.
    pub output: PathBuf,
    hidden: PathBuf,
}

/// What lies in the hidden folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Store {
    folder: PathBuf,
}

impl Place {
    /// That of the folder `output`, which need not exist, for the sources in
    /// the folder `root`.
    ///
    /// # Errors
    /// Where a site there would hold the sources, or be taken for sources.
    pub fn new(output: &Path, root: &Path) -> Result<Self> {
        let output = resolve(output)?;
        let root = resolve(root)?;
        let among_sources = ["content", "themes"].iter().any(|input| output.starts_with(root.join(input)));
        if root.starts_with(&output) || among_sources || output.file_name().is_none() {
            return Err(Error::AmongSources { output });
        }
        if disk::stamp(&output).is_some() {
            return Err(Error::NotAFolder { output });
        }
        let hidden = output.with_file_name(format!(".{}.releases", name_of(&output)));
        Ok(Self { output, hidden })
    }

    /// The folder that all of it is in.
    pub(super) fn parent(&self) -> PathBuf {
        self.output.parent().unwrap_or(Path::new(".")).to_owned()
    }

    /// The hidden folder.
    pub(super) fn hidden(&self) -> &Path {
        &self.hidden
    }

    /// The file that is locked.
    pub(super) fn lock(&self) -> PathBuf {
        self.hidden.join("lock")
    }

    /// Makes the hidden folder, closed to others.
    pub(super) fn make_hidden(&self) -> Result<()> {
        Ok(disk::create_private_folder(&self.hidden)?)
    }

    /// What lies in the hidden folder, which is made where it is missing. The
    /// lock must be held.
    pub(super) fn store(&self) -> Result<Store> {
        if let Some(store) = self.found() {
            return Ok(store);
        }
        let folder = self.hidden.join(Key::hash(&disk::chance()?).to_string());
        disk::create_private_folder(&folder)?;
        Ok(Store { folder })
    }

    /// The same, where there is one: for who only reads.
    pub(super) fn found(&self) -> Option<Store> {
        let entries = disk::list_one(&self.hidden).ok()?;
        let found = entries.into_iter().find(|entry| {
            let name = entry.path.to_str().unwrap_or_default();
            entry.kind == EntryKind::Folder && Key::from_hex(name).is_some()
        });
        found.map(|entry| Store { folder: self.hidden.join(entry.path) })
    }

    /// What versions before 0.2 put beside the output: a manifest, which says
    /// that the files are ours, and what may go when it is read.
    pub(super) fn legacy(&self) -> (PathBuf, Vec<PathBuf>) {
        let name = name_of(&self.output);
        let beside = |what: &str| self.output.with_file_name(format!(".{name}.{what}"));
        (beside("manifest"), ["standby", "old", "lock"].map(beside).to_vec())
    }

    /// Removes all that.
    pub(super) fn forget_legacy(&self) {
        let (manifest, others) = self.legacy();
        for path in others.iter().chain([&manifest]) {
            let _ = disk::remove_tree(path).or_else(|_| disk::remove_file(path));
        }
    }
}

fn name_of(output: &Path) -> String {
    output.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Store {
    /// All of it.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest of the site.
    pub(super) fn manifest(&self) -> PathBuf {
        self.folder.join("manifest")
    }

    /// The tree that the next release is made in.
    pub(super) fn next(&self) -> PathBuf {
        self.folder.join("next")
    }

    /// The tree that it begins as: see [`super::standby`].
    pub(super) fn spare(&self) -> PathBuf {
        self.folder.join("spare")
    }

    /// Files of that tree that are finished before the build is.
    pub(super) fn spool(&self) -> PathBuf {
        self.folder.join("spool")
    }

    /// Where trees lie that are held still for who reads them.
    pub(super) fn held(&self) -> PathBuf {
        self.folder.join("held")
    }

    /// The manifest of that tree, once it is whole.
    pub(super) fn pending(&self) -> PathBuf {
        self.folder.join("next.manifest")
    }

    /// Where a package is unpacked.
    pub(super) fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    /// The tree of a former release.
    pub(super) fn tree(&self, release: u64) -> PathBuf {
        self.folder.join(release.to_string())
    }

    /// The manifest of a former release.
    pub(super) fn manifest_of(&self, release: u64) -> PathBuf {
        self.folder.join(format!("{release}.manifest"))
    }

    /// The former releases that lie there, the oldest first, where no manifest
    /// of the site tells of them.
    pub(super) fn history(&self, now: Timestamp) -> Result<Vec<Release>> {
        let entries = disk::list_one(&self.folder)?;
        let number = |entry: &disk::Entry| entry.path.to_str()?.split('.').next()?.parse::<u64>().ok();
        let numbers: BTreeSet<u64> = entries.iter().filter_map(number).collect();
        let release = |number: u64| {
            let known = Manifest::load(&self.manifest_of(number)).and_then(|manifest| manifest.head.release);
            let kept = disk::is_folder(&self.tree(number));
            let retired = known.as_ref().and_then(|release| release.retired).or(Some(now));
            match known {
                Some(known) => Release { number, retired, kept, ..known },
                None => Release {
                    number,
                    at: now,
                    files: 0,
                    written: 0,
                    removed: 0,
                    own: 0,
                    again: None,
                    retired,
                    kept,
                },
            }
        };
        Ok(numbers.into_iter().map(release).collect())
    }

    /// A file to try out with what the disk can do, and the other one.
    pub(super) fn probes(&self) -> [PathBuf; 2] {
        ["probe", "probe.2"].map(|name| self.folder.join(name))
    }
}
