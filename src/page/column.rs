//! The column while its pages are made.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Kind;
use crate::memo::Fact;
use crate::memo::Key;
use crate::site::{Article, ArticleId, Run, Site, State};
use crate::view::{BookletLink, Shared};

use crate::page::frame::date::Stamp;
use crate::page::frame::facts::SiteFacts;
use crate::page::frame::head::Frame;
use crate::page::frame::site_view::site_view;
use crate::page::index::{Index, existing};
use crate::page::list::books;
use crate::page::list::citations::Bonds;
use crate::page::list::library;
use crate::page::list::pagination::Entry;
use crate::page::list::photos::{self, Tile};
use crate::page::listing::{Listing, ListingParts};
use crate::page::memory::{ListedRun, Memory};
use crate::page::{ThemeFacts, ViewOptions};

/// A piece as the keys of pages know it: all of them side by side, because
/// each list asks for each of its pieces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brief {
    /// The key of its card.
    pub card: Key,
    /// The key of its bare title.
    pub title: Key,
    /// Its date.
    pub date: Option<Stamp>,
    /// Its section's index in the config.
    pub section: Option<usize>,
    /// Every [`Mark`] that it has.
    marks: u16,
}

/// What a list picks pieces by: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Mark {
    /// Readers see it: it is no draft, and its time is now.
    Published = 1,
    /// It stands before others.
    Pinned = 1 << 1,
    /// It is a photo story.
    Story = 1 << 2,
    /// It has a picture that stands for it.
    Cover = 1 << 3,
    /// It offers files.
    Files = 1 << 4,
    /// It shows photos on their own.
    Photos = 1 << 5,
    /// It has a timeline.
    Timeline = 1 << 6,
    /// It has a ledger.
    Ledger = 1 << 7,
    /// It has figures.
    Figures = 1 << 8,
}

impl Brief {
    fn new(article: &Article, listing: &Listing) -> Self {
        let marks = [
            (Mark::Published, article.state == State::Published),
            (Mark::Pinned, article.document.front.pinned),
            (Mark::Story, article.kind == Kind::Story),
            (Mark::Cover, article.cover.is_some()),
            (Mark::Files, !article.files.is_empty()),
            (Mark::Photos, !listing.photos.is_empty()),
            (Mark::Timeline, listing.timeline),
            (Mark::Ledger, listing.ledger),
            (Mark::Figures, listing.figures),
        ];
        Self {
            card: listing.card.key(),
            title: listing.title.key(),
            date: article.date.map(Stamp),
            section: article.section,
            marks: marks.iter().filter(|(_, has)| *has).fold(0, |marks, (mark, _)| marks | *mark as u16),
        }
    }

    /// Whether it has `mark`.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.marks & mark as u16 != 0
    }
}

/// What other pages show of the pieces, run by run.
#[derive(Debug)]
pub(crate) struct Listings<'s> {
    site: &'s Site,
    runs: Vec<Arc<ListedRun>>,
    /// By the piece's number.
    briefs: Vec<Brief>,
}

impl<'s> Listings<'s> {
    fn new(index: &Index<'s>, memory: &Memory) -> Self {
        let listed = |run: &Arc<Run>| {
            let key = Key::of_parts([index.key.as_bytes().as_slice(), run.key().as_bytes()]);
            memory.runs.get_or(key, || {
                let listing = |article| {
                    let parts = ListingParts::new(index, article);
                    memory.listings.get_or(Key::of_value(&parts), || parts.listing())
                };
                let listings: Vec<Arc<Listing>> = run.articles().iter().map(listing).collect();
                let with = || run.articles().iter().zip(&listings);
                ListedRun {
                    briefs: with().map(|(article, listing)| Brief::new(article, listing)).collect(),
                    tiles: with()
                        .map(|(article, one)| photos::tiles_of(index, article, one, memory))
                        .collect(),
                    listings,
                }
            })
        };
        let runs: Vec<Arc<ListedRun>> = index.site.articles.runs().par_iter().map(listed).collect();
        let briefs = runs.iter().flat_map(|run| run.briefs.iter().copied()).collect();
        Self { site: index.site, runs, briefs }
    }

