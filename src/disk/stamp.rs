//! What tells, without reading it, that a file is still the same.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file's size, times and identity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When it was last written: nanoseconds since 1970, cut to what fits.
    pub modified: i64,
    /// When anything about it last changed (ctime), as `modified`; 0 where the
    /// system does not say. It catches an edit that sets `modified` back.
    pub changed: i64,
    /// Its number on its disk; 0 where the system does not say.
    pub inode: u64,
}

impl Stamp {
    /// From what the system says of a file.
    #[cfg(unix)]
    pub fn from_metadata(meta: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let nanos = |s: i64, ns: i64| s.saturating_mul(1_000_000_000).saturating_add(ns);
        Self {
            len: meta.len(),
            modified: nanos(meta.mtime(), meta.mtime_nsec()),
            changed: nanos(meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }

    /// From what the system says of a file. Windows' file index is not in
    /// stable `std`, so size and time have to do.
    #[cfg(not(unix))]
    pub fn from_metadata(meta: &Metadata) -> Self {
        let modified = meta.modified().map_or(0, nanos_of);
        Self { len: meta.len(), modified, changed: 0, inode: 0 }
    }

    /// Whether a file with this stamp holds the bytes it held at `other`.
    ///
    /// `changed` is left out: making a hard link changes it. Where one of them
    /// has no number, size and time have to do.
    pub fn same_bytes(&self, other: &Self) -> bool {
        let same_file = self.inode == other.inode || self.inode == 0 || other.inode == 0;
        self.len == other.len && self.modified == other.modified && same_file
    }

    /// The later of the two times.
    pub(super) fn youngest(&self) -> i64 {
        self.modified.max(self.changed)
    }
}

/// Nanoseconds since 1970.
pub(super) fn nanos_of(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    }
}
