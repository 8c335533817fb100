//! The column while its pages are made.

use crate::memo::{Fact, Store};
use crate::site::{Article, ArticleId, Site};
use crate::view::{BookletLink, Shared};

use crate::page::frame::facts::SiteFacts;
use crate::page::frame::head::Frame;
use crate::page::frame::site_view::{existing, site_view};
use crate::page::index::Index;
use crate::page::list::books;
use crate::page::list::citations::Citations;
use crate::page::list::pagination::{Cards, Entry, Shown};
use crate::page::listing::Listing;
use crate::page::listings::Listings;
use crate::page::memory::Memory;
use crate::page::rows;
use crate::page::summary::Summary;
use crate::page::tiles::Tile;
use crate::page::{ThemeFacts, ViewOptions};

/// Everything that pages share, made once before the first page.
#[derive(Debug)]
pub struct Column<'s> {
    pub(crate) index: Index<'s>,
    listings: Listings<'s>,
    /// The library's rows, the newest first.
    pub(crate) rows: Vec<Shared>,
    /// The wall's photos, the newest first.
    pub(crate) tiles: Vec<Tile>,
    /// What binds materials to other pieces.
    pub(crate) citations: Citations<'s>,
    /// The books, for lists.
    pub(crate) booklets: Vec<BookletLink>,
    pub(crate) memory: &'s Memory,
    view: Shared,
    facts: Fact<SiteFacts>,
}

impl<'s> Column<'s> {
    /// Prepares the pages of `site`.
    ///
    /// `store` has what an earlier process knew of them.
    pub fn new(
        site: &'s Site,
        theme: &ThemeFacts,
        options: &ViewOptions,
        memory: &'s Memory,
        store: &dyn Store,
    ) -> Self {
        let index = Index::new(site, theme, options);
        let listings = Listings::new(&index, memory, store);
        let citations = Citations::new(site);
        let rows = rows::all(&index, &listings, &citations, &memory.rows);
        let tiles = listings.all_tiles();
        let has = existing(site, &listings, !tiles.is_empty());
        let (view, menu) = site_view(&index, theme, options, has);
        let feeds = view.feeds;
        let facts = Fact::new(SiteFacts::new(site, options, feeds, menu));
        let booklets = books::links(site);
        Self { listings, rows, tiles, citations, booklets, memory, view: Shared::new(&view), facts, index }
    }

    /// What every page is made from.
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame { site: &self.view, facts: self.facts.keyed(), local: self.index.local() }
    }

    /// The listing of the piece `id`.
    pub(crate) fn listing(&self, id: ArticleId) -> Option<&Listing> {
        self.listings.get(&self.index, self.memory, id)
    }

    /// The card of the piece `id`, to be made when it is shown.
    pub(crate) fn card(&self, id: ArticleId) -> Option<Shown<'_>> {
        Some(Shown::card(self, id, self.summary(id)?.card))
    }

    /// What lists need to know of the piece `id` before they are made.
    pub(crate) fn summary(&self, id: ArticleId) -> Option<&Summary> {
        self.listings.summaries.get(id.0 as usize)
    }

    /// The pieces `ids` as entries of a list, each under the month that
    /// `month` says.
    pub(crate) fn entries(
        &self,
        ids: &[ArticleId],
        month: impl Fn(&Article) -> Option<(i16, i8)>,
    ) -> Vec<Entry<'_>> {
        let entry = |id: &ArticleId| {
            let article = self.index.site.articles.get(id.0 as usize)?;
            Some(Entry { shown: self.card(*id)?, month: month(article) })
        };
        ids.iter().filter_map(entry).collect()
    }

    /// What is known of the pieces of the sections, the newest first.
    pub(crate) fn summaries(&self) -> impl Iterator<Item = (ArticleId, &Summary)> {
        self.listings.newest(|_| true)
    }

    /// The pieces of the sections that `wanted` picks, with their listings, the
    /// newest first. The others are not looked at: all of them are many.
    pub(crate) fn newest(
        &self,
        wanted: impl Fn(&Summary) -> bool,
    ) -> impl Iterator<Item = (&'s Article, &Listing)> {
        self.listings.newest(wanted).filter_map(|(id, _)| self.piece(id))
    }

    /// The piece `id`, and what other pages show of it.
    pub(crate) fn piece(&self, id: ArticleId) -> Option<(&'s Article, &Listing)> {
        Some((self.index.site.articles.by_id(id)?, self.listing(id)?))
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

impl Cards for Column<'_> {
    fn made(&self, id: ArticleId) -> Option<&Shared> {
        Some(&self.listing(id)?.card)
    }
}
