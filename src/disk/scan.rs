//! The picture of the input files.
//!
//! It is taken in three steps, so that what is not needed is not done:
//! 1. names (`walk`), 2. stamps, with the hashes remembered from last time,
//! 3. bytes. A build whose inputs are as they were needs only the first two, and
//!    one that goes on from another the bytes of few documents (`late`).
//!
//! **Invariant:** a picture does not depend on what was remembered, nor on the
//! order in which the system lists files.

mod again;
mod late;

pub use again::Differences;
pub use late::LateTexts;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::hashes::Hashes;
use super::names::passed_over;
use super::stamp::nanos_of;
use super::walk::{INPUTS, Walked, walk};
use super::{Act, Error, Result, Stamp};
use crate::document::is_document;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::{MAX_TEXT, Refusal, Refused, Source, SourceTree, Texts, is_text};

/// A picture, and what the next one can start from.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The input files.
    pub tree: SourceTree,
    /// The project's folder, canonical.
    pub root: PathBuf,
    hashes: Hashes,
    linked: bool,
}

/// What lies below a root, before all of it is read.
#[derive(Debug)]
pub struct Survey {
    root: PathBuf,
    began: i64,
    seen: BTreeMap<SourcePath, Seen>,
    refused: Vec<Refused>,
    /// As they were remembered.
    hashes: Hashes,
    linked: bool,
}

/// What is known of one file so far.
#[derive(Debug)]
struct Seen {
    stamp: Stamp,
    key: Option<Key>,
    bytes: Option<Arc<[u8]>>,
}

/// Takes the whole picture of the project at `root`.
///
/// Files that can't or must not be read are in the tree as refused.
///
/// # Errors
/// Where there is no folder at `root`.
pub fn scan(root: &Path) -> Result<Snapshot> {
    Ok(survey(root)?.read())
}

/// Looks at names and stamps only; a file's hash is taken from the last scan
/// where the file is as it was then.
///
/// # Errors
/// As [`scan`].
pub fn survey(root: &Path) -> Result<Survey> {
    let root = canonical(root)?;
    let hashes = Hashes::load(&root);
    Ok(look(root, &INPUTS, hashes, None))
}

/// The same by a scan that takes no hash from an earlier one.
///
/// # Errors
/// As [`scan`].
pub fn survey_anew(root: &Path) -> Result<Survey> {
    Ok(look(canonical(root)?, &INPUTS, Hashes::default(), None))
}

impl Snapshot {
    /// Takes out the file at `path`, or the files below it.
    fn forget(&mut self, path: &str) {
        let gone: Vec<SourcePath> =
            self.tree.under(path).map(|(path, _)| path.clone()).chain(SourcePath::new(path)).collect();
        for path in &gone {
            self.tree.remove(path);
        }
        self.tree.forgive(path);
        self.hashes.forget(path);
    }

    fn add(&mut self, part: Self) {
        for (path, source) in part.tree.iter() {
            self.tree.insert(path.clone(), source.clone());
        }
        for Refused { path, why } in part.tree.refused() {
            self.tree.refuse(path.clone(), why.clone());
        }
        self.hashes.extend(part.hashes);
        self.linked |= part.linked;
    }
}

impl Survey {
    /// The project's folder, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The tree by hashes alone, texts without their bytes: enough for the key
    /// of a build's inputs. Files whose hash is not remembered are read now.
    pub fn outline(&mut self) -> SourceTree {
        self.fill(|_, seen| seen.key.is_none());
        self.remember();
        let mut tree = SourceTree::default();
        for (path, seen) in &self.seen {
            let Some(key) = seen.key else { continue };
            tree.insert(path.clone(), Source { key, len: seen.stamp.len, bytes: None });
        }
        for Refused { path, why } in &self.refused {
            tree.refuse(path.clone(), why.clone());
        }
        tree
    }

    /// Reads what has not been read, and remembers the hashes on disk.
    pub fn read(mut self) -> Snapshot {
        self.fill(unread);
        self.remember();
        self.finish()
    }

    /// The same, but that documents whose hash is known are read when they are
    /// wanted. Of them it is told whether one had changed by then: then nothing
    /// that was made of this picture counts.
    pub fn read_what_is_new(mut self) -> (Snapshot, Arc<LateTexts>) {
        let wanted =
            |path: &SourcePath, seen: &Seen| unread(path, seen) && !(is_document(path) && seen.key.is_some());
        self.fill(wanted);
        self.remember();
        let late = Arc::new(LateTexts::new(&self.root));
        let Snapshot { tree, root, hashes, linked } = self.snapshot();
        let texts: Arc<dyn Texts> = Arc::<LateTexts>::clone(&late);
        (Snapshot { tree: tree.with_unread(texts), root, hashes, linked }, late)
    }

    /// Writes the hashes found to the disk, if they are not there already.
    fn remember(&mut self) {
        let hashes = self.known();
        if hashes != self.hashes {
            hashes.save(&self.root);
            self.hashes = hashes;
        }
    }

    /// The hashes that may be trusted next time.
    fn known(&self) -> Hashes {
        let mut hashes = Hashes::default();
        for (path, seen) in &self.seen {
            if let Some(key) = seen.key {
                hashes.insert(path, seen.stamp, key, self.began);
            }
        }
        hashes
    }

    fn finish(mut self) -> Snapshot {
        self.fill(unread);
        self.snapshot()
    }

