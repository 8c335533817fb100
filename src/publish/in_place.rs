//! File by file, for folders that can't be renamed or that a tool holds open:
//! steps 8, 13 and 14.
//!
//! At no moment does a page that readers see need a file that is not there yet:
//! assets come before pages, new pages before the lists that link to them,
//! and nothing is deleted before the last link to it is gone.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::folder::folders_of;
use super::manifest::{Fact, Manifest, Replay};
use super::standby::{at_once, write};
use super::steps::step;
use super::{Result, Step, Work};
use crate::build::{Artifact, Plan};
use crate::disk::{self, EntryKind, PREPARED};
use crate::path::OutputPath;

/// Publishes in place what `plan` says, and returns what is known then.
pub(super) fn publish(work: &Work<'_>, plan: &Plan<'_>, replay: Option<Replay>) -> Result<Manifest> {
    let mut site = work.live.verified.clone();
    for (path, _) in &plan.write {
        site.remove(*path);
    }
    let about_to_change = plan.write.iter().map(|(path, _)| *path).chain(&plan.remove);
    record(
        work,
        &Manifest::new(&site, None).made_of(work.manifest.sources.as_ref()).and_names(about_to_change),
    )?;
    work.steps.planned(plan.write.len());

    let (first, last) = in_the_way(plan);
    delete(work, &first)?;
    make_folders(work)?;
    for stage in [Stage::Asset, Stage::NewPage, Stage::ChangedPage, Stage::Map] {
        site.extend(put_all(work, plan, stage)?);
    }
    delete(work, &last)?;
    for path in &plan.remove {
        site.remove(path);
    }
    let next = Manifest::new(&site, replay).made_of(Some(&work.output.sources));
    record(work, &next)?;
    Ok(next)
}

/// When a file is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asset,
    NewPage,
    ChangedPage,
    /// Feeds and maps, which announce pages.
    Map,
}

impl Stage {
    fn of(work: &Work<'_>, path: &OutputPath) -> Self {
        let name = path.as_str().rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let new = !work.live.verified.contains_key(path) && !work.live.doubtful.contains(path);
        match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "html" if new => Self::NewPage,
            "html" => Self::ChangedPage,
            "atom" | "rss" | "xml" => Self::Map,
            "json" | "txt" if name.starts_with("feed") || name == "robots.txt" => Self::Map,
            _ => Self::Asset,
        }
    }
}

/// Step 8.
fn record(work: &Work<'_>, manifest: &Manifest) -> Result<()> {
    step(work.steps, Step::Record, &work.place.manifest)?;
    manifest.save(&work.place.manifest)
}

/// Files to be removed that stand where a folder has to be, or below a name
/// where a file has to be; and the others.
fn in_the_way<'p>(plan: &'p Plan<'_>) -> (Vec<&'p OutputPath>, Vec<&'p OutputPath>) {
    let files: BTreeSet<&str> = plan.write.iter().map(|(path, _)| path.as_str()).collect();
    let folders = folders_of(plan.write.iter().map(|(path, _)| *path));
    plan.remove.iter().partition(|path| {
        let below_a_file = folders_of([*path]).iter().any(|folder| files.contains(folder));
        folders.contains(path.as_str()) || below_a_file
    })
}

fn make_folders(work: &Work<'_>) -> Result<()> {
    disk::create_folders(&work.place.output)?;
    for folder in folders_of(work.output.files.keys()) {
        let path = work.place.output.join(folder);
        if !disk::is_folder(&path) {
            step(work.steps, Step::MakeFolder, &path)?;
            disk::create_folders(&path)?;
        }
    }
    Ok(())
}

/// Step 13 for the files of one stage.
fn put_all(work: &Work<'_>, plan: &Plan<'_>, stage: Stage) -> Result<Vec<(OutputPath, Fact)>> {
    let files: Vec<&(&OutputPath, &Artifact)> =
        plan.write.iter().filter(|(path, _)| Stage::of(work, path) == stage).collect();
    let put = |(path, artifact): &(&OutputPath, &Artifact)| {
        let at = work.place.output.join(path.as_str());
        step(work.steps, Step::Put, &at)?;
        disk::remove_file(&disk::beside(&at))?;
        let stamp = at_once(&at, false, |to| write(work, &artifact.content, to))?;
        work.steps.wrote();
        Ok(((*path).clone(), Fact { key: artifact.key, stamp }))
    };
    Ok(files.into_par_iter().map(put).collect::<disk::Result<Vec<_>>>()?)
}

/// Step 14: the files, what dead runs left, and the folders that are empty
/// then.
fn delete(work: &Work<'_>, files: &[&OutputPath]) -> Result<()> {
    let root = &work.place.output;
    let left = work.live.entries.iter().filter(|entry| entry.path.to_string_lossy().ends_with(PREPARED));
    let paths =
        files.iter().map(|path| root.join(path.as_str())).chain(left.map(|entry| root.join(&entry.path)));
    for path in paths {
        step(work.steps, Step::Delete, &path)?;
        disk::remove_file(&path)?;
    }
    let wanted = folders_of(work.output.files.keys());
    let strange = |path: &std::path::Path| work.live.strange_folders.iter().any(|entry| entry.path == path);
    // Where an empty folder of somebody's stands in the way of a file, the site
    // goes first, as it does in a standby.
    let in_the_way = |path: &std::path::Path| {
        let taken =
            |path: &std::path::Path| path.to_str().is_some_and(|path| work.output.files.contains_key(path));
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
