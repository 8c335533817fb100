//! The operating system's own watching, by `notify`.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Instant;

use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Wake;
use crate::disk;

/// Folders of input files, below the root.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches the input files of one project.
///
/// The root itself is watched without what lies below it, so `output/`,
/// `.git` and `.cache` cost nothing, however much happens in them.
#[derive(Debug)]
pub(super) struct Native {
    root: PathBuf,
    wakes: Sender<Wake>,
    watcher: RecommendedWatcher,
}

/// Why the system does not watch for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNative {
    /// It was asked not to (`--poll`).
    Asked,
    /// The number of watched folders, or of watchers, is at its limit.
    Limit,
    /// The system's own words.
    Refused(String),
}

impl Native {
    /// Begins to watch the project at `root` (canonical).
    pub(super) fn new(root: &Path, wakes: &Sender<Wake>) -> Result<Self, NotNative> {
        let sender = wakes.clone();
        let tell = move |event: notify::Result<Event>| {
            // Opening and reading is most of what is told; it goes no further.
            if event.as_ref().is_ok_and(is_reading) {
                return;
            }
            // Nobody listens any more: we are about to end.
            let _ = sender.send(Wake::Told(Instant::now(), event));
        };
        let watcher = RecommendedWatcher::new(tell, Config::default()).map_err(|e| why(&e))?;
        let mut native = Self { root: root.to_owned(), wakes: wakes.clone(), watcher };
        native.watcher.watch(root, RecursiveMode::NonRecursive).map_err(|e| why(&e))?;
        for folder in FOLDERS {
            native.add(&native.root.join(folder))?;
        }
        Ok(native)
    }

    /// Begins afresh: after a doubt, watches may be lost.
    pub(super) fn renew(&mut self) -> Result<(), NotNative> {
        *self = Self::new(&self.root, &self.wakes)?;
        Ok(())
    }

    /// Watches what lies below those of `paths` that are folders of the root;
    /// the folders below them the system adds by itself.
    pub(super) fn watch_new(&mut self, paths: &[PathBuf]) -> Result<(), NotNative> {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if paths.contains(&folder) {
                self.add(&folder)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, folder: &Path) -> Result<(), NotNative> {
        if !disk::is_folder(folder) {
            return Ok(());
        }
        match self.watcher.watch(folder, RecursiveMode::Recursive) {
            // It went just now: there will be an event.
            Err(error) if is_gone(&error) => Ok(()),
            other => other.map_err(|e| why(&e)),
        }
    }
}

fn is_reading(event: &Event) -> bool {
    use notify::event::{AccessKind, AccessMode, EventKind};
    let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.kind.is_access() && event.kind != close && !event.need_rescan()
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(io) => io.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// What the error means. Linux says EMFILE where the user has too many
/// watchers, and ENOSPC (which `notify` names) where too many watches.
pub(super) fn why(error: &notify::Error) -> NotNative {
    const EMFILE: i32 = 24;
    match &error.kind {
        ErrorKind::MaxFilesWatch => NotNative::Limit,
        ErrorKind::Io(io) if cfg!(target_os = "linux") && io.raw_os_error() == Some(EMFILE) => {
            NotNative::Limit
        }
        _ => NotNative::Refused(error.to_string()),
    }
}
