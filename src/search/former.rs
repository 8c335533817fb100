//! The index as an earlier process left it in the store.
//!
//! One value, under a name that stays, says of which pieces the lists are that
//! were kept, under which keys of their content these lie, and which file came
//! of which texts. So a later process makes ready the pieces that are new, and
//! touches the lists that they change.
//!
//! **Invariant:** pieces are known by the keys of all that they are made from,
//! lists and files by the hashes of their bytes: what the value says stays true
//! whatever became of the sources since, and whoever wrote it last. A file
//! counts as standing only where the site has it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::grams::Gram;
use crate::memo::{Key, Store, ValueKind};
use crate::path::OutputPath;

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// The hash of its bytes.
    pub(super) key: Key,
    /// How many they are.
    pub(super) len: u64,
}

/// A file of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownLists {
    /// The first key, which names it.
    pub(super) first: Gram,
    /// Under which key the lists are kept.
    pub(super) value: Key,
    /// The file.
    pub(super) file: Known,
}

/// What one process says of its index to the next.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// One past the highest number.
    pub(super) end: u32,
    /// Number and key of each piece, by number.
    pub(super) pieces: Vec<(u32, Key)>,
    /// The same of the parts of attached texts.
    pub(super) extras: Vec<(u32, Key)>,
    /// How many such parts a piece has, where it has any; by key.
    pub(super) counts: BTreeMap<Key, u32>,
    /// In the order of their keys.
    pub(super) lists: Vec<KnownLists>,
    /// The files of texts, by the keys of what they are made from.
    pub(super) files: BTreeMap<Key, Known>,
}

/// What an earlier process left, and the site that it published.
#[derive(Clone, Copy)]
pub struct Former<'f> {
    /// Where it is kept.
    pub store: &'f dyn Store,
    /// The site.
    pub site: &'f dyn FormerFiles,
}

/// The bytes of a file that need not be made.
#[derive(Debug)]
pub enum Found {
    /// The site has them, or they were handed over.
    Elsewhere,
    /// Nobody took them.
    Here(Arc<[u8]>),
}

/// Files that need not be made.
pub trait FormerFiles: Sync {
    /// Whether the site has the file of this key at this path.
    fn has(&self, path: &OutputPath, key: Key) -> bool;

    /// The file, if the site has it, or its bytes were kept, which are handed
    /// over then.
    fn find(&self, path: &OutputPath, key: Key, len: u64) -> Option<Found>;

    /// Keeps the bytes of a file that was made, where they are kept.
    fn keep(&self, key: Key, bytes: &[u8]);
}

impl State {
    /// What was left in `store`; nothing where nothing was, or it can't be read.
    pub(super) fn load(store: &dyn Store) -> Self {
        let bytes = store.get(ValueKind::SearchIndex, name());
        bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default()
    }

    /// Leaves it for the next process.
    pub(super) fn save(&self, store: &dyn Store) {
        // Plain data, which the encoding never refuses.
        if let Ok(bytes) = postcard::to_stdvec(self) {
            store.put(ValueKind::SearchIndex, name(), bytes);
        }
    }

    /// The keys of the pieces whose places the lists have.
    pub(super) fn listed(&self) -> BTreeSet<Key> {
        self.pieces.iter().map(|(_, key)| *key).collect()
    }

    /// The values of all lists; `None` where one is missing.
    pub(super) fn values(&self, store: &dyn Store) -> Option<Vec<Vec<u8>>> {
        self.lists.iter().map(|lists| store.get(ValueKind::SearchLists, lists.value)).collect()
    }

    /// By the number that a piece or a part had: the one that it has in `now`.
    pub(super) fn numbers(&self, now: &[(u32, Key)]) -> Vec<Option<u32>> {
        let now: BTreeMap<Key, u32> = now.iter().map(|(number, key)| (*key, *number)).collect();
        let mut numbers = vec![None; self.end as usize];
        for (number, key) in self.pieces.iter().chain(&self.extras) {
            if let Some(known) = numbers.get_mut(*number as usize) {
                *known = now.get(key).copied();
            }
        }
        numbers
    }
}

/// The key of a part of an attached text.
pub(super) fn extra_key(piece: Key, n: usize) -> Key {
    Key::hash_parts([piece.as_bytes().as_slice(), &n.to_le_bytes()])
}

fn name() -> Key {
    Key::hash(b"the search index")
}
