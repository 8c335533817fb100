//! What others put into the site while it was published.
//!
//! Between the look at a folder and the exchange somebody may add a file (a
//! certificate's challenge, an upload). It goes out of sight with the old tree,
//! so that tree is looked at once more: only folders whose names changed since.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Result;
use super::work::Work;
use crate::disk::{self, Entry, EntryKind, PREPARED};

/// Clocks of file systems tick this slowly, in nanoseconds: within a tick a
/// change does not show.
const TICK: i64 = 20_000_000;

/// Gives what was added to the old tree, which is at `next` now, a name in the
/// site.
pub(super) fn carry(work: &Work<'_>) -> Result<()> {
    let known: OnceCell<BTreeMap<&Path, u64>> = OnceCell::new();
    let list = || work.live.entries.iter().map(|entry| (entry.path.as_path(), entry.inode)).collect();
    let old = work.store.next();
    for (folder, times) in &work.live.times {
        let quiet = *times < work.live.began - TICK && disk::times(&old.join(folder)) == Some(*times);
        if quiet {
            continue;
        }
        let known = known.get_or_init(list);
        for entry in disk::list_one(&old.join(folder))? {
            let path = folder.join(&entry.path);
            if known.get(path.as_path()) == Some(&entry.inode) {
                continue;
            }
            match entry.kind {
                EntryKind::Folder if known.contains_key(path.as_path()) => {}
                EntryKind::Folder => carry_folder(work, &path)?,
                _ => carry_file(work, &path)?,
            }
        }
    }
    Ok(())
}

fn carry_folder(work: &Work<'_>, folder: &Path) -> Result<()> {
    let below = disk::list(&work.store.next().join(folder))?;
    disk::create_folders(&work.place.output.join(folder))?;
    let (folders, files): (Vec<Entry>, Vec<Entry>) =
        below.into_iter().partition(|entry| entry.kind == EntryKind::Folder);
    for entry in folders {
        disk::create_folders(&work.place.output.join(folder).join(entry.path))?;
    }
    files.iter().try_for_each(|entry| carry_file(work, &folder.join(&entry.path)))
}

fn carry_file(work: &Work<'_>, path: &PathBuf) -> Result<()> {
    let text = path.to_string_lossy();
    // Where a stranger stands in the way of the site, the site goes first.
    let taken = path.ancestors().any(|above| above.to_str().is_some_and(|above| work.has(above)));
    if taken || text.ends_with(PREPARED) {
        return Ok(());
    }
    let (from, to) = (work.store.next().join(path), work.place.output.join(path));
    if disk::identity(&from) == disk::identity(&to) {
        return Ok(());
    }
    if let Some(above) = to.parent() {
        disk::create_folders(above)?;
    }
    let beside = disk::beside(&to);
    disk::remove_file(&beside)?;
    // It may be gone again, as challenges are after a moment.
    if disk::exists(&from) {
        work.hooks.link(&from, &beside)?;
        disk::rename(&beside, &to)?;
    }
    Ok(())
}
