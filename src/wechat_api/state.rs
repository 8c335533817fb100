//! What is known of an account's drafts and uploads: one JSON file an account
//! in `.cache/wechat/`.
//!
//! It is written in one step after each answer, and before a request that
//! can't be taken back. Losing it costs no second draft: a piece without a
//! record is looked for in the draft box. It holds addresses and numbers that
//! the service gave, no secret.
//!
//! **Invariant:** a record without a media id says that a draft may have been
//! added; a cover without one, that it may have been uploaded.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::credentials::Credentials;
use super::error::Error;
use crate::disk::{self, Lock, Locked};
use crate::memo::Key;

/// The folder below the cache.
const FOLDER: &str = "wechat";

/// All that is known of one account.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// The address of each uploaded picture, by its bytes' key.
    pub(super) pictures: BTreeMap<String, String>,
    /// The media id of each cover, by its bytes' key.
    pub(super) covers: BTreeMap<String, Option<String>>,
    /// The draft of each piece, by its source path.
    pub(super) drafts: BTreeMap<String, Record>,
}

/// What is known of one piece's draft.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    /// The draft.
    pub(super) media_id: Option<String>,
    /// The key of what it was last given; empty where it has to be given
    /// again.
    pub(super) fingerprint: String,
    /// Whether it was read back since, and had all its pictures.
    pub(super) checked: bool,
    /// The keys of the words that it may hold: as sent, as read back, and as
    /// on their way. Others are an editor's.
    pub(super) words: Vec<String>,
    /// The key of the piece's file then.
    pub(super) source: String,
    /// When.
    pub(super) at: Option<Timestamp>,
}

/// One account's state and its file.
///
/// **Invariant:** while it lives, no other run pushes to the account.
#[derive(Debug)]
pub struct Store {
    /// `None` where nothing is to be written.
    path: Option<PathBuf>,
    pub(super) state: State,
    _lock: Option<Lock>,
}

impl Store {
    /// That of the account, for the column at `root`; `who` is what another
    /// run is told. A file that can't be read counts as lost.
    ///
    /// # Errors
    /// Where the folder can't be written, or another run pushes.
    pub fn open(root: &Path, credentials: &Credentials, who: &str) -> Result<Self, Error> {
        let path = path(root, credentials.app_id());
        let folder = path.parent().unwrap_or(root);
        disk::create_private_folder(folder)?;
        let lock = match disk::lock(&path.with_extension("lock"), who)? {
            Locked::Held(lock) | Locked::NoLocks(lock) => lock,
            Locked::ByAnother(who) => return Err(Error::Locked(who)),
        };
        let state = read(&path).unwrap_or_default();
        Ok(Self { path: Some(path), state, _lock: Some(lock) })
    }

    /// What is known, to be shown: nothing is locked, nothing written.
    pub fn rehearsal(root: &Path, credentials: &Credentials) -> Self {
        let state = read(&path(root, credentials.app_id())).unwrap_or_default();
        Self { path: None, state, _lock: None }
    }

    /// Writes the state, in one step.
    pub(super) fn save(&self) -> Result<(), Error> {
        let Some(path) = &self.path else { return Ok(()) };
        let text = serde_json::to_vec_pretty(&self.state).unwrap_or_default();
        disk::replace(path, &text)?;
        Ok(())
    }
}

/// The draft of a piece, as far as is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftState {
    /// The last characters of the account's `AppID`.
    pub account: String,
    /// The draft's number in the account.
    pub media_id: String,
    /// The key of the piece's file when it was pushed.
    pub source: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// The drafts of all accounts, by source path, the latest last.
pub fn draft_states(root: &Path) -> BTreeMap<String, Vec<DraftState>> {
    let folder = root.join(disk::CACHE).join(FOLDER);
    let mut drafts: BTreeMap<String, Vec<DraftState>> = BTreeMap::new();
    for entry in disk::list(&folder).unwrap_or_default() {
        let path = folder.join(&entry.path);
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let state = read(&path).filter(|_| path.extension().is_some_and(|extension| extension == "json"));
        let tail: Vec<char> = stem.chars().rev().take(4).collect();
        let account = format!("…{}", tail.iter().rev().collect::<String>());
        for (piece, record) in state.unwrap_or_default().drafts {
            let Some(media_id) = record.media_id else { continue };
            let state =
                DraftState { account: account.clone(), media_id, source: record.source, at: record.at };
            drafts.entry(piece).or_default().push(state);
        }
    }
    for states in drafts.values_mut() {
        states.sort_by_key(|state| state.at);
    }
    drafts
}

impl Record {
    /// Whether the draft may hold these words without an editor's doing.
    pub(super) fn may_hold(&self, words: Key) -> bool {
        self.words.is_empty() || self.words.contains(&words.to_string())
    }

    /// Notes that the draft may hold these words from now on.
    pub(super) fn add_words(&mut self, words: Key) {
        let words = words.to_string();
        if !self.words.contains(&words) {
            self.words.push(words);
        }
    }
}

fn path(root: &Path, app_id: &str) -> PathBuf {
    root.join(disk::CACHE).join(FOLDER).join(format!("{app_id}.json"))
}

fn read(path: &Path) -> Option<State> {
    serde_json::from_slice(&disk::read(path).ok()?).ok()
}
