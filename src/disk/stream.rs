//! Files that are read or written as streams, whatever their length.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{Act, Error, Result, Stamp, remove_file};

/// A file that is read.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Opens the file at `path` for reading; its length in bytes too.
///
/// # Errors
/// What the system said.
pub fn open(path: &Path) -> Result<(Box<dyn Source>, u64)> {
    let open = || {
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok((Box::new(file) as Box<dyn Source>, len))
    };
    open().map_err(|e| Error::new(Act::Read, path, e))
}

/// Creates the file at `path`, where there must be none, with what `write`
/// writes. Where that fails, there is no file.
///
/// # Errors
/// What the system or `write` said.
pub fn create_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Stamp> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = BufWriter::with_capacity(64 << 10, file.map_err(|e| Error::new(Act::Write, path, e))?);
    let done = write(&mut file).and_then(|()| {
        file.flush()?;
        file.get_ref().metadata()
    });
    done.map(|meta| Stamp::from_metadata(&meta)).map_err(|e| {
        drop(file);
        let _ = remove_file(path);
        Error::new(Act::Write, path, e)
    })
}

/// Creates the file at `path`, where there must be none, for nobody but its
/// owner to read.
///
/// # Errors
/// What the system said; `AlreadyExists` where there is one.
pub fn create_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let write = || options.open(path)?.write_all(bytes);
    write().map_err(|e| Error::new(Act::Write, path, e))
}

/// Writes what it is given, and its SHA-256 is asked for at the end.
pub struct Hashing<'w> {
    out: &'w mut dyn Write,
    hasher: Sha256,
}

impl std::fmt::Debug for Hashing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashing")
    }
}

impl<'w> Hashing<'w> {
    /// Over `out`.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { out, hasher: Sha256::new() }
    }

    /// The SHA-256 of all that was written.
    pub fn finish(self) -> [u8; 32] {
        self.hasher.finalize().into()
    }
}

impl Write for Hashing<'_> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let len = self.out.write(buf)?;
        self.hasher.update(buf.get(..len).unwrap_or_default());
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
