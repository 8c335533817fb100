//! Putting a finished site into its folder: the old one or the new one, never
//! a mixture.
//!
//! Beside `output/` lie, under names that begin with a dot: a *standby* folder,
//! a manifest and a lock. The standby is brought up to date out of sight;
//! unchanged files in it are second names (hard links) of those that readers
//! see. Then the two folders exchange their names in one step, and what was the
//! site is the next standby. The steps, each a [`Step`] at which tests let
//! publishing fail or the process die:
//!
//! 1. *lock*: one at a time.
//! 2. *look*: list both folders and compare each file's stamp with the
//!    manifest. What nobody vouches for is not trusted, wherever it came from.
//! 3. *clear* out of the standby what the new site has not.
//! 4. *make folders* that it lacks.
//! 5. *write* what is new or different: under a name beside it, then renamed;
//!    in a standby that nobody ever saw, under its own name.
//! 6. *link* what the site already has.
//! 7. *sync*, if asked for: wait until the disk has all of it.
//! 8. *record*: save the manifest. It lists what either folder holds, so it is
//!    right before the exchange and after it.
//! 9. *exchange* the folders; the first time, *rename* the standby.
//!
//! Where the system can't exchange folders (SMB, exFAT, Windows), step 9 is two
//! renames with a moment between them in which there is no site: 10. *move
//! away* the old one, 11. *move in* the new one, 12. *keep* the old one as
//! standby. If the process dies in that moment, the next run puts the old one
//! back first. Where files can't have two names, step 6 copies.
//!
//! In place (asked for, or where something is mounted on `output/`) it goes
//! file by file instead: 8. *record* that those about to change are in doubt,
//! 13. *put* each: assets, then new pages, then changed pages, then feeds and
//! maps; 14. *delete*; 8. *record*.
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
//! files is refused, and a file that somebody adds to ours is carried over.

mod clean;
mod error;
mod folder;
mod in_place;
mod manifest;
mod place;
mod standby;
mod steps;
mod swap;

pub use clean::clean;
pub use error::Error;
pub use manifest::Replay;
pub use place::Place;
pub use steps::{Step, Steps, Unhindered};

use std::path::PathBuf;
use std::time::Duration;

use crate::build::{Content, Former, Now, Output};
use crate::disk::{self, Files, Lock, Locked, exists, is_mount_point, lock};
use crate::memo::Key;
use folder::Folder;
use manifest::Manifest;
use steps::step;

/// The result of publishing.
pub type Result<T> = std::result::Result<T, Error>;

/// A folder that we hold the lock of.
#[derive(Debug)]
pub struct Publisher<'s> {
    place: Place,
    manifest: Option<Manifest>,
    notes: Vec<Note>,
    steps: &'s dyn Steps,
    _lock: Lock,
}

/// How to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// File by file, for tools that hold the folder open.
    pub in_place: bool,
    /// Wait until the disk has it all.
    pub sync: bool,
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
    /// What the user should know of how it went.
    pub notes: Vec<Note>,
}

/// Something that the user should know of how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// File by file, since something is mounted on the folder.
    Mounted,
    /// File by file, since a program holds the folder open.
    HeldOpen,
    /// By two renames, since this system can't exchange folders.
    TwoRenames,
    /// This file system has no locks.
    NoLock,
    /// Files that are not ours stand in the folder and were carried over: how
    /// many, and one of them.
    Strangers(usize, PathBuf),
}

impl<'s> Publisher<'s> {
    /// Takes the lock of the folder and reads its manifest. `who` is what
    /// others are told while we hold it.
    ///
    /// # Errors
    /// Where another holds it, or the lock can't be made.
    pub fn open(place: Place, who: &str, steps: &'s dyn Steps) -> Result<Self> {
        step(steps, Step::Lock, &place.lock)?;
        disk::create_folders(&place.parent())?;
        let mut notes = Vec::new();
        let lock = match patiently(|| lock(&place.lock, who))? {
            Locked::Held(lock) => lock,
            Locked::NoLocks(lock) => {
                notes.push(Note::NoLock);
                lock
            }
            Locked::ByAnother(who) => return Err(Error::Locked { output: place.output, who }),
        };
        swap::recover(&place)?;
        let manifest = Manifest::load(&place.manifest);
        Ok(Self { place, manifest, notes, steps, _lock: lock })
    }

