//! The tree of the next release, made out of sight: steps 3 to 6.
//!
//! It begins empty, or as the tree of a former release that is no longer kept:
//! between such a one and the site little differs, so that little has to be
//! done. Nobody reads it either way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::folder::{Folder, folders_of};
use super::hooks::step;
use super::manifest::{Fact, Manifest};
use super::work::{Work, write};
use super::{Result, Step, precompress};
use crate::build::{Artifact, Content};
use crate::disk::{self, Access, Entry, EntryKind};
use crate::path::OutputPath;

/// What has to be done for one file.
enum Job<'w> {
    /// The tree has the very file of the site.
    Keep(Fact),
    /// The site has it.
    Link(Fact),
    /// Neither has it.
    Write(&'w Artifact),
}

/// What shall stand in the tree.
struct Wanted<'w> {
    folders: BTreeSet<&'w str>,
    jobs: Vec<(&'w OutputPath, Job<'w>)>,
    /// Strangers in the site, to be carried over.
    strangers: BTreeMap<&'w Path, &'w Entry>,
    /// Theirs, and those above them.
    strange_folders: BTreeSet<&'w Path>,
}

/// Makes the tree at `next` hold what shall be the site, and returns its facts.
/// `former` is the manifest of the release whose tree stands there.
pub(super) fn make(work: &Work<'_>, former: Option<&Manifest>) -> Result<BTreeMap<OutputPath, Fact>> {
    let next = work.store.next();
    step(work.hooks, Step::Look, &next)?;
    let there = match former {
        Some(manifest) => Folder::look_beside(&next, manifest, work.live)?,
        None => Folder::default(),
    };
    let wanted = Wanted::new(work, &there);
    clear(work, &there, &wanted)?;
    let fresh = there.entries.is_empty();
    if fresh {
        adopt_spool(work, &wanted)?;
    }
    make_folders(work, &there, &wanted)?;
    let writes = wanted.jobs.iter().filter(|(_, job)| matches!(job, Job::Write(_))).count();
    work.hooks.planned(writes);
    let facts: Vec<(OutputPath, Fact)> = wanted
        .jobs
        .par_iter()
        .map(|(path, job)| Ok(((*path).clone(), job.run(work, path, fresh)?)))
        .collect::<disk::Result<_>>()?;
    carry_strangers(work, &there, &wanted)?;
    give_access(work, &wanted);
    let mut facts: BTreeMap<OutputPath, Fact> = facts.into_iter().collect();
    precompress::give_times(&mut facts, &BTreeMap::new(), |path| next.join(path.as_str()))?;
    Ok(facts)
}

impl<'w> Wanted<'w> {
    fn new(work: &'w Work<'_>, there: &Folder) -> Self {
        let same = |path: &OutputPath, fact: &Fact| {
            there.verified.get(path).is_some_and(|other| other.stamp.inode == fact.stamp.inode)
        };
        let from_site = |path: &OutputPath, fact: Fact| {
            if same(path, &fact) { Job::Keep(fact) } else { Job::Link(fact) }
        };
        let new = work.output.files.iter().map(|(path, artifact)| {
            let right = work.live.verified.get(path).filter(|fact| fact.key == artifact.key);
            let job =
                right.map_or(Job::Write(artifact), |fact| from_site(path, Fact { left: None, ..*fact }));
            (path, job)
        });
        let kept = work.kept.iter().map(|(path, fact)| (path, from_site(path, *fact)));
        let jobs = new.chain(kept).collect();
        let folders = folders_of(work.paths());
        // Where a stranger stands in the way of the site, the site goes first.
        let free = |entry: &&Entry| {
            let taken = |path: &Path| path.to_str().is_some_and(|path| work.has(path));
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
            _ => work.has(path.as_ref()),
        });
        ours || match entry.kind {
            EntryKind::Folder => self.strange_folders.contains(entry.path.as_path()),
            _ => self.strangers.contains_key(entry.path.as_path()),
        }
    }

    /// All folders, those above before those below.
    fn all_folders(&self) -> BTreeSet<&Path> {
        self.folders.iter().map(Path::new).chain(self.strange_folders.iter().copied()).collect()
    }
}

/// Lets the files that are finished already begin the tree, where nothing else
/// does; those among them that no job asks for go.
fn adopt_spool(work: &Work<'_>, wanted: &Wanted<'_>) -> Result<()> {
    let (spool, next) = (work.store.spool(), work.store.next());
    if work.spooled.is_empty() || !disk::is_folder(&spool) {
        return Ok(());
    }
    let asked = |job: &Job<'_>| matches!(job, Job::Write(Artifact { content: Content::Spooled(_), .. }));
    let asked: BTreeSet<&OutputPath> =
        wanted.jobs.iter().filter(|(_, job)| asked(job)).map(|(path, _)| *path).collect();
    for path in work.spooled.keys().filter(|path| !asked.contains(path)) {
        disk::remove_file(&spool.join(path.as_str()))?;
    }
    disk::remove_tree(&next)?;
    Ok(disk::rename(&spool, &next)?)
}