    fn snapshot(self) -> Snapshot {
        let hashes = self.known();
        let mut tree = SourceTree::default();
        for (path, seen) in self.seen {
            let Some(key) = seen.key else { continue };
            tree.insert(path, Source { key, len: seen.stamp.len, bytes: seen.bytes });
        }
        for Refused { path, why } in self.refused {
            tree.refuse(path, why);
        }
        Snapshot { tree, root: self.root, hashes, linked: self.linked }
    }

    /// Reads the files that `wanted` picks. Those that can't be read are
    /// refused; those that are gone are as if never seen.
    fn fill(&mut self, wanted: impl Fn(&SourcePath, &Seen) -> bool + Sync) {
        let root = &self.root;
        let read: Vec<(SourcePath, Taken)> = self
            .seen
            .par_iter()
            .filter(|(path, seen)| wanted(path, seen))
            .map(|(path, _)| (path.clone(), take(root, path)))
            .collect();
        for (path, taken) in read {
            match taken {
                Taken::File(seen) => {
                    self.seen.insert(path, seen);
                }
                Taken::Refused(why) => {
                    self.seen.remove(&path);
                    self.refused.push(Refused { path, why });
                }
                Taken::Gone => {
                    self.seen.remove(&path);
                }
            }
        }
    }
}

/// Finds the files at and below `starts`, and takes from `hashes` and `tree`
/// what is known of those that did not change.
fn look(root: PathBuf, starts: &[&str], hashes: Hashes, tree: Option<&SourceTree>) -> Survey {
    let began = nanos_of(SystemTime::now());
    let mut all = Walked::default();
    for start in starts {
        let Walked { files, refused, linked } = walk(&root, start);
        all.files.extend(files);
        all.refused.extend(refused);
        all.linked |= linked;
    }
    let seen = all
        .files
        .into_par_iter()
        .filter_map(|path| {
            let stamp = Stamp::from_metadata(&std::fs::metadata(root.join(path.as_str())).ok()?);
            let key = hashes.get(&path, &stamp);
            let bytes = key.and_then(|key| tree?.get(&path).filter(|s| s.key == key)?.bytes.clone());
            Some((path, Seen { stamp, key, bytes }))
        })
        .collect();
    Survey { root, began, seen, refused: all.refused, hashes, linked: all.linked }
}

/// Whether a file has still to be read.
fn unread(path: &SourcePath, seen: &Seen) -> bool {
    seen.key.is_none() || (is_text(path) && seen.bytes.is_none())
}

/// What came of reading a file.
enum Taken {
    File(Seen),
    Refused(Refusal),
    Gone,
}

fn take(root: &Path, path: &SourcePath) -> Taken {
    match read_file(&root.join(path.as_str()), is_text(path)) {
        Ok(seen) if is_text(path) && seen.stamp.len > MAX_TEXT => {
            Taken::Refused(Refusal::TooLarge(seen.stamp.len))
        }
        Ok(seen) => Taken::File(seen),
        Err(error) if error.kind() == ErrorKind::NotFound => Taken::Gone,
        Err(error) => Taken::Refused(Refusal::Unreadable(error.to_string())),
    }
}

/// Hashes the file, and keeps its bytes where it is text of bearable size.
///
/// Large files are streamed, not mapped: a mapped file that an editor cuts
/// short in that moment would kill the process.
fn read_file(path: &Path, text: bool) -> std::io::Result<Seen> {
    let mut file = File::open(path)?;
    let stamp = Stamp::from_metadata(&file.metadata()?);
    if text && stamp.len > MAX_TEXT {
        return Ok(Seen { stamp, key: None, bytes: None });
    }
    if text {
        let mut bytes = Vec::with_capacity(usize::try_from(stamp.len).unwrap_or(0) + 1);
        file.take(MAX_TEXT).read_to_end(&mut bytes)?;
        let key = Some(Key::hash(&bytes));
        let stamp = Stamp { len: bytes.len() as u64, ..stamp };
        return Ok(Seen { stamp, key, bytes: Some(bytes.into()) });
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&mut file)?;
    Ok(Seen { stamp, key: Some(Key::from_hash(&hasher.finalize())), bytes: None })
}

fn canonical(root: &Path) -> Result<PathBuf> {
    let real = std::fs::canonicalize(root).map_err(|e| Error::new(Act::Read, root, e))?;
    if real.is_dir() {
        return Ok(real);
    }
    Err(Error::new(Act::Read, root, ErrorKind::NotADirectory.into()))
}

/// `paths` as parts of the root that are inputs, without what is passed over.
fn starts(root: &Path, paths: &[PathBuf]) -> Vec<String> {
    let mut starts: Vec<String> = paths.iter().filter_map(|path| start(root, path)).collect();
    starts.sort();
    starts.dedup();
    starts
}

/// `path` relative to the root, with `/`; where its name is not Unicode, the
/// nearest folder above whose name is.
fn start(root: &Path, path: &Path) -> Option<String> {
    let below = if path.is_absolute() { path.strip_prefix(root).ok()? } else { path };
    let parts: Vec<&str> = below.iter().map_while(|part| part.to_str()).collect();
    let below_static = parts.starts_with(&["content", "static"]);
    let hidden = parts.iter().any(|part| passed_over(part, below_static));
    (!hidden && parts.first().is_some_and(|top| INPUTS.contains(top))).then(|| parts.join("/"))
}

/// Whether `path` (absolute, or relative to the root) is where input files
/// stand, and is not passed over. It need not exist.
pub fn is_input(root: &Path, path: &Path) -> bool {
    start(root, path).is_some()
}
