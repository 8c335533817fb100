//! The column while its pages are made.

use std::sync::Arc;

use rayon::prelude::*;

use crate::memo::Key;
use crate::site::{Article, ArticleId, Articles, Run, Site};
use crate::view::shared::Fact;
use crate::view::{BookletLink, Shared};

use super::bonds::Bonds;
use super::date::Stamp;
use super::facts::SiteFacts;
use super::head::Frame;
use super::index::{Index, existing};
use super::listing::{Listing, ListingParts};
use super::memory::Memory;
use super::sheet::Entry;
use super::site_view::site_view;
use super::wall::{Tile, tiles};
use super::{ThemeFacts, ViewOptions, booklet, library};

/// A piece as the keys of pages know it: all of them side by side, because
/// each list asks for each of its pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    /// The key of its card.
    pub card: Key,
    /// The key of its bare title.
    pub title: Key,
    /// Its date.
    pub date: Option<Stamp>,
    /// Whether it is pinned.
    pub pinned: bool,
}

/// What other pages show of the pieces, run by run.
#[derive(Debug)]
pub(super) struct Listings<'s> {
    articles: &'s Articles,
    runs: Vec<Arc<Vec<Arc<Listing>>>>,
}

impl<'s> Listings<'s> {
    fn new(index: &Index<'s>, memory: &Memory) -> Self {
        let articles = &index.site.articles;
        let listings = |run: &Arc<Run>| {
            let key = Key::of_parts([index.key.as_bytes().as_slice(), run.key().as_bytes()]);
            memory.runs.get_or(key, || {
                let listing = |article| {
                    let parts = ListingParts::new(index, article);
                    memory.listings.get_or(Key::of_value(&parts), || parts.listing())
                };
                run.articles().iter().map(listing).collect()
            })
        };
        Self { articles, runs: articles.runs().par_iter().map(listings).collect() }
    }

    /// The listing of the piece `id`.
    pub(super) fn get(&self, id: ArticleId) -> Option<&Listing> {
        let (run, at) = self.articles.place(id.0 as usize)?;
        self.runs.get(run)?.get(at).map(Arc::as_ref)
    }

    fn briefs(&self) -> Vec<Brief> {
        let brief = |(article, listing): (&Article, &Arc<Listing>)| Brief {
            card: listing.card.key(),
            title: listing.title.key(),
            date: article.date.map(Stamp),
            pinned: article.document.front.pinned,
        };
        let runs = self.articles.runs().par_iter().zip(&self.runs);
        runs.flat_map_iter(|(run, listings)| run.articles().iter().zip(listings.iter()).map(brief)).collect()
    }
}

/// Everything that pages share, made once before the first page.
#[derive(Debug)]
pub struct Column<'s> {
    pub(super) index: Index<'s>,
    listings: Listings<'s>,
    /// By the piece's number.
    briefs: Vec<Brief>,
    /// The library's rows, the newest first.
    pub(super) rows: Vec<Shared>,
    /// The wall's photos, the newest first.
    pub(super) tiles: Vec<Tile>,
    /// What binds materials to other pieces.
    pub(super) bonds: Bonds<'s>,
    /// The books, for lists.
    pub(super) booklets: Vec<BookletLink>,
    view: Shared,
    facts: Fact<SiteFacts>,
}

impl<'s> Column<'s> {
    /// Prepares the pages of `site`.
    pub fn new(site: &'s Site, theme: &ThemeFacts, options: &ViewOptions, memory: &Memory) -> Self {
        let index = Index::new(site, options);
        let listings = Listings::new(&index, memory);
        let briefs = listings.briefs();
        let bonds = Bonds::new(site);
        let rows = library::rows(&index, &bonds, memory);
        let tiles = tiles(&index, &listings, memory);
        let has_ledger = site.newest.iter().any(|id| listings.get(*id).is_some_and(|piece| piece.ledger));
        let has = existing(site, !tiles.is_empty(), has_ledger);
        let (view, menu) = site_view(&index, theme, options, has);
        let feeds = view.feeds;
        let facts = Fact::new(SiteFacts::new(site, options, feeds, menu));
        let booklets = booklet::links(site);
        Self { listings, briefs, rows, tiles, bonds, booklets, view: Shared::new(&view), facts, index }
    }

    /// What every page is made from.
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { site: &self.view, facts: self.facts.keyed() }
    }

    /// The listing of the piece `id`.
    pub(super) fn listing(&self, id: ArticleId) -> Option<&Listing> {
        self.listings.get(id)
    }

    /// What lists need to know of the piece `id` before they are made.
    pub(super) fn brief(&self, id: ArticleId) -> Option<&Brief> {
        self.briefs.get(id.0 as usize)
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
