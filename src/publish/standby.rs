//! Bringing the standby up to date: steps 3 to 6.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::folder::{Folder, folders_of};
use super::manifest::Fact;
use super::steps::step;
use super::{Result, Step, Work};
use crate::build::{Artifact, Content};
use crate::disk::{self, Entry, EntryKind, Stamp};
use crate::path::OutputPath;

/// What has to be done for one file.
enum Job<'w> {
    /// The standby has it.
    Keep(Fact),
    /// The site has it.
    Link(Fact),
    /// Neither has it.
    Write(&'w Artifact),
}

/// What shall stand in the standby.
struct Wanted<'w> {
    folders: BTreeSet<&'w str>,
    jobs: Vec<(&'w OutputPath, Job<'w>)>,
    /// Strangers in the site, to be carried over.
    strangers: BTreeMap<&'w Path, &'w Entry>,
    /// Theirs, and those above them.
    strange_folders: BTreeSet<&'w Path>,
}

/// Makes the standby hold `work.output`, and returns its facts.
pub(super) fn bring_up_to_date(work: &Work<'_>) -> Result<BTreeMap<OutputPath, Fact>> {
    let place = &work.place.standby;
    step(work.steps, Step::Look, place)?;
    let standby = Folder::look_beside(place, work.manifest, work.live)?;
    let wanted = Wanted::new(work, &standby);
    clear(work, &standby, &wanted)?;
    make_folders(work, &standby, &wanted)?;
    let fresh = standby.entries.is_empty();
    let writes = wanted.jobs.iter().filter(|(_, job)| matches!(job, Job::Write(_))).count();
    work.steps.planned(writes);
    let facts: Vec<(OutputPath, Fact)> = wanted
        .jobs
        .par_iter()
        .map(|(path, job)| Ok(((*path).clone(), job.run(work, path, fresh)?)))
        .collect::<disk::Result<_>>()?;
    carry_strangers(work, &standby, &wanted)?;
    Ok(facts.into_iter().collect())
}

impl<'w> Wanted<'w> {
    fn new(work: &'w Work<'_>, standby: &Folder) -> Self {
        let files = &work.output.files;
        let jobs = files
            .iter()
            .map(|(path, artifact)| {
                let right =
                    |folder: &Folder| folder.verified.get(path).copied().filter(|f| f.key == artifact.key);
                let job = match (right(standby), right(work.live)) {
                    (Some(fact), _) => Job::Keep(fact),
                    (None, Some(fact)) => Job::Link(fact),
                    (None, None) => Job::Write(artifact),
                };
                (path, job)
            })
            .collect();
        let folders = folders_of(files.keys());
        // Where a stranger stands in the way of the site, the site goes first.
        let free = |entry: &&Entry| {
            let taken = |path: &Path| path.to_str().is_some_and(|path| files.contains_key(path));
            !entry.path.ancestors().any(taken)
        };
        let not_a_folder = |e: &&Entry| !e.path.to_str().is_some_and(|path| folders.contains(path));
        let strangers = work.live.strangers.iter().filter(free).filter(not_a_folder);
        let strangers: BTreeMap<_, _> = strangers.map(|entry| (entry.path.as_path(), entry)).collect();
        let own = work.live.strange_folders.iter().filter(free).map(|entry| entry.path.as_path());
        let above = strangers.keys().flat_map(|path| path.ancestors().skip(1));
        let strange_folders = own.chain(above).filter(|path| *path != Path::new("")).collect();
        Self { folders, jobs, strangers, strange_folders }
    }

    fn has(&self, work: &Work<'_>, entry: &Entry) -> bool {
        let ours = entry.slashed().is_some_and(|path| match entry.kind {
            EntryKind::Folder => self.folders.contains(path.as_ref()),
            _ => work.output.files.contains_key(path.as_ref()),
        });
        ours || match entry.kind {
            EntryKind::Folder => self.strange_folders.contains(entry.path.as_path()),
            _ => self.strangers.contains_key(entry.path.as_path()),
        }
    }
}

