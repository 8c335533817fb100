//! Values that outlive the process.
//!
//! **Invariant:** a store answers with what was put under the very same key, or
//! with nothing; so what it says can save work and can't change a result.

use std::fmt;

use super::Key;

/// What a stored value is: values of two kinds may have one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ValueKind {
    /// A document without its prose.
    Document = 1,
    /// What lists know of a run of pieces.
    Listed = 2,
    /// A page's artifact.
    Page = 3,
    /// The artifacts of pages that are looked up together.
    Batch = 4,
    /// The artifact of a file that no template makes.
    File = 5,
    /// What there is of the search index.
    SearchIndex = 6,
    /// Lists of the search index, those of one file.
    SearchLists = 7,
    /// The bytes of an artifact.
    Bytes = 8,
    /// The arrangement of all documents.
    Arrangement = 9,
}

/// Where values are found that an earlier process made.
pub trait Store: Send + Sync + fmt::Debug {
    /// What was put under `key`.
    fn get(&self, kind: ValueKind, key: Key) -> Option<Vec<u8>>;

    /// Says that what is under `key` is of use, though nobody asked for it: a
    /// larger value had it.
    fn touch(&self, kind: ValueKind, key: Key);

    /// Puts `value` under `key`.
    fn put(&self, kind: ValueKind, key: Key, value: Vec<u8>);
}

/// A store that holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;

impl Store for NoStore {
    fn get(&self, _: ValueKind, _: Key) -> Option<Vec<u8>> {
        None
    }

    fn touch(&self, _: ValueKind, _: Key) {}

    fn put(&self, _: ValueKind, _: Key, _: Vec<u8>) {}
}
