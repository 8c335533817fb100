//! Pages and files that the published site has already.
//!
//! A page's key says all that it is made from. Where an earlier process made a
//! page of the same key, its artifact's key is known; and where the published
//! site has that artifact at the page's path, the page is neither rendered nor
//! written. It then is `Spooled`, as if its bytes had been handed over just now.
//!
//! **Invariant:** what is said of a page is what rendering it would say: its
//! hash, its length, what it loads; a page about which something was found is
//! not kept. Whether the site has it indeed is seen when the site is compared,
//! before anything is published; if not, all is built anew.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::memory::Memory;
use super::output::{Artifact, Site};
use super::weight::Weighed;
use crate::diagnostic::Checked;
use crate::memo::{Key, KeyBuilder, Store, ValueKind};
use crate::page::{Batch, Listed, Page};
use crate::path::{OutputPath, SourcePath};
use crate::render::{Bytes, File, Leaf, Rendered};
use crate::theme::Theme;

/// A page, and what it loads where nothing was found about that.
pub(super) type Weighted = (Leaf, Option<[u64; 3]>);

/// What an earlier process knew of pages, and the site that it published.
pub(super) struct FormerPages<'f> {
    store: &'f dyn Store,
    site: Option<&'f dyn Site>,
    theme: &'f Theme,
    /// The key of what pages are weighed on.
    scale: Option<Key>,
}

/// An artifact as a later process knows it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Known {
    key: Key,
    len: u64,
    /// What the page was weighed on, and what it was found to load.
    scale: Option<Key>,
    most: [u64; 3],
}

/// A page of a batch.
#[derive(Debug, Serialize, Deserialize)]
struct KeptLeaf {
    path: OutputPath,
    /// Which of the batch's templates.
    template: u8,
    source: Option<SourcePath>,
    listed: Option<Listed>,
    known: Known,
    /// The key that the page is known under by itself.
    page: Key,
}

impl<'f> FormerPages<'f> {
    /// What `memory` has of an earlier process.
    pub(super) fn new(memory: &'f Memory, theme: &'f Theme, scale: Option<Key>) -> Self {
        Self { store: &*memory.store, site: memory.site_before(), theme, scale }
    }

    /// The page, if the site has it.
    pub(super) fn page(&self, page: &Page<'_>) -> Option<(Leaf, Weighed)> {
        let known = self.known(ValueKind::Page, self.key(page)?, &page.path)?;
        let leaf = leaf(page.path.clone(), page.template, page.source.cloned(), page.listed, known);
        Some((leaf, Weighed::of_most(known.most)))
    }

    /// Keeps what a later process may know of the page; `most` is what it
    /// loads, where nothing was found about that.
    pub(super) fn keep_page(&self, page: &Page<'_>, leaf: &Leaf, most: Option<[u64; 3]>) {
        if let (Some(key), Some(known)) = (self.key(page), self.of_leaf(leaf, most)) {
            self.put(ValueKind::Page, key, &known);
        }
    }

    /// The pages of `batch`, if the site has all of them.
    pub(super) fn batch(&self, batch: &Batch<'_>) -> Option<(Arc<Vec<Leaf>>, Arc<Weighed>)> {
        let site = self.site?;
        let kept: Vec<KeptLeaf> =
            postcard::from_bytes(&self.store.get(ValueKind::Batch, self.batch_key(batch))?).ok()?;
        let stands = |kept: &KeptLeaf| kept.known.scale == self.scale && site.has(&kept.path, kept.known.key);
        if !kept.iter().all(stands) {
            return None;
        }
        let mut weighed = Weighed::default();
        let page = |kept: KeptLeaf| {
            self.store.touch(ValueKind::Page, kept.page);
            weighed.add(Weighed::of_most(kept.known.most));
            let template = batch.templates.get(usize::from(kept.template))?;
            Some(leaf(kept.path, template, kept.source, kept.listed, kept.known))
        };
        let leaves: Vec<Leaf> = kept.into_iter().map(page).collect::<Option<_>>()?;
        Some((Arc::new(leaves), Arc::new(weighed)))
    }

    /// Keeps what is known of the pages of `batch`, where nothing was found
    /// about any of them.
    pub(super) fn keep_batch(&self, batch: &Batch<'_>, pages: &[Page<'_>], leaves: &[Weighted]) {
        let kept = |(page, (leaf, most)): (&Page<'_>, &Weighted)| {
            let template = batch.templates.iter().position(|name| *name == leaf.template)?;
            Some(KeptLeaf {
                path: leaf.path.clone(),
                template: u8::try_from(template).ok()?,
                source: leaf.source.clone(),
                listed: leaf.listed,
                known: self.of_leaf(leaf, *most)?,
                page: self.key(page)?,
            })
        };
        let all: Option<Vec<KeptLeaf>> = pages.iter().zip(leaves).map(kept).collect();
        if let Some(all) = all {
            self.put(ValueKind::Batch, self.batch_key(batch), &all);
        }
    }

    /// The artifact of `file`, if the site has it.
    pub(super) fn file(&self, file: &File<'_>) -> Option<Artifact> {
        let known = self.known(ValueKind::File, file.key, &file.path)?;
        Some(Artifact::of(known.key, &Bytes::Spooled(known.len)))
    }

    /// Keeps what a later process may know of the file.
    pub(super) fn keep_file(&self, file: &File<'_>, key: Key, len: u64) {
        self.put(ValueKind::File, file.key, &Known { key, len, scale: self.scale, most: [0; 3] });
    }

    fn known(&self, stage: ValueKind, key: Key, path: &OutputPath) -> Option<Known> {
        let site = self.site?;
        let known: Known = postcard::from_bytes(&self.store.get(stage, key)?).ok()?;
        (known.scale == self.scale && site.has(path, known.key)).then_some(known)
    }

    fn of_leaf(&self, leaf: &Leaf, most: Option<[u64; 3]>) -> Option<Known> {
        let len = match &leaf.bytes {
            Bytes::Here(bytes) => bytes.len() as u64,
            Bytes::Spooled(len) => *len,
        };
        let known = Known { key: leaf.key?, len, scale: self.scale, most: most? };
        leaf.rendered.diagnostics.is_empty().then_some(known)
    }

    /// The key of all that the page's bytes depend on.
    fn key(&self, page: &Page<'_>) -> Option<Key> {
        if self.theme.templates.is_broken(page.template) {
            return None;
        }
        let template = self.theme.templates.key(page.template)?;
        Some(Key::hash_parts([page.key.as_bytes().as_slice(), template.as_bytes()]))
    }

    fn batch_key(&self, batch: &Batch<'_>) -> Key {
        let mut parts = KeyBuilder::with_capacity(128);
        parts.key(batch.key);
        batch.templates.iter().for_each(|name| parts.option_key(self.theme.templates.key(name)));
        parts.finish()
    }

    fn put<T: Serialize>(&self, stage: ValueKind, key: Key, value: &T) {
        // Plain data, which the encoding never refuses.
        if let Ok(bytes) = postcard::to_stdvec(value) {
            self.store.put(stage, key, bytes);
        }
    }
}

fn leaf(
    path: OutputPath,
    template: &'static str,
    source: Option<SourcePath>,
    listed: Option<Listed>,
    known: Known,
) -> Leaf {
    let (key, bytes) = (Some(known.key), Bytes::Spooled(known.len));
    let rendered = Arc::new(Checked::clean(Rendered { key, ..Rendered::default() }));
    Leaf { path, template, source, listed, key, bytes, rendered }
}