/// Step 3.
fn clear(work: &Work<'_>, standby: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    // What is in a folder goes before the folder: entries come the other way.
    for entry in standby.entries.iter().rev().filter(|entry| !wanted.has(work, entry)) {
        let path = work.place.standby.join(&entry.path);
        step(work.steps, Step::Clear, &path)?;
        match entry.kind {
            EntryKind::Folder => disk::remove_folder(&path)?,
            _ => disk::remove_file(&path)?,
        }
    }
    Ok(())
}

/// Step 4.
fn make_folders(work: &Work<'_>, standby: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    let root = &work.place.standby;
    if !disk::exists(root) {
        step(work.steps, Step::MakeFolder, root)?;
        disk::create_folders(root)?;
        disk::same_mode(&work.place.output, root);
    }
    let there: BTreeSet<&Path> =
        standby.entries.iter().filter(|e| e.kind == EntryKind::Folder).map(|e| e.path.as_path()).collect();
    let strange = wanted.strange_folders.iter().copied();
    for folder in wanted.folders.iter().map(Path::new).chain(strange).filter(|folder| !there.contains(folder))
    {
        let path = root.join(folder);
        step(work.steps, Step::MakeFolder, &path)?;
        disk::create_folders(&path)?;
    }
    Ok(())
}

impl Job<'_> {
    /// Steps 5 and 6. In a `fresh` standby, which nobody ever saw, files are
    /// written under their own names.
    fn run(&self, work: &Work<'_>, path: &OutputPath, fresh: bool) -> disk::Result<Fact> {
        let at = work.place.standby.join(path.as_str());
        match self {
            Self::Keep(fact) => Ok(*fact),
            Self::Link(fact) => {
                step(work.steps, Step::Link, &at)?;
                let from = work.place.output.join(path.as_str());
                let copy = at_once(&at, fresh, |to| work.steps.link(&from, to))?;
                Ok(Fact { stamp: copy.unwrap_or(fact.stamp), ..*fact })
            }
            Self::Write(artifact) => {
                step(work.steps, Step::Write, &at)?;
                let stamp = at_once(&at, fresh, |to| write(work, &artifact.content, to))?;
                work.steps.wrote();
                Ok(Fact { key: artifact.key, stamp })
            }
        }
    }
}

/// Lets `make` make a file that shall stand at `path`: there, or beside it and
/// renamed when it is whole.
pub(super) fn at_once<T>(
    path: &Path,
    direct: bool,
    make: impl Fn(&Path) -> disk::Result<T>,
) -> disk::Result<T> {
    if direct {
        return make(path);
    }
    let beside = disk::beside(path);
    let result = make(&beside)?;
    disk::rename(&beside, path)?;
    Ok(result)
}

/// Writes the bytes of an artifact to a new file.
pub(super) fn write(work: &Work<'_>, content: &Content, to: &Path) -> disk::Result<Stamp> {
    match content {
        Content::Bytes(bytes) => disk::create_new(to, bytes),
        Content::Blob(source, len) => disk::copy_new(work.files, source, *len, to),
        Content::Deferred(recipe) => disk::create_picture(work.files, recipe, to),
        Content::Cleaned(source, copy) => disk::create_cleaned(work.files, source, copy, to),
    }
}

/// Gives the strangers in the site a second name in the standby.
fn carry_strangers(work: &Work<'_>, standby: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    let there: BTreeMap<&Path, u64> =
        standby.entries.iter().map(|entry| (entry.path.as_path(), entry.inode)).collect();
    for (path, stranger) in &wanted.strangers {
        if stranger.inode != 0 && there.get(path) == Some(&stranger.inode) {
            continue;
        }
        let to = work.place.standby.join(path);
        step(work.steps, Step::Link, &to)?;
        disk::remove_file(&to)?;
        work.steps.link(&work.place.output.join(path), &to)?;
    }
    Ok(())
}
