//! The only room that touches files.
//!
//! Inwards, [`survey`] and [`scan()`] take the picture of the input files that a
//! build is made from, and [`Files`] is the door to the large ones. Outwards,
//! the verbs that `publish` and `scaffold` are made of: create, copy, link,
//! rename, exchange, list, lock. What differs by system (exchange, identity of
//! files, mount points) is told apart here and nowhere else.
//!
//! **Invariant:** no function here opens an existing file for writing. A file
//! is created, or another one is renamed over it, so a hard link elsewhere
//! never changes.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is the room of files")]

mod access;
mod cache;
mod change;
mod error;
mod files;
mod from_input;
mod hashes;
mod listing;
mod lock;
mod mounts;
mod names;
mod pictures;
mod scan;
mod stamp;
mod stream;
mod swap;
mod value_pack;
mod value_store;
mod walk;

pub use access::{Access, Wish, group, is_private};
pub use change::{
    PREPARED, append_name, beside, chance, copy, create_folders, create_new, create_private_folder, exists,
    link, move_file, read, remove_file, remove_folder, remove_tree, rename, replace, set_modified, sha256,
    sha256_of, stamp, sync, younger,
};
pub use error::{Act, Error, Result};
pub use files::Files;
pub use from_input::{copy_new, create_cleaned, create_picture};
pub use listing::{Entry, EntryKind, clock, identity, list, list_one, times};
pub use lock::{Lock, Locked, lock};
pub use mounts::{Bind, Holder, binds_of, holders_of};
pub use scan::{Differences, LateTexts, Snapshot, Survey, is_input, scan, survey, survey_anew};
pub use stamp::Stamp;
pub use stream::{Hashing, Source, create_secret, create_with, open};
pub use swap::{Swapped, exchange, is_mount_point};
pub use value_store::ValueStore;

use std::path::{Path, PathBuf};

/// The folder below the root for what may be deleted at any time.
pub const CACHE: &str = ".cache";

/// `path` with links and `..` resolved, as far as it exists: the last parts
/// may be missing.
///
/// # Errors
/// What the system said of the part that exists.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
                return Err(Error::new(Act::Read, path, e));
            };
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(resolve(parent)?.join(name))
        }
        Err(e) => Err(Error::new(Act::Read, path, e)),
    }
}

/// Whether files can be made in the folder at `path`, as far as the system
/// says without trying.
#[cfg(unix)]
pub fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Elsewhere only trying would tell.
#[cfg(not(unix))]
pub fn is_writable(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| !meta.permissions().readonly())
}

/// Whether there is a folder at `path`, links followed.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
