//! All that lies below a folder.

use std::ffi::OsStr;
use std::path::Path;

use walkdir::WalkDir;

use super::{Act, Error, Result};

/// One thing below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the folder, with `/`; parts that are not Unicode have
    /// replacement characters, and `exact` is false.
    pub path: String,
    /// Whether `path` is the name itself.
    pub exact: bool,
    /// What it is.
    pub kind: EntryKind,
    /// Its number on the disk; 0 where the system does not say.
    pub inode: u64,
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
        let path = if cfg!(windows) {
            below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
        } else {
            below.to_string_lossy().into_owned()
        };
        entries.push(Entry { path, exact: below.to_str().is_some(), kind, inode: inode(&entry) });
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
