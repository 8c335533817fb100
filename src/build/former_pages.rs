//! Pages and files that the published site has already.
//!
//! A page's key says all that it is made from. Where an earlier process made a
//! page of the same key, its artifact's key is known; and where the published
//! site has that artifact at the page's path, the page is neither rendered nor
//! written. It then is `Spooled`, as if its bytes had been handed over just now;
//! and so they are, where they were kept and the site has them not.
//!
//! **Invariant:** what is said of a page is what rendering it would say: its
//! hash, its length, what it weighs; a page that could not be rendered is
//! not kept. Whether the site has it indeed is seen when the site is compared,
//! before anything is published; if not, all is built anew.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Spool;
use super::former_site::{FormerSite, Found};
use super::output::Artifact;
use super::weight::{PageWeight, Weighed};
use crate::diagnostic::Checked;
use crate::memo::{Key, KeyBuilder, ValueKind};
use crate::page::{Batch, Listed, Page};
use crate::path::{OutputPath, SourcePath};
use crate::render::{Bytes, File, Leaf, Rendered};
use crate::theme::Theme;

/// A page, and what it weighs.
pub(super) type Weighted = (Leaf, PageWeight);

/// What an earlier process knew of pages, and the site that it published.
pub(super) struct FormerPages<'f> {
    site: FormerSite<'f>,
    theme: &'f Theme,
    /// The key of what pages are weighed on.
    scale: Option<Key>,
}

/// An artifact as a later process knows it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Known {
    key: Key,
    len: u64,
    /// What the page was weighed on, and what it weighs.
    scale: Option<Key>,
    weight: PageWeight,
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
    /// What is known of an earlier process and its `site`.
    pub(super) fn new(site: FormerSite<'f>, theme: &'f Theme, scale: Option<Key>) -> Self {
        Self { site, theme, scale }
    }

    /// The page, if it need not be rendered.
    pub(super) fn page(&self, page: &Page<'_>, spool: Spool<'_>) -> Option<(Leaf, Weighed)> {
        let (known, found) = self.known(ValueKind::Page, self.key(page)?, &page.path)?;
        let bytes = found.taken(&page.path, known.key, known.len, spool);
        let leaf =
            leaf(page.path.clone(), page.template, page.source.cloned(), page.listed, known.key, bytes);
        let weighed = Weighed::of_page(known.weight, page.template, &page.path, page.source);
        Some((leaf, weighed))
    }

    /// Keeps what a later process may know of the page.
    pub(super) fn keep_page(&self, page: &Page<'_>, leaf: &Leaf, weight: PageWeight) {
        if let (Some(key), Some(known)) = (self.key(page), self.of_leaf(leaf, weight)) {
            self.put(ValueKind::Page, key, &known);
        }
    }

    /// The pages of `batch`, if none of them need be rendered.
    pub(super) fn batch(
        &self,
        batch: &Batch<'_>,
        spool: Spool<'_>,
    ) -> Option<(Arc<Vec<Leaf>>, Arc<Weighed>)> {
        let value = self.site.store.get(ValueKind::Batch, self.batch_key(batch))?;
        let kept: Vec<KeptLeaf> = postcard::from_bytes(&value).ok()?;
        let find = |kept: &KeptLeaf| {
            let known = Some(kept.known).filter(|known| known.scale == self.scale)?;
            self.site.find(&kept.path, known.key)
        };
        // All of them, before the first is handed over.
        let found: Vec<Found> = kept.iter().map(find).collect::<Option<_>>()?;
        let mut weighed = Weighed::default();
        let page = |(kept, found): (KeptLeaf, Found)| {
            let KeptLeaf { path, template, source, listed, known, page } = kept;
            self.site.store.touch(ValueKind::Page, page);
            let template = batch.templates.get(usize::from(template))?;
            weighed.add(Weighed::of_page(known.weight, template, &path, source.as_ref()));
            let bytes = found.taken(&path, known.key, known.len, spool);
            Some(leaf(path, template, source, listed, known.key, bytes))
        };
        let leaves: Vec<Leaf> = kept.into_iter().zip(found).map(page).collect::<Option<_>>()?;
        Some((Arc::new(leaves), Arc::new(weighed)))
    }

    /// Keeps what is known of the pages of `batch`, where all could be rendered.
    pub(super) fn keep_batch(&self, batch: &Batch<'_>, pages: &[Page<'_>], leaves: &[Weighted]) {
        let kept = |(page, (leaf, weight)): (&Page<'_>, &Weighted)| {
            let template = batch.templates.iter().position(|name| *name == leaf.template)?;
            Some(KeptLeaf {
                path: leaf.path.clone(),
                template: u8::try_from(template).ok()?,
                source: leaf.source.clone(),
                listed: leaf.listed,
                known: self.of_leaf(leaf, *weight)?,
                page: self.key(page)?,
            })
        };
        let all: Option<Vec<KeptLeaf>> = pages.iter().zip(leaves).map(kept).collect();
        if let Some(all) = all {
            self.put(ValueKind::Batch, self.batch_key(batch), &all);
        }
    }

    /// The artifact of `file`, if it need not be made.
    pub(super) fn file(&self, file: &File<'_>, spool: Spool<'_>) -> Option<Artifact> {
        let (known, found) = self.known(ValueKind::File, file.key, &file.path)?;
        Some(Artifact::of(known.key, &found.taken(&file.path, known.key, known.len, spool)))
    }

    /// Keeps what a later process may know of the file.
    pub(super) fn keep_file(&self, file: &File<'_>, key: Key, bytes: &[u8]) {
        let len = bytes.len() as u64;
        self.put(
            ValueKind::File,
            file.key,
            &Known { key, len, scale: self.scale, weight: PageWeight::default() },
        );
        self.site.keep(key, bytes);
    }

    /// Keeps the bytes of a page, where they are kept.
    pub(super) fn keep_bytes(&self, key: Key, bytes: &[u8]) {
        self.site.keep(key, bytes);
    }

    fn known(&self, stage: ValueKind, key: Key, path: &OutputPath) -> Option<(Known, Found)> {
        let known: Known = postcard::from_bytes(&self.site.store.get(stage, key)?).ok()?;
        let found = self.site.find(path, known.key)?;
        (known.scale == self.scale).then_some((known, found))
    }

    fn of_leaf(&self, leaf: &Leaf, weight: PageWeight) -> Option<Known> {
        let len = match &leaf.bytes {
            Bytes::Here(bytes) => bytes.len() as u64,
            Bytes::Spooled(len) => *len,
        };
        let known = Known { key: leaf.key?, len, scale: self.scale, weight };
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
            self.site.store.put(stage, key, bytes);
        }
    }
}

fn leaf(
    path: OutputPath,
    template: &'static str,
    source: Option<SourcePath>,
    listed: Option<Listed>,
    key: Key,
    bytes: Bytes,
) -> Leaf {
    let key = Some(key);
    let rendered = Arc::new(Checked::clean(Rendered { key, ..Rendered::default() }));
    Leaf { path, template, source, listed, key, bytes, rendered }
}
