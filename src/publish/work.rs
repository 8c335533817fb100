//! What a publication has to do with, and how one file of it is written.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::folder::Folder;
use super::manifest::{Fact, Manifest};
use super::place::Store;
use super::standby::Standby;
use super::{Hooks, Place};
use crate::build::{Artifact, Content, Output};
use crate::disk::{self, Access, Act, Files, Stamp, Wish};
use crate::memo::Key;
use crate::path::OutputPath;

/// What a publication has to do with.
pub(super) struct Work<'w> {
    pub(super) place: &'w Place,
    pub(super) store: &'w Store,
    /// What is known of the site.
    pub(super) manifest: &'w Manifest,
    /// The folder that readers see.
    pub(super) live: &'w Folder,
    pub(super) output: &'w Output,
    /// Files of the site that stay for pages that readers have open.
    pub(super) kept: BTreeMap<OutputPath, Fact>,
    /// The beginning of the next tree, where one stands by.
    pub(super) standby: Option<Standby>,
    /// The manifest of the site as it is put away, where that was made before.
    pub(super) packed: Option<Vec<u8>>,
    /// Files of the output that lie in the spool, or in the next tree already.
    pub(super) spooled: BTreeMap<OutputPath, Fact>,
    pub(super) files: &'w Files,
    pub(super) hooks: &'w dyn Hooks,
    /// Who shall be able to read.
    pub(super) wish: Wish,
    /// Whether files of this disk have no number that stays.
    pub(super) plain: bool,
    /// What a new file grants where none stood at its path.
    usual: OnceLock<Access>,
    /// Files and folders to which not all that they should grant could be
    /// given.
    denied: AtomicUsize,
}

impl<'w> Work<'w> {
    #[expect(clippy::too_many_arguments, reason = "each is a thing of its own, named at the one call")]
    pub(super) fn new(
        place: &'w Place,
        store: &'w Store,
        manifest: &'w Manifest,
        live: &'w Folder,
        output: &'w Output,
        kept: BTreeMap<OutputPath, Fact>,
        files: &'w Files,
        hooks: &'w dyn Hooks,
        wish: Wish,
    ) -> Self {
        let (usual, denied) = (OnceLock::new(), AtomicUsize::new(0));
        let (spooled, standby, packed) = (BTreeMap::new(), None, None);
        let plain = false;
        Self {
            place,
            store,
            manifest,
            live,
            output,
            kept,
            standby,
            packed,
            spooled,
            files,
            hooks,
            wish,
            plain,
            usual,
            denied,
        }
    }

    /// Whether a file of ours shall stand at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.output.files.contains_key(path) || self.kept.contains_key(path)
    }

    /// All paths at which files of ours shall stand.
    pub(super) fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.output.files.keys().chain(self.kept.keys())
    }

    /// Lets the new file at `to` grant what the one that it replaces does; one
    /// that replaces none, what the home page does.
    pub(super) fn grant(&self, path: &OutputPath, to: &Path) {
        let replaced = || Access::of(&self.place.output.join(path.as_str()));
        let replaced = if self.is_first() { None } else { replaced() };
        let access = replaced.unwrap_or_else(|| self.usual().clone());
        self.denied(!access.wished(self.wish, false).give(to));
    }

    /// Whether nothing stands in the folder, so that nothing is replaced.
    fn is_first(&self) -> bool {
        self.live.entries.is_empty()
    }

    /// Where something is asked for, lets the file at `to`, which stood before,
    /// grant it.
    pub(super) fn grant_again(&self, to: &Path) {
        if !self.wish.is_none() {
            let access = Access::of(to).unwrap_or_default().wished(self.wish, false);
            self.denied(!access.give(to));
        }
    }

    fn usual(&self) -> &Access {
        self.usual.get_or_init(|| {
            let home = self.place.output.join("index.html");
            let some = || self.live.verified.keys().next();
            Access::of(&home)
                .or_else(|| Access::of(&self.place.output.join(some()?.as_str())))
                .unwrap_or(Access::open(false))
        })
    }

    pub(super) fn denied(&self, denied: bool) {
        self.denied.fetch_add(usize::from(denied), Ordering::Relaxed);
    }

    /// To how many files and folders not all could be given.
    pub(super) fn how_many_denied(&self) -> usize {
        self.denied.load(Ordering::Relaxed)
    }
}

/// Writes an artifact that shall stand at `path` to a new file at `to`.
pub(super) fn write(
    work: &Work<'_>,
    path: &OutputPath,
    artifact: &Artifact,
    to: &Path,
) -> disk::Result<Fact> {
    let (stamp, sha256) = match &artifact.content {
        Content::Bytes(bytes) => (disk::create_new(to, bytes)?, disk::sha256_of(bytes)),
        Content::Spooled(_) => move_spooled(work, path, artifact.key, to)?,
        Content::Blob(source, len) => (disk::copy_new(work.files, source, *len, to)?, disk::sha256(to)?),
        Content::Deferred(recipe) => (disk::create_picture(work.files, recipe, to)?, disk::sha256(to)?),
        Content::Cleaned(source, copy) => {
            (disk::create_cleaned(work.files, source, copy, to)?, disk::sha256(to)?)
        }
    };
    let replaced = match work.live.verified.get(path) {
        Some(fact) => Some(fact.stamp),
        None if work.is_first() => None,
        None => disk::stamp(&work.place.output.join(path.as_str())),
    };
    let stamp = match replaced {
        Some(old) => disk::younger(to, stamp, old.modified)?,
        None => stamp,
    };
    work.grant(path, to);
    Ok(Fact { key: artifact.key, stamp, sha256, left: None })
}

/// Moves a file that is finished already to `to`, where it may stand.
fn move_spooled(work: &Work<'_>, path: &OutputPath, key: Key, to: &Path) -> disk::Result<(Stamp, [u8; 32])> {
    let missing = || {
        // The site had it when it was rendered, and somebody has changed it.
        let words = format!("`{path}` changed during the build");
        disk::Error::new(Act::Write, to, io::Error::new(io::ErrorKind::InvalidData, words))
    };
    let fact = work.spooled.get(path).filter(|fact| fact.key == key).ok_or_else(missing)?;
    // Its time may have been set in a tree that was taken back; nobody else can
    // enter either folder.
    let found = |at: &Path| {
        disk::stamp(at).filter(|stamp| {
            stamp.len == fact.stamp.len && (stamp.inode == fact.stamp.inode || stamp.inode == 0)
        })
    };
    if let Some(stamp) = found(to) {
        return Ok((stamp, fact.sha256));
    }
    let from = work.store.spool().join(path.as_str());
    let stamp = found(&from).ok_or_else(missing)?;
    Ok((disk::move_file(&from, to)?.unwrap_or(stamp), fact.sha256))
}
