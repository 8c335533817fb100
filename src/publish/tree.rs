//! The tree of the next release, made out of sight: steps 3 to 6.
//!
//! It begins as a standby, that has a second name of each file of the site, so
//! that what differs is all that has to be done; or empty, where nothing stands
//! by or most files are new. Nobody reads it either way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::folders_of;
use super::hooks::step;
use super::manifest::Fact;
use super::standby::Standby;
use super::work::{Work, write};
use super::{Result, Step, precompress};
use crate::build::{Artifact, Content};
use crate::disk::{self, Access, Entry};
use crate::path::{Along, OutputPath};

/// What has to be done for one file.
enum Job<'w> {
    /// The site has it.
    Link(Fact),
    /// It has not.
    Write(&'w Artifact),
}

/// What shall stand in the tree.
struct Wanted<'w> {
    folders: BTreeSet<&'w str>,
    /// The tree has the very file of the site.
    keeps: Vec<(&'w OutputPath, Fact)>,
    jobs: Vec<(&'w OutputPath, Job<'w>)>,
    /// Strangers in the site, to be carried over.
    strangers: BTreeMap<&'w Path, &'w Entry>,
    /// Theirs, and those above them.
    strange_folders: BTreeSet<&'w Path>,
}

/// Makes the tree at `next` hold what shall be the site, and returns its facts.
pub(super) fn make(work: &Work<'_>, standby: Option<Standby>) -> Result<BTreeMap<OutputPath, Fact>> {
    let (next, spare) = (work.store.next(), work.store.spare());
    step(work.hooks, Step::Look, &next)?;
    let fresh = standby.is_none();
    let standby = standby.unwrap_or_default();
    let wanted = Wanted::new(work, &standby);
    if fresh {
        adopt_spool(work, &wanted)?;
    } else {
        disk::rename(&spare, &next)?;
    }
    clear(work, &standby, &wanted)?;
    make_folders(work, &standby, &wanted)?;
    let writes = wanted.jobs.iter().filter(|(_, job)| matches!(job, Job::Write(_))).count();
    work.hooks.planned(writes);
    let made: Vec<(OutputPath, Fact)> = wanted
        .jobs
        .par_iter()
        .map(|(path, job)| Ok(((*path).clone(), job.run(work, path, fresh)?)))
        .collect::<disk::Result<_>>()?;
    if !work.wish.is_none() {
        wanted.keeps.par_iter().for_each(|(path, _)| work.grant_again(&next.join(path.as_str())));
    }
    carry_strangers(work, &wanted)?;
    give_access(work, &wanted);
    let mut facts: BTreeMap<OutputPath, Fact> =
        wanted.keeps.iter().map(|(path, fact)| ((*path).clone(), *fact)).collect();
    facts.extend(made);
    precompress::give_times(&mut facts, &BTreeMap::new(), |path| next.join(path.as_str()))?;
    Ok(facts)
}

impl<'w> Wanted<'w> {
    fn new(work: &'w Work<'_>, standby: &Standby) -> Self {
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
        let (keeps, jobs) = (Vec::new(), Vec::new());
        let mut wanted = Self { folders, keeps, jobs, strangers, strange_folders };
        wanted.sort_out(work, standby);
        wanted
    }

    /// Sees for each file what has to be done.
    fn sort_out(&mut self, work: &'w Work<'_>, standby: &Standby) {
        let (mut live, mut there) = (Along::new(&work.live.verified), Along::new(&standby.files));
        for (path, artifact) in &work.output.files {
            match live.get(path).filter(|fact| fact.key == artifact.key) {
                Some(fact) => self.take_over(&mut there, path, Fact { left: None, ..*fact }),
                None => self.jobs.push((path, Job::Write(artifact))),
            }
        }
        let mut there = Along::new(&standby.files);
        for (path, fact) in &work.kept {
            self.take_over(&mut there, path, *fact);
        }
    }

    fn take_over(&mut self, there: &mut Along<'_, OutputPath, u64>, path: &'w OutputPath, fact: Fact) {
        if there.get(path) == Some(&fact.stamp.inode) {
            self.keeps.push((path, fact));
        } else {
            self.jobs.push((path, Job::Link(fact)));
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
fn clear(work: &Work<'_>, standby: &Standby, wanted: &Wanted<'_>) -> Result<()> {
    let root = work.store.next();
    let (mut output, mut kept) = (Along::new(&work.output.files), Along::new(&work.kept));
    for path in standby.files.keys() {
        if output.get(path).is_none() && kept.get(path).is_none() {
            let path = root.join(path.as_str());
            step(work.hooks, Step::Clear, &path)?;
            disk::remove_file(&path)?;
        }
    }
    // What is in a folder goes before the folder.
    let folders = wanted.all_folders();
    let needless = |folder: &&PathBuf| !folder.as_os_str().is_empty() && !folders.contains(folder.as_path());
    for folder in standby.folders.iter().rev().filter(needless) {
        let path = root.join(folder);
        step(work.hooks, Step::Clear, &path)?;
        disk::remove_folder(&path)?;
    }
    Ok(())
}

/// Step 4.
fn make_folders(work: &Work<'_>, standby: &Standby, wanted: &Wanted<'_>) -> Result<()> {
    let root = work.store.next();
    if !disk::exists(&root) {
        step(work.hooks, Step::MakeFolder, &root)?;
        disk::create_folders(&root)?;
    }
    for folder in wanted.all_folders().into_iter().filter(|folder| !standby.folders.contains(*folder)) {
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
fn carry_strangers(work: &Work<'_>, wanted: &Wanted<'_>) -> Result<()> {
    for path in wanted.strangers.keys() {
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
