//! A release as it is published elsewhere: its files, each held against its
//! SHA-256 as it is read.
//!
//! Taking no lock, it lets builds go on meanwhile. A file is read from the
//! release's tree wherever that is by now: the site's folder, or the kept
//! trees. So what is read is the release's own, or an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::manifest::Fact;
use super::{Error, Place, Result, compare, precompress};
use crate::build::{Artifact, Content, Output};
use crate::config::Publishing;
use crate::disk::{self, Files, Lock, Locked, lock};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::source::Blobs as _;

/// A release as it is published elsewhere.
#[derive(Debug)]
pub struct ReleaseFiles {
    /// Its number.
    pub number: u64,
    /// Its files, without those that stay for open pages alone.
    pub files: BTreeMap<OutputPath, ReleaseFile>,
    /// Names that readers' copies of files get.
    pub downloads: BTreeMap<OutputPath, String>,
    trees: Vec<Files>,
}

/// A file of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseFile {
    /// In bytes.
    pub size: u64,
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// The key of its artifact.
    pub key: Key,
}

/// The files of release `number`, or of the site as it is.
///
/// # Errors
/// Where there is no such release.
pub fn release_files(place: &Place, number: Option<u64>) -> Result<ReleaseFiles> {
    let store = compare::store(place)?;
    let (manifest, tree) = compare::open(place, &store, number)?;
    let number = manifest.head.number();
    let file = |(path, fact): (&OutputPath, &Fact)| {
        (path.clone(), ReleaseFile { size: fact.stamp.len, sha256: fact.sha256, key: fact.key })
    };
    let trees = [tree, place.output.clone(), store.tree(number)].map(|tree| Files::new(&tree)).into();
    let downloads = manifest.head.downloads.iter();
    let downloads = downloads.filter_map(|(path, name)| Some((OutputPath::new(path)?, name.clone())));
    Ok(ReleaseFiles {
        number,
        files: manifest.site().map(file).collect(),
        downloads: downloads.collect(),
        trees,
    })
}

impl ReleaseFiles {
    /// The release as an output, and where its files are read: to be published
    /// to another folder.
    pub fn output(&self, publishing: Publishing) -> (Output, Files) {
        let files = self.files.iter().filter_map(|(path, file)| {
            let content = Content::Blob(SourcePath::new(path.as_str())?, file.size);
            Some((path.clone(), Artifact { key: file.key, content }))
        });
        let files = files.collect();
        let downloads = self.downloads.iter().map(|(path, name)| (path.clone(), name.clone())).collect();
        let tree = self.trees.first().cloned().unwrap_or_else(|| Files::new(Path::new(".")));
        (Output { files, downloads, publishing, ..Output::default() }, tree)
    }

    /// Whether the file at `path` is a text that was packed beforehand, by the
    /// publisher itself: nothing links to it, servers send it in place of the
    /// text.
    pub fn is_packed(&self, path: &OutputPath) -> bool {
        let of = path.as_str().rsplit_once('.');
        let text = of.and_then(|(of, ending)| Some((self.files.get(of)?, ending)));
        text.is_some_and(|(text, ending)| {
            self.files.get(path).is_some_and(|file| file.key == precompress::key_of(text.key, ending))
        })
    }

    /// The first file that does not stand at `place` as in the release; none
    /// after it was published there, if nothing changed on the way.
    ///
    /// # Errors
    /// Where nothing is published at `place`.
    pub fn first_difference(&self, place: &Place) -> Result<Option<OutputPath>> {
        let there = release_files(place, None)?.files;
        let same = |(path, file): &(&OutputPath, &ReleaseFile)| {
            there.get(*path).is_none_or(|there| there.sha256 != file.sha256)
        };
        Ok(self.files.iter().find(same).map(|(path, _)| path.clone()))
    }

    /// The bytes of the file at `path`; `None` where they are not those of the
    /// release (any more).
    pub fn read(&self, path: &OutputPath) -> Option<Vec<u8>> {
        let file = self.files.get(path)?;
        let source = SourcePath::new(path.as_str())?;
        self.trees.iter().find_map(|tree| {
            let bytes = tree.read(&source).ok()?;
            (bytes.len() as u64 == file.size && disk::sha256_of(&bytes) == file.sha256)
                .then(|| bytes.to_vec())
        })
    }

