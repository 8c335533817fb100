//! The column while its pages are made.

use std::sync::Arc;

use rayon::prelude::*;

use crate::memo::Key;
use crate::site::{Article, ArticleId, Site};
use crate::view::shared::Fact;
use crate::view::{BookletLink, Shared};

use super::facts::SiteFacts;
use super::head::Frame;
use super::index::{Index, existing};
use super::listing::{Listing, ListingParts};
use super::memory::Memory;
use super::sheet::Entry;
use super::site_view::site_view;
use super::wall::{Tile, tiles};
use super::{ThemeFacts, ViewOptions, booklet, library};

/// Everything that pages share, made once before the first page.
#[derive(Debug)]
pub struct Column<'s> {
    pub(super) index: Index<'s>,
    /// By the piece's number.
    listings: Vec<Arc<Listing>>,
    /// The library's rows, the newest first.
    pub(super) rows: Vec<Shared>,
    /// The wall's photos, the newest first.
    pub(super) tiles: Vec<Tile>,
    /// The books, for lists.
    pub(super) booklets: Vec<BookletLink>,
    view: Shared,
    facts: Fact<SiteFacts>,
}

impl<'s> Column<'s> {
    /// Prepares the pages of `site`.
    pub fn new(site: &'s Site, theme: &ThemeFacts, options: &ViewOptions, memory: &Memory) -> Self {
        let index = Index::new(site, options);
        let listings: Vec<Arc<Listing>> = site
            .articles
            .par_iter()
            .with_min_len(64)
            .map(|article| {
                let parts = ListingParts::new(&index, article);
                memory.listings.get_or(Key::of_value(&parts), || parts.listing())
            })
            .collect();
        let rows = library::rows(&index, memory);
        let tiles = tiles(&index, &listings, memory);
        let has_ledger =
            site.newest.iter().any(|id| listings.get(id.0 as usize).is_some_and(|piece| piece.ledger));
        let has = existing(site, !tiles.is_empty(), has_ledger);
        let (view, menu) = site_view(&index, theme, options, has);
        let feeds = view.feeds;
        let facts = Fact::new(SiteFacts::new(site, options, feeds, menu));
        Self { listings, rows, tiles, booklets: booklet::links(site), view: Shared::new(&view), facts, index }
    }

    /// What every page is made from.
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { site: &self.view, facts: self.facts.keyed() }
    }

    /// The listing of the piece `id`.
    pub(super) fn listing(&self, id: ArticleId) -> Option<&Listing> {
        self.listings.get(id.0 as usize).map(Arc::as_ref)
    }

    /// The pieces `ids` as entries of a list, each under the month that
    /// `month` says.
    pub(super) fn entries(
        &self,
        ids: &[ArticleId],
        month: impl Fn(&Article) -> Option<(i16, i8)>,
    ) -> Vec<Entry<'_>> {
        let entry = |id: &ArticleId| {
            let article = self.index.site.articles.get(id.0 as usize)?;
            Some(Entry { shown: &self.listing(*id)?.card, month: month(article) })
        };
        ids.iter().filter_map(entry).collect()
    }

    /// The pieces of the sections with their listings, the newest first.
    pub(super) fn newest(&self) -> impl Iterator<Item = (&'s Article, &Listing)> {
        let site = self.index.site;
        site.newest.iter().filter_map(|id| Some((site.articles.get(id.0 as usize)?, self.listing(*id)?)))
    }

    /// The site.
    pub(crate) fn site(&self) -> &'s Site {
        self.index.site
    }

    /// The address that all paths are under, with a final `/`.
    pub(crate) fn base_url(&self) -> Option<&str> {
        self.facts.base_url.as_deref()
    }

    /// Whether this is a preview.
    pub(crate) fn preview(&self) -> bool {
        self.facts.preview
    }
}
