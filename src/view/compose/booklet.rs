//! Books that pieces are gathered into: what they are made from, and the page
//! to be printed. The EPUB is made from the same parts by the room `booklet`.

mod edition;
mod links;

use serde::Serialize;

use crate::config;
use crate::path::SourcePath;
use crate::site::{Article, ArticleId, Asset, AssetKind, Site};
use crate::view::shared::Keyed;
use crate::view::{BookletLink, Shared};

use super::body::{BodyParts, Place, Target};
use super::column::Column;
use super::date::Stamp;
use super::facts::PhaseFacts;
use super::head::Frame;
use super::listing::Cover;
use super::page::{Page, View};

pub use edition::{BookImage, EpubChapter, EpubEdition};

/// A book before it is made: everything that it is made from, borrowed. Its
/// `Serialize` is for keys alone.
#[derive(Debug, Serialize)]
pub struct BookletParts<'c> {
    frame: Frame<'c>,
    book: &'c config::Booklet,
    /// `booklets/x.html`.
    own: &'c str,
    /// `booklets/x.epub`.
    epub: &'c str,
    /// `booklets/x.css`.
    style: &'c str,
    phases: Vec<Keyed<'c, PhaseFacts>>,
    parts: Vec<PartParts<'c>>,
    zone: Keyed<'c, jiff::tz::TimeZone>,
}

#[derive(Debug, Serialize)]
struct PartParts<'c> {
    title: &'c str,
    pieces: Vec<PieceParts<'c>>,
}

/// What a piece in a book is made from.
#[derive(Debug, Serialize)]
struct PieceParts<'c> {
    card: &'c Shared,
    title: &'c str,
    path: &'c str,
    body: BodyParts<'c>,
    changed: Option<Stamp>,
    /// The cover, where the text does not show it itself.
    cover: Option<Cover<'c>>,
    files: Vec<(Keyed<'c, Asset>, &'c str)>,
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
        zone: index.zone(),
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
pub(super) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let page = |booklet: &'c crate::site::Booklet| {
        let parts = parts(column, booklet)?;
        let (path, changed) = (booklet.route.output().clone(), parts.changed());
        Some(Page::new(path, "booklet.html", parts, view).listed(changed))
    };
    column.site().booklets.iter().filter_map(page).collect()
}

fn view(parts: &BookletParts<'_>) -> View {
    View::Booklet(edition::print(parts))
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
    pub fn epub(&self) -> EpubEdition {
        edition::epub(self)
    }

    fn pieces(&self) -> impl Iterator<Item = &PieceParts<'c>> {
        self.parts.iter().flat_map(|part| &part.pieces)
    }

    /// When the newest change of a piece in it was made; no clock is asked.
    fn changed(&self) -> Option<Stamp> {
        self.pieces().filter_map(|piece| piece.changed).max()
    }
}

/// The books as lists of the site show them.
pub(super) fn links(site: &Site) -> Vec<BookletLink> {
    let link = |booklet: &crate::site::Booklet| {
        let book = site.config.booklets.get(booklet.config)?;
        Some(BookletLink {
            title: book.title.clone(),
            subtitle: book.subtitle.clone(),
            issuer: book.issuer.clone(),
            path: booklet.route.to_string(),
            epub: booklet.epub.to_string(),
            download: format!("{}.epub", book.title),
            count: booklet.parts.iter().map(|part| part.items.len()).sum(),
        })
    };
    site.booklets.iter().filter_map(link).collect()
}