    /// What the last build found, if a build of `inputs` at `now` would give
    /// the same and all of its files still stand as they were written.
    pub fn unchanged(&self, inputs: Key, now: Now) -> Option<&Replay> {
        let manifest = self.manifest.as_ref()?;
        let replay = manifest.replay.as_ref()?;
        let same = replay.inputs == inputs && replay.valid.holds_at(now);
        (same && manifest.stands_in(&self.place.output)).then_some(replay)
    }

    /// The folder of the site.
    pub fn output(&self) -> &std::path::Path {
        &self.place.output
    }

    /// The site that stands in the folder, for [`crate::build::guard`]; `None`
    /// where nothing certain is known of it.
    pub fn former(&self) -> Option<Former> {
        self.manifest.as_ref().and_then(Manifest::former)
    }

    /// How many files the site has that the manifest tells of.
    pub fn files(&self) -> usize {
        self.manifest.as_ref().map_or(0, Manifest::site_len)
    }

    /// Puts `output` into the folder. `replay` is kept for [`Self::unchanged`].
    ///
    /// # Errors
    /// Where the folder is not ours, or the system refuses something. The
    /// folder then holds the old site (in place: a part of the new one), and
    /// the next run goes on from whatever there is.
    pub fn publish(
        &mut self,
        output: &Output,
        files: &Files,
        replay: Option<Replay>,
        how: How,
    ) -> Result<Published> {
        let none = Manifest::default();
        let manifest = self.manifest.as_ref().unwrap_or(&none);
        step(self.steps, Step::Look, &self.place.output)?;
        let live = Folder::look(&self.place.output, manifest)?;
        live.must_be_ours(&self.place.output, self.manifest.as_ref())?;
        let known = live.known();
        let plan = crate::build::plan(&known, output);
        let mut done = Published {
            written: plan.write.len(),
            unchanged: plan.keep.len(),
            removed: plan.remove.len(),
            notes: std::mem::take(&mut self.notes),
        };
        done.notes.extend(live.strangers_note());
        self.make_pictures(&plan, files)?;
        let work = Work { place: &self.place, manifest, live: &live, output, files, steps: self.steps };
        let mounted = is_mount_point(&self.place.output);
        let next = if done.written == 0 && done.removed == 0 && exists(&self.place.output) {
            work.record_alone(replay)?
        } else if how.in_place || mounted {
            done.notes.extend(mounted.then_some(Note::Mounted));
            in_place::publish(&work, &plan, replay)?
        } else {
            swap::publish(&work, &plan, replay, how, &mut done.notes)?
        };
        self.manifest = Some(next);
        Ok(done)
    }
}

impl Publisher<'_> {
    /// Makes the pictures that are to be written, before anything is: it takes
    /// longer than all the rest, and may be broken off and gone on with.
    fn make_pictures(&self, plan: &crate::build::Plan<'_>, files: &Files) -> Result<()> {
        let recipes = plan.write.iter().filter_map(|(_, artifact)| match &artifact.content {
            Content::Deferred(recipe) => Some(&**recipe),
            Content::Bytes(_) | Content::Blob(..) | Content::Cleaned(..) => None,
        });
        let done = |done, of| self.steps.developed(done, of);
        files
            .make_pictures(recipes, &done)
            .map_err(|e| disk::Error::new(disk::Act::Copy, &self.place.output, e))?;
        Ok(())
    }
}

/// The site at `place`, for who publishes nothing and so takes no lock. `None`
/// where there is none, or nothing certain is known of it.
pub fn former(place: &Place) -> Option<Former> {
    Manifest::load(&place.manifest)?.former()
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

/// What a publication has to do with.
struct Work<'w> {
    place: &'w Place,
    /// What is known of both folders.
    manifest: &'w Manifest,
    /// The folder that readers see.
    live: &'w Folder,
    output: &'w Output,
    files: &'w Files,
    steps: &'w dyn Steps,
}

impl Work<'_> {
    /// Saves the manifest when the files are right already.
    fn record_alone(&self, replay: Option<Replay>) -> Result<Manifest> {
        let site = &self.live.verified;
        let next =
            Manifest::new(site, replay).made_of(Some(&self.output.sources)).and(&self.manifest.beyond(site));
        if next != *self.manifest {
            step(self.steps, Step::Record, &self.place.manifest)?;
            next.save(&self.place.manifest)?;
        }
        Ok(next)
    }
}