/// Step 3.
fn clear(work: &Work<'_>, there: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    // What is in a folder goes before the folder: entries come the other way.
    for entry in there.entries.iter().rev().filter(|entry| !wanted.has(work, entry)) {
        let path = work.store.next().join(&entry.path);
        step(work.hooks, Step::Clear, &path)?;
        match entry.kind {
            EntryKind::Folder => disk::remove_folder(&path)?,
            _ => disk::remove_file(&path)?,
        }
    }
    Ok(())
}

/// Step 4.
fn make_folders(work: &Work<'_>, there: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    let root = work.store.next();
    if !disk::exists(&root) {
        step(work.hooks, Step::MakeFolder, &root)?;
        disk::create_folders(&root)?;
    }
    let there: BTreeSet<&Path> =
        there.entries.iter().filter(|e| e.kind == EntryKind::Folder).map(|e| e.path.as_path()).collect();
    for folder in wanted.all_folders().difference(&there) {
        let path = root.join(folder);
        step(work.hooks, Step::MakeFolder, &path)?;
        disk::create_folders(&path)?;
    }
    Ok(())
}

impl Job<'_> {
    /// Steps 5 and 6. In a `fresh` tree files are written under their own
    /// names.
    fn run(&self, work: &Work<'_>, path: &OutputPath, fresh: bool) -> disk::Result<Fact> {
        let at = work.store.next().join(path.as_str());
        match self {
            Self::Keep(fact) => {
                work.grant_again(&at);
                Ok(*fact)
            }
            Self::Link(fact) => {
                step(work.hooks, Step::Link, &at)?;
                let from = work.place.output.join(path.as_str());
                let copy = at_once(&at, fresh, |to| {
                    let copy = work.hooks.link(&from, to)?;
                    if copy.is_some() {
                        work.grant(path, to);
                    }
                    Ok(copy)
                })?;
                work.grant_again(&at);
                Ok(Fact { stamp: copy.unwrap_or(fact.stamp), ..*fact })
            }
            Self::Write(artifact) => {
                step(work.hooks, Step::Write, &at)?;
                let fact = at_once(&at, fresh, |to| write(work, path, artifact, to))?;
                work.hooks.wrote();
                Ok(fact)
            }
        }
    }
}

/// Lets `make` make a file that shall stand at `path`: there, or beside it and
/// renamed when it is whole.
fn at_once<T>(path: &Path, direct: bool, make: impl Fn(&Path) -> disk::Result<T>) -> disk::Result<T> {
    if direct {
        return make(path);
    }
    let beside = disk::beside(path);
    disk::remove_file(&beside)?;
    let result = make(&beside)?;
    disk::rename(&beside, path)?;
    Ok(result)
}

/// Gives the strangers in the site a second name in the tree.
fn carry_strangers(work: &Work<'_>, there: &Folder, wanted: &Wanted<'_>) -> Result<()> {
    let there: BTreeMap<&Path, u64> =
        there.entries.iter().map(|entry| (entry.path.as_path(), entry.inode)).collect();
    for (path, stranger) in &wanted.strangers {
        if stranger.inode != 0 && there.get(path) == Some(&stranger.inode) {
            continue;
        }
        let to = work.store.next().join(path);
        step(work.hooks, Step::Link, &to)?;
        disk::remove_file(&to)?;
        work.hooks.link(&work.place.output.join(path), &to)?;
    }
    Ok(())
}

/// Gives each folder what the site's folder of that name grants; a new one,
/// what the one above it does. Those below first: what they grant may keep us
/// out.
fn give_access(work: &Work<'_>, wanted: &Wanted<'_>) {
    let mut access: BTreeMap<&Path, Access> = BTreeMap::new();
    let root = Access::of(&work.place.output).unwrap_or(Access::open(true));
    access.insert(Path::new(""), root);
    for folder in wanted.all_folders() {
        let above = folder.parent().and_then(|above| access.get(above)).cloned();
        let live = Some(work.place.output.join(folder)).filter(|path| disk::is_folder(path));
        let own = live.and_then(|path| Access::of(&path)).or(above);
        access.insert(folder, own.unwrap_or(Access::open(true)));
    }
    for (folder, access) in access.into_iter().rev() {
        let given = access.wished(work.wish, true).give(&work.store.next().join(folder));
        work.denied(!given);
    }
}
