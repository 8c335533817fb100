//! Which requests bring a target from what it holds to a release, and in which
//! order.
//!
//! Taken: the release's files, the target's manifest, the list of objects that
//! stand there, and the paths that unfinished runs meant to change. Given: what
//! is put, stage by stage; what is deleted, after the manifest; and the
//! manifest itself. No request is made here.
//!
//! **Invariants:** wherever one stops, no page stands at the target that needs
//! a file which is not there; an object that we did not put is neither changed
//! nor deleted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::state::{Entry, LEASE, MANIFEST, OURS, Role, State};
use crate::hosting::{Cache, Phase, outlives_its_release, served};
use crate::path::OutputPath;

/// A file of the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// In bytes.
    pub size: u64,
    /// The hash of the headers that it gets; 0 where the target takes none.
    pub headers: u64,
}

/// An object, as the target lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// In bytes.
    pub size: u64,
    /// What the target calls its bytes, where it says so.
    pub etag: Option<String>,
    /// When it was written last, by the target's clock.
    pub modified: Option<Timestamp>,
}

/// All that a plan follows from.
pub struct Situation<'s> {
    /// The release.
    pub wanted: &'s BTreeMap<OutputPath, Wanted>,
    /// The manifest at the target.
    pub state: Option<&'s State>,
    /// The objects at the target, the manifest and the lease among them.
    pub objects: &'s BTreeMap<String, Object>,
    /// What unfinished runs meant to put.
    pub claimed: &'s BTreeSet<OutputPath>,
    /// The moment.
    pub now: Timestamp,
    /// Whether objects that others put may be replaced.
    pub adopt: bool,
    /// Whether an entity tag is that of the release's bytes at a path.
    pub same: &'s dyn Fn(&OutputPath, &str) -> bool,
}

/// A file to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Where.
    pub path: OutputPath,
    /// Whether an object stands there, which readers may be reading.
    pub replaces: bool,
}

/// What is put before what, each stage ended before the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// What pages need, at paths that were free: styles, pictures, materials.
    NewAssets,
    /// What pages need and already have in another state.
    ChangedAssets,
    /// Pages that lists link to.
    Pages,
    /// The beginning of the search index, which leads to its new parts and to
    /// new pages.
    SearchIndex,
    /// Pages that list others.
    Lists,
    /// Feeds, the sitemap, `robots.txt`.
    Announcements,
}

/// The number of stages.
pub const STAGES: usize = 6;

/// What is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is put, by [`Stage`].
    pub stages: [Vec<Put>; STAGES],
    /// What is deleted once the manifest is written: pages, then the rest.
    pub deletes: [Vec<String>; 2],
    /// Objects that stay as they are.
    pub keeps: BTreeMap<OutputPath, Entry>,
    /// Files of the release that are there already.
    pub unchanged: usize,
    /// Objects of others at paths of the release, where they may not be
    /// replaced.
    pub strangers: Vec<OutputPath>,
    /// Pages of the site that the release has not.
    pub pages_gone: Vec<OutputPath>,
}

/// For so long files of the theme stay that the site no longer has.
const STAYS: SignedDuration = SignedDuration::from_hours(24);

/// What brings the target to the release.
pub fn plan(situation: &Situation<'_>) -> Plan {
    let mut plan = Plan::default();
    for (path, wanted) in situation.wanted {
        situation.bring(path, wanted, &mut plan);
    }
    if let Some(state) = situation.state {
        for (path, entry) in &state.entries {
            situation.retire(path, entry, &mut plan);
        }
        let gone = |path: &&OutputPath| !situation.wanted.contains_key(*path);
        plan.pages_gone = state.pages().filter(gone).cloned().collect();
    }
    situation.sweep(&mut plan);
    plan
}

impl Plan {
    /// How many files are put.
    pub fn puts(&self) -> usize {
        self.stages.iter().map(Vec::len).sum()
    }

    /// How many objects are deleted.
    pub fn deleted(&self) -> usize {
        self.deletes.iter().map(Vec::len).sum()
    }

    fn put(&mut self, path: &OutputPath, replaces: bool) {
        let stage = stage(path.as_str(), replaces) as usize;
        if let Some(puts) = self.stages.get_mut(stage) {
            puts.push(Put { path: path.clone(), replaces });
        }
    }

    /// Pages go first: a page that is still there has its files.
    fn delete(&mut self, path: &str) {
        let [pages, rest] = &mut self.deletes;
        let is_page = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html");
        let list = if is_page { pages } else { rest };
        list.push(path.to_owned());
    }
}

