//! What a build remembers of the one before.

use std::ops::Deref;
use std::sync::Arc;

use super::Piece;
use super::output::Site;
use super::parse::ParsedRun;
use super::weight::Weights;
use crate::book::Made;
use crate::diagnostic::Checked;
use crate::document::Document;
use crate::memo::{Count, Memo, NoStore, Store};
use crate::render::{Leaf, Rendered};
use crate::theme::Theme;
use crate::{page, search, site, theme};

/// The results of all pure stages, by the keys of their inputs.
///
/// A clean build is a build with an empty memory; watching is building again
/// with the same one. There is nothing to invalidate.
#[derive(Debug, Default)]
pub struct Memory {
    /// Documents of neighbouring files.
    pub(super) runs: Memo<ParsedRun>,
    /// Documents by path, bytes and the part of the config that parsing reads.
    pub(super) documents: Memo<Checked<Arc<Document>>>,
    /// The compiled theme.
    pub(super) themes: Memo<Checked<Theme>>,
    /// What themes are made of.
    pub(super) theme_parts: theme::Memory,
    /// What `site` remembers.
    pub(super) site: site::Memory,
    /// What `page` remembers.
    pub(super) page: page::Memory,
    /// What editors are told of pieces, by runs of these.
    pub(super) pieces: Memo<Vec<Arc<Piece>>>,
    /// Pages that are looked up together.
    pub(super) batches: Memo<Vec<Leaf>>,
    /// Pages by view and template.
    pub(super) pages: Memo<Checked<Rendered>>,
    /// Pieces made ready for the search index. It forgets by itself, when an
    /// index is made: a build that makes none would make it forget all.
    pub(super) search: Arc<search::Memory>,
    /// Feeds, sitemaps and other files that no template makes.
    pub(super) files: Memo<Rendered>,
    /// What pages weigh.
    pub(super) weights: Weights,
    /// EPUBs by all that they are made from.
    pub(super) epubs: Memo<Checked<Made>>,
    /// What an earlier process made.
    pub(super) store: Kept,
    /// What it published.
    before: Option<Arc<dyn Site>>,
    /// Whether the bytes of pages are kept too.
    pub(super) keeps_bytes: bool,
}

/// A store; none at first.
#[derive(Debug)]
pub(super) struct Kept(Arc<dyn Store>);

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new(NoStore))
    }
}

impl Deref for Kept {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// How much of a build had to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Documents parsed and remembered.
    pub documents: Count,
    /// Themes compiled and remembered.
    pub themes: Count,
    /// Pages rendered and remembered.
    pub pages: Count,
    /// Other files made and remembered.
    pub files: Count,
    /// EPUBs made and remembered.
    pub epubs: Count,
}

impl Memory {
    /// One that begins with what `store` holds, and puts there what it makes.
    pub fn with_store(store: Arc<dyn Store>) -> Self {
        let site = site::Memory::with_store(Arc::clone(&store));
        Self { site, store: Kept(store), ..Self::default() }
    }

    /// The same, knowing of the published `site`: of its pages those that did
    /// not change are neither rendered nor handed over. It is for one build
    /// ([`super::build_once`]) that will be published over that site.
    #[must_use]
    pub fn after(mut self, site: Arc<dyn Site>) -> Self {
        self.before = Some(site);
        self
    }

    /// The same, keeping the bytes of pages in the store too: for processes that
    /// find what the one before stored, and not the site that it published.
    #[must_use]
    pub fn keeping_bytes(mut self, keeps: bool) -> Self {
        self.keeps_bytes = keeps;
        self
    }

    /// The published site.
    pub(super) fn site_before(&self) -> Option<&dyn Site> {
        self.before.as_deref()
    }

    /// Ends a build: forgets what it did not use.
    pub(super) fn sweep(&self) -> Counts {
        // Those whose values hold others' go first.
        self.runs.sweep();
        self.pieces.sweep();
        self.batches.sweep();
        self.site.sweep();
        self.page.sweep();
        self.weights.sweep();
        let themes = self.themes.sweep();
        self.theme_parts.sweep();
        Counts {
            documents: self.documents.sweep(),
            themes,
            pages: self.pages.sweep(),
            files: self.files.sweep(),
            epubs: self.epubs.sweep(),
        }
    }
}
