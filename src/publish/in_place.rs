//! File by file, for folders that can't be exchanged or that a tool watches:
//! steps 8, 5, 7, 11 and 12.
//!
//! All files are first prepared, each beside the one that it replaces, and the
//! disk has them; then they are put phase by phase, so that no page that
//! readers see needs a file that is not there yet; and nothing is deleted
//! before the last link to it is gone. The manifest is marked whole at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::folder::folders_of;
use super::head::Head;
use super::hooks::step;
use super::manifest::{Fact, Manifest};
use super::work::{Work, write};
use super::{Result, Step, manifest, precompress};
use crate::build::{Artifact, Plan};
use crate::disk::{self, Access, EntryKind, PREPARED};
use crate::hosting::{Phase, served};
use crate::path::OutputPath;

/// Publishes in place what `plan` says, and returns what is known then.
pub(super) fn publish(work: &Work<'_>, plan: &Plan<'_>, gone: &[OutputPath], head: Head) -> Result<Manifest> {
    let mut site: BTreeMap<OutputPath, Fact> = work.live.verified.clone();
    for (path, _) in &plan.write {
        site.remove(*path);
    }
    keep_former_manifest(work, &head)?;
    let about_to_change = plan.write.iter().map(|(path, _)| *path).chain(gone);
    let in_doubt = Head { replay: None, ..work.manifest.head.clone() };
    record(work, &Manifest::new(site.clone(), in_doubt).and_names(about_to_change))?;
    work.hooks.planned(plan.write.len());

    let (first, last) = in_the_way(plan, gone);
    delete(work, &first)?;
    make_folders(work)?;
    let put = prepare(work, plan).and_then(|prepared| put_all(work, plan, &prepared));
    if put.is_err() {
        // What a full disk let us write is in nobody's way then.
        for (path, _) in &plan.write {
            let _ = disk::remove_file(&disk::beside(&work.place.output.join(path.as_str())));
        }
        if let Some(former) = head.former.last() {
            let _ = disk::remove_file(&work.store.manifest_of(former.number));
        }
    }
    site.extend(put?);
    delete(work, &last)?;
    for path in gone {
        site.remove(path);
    }
    // Those that come again are of the site; those that left stay for a while.
    for (path, fact) in &mut site {
        fact.left = if work.output.files.contains_key(path) {
            None
        } else {
            work.kept.get(path).and_then(|f| f.left)
        };
    }
    let next = Manifest::new(site, head);
    record(work, &next)?;
    Ok(next)
}

/// Keeps what is known of the release that ends, to be compared with.
fn keep_former_manifest(work: &Work<'_>, head: &Head) -> Result<()> {
    let Some(former) = head.former.last() else { return Ok(()) };
    let (from, to) = (work.store.manifest(), work.store.manifest_of(former.number));
    if disk::exists(&from) {
        manifest::put_away(&from, work.packed.as_deref(), &to)?;
    }
    Ok(())
}

/// Step 8.
fn record(work: &Work<'_>, manifest: &Manifest) -> Result<()> {
    step(work.hooks, Step::Record, &work.store.manifest())?;
    manifest.save(&work.store.manifest())
}

/// Files to be removed that stand where a folder has to be, or below a name
/// where a file has to be; and the others.
fn in_the_way<'p>(plan: &Plan<'_>, gone: &'p [OutputPath]) -> (Vec<&'p OutputPath>, Vec<&'p OutputPath>) {
    let files: BTreeSet<&str> = plan.write.iter().map(|(path, _)| path.as_str()).collect();
    let folders = folders_of(plan.write.iter().map(|(path, _)| *path));
    gone.iter().partition(|path| {
        let below_a_file = folders_of([*path]).iter().any(|folder| files.contains(folder));
        folders.contains(path.as_str()) || below_a_file
    })
}

fn make_folders(work: &Work<'_>) -> Result<()> {
    let root = &work.place.output;
    for folder in std::iter::once("").chain(folders_of(work.output.files.keys())) {
        let path = if folder.is_empty() { root.clone() } else { root.join(folder) };
        if disk::times(&path).is_none() {
            step(work.hooks, Step::MakeFolder, &path)?;
            // A link would lead out of the site; where a stranger stands in the
            // way of the site, the site goes first.
            disk::remove_file(&path)?;
            disk::create_folders(&path)?;
            let above = path.parent().filter(|_| !folder.is_empty()).and_then(Access::of);
            let access = above.unwrap_or(Access::open(true)).wished(work.wish, true);
            work.denied(!access.give(&path));
        }
    }
    Ok(())
}