impl Situation<'_> {
    /// Sees to it that the release's file stands at `path`.
    fn bring(&self, path: &OutputPath, wanted: &Wanted, plan: &mut Plan) {
        let Some(object) = self.objects.get(path.as_str()) else {
            plan.put(path, false);
            return;
        };
        let entry = self.entry(path);
        let claimed = self.claimed.contains(path);
        if let Some(entry) = entry.filter(|entry| self.vouches(entry, object, claimed)) {
            if entry.sha256 == wanted.sha256 && entry.headers == wanted.headers {
                plan.keeps.insert(path.clone(), Entry { role: Role::Site, ..entry.clone() });
                plan.unchanged += 1;
                return;
            }
        } else if claimed && self.is_put_already(path, wanted, object) {
            plan.keeps.insert(path.clone(), wanted.entry(object.etag.clone()));
            plan.unchanged += 1;
            return;
        } else if entry.is_none() && !claimed && !self.adopt {
            plan.strangers.push(path.clone());
            return;
        }
        plan.put(path, true);
    }

    /// Decides on an object of ours that the release has not.
    fn retire(&self, path: &OutputPath, entry: &Entry, plan: &mut Plan) {
        if self.wanted.contains_key(path) || !self.objects.contains_key(path.as_str()) {
            return;
        }
        let left = match entry.role {
            Role::Site => Some(self.now),
            // Of a moment to come, the clock was set back.
            Role::Kept(left) => Some(left.min(self.now)),
            Role::Going => None,
        };
        let stays =
            |left: &Timestamp| outlives_its_release(path.as_str()) && self.now.duration_since(*left) < STAYS;
        let role = left.filter(stays).map_or(Role::Going, Role::Kept);
        plan.keeps.insert(path.clone(), Entry { role, ..entry.clone() });
        if role == Role::Going {
            plan.delete(path.as_str());
        }
    }

    /// Decides on what unfinished runs left that neither the release nor the
    /// manifest knows.
    fn sweep(&self, plan: &mut Plan) {
        for path in self.claimed {
            let known = self.wanted.contains_key(path) || self.entry(path).is_some();
            let Some(object) = self.objects.get(path.as_str()).filter(|_| !known) else { continue };
            let stays = outlives_its_release(path.as_str());
            let role = if stays { Role::Kept(self.now) } else { Role::Going };
            let entry =
                Entry { role, sha256: [0; 32], size: object.size, headers: 0, etag: object.etag.clone() };
            plan.keeps.insert(path.clone(), entry);
            if !stays {
                plan.delete(path.as_str());
            }
        }
        let temporary = |name: &&String| name.starts_with(OURS) && *name != MANIFEST && *name != LEASE;
        for name in self.objects.keys().filter(temporary) {
            plan.delete(name);
        }
    }

    fn entry(&self, path: &OutputPath) -> Option<&Entry> {
        self.state?.entries.get(path)
    }

    /// Whether `object` still is what the manifest says: by its entity tag
    /// where there are any; else, if no unfinished run may have changed it, by
    /// its size, and because it is not younger than the manifest, which was
    /// written last.
    fn vouches(&self, entry: &Entry, object: &Object, claimed: bool) -> bool {
        if entry.size != object.size || entry.sha256 == [0; 32] {
            return false;
        }
        if let (Some(known), Some(found)) = (&entry.etag, &object.etag) {
            return tag(known) == tag(found);
        }
        let written = self.objects.get(MANIFEST).and_then(|manifest| manifest.modified);
        let younger = object.modified.zip(written).is_some_and(|(object, manifest)| object > manifest);
        !claimed && !younger
    }

    /// Whether an unfinished run has put the very bytes.
    fn is_put_already(&self, path: &OutputPath, wanted: &Wanted, object: &Object) -> bool {
        let tag = object.etag.as_deref().map(tag);
        object.size == wanted.size && tag.is_some_and(|tag| is_md5(tag) && (self.same)(path, tag))
    }
}

impl Wanted {
    /// What the manifest says of it once it is put.
    pub(super) fn entry(&self, etag: Option<String>) -> Entry {
        Entry { role: Role::Site, sha256: self.sha256, size: self.size, headers: self.headers, etag }
    }
}

/// An entity tag without what servers put around it: some say `"…"` when an
/// object is put and `…` when it is listed.
fn tag(etag: &str) -> &str {
    etag.trim_start_matches("W/").trim_matches('"')
}

/// Whether an entity tag can be the MD5 of an object's bytes: one that was put
/// in parts has a `-` in it.
fn is_md5(tag: &str) -> bool {
    tag.len() == 32 && tag.bytes().all(|b| b.is_ascii_hexdigit())
}

/// When a file is put: as [`hosting`](crate::hosting) says, in finer steps.
///
/// A changed asset waits for the new ones, which it may load. The beginning of
/// the search index, whose name stays, leads to new parts and to pages, and
/// waits for both; where there was none, it waits for its parts alone, and
/// pages wait for it.
fn stage(path: &str, replaces: bool) -> Stage {
    let facts = served(path);
    let leads = path.starts_with("search/") && facts.cache == Cache::Revalidate;
    match facts.phase {
        Phase::Assets if leads && replaces => Stage::SearchIndex,
        Phase::Assets if leads || replaces => Stage::ChangedAssets,
        Phase::Assets => Stage::NewAssets,
        Phase::Pages => Stage::Pages,
        Phase::Lists => Stage::Lists,
        Phase::Announcements => Stage::Announcements,
    }
}
