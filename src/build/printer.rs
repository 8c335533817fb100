//! Pages into bytes: remembered, handed over one by one, or left where the
//! published site has them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::former_pages::{FormerPages, Weighted};
use super::former_site::FormerSite;
use super::memory::Memory;
use super::weight::{Scale, Weighed};
use super::{Artifact, Observer, Priority, Span, Spool, Stage};
use crate::page;
use crate::render::{self, Bytes, File, Leaf};
use crate::theme::Theme;

/// Pages that were rendered together, and what they weigh.
pub(super) type Printed = (Arc<Vec<Leaf>>, Arc<Weighed>);

/// What renders pages.
pub(super) struct Press<'g> {
    theme: &'g Theme,
    memory: &'g Memory,
    scale: Option<&'g Scale<'g>>,
    spool: Option<Spool<'g>>,
    observer: &'g dyn Observer,
    former: FormerPages<'g>,
    /// Pages that were rendered and handed over, which no memo counts.
    made: AtomicU64,
}

impl<'g> Press<'g> {
    pub(super) fn new(
        theme: &'g Theme,
        memory: &'g Memory,
        scale: Option<&'g Scale<'g>>,
        early: &Priority<'g>,
    ) -> Self {
        let former = FormerPages::new(FormerSite::new(memory), theme, scale.map(Scale::key));
        let (spool, observer) = (early.spool, early.observer);
        Self { theme, memory, scale, spool, observer, former, made: AtomicU64::new(0) }
    }

    /// How many pages were rendered and handed over.
    pub(super) fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    pub(super) fn batch(&self, batch: &page::Batch<'_>) -> Printed {
        let _span = Span::new(self.observer, Stage::Render, 1);
        let Some(spool) = self.spool else {
            return self.remembered(render::batch(
                self.theme,
                batch,
                &self.memory.batches,
                &self.memory.pages,
            ));
        };
        self.former.batch(batch, spool).unwrap_or_else(|| {
            let pages = batch.pages();
            let (leaves, weighed) = self.spooled(&pages, spool);
            self.former.keep_batch(batch, &pages, &leaves);
            (Arc::new(leaves.into_iter().map(|(leaf, _)| leaf).collect()), Arc::new(weighed))
        })
    }

    pub(super) fn singles(&self, singles: &[page::Page<'_>]) -> Vec<Printed> {
        let Some(spool) = self.spool else {
            let leaf = |page| {
                let _span = Span::new(self.observer, Stage::Render, 1);
                render::leaf(self.theme, page, &self.memory.pages)
            };
            return vec![self.remembered(Arc::new(singles.par_iter().map(leaf).collect()))];
        };
        let print = |pages: &[page::Page<'_>]| {
            let _span = Span::new(self.observer, Stage::Render, 1);
            let (leaves, weighed) = self.spooled(pages, spool);
            (Arc::new(leaves.into_iter().map(|(leaf, _)| leaf).collect()), Arc::new(weighed))
        };
        singles.par_chunks(1).map(print).collect()
    }

    /// A file that no template makes.
    pub(super) fn file(&self, file: &File<'_>) -> Option<Artifact> {
        if let Some(spool) = self.spool
            && let Some(artifact) = self.former.file(file, spool)
        {
            return Some(artifact);
        }
        let made = render::file(file, &self.memory.files);
        let artifact = Artifact::of(made.key?, &Bytes::Here(Arc::clone(&made.bytes)));
        self.former.keep_file(file, artifact.key, &made.bytes);
        Some(artifact)
    }

    fn remembered(&self, leaves: Arc<Vec<Leaf>>) -> Printed {
        let weighed = self.scale.map(|scale| scale.batch(&leaves)).unwrap_or_default();
        (leaves, weighed)
    }

    /// Pages, each with what it weighs, and what they weigh together.
    fn spooled(&self, pages: &[page::Page<'_>], spool: Spool<'_>) -> (Vec<Weighted>, Weighed) {
        let mut all = Weighed::default();
        let page = |page: &page::Page<'_>| {
            let (leaf, weighed) = self.former.page(page, spool).unwrap_or_else(|| self.page(page, spool));
            let weight = weighed.page();
            all.add(weighed);
            (leaf, weight)
        };
        (pages.iter().map(page).collect(), all)
    }

    fn page(&self, page: &page::Page<'_>, spool: Spool<'_>) -> (Leaf, Weighed) {
        self.made.fetch_add(1, Ordering::Relaxed);
        let mut weighed = Weighed::default();
        let leaf = render::spooled(self.theme, page, |key, bytes| {
            if let Some(scale) = self.scale {
                scale.weigh(&mut weighed, page.template, &page.path, page.source, (key, bytes));
            }
            self.former.keep_bytes(key, bytes);
            spool(&page.path, key, bytes)
        });
        self.former.keep_page(page, &leaf, weighed.page());
        (leaf, weighed)
    }
}
