//! What a release holds, how two differ, and whether a folder holds one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{Fact, Manifest};
use super::place::Store;
use super::{Error, Place, Result};
use crate::disk::{self, EntryKind, PREPARED};
use crate::html::{Within, decode_references};
use crate::path::OutputPath;
use crate::text::hex;

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: OutputPath,
    /// Its length in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Whether it stays only for pages that readers have open.
    pub kept: bool,
}

/// A page, named for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its path.
    pub path: OutputPath,
    /// Its title, where its release still has it.
    pub title: Option<String>,
}

/// How two releases differ; files without pages are counted only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The numbers of the two.
    pub between: (u64, u64),
    /// Pages that the first has not.
    pub new: Vec<Named>,
    /// Pages that both have, and that differ.
    pub changed: Vec<Named>,
    /// Pages that lead to another address in the second, and not in the first: to
    /// which, as written there.
    pub moved: Vec<(Named, String)>,
    /// Pages that the second has not. Nothing leads on from their addresses.
    pub gone: Vec<Named>,
    /// Other files: new, changed, gone.
    pub others: [usize; 3],
}

/// What a folder has otherwise than the release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// The number of the release.
    pub release: u64,
    /// Files that are right.
    pub right: usize,
    /// Files that are not there.
    pub missing: Vec<OutputPath>,
    /// Files with other bytes.
    pub different: Vec<OutputPath>,
    /// Files that the release has not.
    pub further: Vec<PathBuf>,
}

/// The manifest of a release, and where its tree is; without a number, those of
/// the site.
pub(super) fn open(place: &Place, store: &Store, number: Option<u64>) -> Result<(Manifest, PathBuf)> {
    let live = Manifest::load(&store.manifest()).filter(|manifest| !manifest.damaged);
    let former = live.iter().flat_map(|live| &live.head.former).map(|release| release.number).collect();
    let (manifest, tree) = match number {
        Some(number) if live.as_ref().is_none_or(|live| live.head.number() != number) => {
            (Manifest::load(&store.manifest_of(number)), store.tree(number))
        }
        _ => (live, place.output.clone()),
    };
    let manifest = manifest.filter(|manifest| !manifest.damaged);
    Ok((manifest.ok_or(Error::NoRelease { wanted: number, kept: former })?, tree))
}

/// The hidden folder of a site.
pub(super) fn store(place: &Place) -> Result<Store> {
    place.found().ok_or(Error::NoRelease { wanted: None, kept: Vec::new() })
}

/// The files of a release; without a number, of the site.
///
/// # Errors
/// Where there is no such release.
pub fn files(place: &Place, number: Option<u64>) -> Result<Vec<Listed>> {
    let (manifest, _) = open(place, &store(place)?, number)?;
    let listed = |(path, fact): (&OutputPath, &Fact)| {
        let sha256 = hex(&fact.sha256);
        Listed { path: path.clone(), size: fact.stamp.len, sha256, kept: fact.left.is_some() }
    };
    Ok(manifest.facts().map(listed).collect())
}

/// How two releases differ: without numbers, the one before the site and the
/// site; with one, that one and the site.
///
/// # Errors
/// Where there is no such release.
pub fn difference(place: &Place, one: Option<u64>, other: Option<u64>) -> Result<Difference> {
    let store = store(place)?;
    let (second, second_tree) = open(place, &store, other)?;
    let before = || second.head.former.last().map(|release| release.number);
    let Some(one) = one.or_else(before) else {
        return Err(Error::NoRelease { wanted: None, kept: Vec::new() });
    };
    let (first, first_tree) = open(place, &store, Some(one))?;
    let (olds, news): (BTreeMap<_, _>, BTreeMap<_, _>) = (first.site().collect(), second.site().collect());
    let mut difference = Difference {
        between: (first.head.number(), second.head.number()),
        new: Vec::new(),
        changed: Vec::new(),
        moved: Vec::new(),
        gone: Vec::new(),
        others: [0; 3],
    };
    for (path, fact) in &news {
        match olds.get(path) {
            Some(old) if old.sha256 == fact.sha256 => {}
            Some(_) => difference.put(1, path, &second_tree, Some(&first_tree)),
            None => difference.put(0, path, &second_tree, None),
        }
    }
    for path in olds.keys().filter(|path| !news.contains_key(*path)) {
        difference.put(2, path, &first_tree, None);
    }
    Ok(difference)
}

impl Difference {
    /// Counts a file that is new (0), changed (1) or gone (2); `tree` has it, and
    /// `before` as it was.
    fn put(&mut self, kind: usize, path: &OutputPath, tree: &Path, before: Option<&Path>) {
        let text = |tree: &Path| String::from_utf8(disk::read(&tree.join(path.as_str())).ok()?).ok();
        let page = Some(tree).filter(|_| path.is_page()).and_then(text);
        let to = page.as_deref().and_then(leads_to);
        let led = to.is_some() && before.and_then(text).is_some_and(|page| leads_to(&page).is_some());
        if !path.is_page() || led {
            if let Some(count) = self.others.get_mut(kind) {
                *count += 1;
            }
            return;
        }
        let named = Named { path: path.clone(), title: page.as_deref().and_then(title) };
        match (kind, to) {
            (0 | 1, Some(to)) => self.moved.push((named, to)),
            (0, None) => self.new.push(named),
            (1, None) => self.changed.push(named),
            _ => self.gone.push(named),
        }
    }
}

/// The address that a page only leads on to: one that a piece had before.
fn leads_to(page: &str) -> Option<String> {
    let (_, after) = page.split_once("<meta http-equiv=\"refresh\" content=\"0; url=")?;
    after.split_once('"').map(|(to, _)| to.to_owned())
}

/// What stands between `<title>` and `</title>`, as text.
fn title(text: &str) -> Option<String> {
    let (_, after) = text.split_once("<title>")?;
    let (title, _) = after.split_once("</title>")?;
    Some(decode_references(title, Within::Content).trim().to_owned())
}

/// Compares `folder`, a copy of the site or the site itself, with a release.
/// Every file is read.
///
/// # Errors
/// Where there is no such release, or the folder can't be listed.
pub fn verify(place: &Place, folder: &Path, number: Option<u64>) -> Result<Verified> {
    let (manifest, _) = open(place, &store(place)?, number)?;
    let mut verified = Verified { release: manifest.head.number(), ..Verified::default() };
    let facts: Vec<(&OutputPath, &Fact)> = manifest.facts().collect();
    // What stays for open pages alone may be gone from a copy.
    let judged: Vec<Option<bool>> = facts
        .par_iter()
        .map(|(path, fact)| {
            let at = folder.join(path.as_str());
            let there = disk::stamp(&at);
            if there.is_none() && fact.left.is_some() {
                return Some(true);
            }
            let same = there?.len == fact.stamp.len && disk::sha256(&at).ok()? == fact.sha256;
            Some(same)
        })
        .collect();
    for ((path, _), judged) in facts.into_iter().zip(judged) {
        match judged {
            Some(true) => verified.right += 1,
            Some(false) => verified.different.push(path.clone()),
            None => verified.missing.push(path.clone()),
        }
    }
    let known: std::collections::BTreeSet<&str> = manifest.facts().map(|(path, _)| path.as_str()).collect();
    for entry in disk::list(folder)?.into_iter().filter(|entry| entry.kind != EntryKind::Folder) {
        let ours =
            entry.slashed().is_some_and(|path| known.contains(path.as_ref()) || path.ends_with(PREPARED));
        if !ours {
            verified.further.push(entry.path);
        }
    }
    Ok(verified)
}
