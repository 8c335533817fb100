//! Putting a finished site into its folder: the old one or the new one, never
//! a mixture.
//!
//! Beside `output/` lies one hidden folder ([`Place`]). In it the next release
//! is made as a whole tree, of which unchanged files are second names (hard
//! links) of those that readers see. Then the two folders exchange their names
//! in one step, and what was the site is kept as a former release. **A tree
//! that somebody may still read is never changed:** whoever entered the old one
//! (a copy that runs, a server's working directory) goes on seeing it, whole.
//! The steps, each a [`Step`] at which tests let publishing fail or the process
//! die:
//!
//! 1. *lock*: one at a time.
//! 2. *look*: list the folder and compare each file's stamp with the manifest,
//!    and where that is another one, its bytes: it may have been carried here.
//!    What nobody vouches for is not trusted, wherever it came from.
//! 3. *clear* out of the next tree what the new site has not. It begins as a
//!    tree of second names of the site's files (`standby`), which is made before
//!    there is anything to publish.
//! 4. *make folders* that it lacks.
//! 5. *write* what is new or different. Pages are written while the site is
//!    still built, into a folder of their own (`spool`), which then becomes the
//!    next tree or is moved into it file by file.
//! 6. *link* what the site already has.
//! 7. *sync*, if asked for: wait until the disk has all of it.
//! 8. *record*: save the manifest of the next release beside that of the site.
//! 9. *exchange* the folders; the first time, *rename* the next one.
//! 10. *retire*: put the old tree and its manifest away under their number. If
//!     the process dies after step 8, the folder's number on the disk tells
//!     whether step 9 was done.
//!
//! **Readers that hold the folder and not its name** (a bind mount, as
//! containers have it; `publish: in-place` for what can't be found out) would
//! not see the exchange. For them step 9 exchanges the entries of the folder,
//! one after the other: assets, pages, lists, feeds; what goes is last. It
//! takes less than a millisecond, and each folder changes as a whole.
//!
//! **File by file** (`in_place`), where something is mounted on `output/`,
//! where folders can't be exchanged or files have no second names, or where a
//! tool watches each file (`--in-place`): 8. *record* which names are about to
//! change; 5. *write* each beside its place; 7. *sync*; 11. *put* them in the
//! same order; 12. *delete*; 8. *record*. There is no moment without a site.
//!
//! **What a loss of power can do.** A killed process leaves the old or the new
//! site. When the machine itself goes down, files written in its last seconds
//! may be short, since publishing does not wait for the disk (the site can be
//! made again, and waiting costs more than all the rest). The manifest's stamps
//! tell such files, and the next build writes them anew; a damaged manifest
//! vouches for nothing. `--sync` waits before the exchange, so that the disk
//! has the whole new site or still the old one.
//!
//! **Invariants:** a file that has two names is never opened for writing.
//! Nothing is removed that was not put there by us: a folder with a stranger's
//! files is refused, and a file that somebody adds to ours is carried over,
//! even while it is published. Nobody but the owner can enter the hidden
//! folder, and no finding stands in it.

mod clean;
mod compare;
mod error;
mod exchange;
mod folder;
mod head;
mod hold;
mod hooks;
mod in_place;
mod late;
mod manifest;
mod note;
mod online;
mod package;
mod place;
mod precompress;
mod prepare;
mod retention;
mod rollback;
pub mod sealed;
mod source;
mod spool;
mod standby;
mod standing;
mod tree;
mod way;
mod work;

pub use clean::clean;
pub use compare::{Difference, Listed, Named, Verified, difference, files, verify};
pub use error::Error;
pub use head::{Release, Replay};
pub use hold::{Held, hold};
pub use hooks::{Hooks, NoHooks, Step};
pub use manifest::Fact;
pub use note::Note;
pub use online::{Answers, Asked, Wrong, verify_online};
pub use package::{Applied, ApplyOptions, Fault, Package, Packed, PublicKey, SecretKey, new_pair, package};
pub use place::Place;
pub use retention::Keep;
pub use rollback::{Kept, releases};
pub use source::{Check, LongFile, ReleaseFile, ReleaseFiles, TargetMemory, release_files, target_memory};
pub use standing::{Standing, published};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::build::{Artifact, Content, Former, Now, Output, Plan};
use crate::disk::{self, Files, Lock, Locked, exists, lock};
use crate::hosting::{Phase, outlives_its_release, served};
use crate::memo::Key;
use crate::path::{Along, OutputPath};
use folder::Folder;
use head::Head;
use hooks::step;
use manifest::Manifest;
use place::Store;
use prepare::Ready;
use spool::Spool;
use work::Work;

/// The result of publishing.
pub type Result<T> = std::result::Result<T, Error>;