/// Steps 5 and 7: each file beside its place.
fn prepare(work: &Work<'_>, plan: &Plan<'_>) -> Result<BTreeMap<OutputPath, Fact>> {
    let make = |(path, artifact): &(&OutputPath, &Artifact)| {
        let beside = disk::beside(&work.place.output.join(path.as_str()));
        step(work.hooks, Step::Write, &beside)?;
        disk::remove_file(&beside)?;
        let fact = write(work, path, artifact, &beside)?;
        work.hooks.wrote();
        Ok(((*path).clone(), fact))
    };
    let mut prepared = plan.write.par_iter().map(make).collect::<disk::Result<BTreeMap<_, _>>>()?;
    let beside = |path: &OutputPath| disk::beside(&work.place.output.join(path.as_str()));
    precompress::give_times(&mut prepared, &work.live.verified, beside)?;
    if !prepared.is_empty() {
        step(work.hooks, Step::Sync, &work.place.output)?;
        work.hooks.sync(&work.place.output)?;
    }
    Ok(prepared)
}

/// Step 11, phase by phase.
fn put_all(
    work: &Work<'_>,
    plan: &Plan<'_>,
    prepared: &BTreeMap<OutputPath, Fact>,
) -> Result<Vec<(OutputPath, Fact)>> {
    let new =
        |path: &OutputPath| !work.live.verified.contains_key(path) && !work.live.doubtful.contains(path);
    let mut done = Vec::with_capacity(prepared.len());
    for phase in Phase::ALL {
        // New pages come before those that were there, which may link to them.
        for fresh in [true, false] {
            let paths: Vec<&OutputPath> = plan
                .write
                .iter()
                .map(|(path, _)| *path)
                .filter(|path| served(path.as_str()).phase == phase && new(path) == fresh)
                .collect();
            let put = |path: &&OutputPath| {
                let at = work.place.output.join(path.as_str());
                step(work.hooks, Step::Put, &at)?;
                disk::rename(&disk::beside(&at), &at)?;
                Ok(prepared.get(*path).map(|fact| ((*path).clone(), stamped(work, &at, fact))))
            };
            let put: Vec<_> = paths.par_iter().map(put).collect::<disk::Result<_>>()?;
            done.extend(put.into_iter().flatten());
        }
    }
    Ok(done)
}

/// A disk whose files have no number that stays may also change a file's time
/// when it is closed or renamed: there it is asked once more.
fn stamped(work: &Work<'_>, at: &Path, fact: &Fact) -> Fact {
    let asked = work.plain.then(|| disk::stamp(at)).flatten();
    let stamp = asked.unwrap_or(fact.stamp);
    let inode = if work.plain { 0 } else { stamp.inode };
    Fact { stamp: disk::Stamp { inode, ..stamp }, ..*fact }
}

/// Step 12: the files, what dead runs left, and the folders that are empty
/// then.
fn delete(work: &Work<'_>, files: &[&OutputPath]) -> Result<()> {
    let root = &work.place.output;
    let left = work.live.entries.iter().filter(|entry| entry.path.to_string_lossy().ends_with(PREPARED));
    let paths =
        files.iter().map(|path| root.join(path.as_str())).chain(left.map(|entry| root.join(&entry.path)));
    for path in paths {
        step(work.hooks, Step::Delete, &path)?;
        disk::remove_file(&path)?;
    }
    let wanted = folders_of(work.paths());
    let strange = |path: &Path| work.live.strange_folders.iter().any(|entry| entry.path == path);
    // Where an empty folder of somebody's stands in the way of a file, the site
    // goes first, as it does in a tree.
    let in_the_way = |path: &Path| {
        let taken = |path: &Path| path.to_str().is_some_and(|path| work.output.files.contains_key(path));
        path.ancestors().any(taken)
    };
    for entry in work.live.entries.iter().rev().filter(|entry| entry.kind == EntryKind::Folder) {
        let wanted = entry.slashed().is_some_and(|path| wanted.contains(path.as_ref()));
        if !wanted && (!strange(&entry.path) || in_the_way(&entry.path)) {
            // A stranger's file may be in it; then it stays.
            let _ = disk::remove_folder(&root.join(&entry.path));
        }
    }
    Ok(())
}
