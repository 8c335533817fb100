//! The door to photos and attachments on disk.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;

use super::cache::Cache;
use super::error::SourceTrouble;
use crate::material;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Blobs;

/// Bytes of a long file that are in memory at once.
const PART: usize = 256 << 10;

/// Room that is made for a file by what the system says of its length.
const MOST_AT_ONCE: usize = 64 << 20;

/// The input files below one root.
///
/// **Invariant:** nothing outside the root is read, whatever links stand below
/// it.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
    /// Pictures made of them.
    pub(super) cache: Arc<Cache>,
    /// What was found out about them.
    pub(super) kept: Arc<Cache>,
    /// Those of the system, once a drawing has asked for them.
    fonts: Arc<OnceLock<Arc<Database>>>,
}

impl Files {
    /// Those below `root`, which is canonical ([`super::Snapshot::root`]).
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            cache: Arc::new(Cache::new(root, "photos")),
            kept: Arc::new(Cache::new(root, "kept")),
            fonts: Arc::default(),
        }
    }

    /// Opens the file at `path` for reading.
    pub(super) fn open(&self, path: &SourcePath) -> io::Result<File> {
        let real = std::fs::canonicalize(self.root.join(path.as_str()))?;
        if !real.starts_with(&self.root) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "a link that leaves the folder"));
        }
        File::open(real)
    }
}

impl Files {
    /// The cleaned `copy` of the document `source`.
    ///
    /// # Errors
    /// What the system said; `InvalidData` where the document is no longer the
    /// one that the copy was announced for.
    pub fn cleaned(&self, source: &SourcePath, copy: &material::Copy) -> io::Result<Vec<u8>> {
        let clean = material::cleaned(&self.read(source)?);
        clean
            .filter(|bytes| material::sha256_of(bytes) == copy.sha256)
            .ok_or_else(|| io::Error::new(ErrorKind::InvalidData, SourceTrouble::Changed(source.clone())))
    }

    /// The bytes of the file at `path` from byte `from` on, at most `len` of
    /// them; fewer at its end.
    ///
    /// # Errors
    /// What the system said.
    pub fn slice(&self, path: &SourcePath, from: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut file = self.open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::with_capacity(len);
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Blobs for Files {
    fn read(&self, path: &SourcePath) -> io::Result<Arc<[u8]>> {
        let mut file = self.open(path)?;
        // A photo is read into its place: a second copy of some megabytes is
        // what memory is short of where many are made at once.
        let len = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX).min(MOST_AT_ONCE);
        let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, len).collect();
        let whole = Arc::get_mut(&mut bytes).map(|place| file.read_exact(place));
        let mut more = Vec::new();
        match whole {
            Some(Ok(())) if file.read_to_end(&mut more)? == 0 => Ok(bytes),
            // It grows or shrinks at this moment.
            _ => {
                more.clear();
                file.seek(SeekFrom::Start(0))?;
                file.read_to_end(&mut more)?;
                Ok(more.into())
            }
        }
    }

    fn stream(&self, path: &SourcePath, sink: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut file = self.open(path)?;
        let mut part = vec![0; PART];
        loop {
            match file.read(&mut part) {
                Ok(0) => return Ok(()),
                Ok(len) => sink(part.get(..len).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn recall(&self, key: Key) -> Option<Vec<u8>> {
        self.kept.get(key)
    }

    fn keep(&self, key: Key, found: &[u8]) {
        self.kept.put(key, found);
    }

    fn fonts(&self) -> Arc<Database> {
        let load = || {
            let mut fonts = Database::new();
            fonts.load_system_fonts();
            Arc::new(fonts)
        };
        Arc::clone(self.fonts.get_or_init(load))
    }

    fn has_picture(&self, key: Key) -> bool {
        self.cache.has(key)
    }

    fn keep_picture(&self, key: Key, picture: &[u8]) {
        self.cache.put(key, picture);
    }

    fn head(&self, path: &SourcePath, len: usize) -> io::Result<Arc<[u8]>> {
        let mut bytes = Vec::with_capacity(len);
        self.open(path)?.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }
}