/// A folder that we hold the lock of.
#[derive(Debug)]
pub struct Publisher<'s> {
    place: Place,
    store: Store,
    manifest: Option<Manifest>,
    notes: Vec<Note>,
    hooks: &'s dyn Hooks,
    spool: Spool,
    /// What was done beforehand, for the next publication.
    ready: Mutex<Ready>,
    _lock: Lock,
}

/// How to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PublishOptions {
    /// File by file, for tools that hold the folder open.
    pub in_place: bool,
    /// Wait until the disk has it all.
    pub sync: bool,
    /// The moment, by the clock.
    pub at: Timestamp,
    /// How many former releases to keep, in place of what the column says.
    pub keep: Option<usize>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    /// New or different files.
    pub written: usize,
    /// Files that were there and right.
    pub unchanged: usize,
    /// Files that were there and should not have been.
    pub removed: usize,
    /// The number of the release that readers see now.
    pub release: u64,
    /// What the user should know of how it went.
    pub notes: Vec<Note>,
}

/// Where a release comes from that was not built here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Provenance {
    /// The release that it shows again.
    again: Option<u64>,
    /// The package that it was in.
    received: Option<head::Received>,
}

/// For so long the theme's files of former releases can still be asked for, by
/// pages that were opened before and by caches.
const STAYS: SignedDuration = SignedDuration::from_hours(24);

impl<'s> Publisher<'s> {
    /// Takes the lock of the folder and reads its manifest. `who` is what
    /// others are told while we hold it.
    ///
    /// # Errors
    /// Where another holds it, or the lock can't be made.
    pub fn open(place: Place, who: &str, hooks: &'s dyn Hooks) -> Result<Self> {
        step(hooks, Step::Lock, &place.lock())?;
        disk::create_folders(&place.parent())?;
        place.make_hidden()?;
        let mut notes = Vec::new();
        let tried = patiently(|| lock(&place.lock(), who)).map_err(|error| match error.source.kind() {
            std::io::ErrorKind::PermissionDenied => Error::OtherUser { output: place.output.clone() },
            _ => Error::Disk(error),
        });
        let lock = match tried? {
            Locked::Held(lock) => lock,
            Locked::NoLocks(lock) => {
                notes.push(Note::NoLock);
                lock
            }
            Locked::ByAnother(who) => return Err(Error::Locked { output: place.output, who }),
        };
        let store = place.store()?;
        exchange::recover(&place, &store, hooks)?;
        disk::remove_tree(&store.incoming())?;
        hold::remove_abandoned(&store)?;
        let manifest = Manifest::load(&store.manifest()).or_else(|| Manifest::load(&place.legacy().0));
        let spool = Spool::new(&store)?;
        Ok(Self { place, store, manifest, notes, hooks, spool, ready: Mutex::default(), _lock: lock })
    }

    /// What the last build found, if a build of `inputs` at `now` would give
    /// the same and all of its files still stand as they were written.
    pub fn unchanged(&self, inputs: Key, now: Now, files: &Files) -> Option<Replay> {
        let manifest = self.manifest.as_ref()?;
        if manifest.head.inputs() != Some(inputs) {
            return None;
        }
        let replay = manifest.head.replay(files)?;
        (replay.valid.holds_at(now) && manifest.stands_in(&self.place.output)).then_some(replay)
    }

    /// Takes a file of the next release while the others are still made, as
    /// [`crate::build::Spool`] says: it is written out of sight, and readers
    /// see nothing of it before [`Self::publish`].
    pub fn take(&self, path: &OutputPath, key: Key, bytes: &[u8]) -> bool {
        self.spool.take(&self.place, self.manifest.as_ref(), path, (key, bytes), self.hooks)
    }

    /// The folder of the site.
    pub fn output(&self) -> &std::path::Path {
        &self.place.output
    }

    /// The number of the release that readers see; 0 before the first.
    pub fn release(&self) -> u64 {
        self.manifest.as_ref().map_or(0, |manifest| manifest.head.number())
    }

    /// The site that stands in the folder, for [`crate::build::guard`]; `None`
    /// where nothing certain is known of it.
    pub fn former(&self) -> Option<Former> {
        self.manifest.as_ref().and_then(Manifest::former)
    }

    /// The site that stands in the folder, for [`crate::build::Memory::after`].
    pub fn standing(&self) -> Standing {
        Standing::new(self.manifest.as_ref())
    }

    /// Whether the site has the artifact of this key at `path`, as far as its
    /// manifest tells.
    pub fn has(&self, path: &OutputPath, key: Key) -> bool {
        let sound = self.manifest.as_ref().filter(|manifest| !manifest.damaged);
        let fact = sound.and_then(|manifest| manifest.files.get(path).copied().flatten());
        fact.is_some_and(|fact| fact.key == key)
    }

    /// How many files the site has that the manifest tells of.
    pub fn files(&self) -> usize {
        self.manifest.as_ref().map_or(0, |manifest| manifest.site().count())
    }

