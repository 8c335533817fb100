//! Files that need not be made: the published site has them, or their bytes were
//! kept.
//!
//! Bytes are kept where the memory goes from process to process and the site
//! does not, as it is where a build begins on a fresh checkout each time: they
//! are packed and take room, so elsewhere they are not.
//!
//! **Invariant:** what is found is the artifact of that very key.

use std::sync::Arc;

use super::Spool;
use super::memory::Memory;
use super::output::Site;
use crate::memo::{Key, Store, ValueKind};
use crate::path::OutputPath;
use crate::render::Bytes;

/// What an earlier process published, and what it kept.
#[derive(Clone, Copy)]
pub(super) struct FormerSite<'f> {
    /// What it knew.
    pub(super) store: &'f dyn Store,
    site: Option<&'f dyn Site>,
    keeps_bytes: bool,
}

/// A file that need not be made.
pub(super) enum Found {
    /// The site has it.
    Standing,
    /// Its bytes were kept.
    Kept(Vec<u8>),
}

impl<'f> FormerSite<'f> {
    /// That of `memory`.
    pub(super) fn new(memory: &'f Memory) -> Self {
        Self { store: &*memory.store, site: memory.site_before(), keeps_bytes: memory.keeps_bytes }
    }

    /// Whether the site has the artifact of this key at `path`.
    pub(super) fn has(&self, path: &OutputPath, key: Key) -> bool {
        self.site.is_some_and(|site| site.has(path, key))
    }

    /// The artifact of this key, that is to stand at `path`.
    pub(super) fn find(&self, path: &OutputPath, key: Key) -> Option<Found> {
        if self.has(path, key) {
            return Some(Found::Standing);
        }
        let kept = || self.store.get(ValueKind::Bytes, key);
        self.keeps_bytes.then(kept)?.map(Found::Kept)
    }

    /// Keeps the bytes of the artifact of this key, where they are.
    pub(super) fn keep(&self, key: Key, bytes: &[u8]) {
        if self.keeps_bytes {
            self.store.put(ValueKind::Bytes, key, bytes.to_vec());
        }
    }
}

impl Found {
    /// The bytes, which are `len`, as part of the output: handed over.
    pub(super) fn taken(self, path: &OutputPath, key: Key, len: u64, spool: Spool<'_>) -> Bytes {
        match self {
            Self::Kept(bytes) if !spool(path, key, &bytes) => Bytes::Here(Arc::from(bytes)),
            Self::Standing | Self::Kept(_) => Bytes::Spooled(len),
        }
    }
}
