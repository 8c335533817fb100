//! The verbs that change files, each with the words of its failure.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Act, Error, Result, Stamp};
use crate::memo::Key;

/// The bytes of the file at `path`.
///
/// # Errors
/// What the system said.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| Error::new(Act::Read, path, e))
}

/// The stamp of the file at `path`, links not followed; `None` where there is
/// no regular file.
pub fn stamp(path: &Path) -> Option<Stamp> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| Stamp::from_metadata(&meta))
}

/// Whether there is anything at `path`, a broken link included.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Creates the file at `path`, where there must be none, with these bytes.
///
/// # Errors
/// What the system said; `AlreadyExists` where there is one.
pub fn create_new(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let write = || {
        let mut file = new_file(path)?;
        file.write_all(bytes)?;
        file.metadata()
    };
    write().map(|meta| Stamp::from_metadata(&meta)).map_err(|e| Error::new(Act::Write, path, e))
}

/// Puts a file with these bytes in the place of whatever file is at `path`:
/// written under a name beside it, then renamed.
///
/// # Errors
/// What the system said.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let beside = beside(path);
    remove_file(&beside)?;
    let stamp = create_new(&beside, bytes)?;
    rename(&beside, path)?;
    Ok(stamp)
}

/// The name under which what is to replace the file at `path` is prepared.
/// `~` stands in no output path, so it is nobody's own name. Where a file's own
/// name leaves no room, its hash stands for it.
pub fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    if name.len() + PREPARED.len() <= LONGEST_NAME {
        return append_name(path, PREPARED);
    }
    path.with_file_name(format!("{}{PREPARED}", Key::hash(name)))
}

/// Bytes that the name of a file has room for, on nearly all systems (`NAME_MAX`).
const LONGEST_NAME: usize = 255;

/// How the names that [`beside`] gives end.
pub const PREPARED: &str = "~new";

/// Makes `to`, where there must be nothing, a second name of the file `from`;
/// where the file system can't, a copy of it, whose stamp is returned.
///
/// # Errors
/// What the system said of the copy.
pub fn link(from: &Path, to: &Path) -> Result<Option<Stamp>> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(None),
        // Copying anything but a file might wait for ever.
        Err(e) if can_not_link(e.kind()) && stamp(from).is_some() => copy(from, to).map(Some),
        Err(e) => Err(Error::new(Act::Link, to, e)),
    }
}

/// Makes `to`, where there must be nothing, a copy of the file `from`.
///
/// # Errors
/// What the system said.
pub fn copy(from: &Path, to: &Path) -> Result<Stamp> {
    let copy = || {
        let mut new = new_file(to)?;
        io::copy(&mut File::open(from)?, &mut new)?;
        new.metadata()
    };
    copy().map(|meta| Stamp::from_metadata(&meta)).map_err(|e| Error::new(Act::Copy, to, e))
}

/// Whether the system said that this file can't have a second name.
fn can_not_link(kind: ErrorKind) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, TooManyLinks, Unsupported};
    matches!(kind, Unsupported | PermissionDenied | TooManyLinks | CrossesDevices)
}

/// Renames a file or folder; a file at `to` is replaced.
///
/// # Errors
/// What the system said.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|e| Error::new(Act::Rename, to, e))
}

/// Moves the file `from` to `to`, where there must be nothing: by its name, or
/// onto another disk as a copy, whose stamp is returned.
///
/// # Errors
/// What the system said.
pub fn move_file(from: &Path, to: &Path) -> Result<Option<Stamp>> {
    match fs::rename(from, to) {
        Ok(()) => Ok(None),
        Err(e) if e.kind() == ErrorKind::CrossesDevices => {
            let stamp = copy(from, to)?;
            remove_file(from)?;
            Ok(Some(stamp))
        }
        Err(e) => Err(Error::new(Act::Rename, to, e)),
    }
}

/// Removes a file or link; it is no failure if there is none.
///
/// # Errors
/// What the system said.
pub fn remove_file(path: &Path) -> Result<()> {
    unless_gone(fs::remove_file(path), path)
}

/// Removes an empty folder; it is no failure if there is none.
///
/// # Errors
/// What the system said, `DirectoryNotEmpty` among it.
pub fn remove_folder(path: &Path) -> Result<()> {
    unless_gone(fs::remove_dir(path), path)
}