    /// A tree in which the whole of a long file is the release's; `None` where
    /// there is none (any more). The file is read once.
    pub fn long(&self, path: &OutputPath) -> Option<LongFile<'_>> {
        let file = self.files.get(path)?;
        let source = SourcePath::new(path.as_str())?;
        let is_whole = |tree: &&Files| {
            let mut check = Check { hash: Sha256::new(), wanted: file.sha256 };
            tree.stream(&source, &mut |part| check.add(part)).is_ok() && check.holds()
        };
        let tree = self.trees.iter().find(is_whole)?;
        Some(LongFile { tree, source, size: file.size })
    }
}

/// Bytes that are held against a release's file as they come.
#[derive(Debug)]
pub struct Check {
    hash: Sha256,
    wanted: [u8; 32],
}

impl Check {
    /// Against the file at `path`; nothing holds where there is none.
    pub fn new(release: &ReleaseFiles, path: &OutputPath) -> Self {
        let wanted = release.files.get(path).map_or([0; 32], |file| file.sha256);
        Self { hash: Sha256::new(), wanted }
    }

    /// Takes the next bytes.
    pub fn add(&mut self, part: &[u8]) {
        self.hash.update(part);
    }

    /// Whether those that came are all, and right.
    pub fn holds(self) -> bool {
        <[u8; 32]>::from(self.hash.finalize()) == self.wanted
    }
}

/// A long file, read in parts.
#[derive(Debug)]
pub struct LongFile<'r> {
    tree: &'r Files,
    source: SourcePath,
    /// In bytes.
    pub size: u64,
}

impl LongFile<'_> {
    /// The bytes from `from` on, at most `len`; `None` where they can't be read.
    pub fn part(&self, from: u64, len: usize) -> Option<Vec<u8>> {
        self.tree.slice(&self.source, from, len).ok()
    }
}

/// What is remembered of a target that the site is published to: the runs that
/// were begun from here. While it is held, no other one is begun from here, so
/// a run that is remembered has ended, whatever the target says.
#[derive(Debug)]
pub struct TargetMemory {
    path: PathBuf,
    /// The runs, the oldest first.
    runs: Vec<String>,
    _lock: Lock,
}

/// No more runs than these are remembered that came to nothing.
const RUNS: usize = 64;

/// Takes what is remembered of `target`, by name.
///
/// # Errors
/// Where another process of this computer publishes to it; where nothing was
/// built yet.
pub fn target_memory(place: &Place, target: &str, who: &str) -> Result<TargetMemory> {
    let store = compare::store(place)?;
    let name = Key::hash(target.as_bytes()).to_string();
    let path = store.folder().join(format!("to-{name}"));
    let lock = match lock(&store.folder().join(format!("to-{name}.lock")), who)? {
        Locked::Held(lock) | Locked::NoLocks(lock) => lock,
        Locked::ByAnother(who) => return Err(Error::Locked { output: PathBuf::from(target), who }),
    };
    let kept = disk::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    Ok(TargetMemory { path, runs: kept.lines().map(str::to_owned).collect(), _lock: lock })
}

impl TargetMemory {
    /// Whether `run` was begun from here.
    pub fn knows(&self, run: &str) -> bool {
        self.runs.iter().any(|known| known == run)
    }

    /// Remembers that `run` begins.
    ///
    /// # Errors
    /// What the system said.
    pub fn begin(&self, run: &str) -> Result<()> {
        let first = self.runs.len().saturating_sub(RUNS);
        let runs = self.runs.iter().skip(first).map(String::as_str);
        let text: String = runs.chain([run]).flat_map(|run| [run, "\n"]).collect();
        disk::replace(&self.path, text.as_bytes())?;
        Ok(())
    }

    /// Remembers `run` alone: what was before it is settled.
    ///
    /// # Errors
    /// What the system said.
    pub fn settle(&self, run: &str) -> Result<()> {
        disk::replace(&self.path, run.as_bytes())?;
        Ok(())
    }
}
