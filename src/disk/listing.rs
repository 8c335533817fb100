//! All that lies below a folder.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Act, Error, Result};

/// One thing below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the folder.
    pub path: PathBuf,
    /// What it is.
    pub kind: EntryKind,
    /// Its number on the disk; 0 where the system does not say.
    pub inode: u64,
}

impl Entry {
    /// The path with `/` between its parts; `None` where it is not Unicode.
    pub fn slashed(&self) -> Option<Cow<'_, str>> {
        let path = self.path.to_str()?;
        Some(if cfg!(windows) { path.replace('\\', "/").into() } else { path.into() })
    }
}

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A regular file.
    File,
    /// Anything else: a link, a pipe.
    Other,
}

/// What lies below `folder`, folders before what is in them; nothing where
/// there is no folder.
///
/// # Errors
/// What the system said of a folder that can't be listed.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    if !folder.is_dir() {
        return Ok(entries);
    }
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(folder).to_owned();
            Error::new(Act::List, &path, e.into())
        })?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let kind = match entry.file_type() {
            kind if kind.is_dir() => EntryKind::Folder,
            kind if kind.is_file() => EntryKind::File,
            _ => EntryKind::Other,
        };
        entries.push(Entry { path: below.to_owned(), kind, inode: inode(&entry) });
    }
    Ok(entries)
}

#[cfg(unix)]
fn inode(entry: &walkdir::DirEntry) -> u64 {
    use walkdir::DirEntryExt as _;
    entry.ino()
}

#[cfg(not(unix))]
fn inode(_: &walkdir::DirEntry) -> u64 {
    0
}
