//! Taking a published site away again.

use super::folder::Folder;
use super::hooks::NoHooks;
use super::manifest::Manifest;
use super::{Place, Publisher, Result};
use crate::disk::{self, EntryKind, PREPARED};

/// Removes the site and what lies beside it, except the lock, and returns how
/// many files it had. What is not ours stays where it is.
///
/// # Errors
/// Where the folder is not ours, another publishes to it, or the system refuses
/// something.
pub fn clean(place: &Place, who: &str) -> Result<usize> {
    let publisher = Publisher::open(place.clone(), who, &NoHooks)?;
    let none = Manifest::default();
    let manifest = publisher.manifest.as_ref();
    let folder = Folder::look(&place.output, manifest.unwrap_or(&none))?;
    folder.must_be_ours(place, manifest)?;
    let ours = folder.verified.len() + folder.doubtful.len();
    for entry in folder.entries.iter().rev() {
        let path = place.output.join(&entry.path);
        let name = entry.slashed().unwrap_or_default();
        let known = folder.verified.contains_key(name.as_ref()) || folder.doubtful.contains(name.as_ref());
        match entry.kind {
            EntryKind::Folder if folder.strange_folders.contains(entry) => {}
            // A stranger's file may be in it; then it stays.
            EntryKind::Folder => drop(disk::remove_folder(&path)),
            _ if known || name.ends_with(PREPARED) => disk::remove_file(&path)?,
            _ => {}
        }
    }
    drop(disk::remove_folder(&place.output));
    disk::remove_tree(publisher.store.folder())?;
    let (legacy, others) = place.legacy();
    disk::remove_file(&legacy)?;
    disk::remove_tree(others.first().unwrap_or(&legacy))?;
    Ok(ours)
}
