//! A file of values that a run makes, one after the other: see
//! [`super::value_store`].
//!
//! Takes values, and writes them as they come; gives where each lies.
//!
//! **Invariant:** nobody else writes under its name. One that is not kept goes,
//! and of one whose disk refused something no value counts.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{create_folders, remove_file};
use crate::memo::Key;

/// So many bytes are written at once.
const BLOCK: usize = 1 << 18;

/// Where a value lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) offset: u64,
    pub(super) len: u32,
    pub(super) hash: Key,
}

/// A pack that grows.
#[derive(Debug)]
pub(super) struct Pack {
    folder: PathBuf,
    state: State,
    /// What is not written yet.
    buffer: Vec<u8>,
    /// How many bytes there are, those in `buffer` included.
    len: u64,
}

#[derive(Debug)]
enum State {
    /// Nothing was written.
    Empty,
    /// The file and its name.
    Open(File, u64),
    /// The disk refused something.
    Failed,
    /// Somebody else looks after it.
    Kept,
}

impl Pack {
    /// One in `folder`, which is made when it is needed.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), state: State::Empty, buffer: Vec::new(), len: 0 }
    }

    /// Appends a value, whose hash is given; `None` where it is too long, or the
    /// disk refused something.
    pub(super) fn add(&mut self, value: &[u8], hash: Key) -> Option<Placed> {
        let (offset, len) = (self.len, u32::try_from(value.len()).ok()?);
        if matches!(self.state, State::Failed | State::Kept) {
            return None;
        }
        self.buffer.extend_from_slice(value);
        self.len += u64::from(len);
        if self.buffer.len() >= BLOCK {
            self.flush()?;
        }
        Some(Placed { offset, len, hash })
    }

    /// Writes what is left; the pack's name and length.
    pub(super) fn finish(&mut self) -> Option<(u64, u64)> {
        self.flush()?;
        match &self.state {
            State::Open(_, name) => Some((*name, self.len)),
            _ => None,
        }
    }

    /// It is named by an index now.
    pub(super) fn keep(&mut self) {
        self.state = State::Kept;
    }

    fn flush(&mut self) -> Option<()> {
        if let State::Empty = self.state {
            self.state = create(&self.folder).map_or(State::Failed, |(file, name)| State::Open(file, name));
        }
        let State::Open(file, _) = &mut self.state else { return None };
        let written = file.write_all(&self.buffer);
        self.buffer.clear();
        if written.is_err() {
            self.discard();
        }
        written.ok()
    }

    fn discard(&mut self) {
        if let State::Open(_, name) = self.state {
            self.state = State::Failed;
            let _ = remove_file(&path(&self.folder, name));
        }
    }
}

impl Drop for Pack {
    fn drop(&mut self) {
        self.discard();
    }
}

fn create(folder: &Path) -> Option<(File, u64)> {
    create_folders(folder).ok()?;
    let mut name = [0; 8];
    getrandom::fill(&mut name).ok()?;
    let name = u64::from_ne_bytes(name);
    let file = File::options().write(true).create_new(true).open(path(folder, name)).ok()?;
    Some((file, name))
}

/// Where the pack of this name lies.
pub(super) fn path(folder: &Path, name: u64) -> PathBuf {
    folder.join(format!("{name:016x}.pack"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_goes() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("memory");
        let mut pack = Pack::new(&folder);
        let value = vec![7; BLOCK];
        assert_eq!(pack.add(&value, Key::hash(&value)).unwrap().offset, 0);
        let placed = pack.add(b"ab", Key::hash(b"ab")).unwrap();
        assert_eq!((placed.offset, placed.len), (BLOCK as u64, 2));
        let (name, len) = pack.finish().unwrap();
        assert_eq!(len, std::fs::metadata(path(&folder, name)).unwrap().len());
        drop(pack);
        assert!(!path(&folder, name).exists());
    }

    #[test]
    fn where_the_disk_refuses_nothing_is_kept() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("file"), "").unwrap();
        let mut pack = Pack::new(&root.path().join("file"));
        assert!(pack.add(b"ab", Key::hash(b"ab")).is_some());
        assert!(pack.finish().is_none() && pack.add(b"ab", Key::hash(b"ab")).is_none());
    }
}