    /// Puts `output` into the folder. `replay` is kept for [`Self::unchanged`].
    ///
    /// # Errors
    /// Where the folder is not ours, or the system refuses something. The
    /// folder then holds the old site (file by file: a part of the new one),
    /// and the next run goes on from whatever there is.
    pub fn publish(
        &mut self,
        output: &Output,
        files: &Files,
        replay: Option<&Replay>,
        how: PublishOptions,
    ) -> Result<Published> {
        self.publish_as(output, files, replay, how, Provenance::default())
    }

    /// The same, with where it comes from, if not from a build.
    fn publish_as(
        &mut self,
        output: &Output,
        files: &Files,
        replay: Option<&Replay>,
        how: PublishOptions,
        from: Provenance,
    ) -> Result<Published> {
        let none = Manifest::default();
        let manifest = self.manifest.take();
        let result = self.put(manifest.as_ref().unwrap_or(&none), output, files, replay, how, from);
        match result {
            Ok((next, done)) => {
                self.manifest = Some(next);
                Ok(done)
            }
            Err(error) => {
                // Whatever was made out of sight goes; what readers may have
                // seen a part of is gone on with.
                let _ = exchange::recover(&self.place, &self.store, self.hooks);
                let _ = disk::remove_tree(&self.store.spare());
                self.manifest = Manifest::load(&self.store.manifest()).or(manifest);
                Err(error)
            }
        }
    }

    fn put(
        &mut self,
        manifest: &Manifest,
        output: &Output,
        files: &Files,
        replay: Option<&Replay>,
        how: PublishOptions,
        from: Provenance,
    ) -> Result<(Manifest, Published)> {
        let spooled = self.spool.taken()?;
        let ready = std::mem::take(self.ready.get_mut().unwrap_or_else(PoisonError::into_inner));
        let live = match ready.live {
            Some(live) => live.distrusting(&spooled),
            None => self.inspected(manifest)?,
        };
        let known = (*manifest != Manifest::default()).then_some(manifest);
        live.must_be_ours(&self.place, known)?;
        // Of a release that is shown again or was received, they are files like others.
        let packed = (output.publishing.precompress && from == Provenance::default()).then(|| {
            let (place, store, before) = (&self.place, &self.store, manifest.head.packed);
            precompress::with_packed(output, &precompress::Texts { place, store, live: &live, before })
        });
        let output = packed.as_ref().unwrap_or(output);
        let mut plan = crate::build::plan(&live.known(), output);
        self.must_be_spooled(&plan, &spooled)?;
        let stays = Stays::of(&live, output, &mut plan, how.at);
        let mut done = Published {
            written: plan.write.len(),
            unchanged: plan.keep.len(),
            removed: plan.remove.len(),
            release: manifest.head.number(),
            notes: std::mem::take(&mut self.notes),
        };
        done.notes.extend(live.strangers_note());
        if done.written == 0 && done.removed == 0 && exists(&self.place.output) && !manifest.damaged {
            let head = same_head(manifest, output, from).with_replay(replay, files);
            let next = Manifest::new(live.verified, head);
            if next != *manifest {
                step(self.hooks, Step::Record, &self.store.manifest())?;
                next.save(&self.store.manifest())?;
            }
            return Ok((next, done));
        }
        let wish = note::wish(&output.publishing, &mut done.notes);
        let (place, store) = (&self.place, &self.store);
        let mut work = Work::new(place, store, manifest, &live, output, stays.kept, files, self.hooks, wish);
        (work.spooled, work.standby, work.packed) = (spooled, ready.standby, ready.packed);
        let head = next_head(&work, &done, how, from)?.with_replay(replay, files);
        done.release = head.number();
        done.notes.extend(Note::vanished(&head.gone, &manifest.head.gone));
        let next = way::publish(&mut work, &plan, &stays.gone, head, how, &mut done.notes)?;
        if work.how_many_denied() > 0 {
            done.notes.push(Note::Denied(work.how_many_denied()));
        }
        place.forget_legacy();
        Ok((next, done))
    }

    /// What stands in the site's folder.
    fn inspected(&self, manifest: &Manifest) -> Result<Folder> {
        step(self.hooks, Step::Look, &self.place.output)?;
        Folder::look(&self.place.output, manifest)
    }

    /// Whether what was spooled while the site was built is still there.
    fn must_be_spooled(&self, plan: &Plan<'_>, spooled: &BTreeMap<OutputPath, Fact>) -> Result<()> {
        let is_here = |(path, artifact): &(&OutputPath, &Artifact)| match artifact.content {
            Content::Spooled(_) => spooled.get(*path).is_some_and(|fact| fact.key == artifact.key),
            _ => true,
        };
        if plan.write.iter().all(is_here) {
            return Ok(());
        }
        Err(Error::NotStanding { output: self.place.output.clone() })
    }
}