/// Removes a folder with all that is in it; it is no failure if there is none.
///
/// # Errors
/// What the system said.
pub fn remove_tree(path: &Path) -> Result<()> {
    unless_gone(fs::remove_dir_all(path), path)
}

fn unless_gone(done: io::Result<()>, path: &Path) -> Result<()> {
    match done {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::new(Act::Remove, path, e)),
        _ => Ok(()),
    }
}

/// Makes the folder at `path` and those above it, where they are missing.
///
/// # Errors
/// What the system said.
pub fn create_folders(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::new(Act::MakeFolder, path, e))
}

/// Makes the folder at `path`, where it is missing, for nobody but its owner
/// to enter; one that is there is closed to others.
///
/// # Errors
/// What the system said.
pub fn create_private_folder(path: &Path) -> Result<()> {
    create_folders(path)?;
    close_to_others(path).map_err(|e| Error::new(Act::MakeFolder, path, e))
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = fs::metadata(path)?.permissions();
    if now.mode() & 0o777 == 0o700 {
        return Ok(());
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(0o700)) {
        // A disk without modes, or a folder that another user of ours made.
        Err(e) if e.kind() == ErrorKind::PermissionDenied || e.kind() == ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}

/// Elsewhere a folder has the rights of the one above it.
#[cfg(not(unix))]
fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the file at `path` at least a second younger than `than` (nanoseconds
/// since 1970), and returns its stamp. A clock that was set back, or two builds
/// in one second, would else give it a time that caches know already: they
/// would go on showing what it replaces.
///
/// # Errors
/// What the system said.
pub fn younger(path: &Path, stamp: Stamp, than: i64) -> Result<Stamp> {
    const SECOND: i64 = 1_000_000_000;
    if stamp.modified.div_euclid(SECOND) > than.div_euclid(SECOND) {
        return Ok(stamp);
    }
    set_modified(path, than.div_euclid(SECOND).saturating_add(1).max(1).saturating_mul(SECOND))
}

/// Sets when the file at `path` was last written, in nanoseconds since 1970, and
/// returns its stamp.
///
/// # Errors
/// What the system said.
pub fn set_modified(path: &Path, modified: i64) -> Result<Stamp> {
    let since = std::time::Duration::from_nanos(u64::try_from(modified).unwrap_or(0));
    let set = || {
        // A file opened for reading is enough to set its time.
        let file = File::open(path)?;
        file.set_modified(std::time::UNIX_EPOCH + since)?;
        file.metadata()
    };
    set().map(|meta| Stamp::from_metadata(&meta)).map_err(|e| Error::new(Act::Write, path, e))
}

/// The SHA-256 of `bytes`.
pub fn sha256_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of the file at `path`.
///
/// # Errors
/// What the system said.
pub fn sha256(path: &Path) -> Result<[u8; 32]> {
    let hash = || {
        let mut file = File::open(path)?;
        let mut hasher = Sha256::new();
        let mut part = vec![0; 256 << 10];
        loop {
            match file.read(&mut part) {
                Ok(0) => return Ok(hasher.finalize().into()),
                Ok(len) => hasher.update(part.get(..len).unwrap_or_default()),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    };
    hash().map_err(|e| Error::new(Act::Read, path, e))
}

/// Waits until the disk that holds `folder` has all that was written to it.
///
/// # Errors
/// What the system said.
pub fn sync(folder: &Path) -> Result<()> {
    #[cfg(target_os = "linux")]
    let done = File::open(folder).and_then(|folder| rustix::fs::syncfs(&folder).map_err(io::Error::from));
    // Elsewhere there is no call for one disk; the folder itself is the best
    // that can be asked for, and Windows can't open one.
    #[cfg(all(unix, not(target_os = "linux")))]
    let done = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let done: io::Result<()> = Ok(());
    done.map_err(|e| Error::new(Act::Sync, folder, e))
}

/// `path` with `suffix` behind its last part.
pub fn append_name(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(suffix);
    path.with_file_name(name)
}

/// Bytes that nobody can guess.
///
/// # Errors
/// Where the system gives none.
pub fn chance() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map(|()| bytes)
        .map_err(|e| Error::new(Act::Read, Path::new("random"), io::Error::other(e.to_string())))
}

pub(super) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}
