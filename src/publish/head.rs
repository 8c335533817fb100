//! What a manifest says of its release, apart from the files: the JSON object
//! in its second line.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::build::{Sources, Stats, Validity};
use crate::diagnostic::Rendered;
use crate::memo::Key;
use crate::source::Blobs;

/// What the last build found, for when nothing changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The key of its inputs.
    pub inputs: Key,
    /// For how long equal inputs give the same site.
    pub valid: Validity,
    /// How much there was.
    pub stats: Stats,
    /// What it found.
    pub notices: Vec<Rendered>,
}

/// A release, and how it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its number, from 1.
    pub number: u64,
    /// When it was published.
    pub at: Timestamp,
    /// Pages and other files.
    pub files: usize,
    /// Files that were new or different in it.
    pub written: usize,
    /// Files that were no longer in it.
    pub removed: usize,
    /// Bytes that it alone has, once it is a former one.
    pub own: u64,
    /// The release that it shows again, after a roll-back.
    pub again: Option<u64>,
    /// When it stopped being the site.
    pub retired: Option<Timestamp>,
    /// Whether its files are kept, so that one can go back to it.
    pub kept: bool,
}

/// A package that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Received {
    /// Which site it was made from.
    pub(super) origin: String,
    /// The number of its release there.
    pub(super) release: u64,
}

/// What a manifest says of its release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    /// The release itself, `None` before the first; last in order are those
    /// before it that are remembered, the oldest first.
    pub(super) release: Option<Release>,
    pub(super) former: Vec<Release>,
    /// Pages that there were once, and for which none came; the newest last.
    pub(super) gone: Vec<String>,
    /// Files to be downloaded, and the names that readers' copies get.
    pub(super) downloads: BTreeMap<String, String>,
    /// What it was made of; `None` where that was not recorded.
    pub(super) sources: Option<Sources>,
    /// The number on the disk of the folder that it was made in; 0 where that
    /// says nothing.
    pub(super) tree: u64,
    /// Entries of the folder that are exchanged one by one, in this order, and
    /// the number on the disk of each new one; 0 for one that goes.
    pub(super) entries: Vec<(String, u64)>,
    /// Files that go when that is done: until then pages of before need them.
    pub(super) sweep: Vec<String>,
    /// The newest package that was ever applied; stays when a former release is
    /// shown again, so that no older one is taken.
    pub(super) received: Option<Received>,
    /// Whether texts were packed beforehand.
    pub(super) packed: bool,
    pub(super) replay: Option<Saved>,
}

/// A [`Replay`] without what it found, which is kept elsewhere: findings quote
/// sources, and the manifest may lie where a server can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    inputs: String,
    from: DateTime,
    until: DateTime,
    timezone: String,
    pages: usize,
    articles: usize,
    photos: usize,
    materials: usize,
    notices: String,
}

impl Head {
    /// With what can be replayed, whose findings `blobs` keeps.
    pub(super) fn with_replay(mut self, replay: Option<&Replay>, blobs: &dyn Blobs) -> Self {
        self.replay = replay.and_then(|Replay { inputs, valid, stats, notices }| {
            let Stats { pages, articles, photos, materials } = *stats;
            let Validity { from, until, timezone } = valid.clone();
            // Notices are strings and numbers, which JSON never refuses.
            let notices = serde_json::to_vec(notices).ok()?;
            let key = Key::hash(&notices);
            blobs.keep(key, &notices);
            let (inputs, notices) = (inputs.to_string(), key.to_string());
            Some(Saved { inputs, from, until, timezone, pages, articles, photos, materials, notices })
        });
        self
    }

    /// What can be replayed; `None` too where its findings are no longer kept.
    pub(super) fn replay(&self, blobs: &dyn Blobs) -> Option<Replay> {
        let Saved { inputs, from, until, timezone, pages, articles, photos, materials, notices } =
            self.replay.clone()?;
        let notices = serde_json::from_slice(&blobs.recall(Key::from_hex(&notices)?)?).ok()?;
        Some(Replay {
            inputs: Key::from_hex(&inputs)?,
            valid: Validity { from, until, timezone },
            stats: Stats { pages, articles, photos, materials },
            notices,
        })
    }

    /// The key of the inputs that can be replayed, without asking for findings.
    pub(super) fn inputs(&self) -> Option<Key> {
        Key::from_hex(&self.replay.as_ref()?.inputs)
    }

    /// The column's time zone, by its name.
    pub(super) fn timezone(&self) -> Option<&str> {
        self.replay.as_ref().map(|replay| replay.timezone.as_str())
    }

    /// The number of the release; 0 before the first.
    pub(super) fn number(&self) -> u64 {
        self.release.as_ref().map_or(0, |release| release.number)
    }
}