/// The head of a release whose files are those of the one before.
fn same_head(manifest: &Manifest, output: &Output, from: Provenance) -> Head {
    Head {
        downloads: downloads(output),
        sources: Some(output.sources.clone()),
        received: from.received.or_else(|| manifest.head.received.clone()),
        packed: output.publishing.precompress,
        ..manifest.head.clone()
    }
}

/// Files of the site that the new one has not.
struct Stays {
    /// Those that stay for a while.
    kept: BTreeMap<OutputPath, Fact>,
    /// Those that go.
    gone: Vec<OutputPath>,
}

impl Stays {
    /// What stays is taken out of what `plan` removes.
    fn of(live: &Folder, output: &Output, plan: &mut Plan<'_>, now: Timestamp) -> Self {
        let mut kept = BTreeMap::new();
        plan.remove.retain(|path| {
            let fact = live.verified.get(path).filter(|_| outlives_its_release(path.as_str()));
            if let Some(fact) = fact {
                kept.insert(path.clone(), Fact { left: Some(now), ..*fact });
            }
            fact.is_none()
        });
        let mut gone = plan.remove.clone();
        for (path, fact) in &live.verified {
            let Some(left) = fact.left.filter(|_| !output.files.contains_key(path)) else { continue };
            let age = now.duration_since(left);
            if age >= STAYS {
                gone.push(path.clone());
            } else {
                // Of a moment to come, the clock was set back.
                kept.insert(path.clone(), Fact { left: Some(left.min(now)), ..*fact });
            }
        }
        Self { kept, gone }
    }
}

/// What the next manifest says of its release and of those before it.
fn next_head(work: &Work<'_>, done: &Published, how: PublishOptions, from: Provenance) -> Result<Head> {
    let before = &work.manifest.head;
    let release = Release {
        number: 0,
        at: how.at,
        files: work.output.files.len(),
        written: done.written,
        removed: done.removed,
        own: 0,
        again: from.again,
        retired: None,
        kept: true,
    };
    let known = before.release.clone();
    let mut former = if known.is_some() { before.former.clone() } else { work.store.history(how.at)? };
    let newest = former.last().map_or(0, |release| release.number);
    let mut number = before.number().max(newest) + 1;
    if let Some(last) = known {
        // What is not in the new one, or is different there.
        let mut output = Along::new(&work.output.files);
        let gone = |(path, fact): &(&OutputPath, &Fact)| {
            output.get(path).is_none_or(|artifact| artifact.key != fact.key)
        };
        let own = work.manifest.site().filter(gone).map(|(_, fact)| fact.stamp.len).sum();
        former.push(Release { own, retired: Some(how.at), ..last });
    } else if exists(&work.place.output) {
        // Files of ours of which nobody knows any more what they were.
        let nothing = Release { files: 0, written: 0, removed: 0, again: None, ..release.clone() };
        former.push(Release { number, retired: Some(how.at), ..nothing });
        number += 1;
    }
    let sources = Some(work.output.sources.clone());
    let gone = all_gone(work);
    let received = from.received.or_else(|| before.received.clone());
    let (release, downloads) = (Some(Release { number, ..release }), downloads(work.output));
    let packed = work.output.publishing.precompress;
    Ok(Head { release, former, gone, downloads, sources, received, packed, ..Head::default() })
}

/// The names of downloads, for the manifest.
fn downloads(output: &Output) -> BTreeMap<String, String> {
    output.downloads.iter().map(|(path, name)| (path.to_string(), name.clone())).collect()
}

/// So many pages that went are remembered.
const MOST_GONE: usize = 20_000;

/// Pages that there were once, and for which none came.
fn all_gone(work: &Work<'_>) -> Vec<String> {
    let page = |path: &&OutputPath| path.is_page() && served(path.as_str()).phase == Phase::Pages;
    let before = work.manifest.head.gone.iter().cloned();
    let (mut output, mut kept) = (Along::new(&work.output.files), Along::new(&work.kept));
    let has_not = |path: &&OutputPath| output.get(path).is_none() && kept.get(path).is_none();
    let there = work.manifest.site().map(|(path, _)| path).filter(has_not).filter(page);
    let gone = before.filter(|path| !work.has(path)).chain(there.map(ToString::to_string));
    let gone: BTreeSet<String> = gone.take(MOST_GONE).collect();
    gone.into_iter().collect()
}

/// Tries for a second to get the lock. Another run may be at its end; and a
/// process that starts another one shares its locks with it for a moment.
fn patiently(lock: impl Fn() -> disk::Result<Locked>) -> disk::Result<Locked> {
    for _ in 0..50 {
        match lock()? {
            Locked::ByAnother(_) => std::thread::sleep(Duration::from_millis(20)),
            locked => return Ok(locked),
        }
    }
    lock()
}