    /// The listing of the piece `id`.
    pub(crate) fn get(&self, id: ArticleId) -> Option<&Listing> {
        let (run, at) = self.site.articles.place(id.0 as usize)?;
        self.runs.get(run)?.listings.get(at).map(Arc::as_ref)
    }

    /// What the photo wall shows of the piece `id`.
    pub(crate) fn tiles(&self, id: ArticleId) -> &[Tile] {
        let of = |(run, at): (usize, usize)| self.runs.get(run)?.tiles.get(at)?.as_deref();
        self.site.articles.place(id.0 as usize).and_then(of).map_or(&[], Vec::as_slice)
    }

    /// The pieces of the sections that `wanted` picks, the newest first.
    pub(crate) fn newest(
        &self,
        wanted: impl Fn(&Brief) -> bool,
    ) -> impl Iterator<Item = (ArticleId, &Brief)> {
        let brief = |id: &ArticleId| Some((*id, self.briefs.get(id.0 as usize)?));
        self.site.newest.iter().filter_map(brief).filter(move |(_, brief)| wanted(brief))
    }
}

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
    pub(crate) bonds: Bonds<'s>,
    /// The books, for lists.
    pub(crate) booklets: Vec<BookletLink>,
    pub(crate) memory: &'s Memory,
    view: Shared,
    facts: Fact<SiteFacts>,
}

impl<'s> Column<'s> {
    /// Prepares the pages of `site`.
    pub fn new(site: &'s Site, theme: &ThemeFacts, options: &ViewOptions, memory: &'s Memory) -> Self {
        let index = Index::new(site, options);
        let listings = Listings::new(&index, memory);
        let bonds = Bonds::new(site);
        let rows = library::rows(&index, &listings, &bonds, memory);
        let tiles = photos::tiles(site, &listings);
        let has = existing(site, &listings, !tiles.is_empty());
        let (view, menu) = site_view(&index, theme, options, has);
        let feeds = view.feeds;
        let facts = Fact::new(SiteFacts::new(site, options, feeds, menu));
        let booklets = books::links(site);
        Self { listings, rows, tiles, bonds, booklets, memory, view: Shared::new(&view), facts, index }
    }

    /// What every page is made from.
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame { site: &self.view, facts: self.facts.keyed() }
    }

    /// The listing of the piece `id`.
    pub(crate) fn listing(&self, id: ArticleId) -> Option<&Listing> {
        self.listings.get(id)
    }

    /// What lists need to know of the piece `id` before they are made.
    pub(crate) fn brief(&self, id: ArticleId) -> Option<&Brief> {
        self.listings.briefs.get(id.0 as usize)
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
            Some(Entry { shown: &self.listing(*id)?.card, month: month(article) })
        };
        ids.iter().filter_map(entry).collect()
    }

    /// What is known of the pieces of the sections, the newest first.
    pub(crate) fn briefs(&self) -> impl Iterator<Item = (ArticleId, &Brief)> {
        self.listings.newest(|_| true)
    }

    /// The pieces of the sections that `wanted` picks, with their listings, the
    /// newest first. The others are not looked at: all of them are many.
    pub(crate) fn newest(
        &self,
        wanted: impl Fn(&Brief) -> bool,
    ) -> impl Iterator<Item = (&'s Article, &Listing)> {
        self.listings.newest(wanted).filter_map(|(id, _)| self.piece(id))
    }

    /// The piece `id`, and what other pages show of it.
    pub(crate) fn piece(&self, id: ArticleId) -> Option<(&'s Article, &Listing)> {
        Some((self.index.site.articles.of(id)?, self.listing(id)?))
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
