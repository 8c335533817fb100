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
        entries.push(Entry { path: below.to_owned(), kind: kind_of(&entry), inode: inode(&entry) });
    }
    Ok(entries)
}

/// What stands in `folder` itself, not below it; nothing where there is no
/// folder.
///
/// # Errors
/// What the system said of a folder that can't be listed.
pub fn list_one(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    if !folder.is_dir() {
        return Ok(entries);
    }
    for entry in WalkDir::new(folder).min_depth(1).max_depth(1) {
        let entry = entry.map_err(|e| Error::new(Act::List, folder, e.into()))?;
        let kind = kind_of(&entry);
        entries.push(Entry { path: entry.file_name().into(), kind, inode: inode(&entry) });
    }
    Ok(entries)
}

fn kind_of(entry: &walkdir::DirEntry) -> EntryKind {
    match entry.file_type() {
        kind if kind.is_dir() => EntryKind::Folder,
        kind if kind.is_file() => EntryKind::File,
        _ => EntryKind::Other,
    }
}

/// When names in the folder at `path` last changed, in nanoseconds since 1970;
/// `None` where there is none.
pub fn times(path: &Path) -> Option<i64> {
    let meta = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_dir)?;
    Some(super::Stamp::from_metadata(&meta).modified)
}

/// The clock by which files get their times, in nanoseconds since 1970.
pub fn clock() -> i64 {
    super::stamp::nanos_of(std::time::SystemTime::now())
}

/// The number on its disk of whatever is at `path`, links not followed; 0 where
/// the system does not say.
pub fn identity(path: &Path) -> u64 {
    std::fs::symlink_metadata(path).map_or(0, |meta| super::Stamp::from_metadata(&meta).inode)
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
