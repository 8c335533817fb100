//! One builder at a time: a lock that says who holds it, and that the system
//! lets go when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::{Act, Error, Result};

/// A held lock; dropping it lets go.
#[derive(Debug)]
pub struct Lock {
    /// `None` where the file system has no locks.
    _file: Option<File>,
}

/// What came of trying to lock.
#[derive(Debug)]
pub enum Locked {
    /// It is ours.
    Held(Lock),
    /// Another has it: what it wrote about itself, if that can be read.
    ByAnother(String),
    /// This file system has no locks; we go on without.
    NoLocks(Lock),
}

/// Tries to lock the file at `path`, which is made if missing and stays when
/// the lock goes (taking it away would let two hold "it"). `who` is written
/// into it for others to read.
///
/// # Errors
/// Where the file can't be made.
pub fn lock(path: &Path, who: &str) -> Result<Locked> {
    let fail = |e| Error::new(Act::Lock, path, e);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => {
            let write =
                file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(who.as_bytes()));
            write.map_err(fail)?;
            Ok(Locked::Held(Lock { _file: Some(file) }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut other = String::new();
            // Windows lets nobody read a locked file; then nobody is named.
            let _ = file.read_to_string(&mut other);
            Ok(Locked::ByAnother(other.trim().to_owned()))
        }
        Err(TryLockError::Error(_)) => Ok(Locked::NoLocks(Lock { _file: None })),
    }
}
