//! What stands in a folder, judged by the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{Fact, Manifest};
use super::{Error, Note, Place, Result};
use crate::build;
use crate::disk::{self, Entry, EntryKind, PREPARED, Stamp};
use crate::memo::Key;
use crate::path::OutputPath;

/// What stands in a folder.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Everything, folders before what is in them.
    pub(super) entries: Vec<Entry>,
    /// Files of ours that are as a fact says.
    pub(super) verified: BTreeMap<OutputPath, Fact>,
    /// What stands under a name of ours, but as no fact says.
    pub(super) doubtful: BTreeSet<OutputPath>,
    /// Files and links that are not ours.
    pub(super) strangers: Vec<Entry>,
    /// Folders in which nothing is ours.
    pub(super) strange_folders: Vec<Entry>,
    /// When names in each folder last changed, the root's (`""`) too.
    pub(super) times: BTreeMap<PathBuf, i64>,
    /// When it was looked at, in nanoseconds since 1970.
    pub(super) began: i64,
}

/// What the manifest says of one entry.
enum Verdict {
    Verified(OutputPath, Fact),
    Doubtful(OutputPath),
    Stranger,
    /// Left by a run that died.
    Prepared,
}

impl Folder {
    /// Lists `folder`, and compares each file's stamp with the manifest. Where
    /// there is no folder, nothing stands in it.
    pub(super) fn look(folder: &Path, manifest: &Manifest) -> Result<Self> {
        let began = disk::clock();
        let root = (PathBuf::new(), disk::times(folder));
        let entries = disk::list(folder)?;
        let folders = entries.iter().filter(|entry| entry.kind == EntryKind::Folder);
        let times = folders.map(|entry| (entry.path.clone(), disk::times(&folder.join(&entry.path))));
        let times = times.chain([root]).filter_map(|(path, times)| Some((path, times?))).collect();
        let mut look = Self { times, began, ..Self::default() };
        let files: Vec<&Entry> = entries.iter().filter(|entry| entry.kind != EntryKind::Folder).collect();
        let verdicts: Vec<Verdict> =
            files.par_iter().with_min_len(64).map(|entry| judge(folder, entry, manifest)).collect();
        let mut verified = Vec::with_capacity(files.len());
        for (entry, verdict) in files.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Verified(path, fact) => verified.push((path, fact)),
                Verdict::Doubtful(path) => drop(look.doubtful.insert(path)),
                Verdict::Stranger => look.strangers.push(entry.clone()),
                Verdict::Prepared => {}
            }
        }
        look.verified = verified.into_iter().collect();
        let ours = folders_of(manifest.names());
        let strange = |entry: &&Entry| {
            entry.kind == EntryKind::Folder
                && !manifest.damaged
                && !entry.slashed().is_some_and(|path| ours.contains(path.as_ref()))
        };
        look.strange_folders = entries.iter().filter(strange).cloned().collect();
        look.entries = entries;
        Ok(look)
    }

    /// The same without trust in files that did not stand as they should when
    /// the build asked for them, and so were `spooled`: somebody changed them
    /// after the look.
    pub(super) fn distrusting(mut self, spooled: &BTreeMap<OutputPath, Fact>) -> Self {
        for (path, fact) in spooled {
            if self.verified.get(path).is_some_and(|verified| verified.key == fact.key) {
                self.verified.remove(path);
                self.doubtful.insert(path.clone());
            }
        }
        self
    }

    /// Refuses a folder that somebody else filled: one with strangers in it and
    /// no manifest; or one in which no file is as the manifest says, and
    /// strangers outnumber the names it has.
    pub(super) fn must_be_ours(&self, place: &Place, manifest: Option<&Manifest>) -> Result<()> {
        let Some(example) = self.strangers.first() else { return Ok(()) };
        let known = manifest.is_some_and(|manifest| {
            manifest.damaged || !self.verified.is_empty() || self.doubtful.len() >= self.strangers.len()
        });
        if known {
            return Ok(());
        }
        let unrecorded = manifest.is_none().then(|| place.hidden().to_owned());
        Err(Error::NotOurs { output: place.output.clone(), example: example.path.clone(), unrecorded })
    }

    /// What a plan needs to know: files of the site, without those that stay
    /// for open pages alone. Doubtful files have a key that no artifact has.
    pub(super) fn known(&self) -> build::Manifest {
        let doubt = build::Recorded { key: Key::hash(b"in doubt") };
        let verified = self.verified.iter().filter(|(_, fact)| fact.left.is_none());
        let verified = verified.map(|(path, fact)| (path.clone(), build::Recorded { key: fact.key }));
        build::Manifest { files: verified.chain(self.doubtful.iter().map(|p| (p.clone(), doubt))).collect() }
    }

    /// A note about strangers, if there are any.
    pub(super) fn strangers_note(&self) -> Option<Note> {
        let first = self.strangers.first()?;
        Some(Note::Strangers(self.strangers.len(), first.path.clone()))
    }
}

fn judge(folder: &Path, entry: &Entry, manifest: &Manifest) -> Verdict {
    let Some(name) = entry.slashed() else { return Verdict::Stranger };
    if name.ends_with(PREPARED) {
        return Verdict::Prepared;
    }
    let at = folder.join(&entry.path);
    let stamp = disk::stamp(&at);
    match manifest.judge(&name, stamp) {
        Some((path, Some(fact))) => Verdict::Verified(path, fact),
        Some((path, None)) => match manifest.fact(&path).and_then(|fact| carried(fact, &at, stamp?)) {
            Some(fact) => Verdict::Verified(path, fact),
            None => Verdict::Doubtful(path),
        },
        None if manifest.damaged => OutputPath::new(&name).map_or(Verdict::Stranger, Verdict::Doubtful),
        None => Verdict::Stranger,
    }
}

/// The fact of a file with another stamp that still has the bytes: it was
/// copied, or came from another machine.
fn carried(fact: &Fact, at: &Path, stamp: Stamp) -> Option<Fact> {
    let same = stamp.len == fact.stamp.len && disk::sha256(at).ok()? == fact.sha256;
    // Nobody wrote it while it was read.
    (same && disk::stamp(at) == Some(stamp)).then_some(Fact { stamp, ..*fact })
}

/// All folders above these paths, without the root.
pub(super) fn folders_of<'p>(paths: impl IntoIterator<Item = &'p OutputPath>) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    let mut last = "";
    for path in paths {
        let mut path = path.as_str();
        // Paths come in order, so most share their folder with the one before.
        while let Some((folder, _)) = path.rsplit_once('/') {
            if folder == last || !folders.insert(folder) {
                break;
            }
            path = folder;
        }
        last = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    folders
}
