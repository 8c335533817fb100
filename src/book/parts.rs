//! What a book is made from, for the page to be printed and for the EPUB alike.

use serde::Serialize;

use crate::config;
use crate::memo::Keyed;
use crate::path::SourcePath;
use crate::site::{Article, ArticleId, Asset, AssetKind};
use crate::view::Shared;

use crate::page::Column;
use crate::page::body::links::{BodyParts, Place, Target};
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::PhaseFacts;
use crate::page::frame::head::Frame;
use crate::page::frame::local::Local;
use crate::page::index::Cover;
use crate::page::{Page, View};

/// A book before it is made: everything that it is made from, borrowed. Its
/// `Serialize` is for keys alone.
#[derive(Debug, Serialize)]
pub struct BookletParts<'c> {
    pub(super) frame: Frame<'c>,
    pub(super) book: &'c config::Booklet,
    /// `booklets/x.html`.
    pub(super) own: &'c str,
    /// `booklets/x.epub`.
    pub(super) epub: &'c str,
    /// `booklets/x.css`.
    pub(super) style: &'c str,
    pub(super) phases: Vec<Keyed<'c, PhaseFacts>>,
    pub(super) parts: Vec<PartParts<'c>>,
    pub(super) local: Keyed<'c, Local>,
}

#[derive(Debug, Serialize)]
pub(super) struct PartParts<'c> {
    pub(super) title: &'c str,
    pub(super) pieces: Vec<PieceParts<'c>>,
}

/// What a piece in a book is made from.
#[derive(Debug, Serialize)]
pub(super) struct PieceParts<'c> {
    pub(super) card: &'c Shared,
    pub(super) title: &'c str,
    pub(super) path: &'c str,
    pub(super) body: BodyParts<'c>,
    pub(super) changed: Option<Stamp>,
    /// The cover, where the text does not show it itself.
    pub(super) cover: Option<Cover<'c>>,
    pub(super) files: Vec<(Keyed<'c, Asset>, &'c str)>,
}

/// All books of the column, in the config's order.
pub fn booklets<'c>(column: &'c Column<'_>) -> Vec<BookletParts<'c>> {
    column.site().booklets.iter().filter_map(|booklet| parts(column, booklet)).collect()
}

fn parts<'c>(column: &'c Column<'_>, booklet: &'c crate::site::Booklet) -> Option<BookletParts<'c>> {
    let index = &column.index;
    let book = index.site.config.booklets.get(booklet.config)?;
    let piece = |id: &ArticleId| {
        let article = index.site.articles.get(id.0 as usize)?;
        Some(piece(column, article, &column.listing(*id)?.card))
    };
    let part = |part: &'c crate::site::BookletPart| PartParts {
        title: &part.title,
        pieces: part.items.iter().filter_map(piece).collect(),
    };
    Some(BookletParts {
        frame: column.frame(),
        book,
        own: booklet.route.as_str(),
        epub: booklet.epub.as_str(),
        style: booklet.style.as_str(),
        phases: if book.plan { index.phases.iter().map(|phase| phase.keyed()).collect() } else { Vec::new() },
        parts: booklet.parts.iter().map(part).collect(),
        local: index.local(),
    })
}

fn piece<'c>(column: &'c Column<'_>, article: &'c Article, card: &'c Shared) -> PieceParts<'c> {
    let index = &column.index;
    // Paths from the root, whatever the edition: `links` turns them.
    let updated = article.document.front.updated.as_ref().map(|at| Stamp(at.value));
    let place =
        Place { root: "", own: article.route.as_str(), elsewhere: false, first: false, largest: true };
    PieceParts {
        card,
        title: &article.document.title,
        path: article.route.as_str(),
        body: index.body(article, place),
        changed: updated.max(article.date.map(Stamp)),
        cover: index.cover(article).filter(|_| !article.cover_in_text),
        files: index.files(article),
    }
}

/// The pages to be printed.
pub fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let page = |booklet: &'c crate::site::Booklet| {
        let parts = parts(column, booklet)?;
        let (path, changed) = (booklet.route.output().clone(), parts.changed());
        Some(Page::new(path, "booklet.html", parts, view).listed(changed))
    };
    column.site().booklets.iter().filter_map(page).collect()
}

fn view(parts: &BookletParts<'_>) -> View {
    View::Booklet(super::edition::print(parts))
}

impl<'c> BookletParts<'c> {
    /// Where the EPUB is published.
    pub fn path(&self) -> &'c str {
        self.epub
    }

    /// Where the running heads of the printed edition are published.
    pub fn style(&self) -> &'c str {
        self.style
    }

    /// The book's title.
    pub fn title(&self) -> &'c str {
        &self.book.title
    }

    /// The titles of its pieces, in order.
    pub fn titles(&self) -> Vec<&'c str> {
        self.pieces().map(|piece| piece.title).collect()
    }

    /// The photos that its pieces show, in order, some of them twice.
    pub fn photos(&self) -> Vec<&SourcePath> {
        let mut all = Vec::new();
        for piece in self.pieces() {
            let cover = piece.cover.iter().map(|cover| &*cover.asset);
            let shown = piece.body.links.iter().filter_map(|link| match link {
                Target::Asset(asset) => Some(&**asset),
                _ => None,
            });
            let photos = cover.chain(shown).filter(|asset| matches!(asset.kind, AssetKind::Photo(_)));
            all.extend(photos.map(|asset| &asset.source));
        }
        all
    }

    /// All of it for an EPUB.
    pub fn epub(&self) -> super::EpubEdition {
        super::edition::epub(self)
    }

    pub(super) fn pieces(&self) -> impl Iterator<Item = &PieceParts<'c>> {
        self.parts.iter().flat_map(|part| &part.pieces)
    }

    /// When the newest change of a piece in it was made; no clock is asked.
    pub(super) fn changed(&self) -> Option<Stamp> {
        self.pieces().filter_map(|piece| piece.changed).max()
    }
}
