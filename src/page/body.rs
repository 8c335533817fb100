//! Bodies, filled: every slot replaced by what it means at the place where the
//! text is read.
//!
//! [`shared`] leaves pictures and data blocks as parts, for a theme's templates.
//! [`plain`] writes them as HTML of its own, for readers without a theme.

pub(crate) mod blocks;
pub(crate) mod file;
pub(crate) mod links;
pub(crate) mod plain_html;

use crate::markdown::{Block, Link, Segment};
use crate::memo::Key;
use crate::site::AssetKind;
use crate::view::{BlockView, BodyView, FigureView, MediaView, PieceView, Shared};

use crate::html;
use crate::page::body::links::{BodyParts, Place, Target};
use crate::page::body::plain_html as plainly;

/// The body for a template, under the key of what it is made from: a long text
/// need not be hashed once more.
pub(crate) fn shared(parts: &BodyParts<'_>) -> Shared {
    Shared::with(Key::hash_value(parts), &body(parts))
}

fn body(parts: &BodyParts<'_>) -> BodyView {
    whole(pieces(parts))
}

/// The body's parts, to be changed before they are a [`whole`].
pub(crate) fn pieces(parts: &BodyParts<'_>) -> Vec<PieceView> {
    Filler::run(parts)
}

/// The parts of a body as a template sees them.
pub(crate) fn whole(pieces: Vec<PieceView>) -> BodyView {
    let empty = pieces.iter().all(|piece| piece.part.is_none() && piece.html.trim().is_empty());
    BodyView { pieces, empty }
}

/// The body as HTML without classes, for feeds.
pub(crate) fn plain(parts: &BodyParts<'_>) -> String {
    let mut out = String::new();
    for piece in Filler::run(parts) {
        match piece.part {
            Some(part) => plainly::block(&mut out, &part, parts.place.root, &parts.local),
            None => plainly::text(&mut out, &piece.html, parts.place),
        }
    }
    out
}

/// Bytes of HTML that fill a phone's first screen below the title.
const SCREEN: usize = 1_200;

/// A body being filled.
struct Filler<'p, 'c> {
    parts: &'p BodyParts<'c>,
    pieces: Vec<PieceView>,
    /// HTML not yet in `pieces`.
    html: String,
    /// Photos shown so far, those within text left out, and in all.
    photo: usize,
    photos: usize,
    ledgers: usize,
    quizzes: usize,
    /// Whether a picture may be the first thing that a reader sees.
    first: bool,
}

impl<'p, 'c> Filler<'p, 'c> {
    fn run(parts: &'p BodyParts<'c>) -> Vec<PieceView> {
        let mut filler = Self {
            parts,
            pieces: Vec::new(),
            html: String::new(),
            photo: 0,
            photos: count_photos(parts),
            ledgers: 0,
            quizzes: 0,
            first: parts.place.first,
        };
        for piece in &parts.document.get().body.prose.get().pieces {
            filler.add(piece);
        }
        filler.flush();
        filler.pieces
    }

    fn add(&mut self, piece: &Segment) {
        match *piece {
            Segment::Html(ref text) => self.html.push_str(text),
            Segment::Href(n) => self.html.push_str(&self.parts.attributes(n)),
            Segment::Image(n) => self.image(n),
            Segment::Figure(n) => self.figure(n),
            Segment::Media(n) => self.media(n),
            Segment::Block(n) => self.block(n),
        }
    }

    fn link(&self, n: usize) -> Option<&'p Link> {
        self.parts.document.get().body.links.get(n)
    }

    /// A picture within text.
    fn image(&mut self, n: usize) {
        let Some(link) = self.link(n) else { return };
        if let Some(photo) = self.parts.photo(n, None) {
            let lazy = !std::mem::take(&mut self.first);
            let Place { root, elsewhere, largest, .. } = self.parts.place;
            if elsewhere || largest {
                let src = format!("{root}{}", if largest { &photo.full } else { &photo.src });
                plainly::image(&mut self.html, &src, &photo.alt, (photo.width, photo.height), lazy);
            } else {
                plainly::picture(&mut self.html, &photo, root, lazy);
            }
        } else if let Some(Target::External(url)) = self.parts.links.get(n) {
            plainly::image(&mut self.html, url, &link.alt, (0, 0), true);
        } else {
            html::escape_into(&mut self.html, &link.alt);
        }
    }

    /// A picture on its own.
    fn figure(&mut self, n: usize) {
        let Some(link) = self.link(n) else { return };
        if let Some(figure) = self.numbered(n, None) {
            self.part("figure", BlockView::Figure(figure));
        } else if let Some(Target::External(url)) = self.parts.links.get(n) {
            self.html.push_str("<figure class=\"photo\">");
            plainly::image(&mut self.html, url, &link.alt, (0, 0), true);
            html::element(&mut self.html, "figcaption", caption(link));
            self.html.push_str("</figure>\n");
        }
    }

    /// The photo of `links[n]` with its number among the page's photos.
    fn numbered(&mut self, n: usize, credit: Option<&str>) -> Option<FigureView> {
        let photo = self.parts.photo(n, credit)?;
        self.photo += 1;
        let first = std::mem::take(&mut self.first) && self.is_near();
        Some(FigureView { photo, number: self.photo, total: self.photos, first })
    }

    /// Whether there is so little text before this place that a phone shows it
    /// without scrolling.
    fn is_near(&self) -> bool {
        let before: usize = self.pieces.iter().map(|piece| piece.html.len()).sum();
        self.pieces.iter().all(|piece| piece.part.is_none()) && before + self.html.len() < SCREEN
    }

    fn media(&mut self, n: usize) {
        let Some(link) = self.link(n) else { return };
        match self.parts.links.get(n) {
            Some(Target::Asset(asset)) => {
                let AssetKind::Media(mime) = asset.kind else { return };
                let medium = mime.split_once('/').map_or(mime, |(medium, _)| medium);
                let view = MediaView {
                    src: asset.output.to_string(),
                    medium: medium.to_owned(),
                    mime: mime.to_owned(),
                    caption: caption(link).to_owned(),
                    ai: links::notice(asset.ai, &self.parts.local),
                };
                self.part("media", BlockView::Media(view));
            }
            Some(Target::External(url)) => plainly::player(&mut self.html, url, is_sound(url), caption(link)),
            _ => {}
        }
    }

    fn block(&mut self, n: usize) {
        match self.parts.document.get().body.blocks.get(n) {
            Some(Block::Gallery(gallery)) => {
                let shown = |photo: &crate::markdown::GalleryPhoto| {
                    self.numbered(photo.link, photo.credit.as_deref())
                };
                let photos: Vec<FigureView> = gallery.photos.iter().filter_map(shown).collect();
                self.part("gallery", BlockView::Gallery(blocks::gallery(gallery, photos)));
            }
            Some(Block::Timeline(timeline)) => {
                self.part("timeline", BlockView::Timeline(blocks::timeline(timeline, self.parts)));
            }
            Some(Block::Ledger(ledger)) => {
                self.ledgers += 1;
                self.part("ledger", BlockView::Ledger(blocks::ledger(ledger, self.parts, self.ledgers)));
            }
            Some(Block::Figures(figures)) => {
                self.part("figures", BlockView::Figures(blocks::figures(figures)));
            }
            Some(Block::Quiz(quiz)) => {
                self.quizzes += 1;
                self.part("quiz", BlockView::Quiz(blocks::quiz(quiz, self.quizzes)));
            }
            None => return,
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.example = self.parts.document.get().body.examples.contains(&n);
        }
    }

    fn part(&mut self, kind: &'static str, part: BlockView) {
        self.flush();
        self.pieces.push(PieceView { kind, html: String::new(), part: Some(part), example: false });
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            let html = std::mem::take(&mut self.html);
            self.pieces.push(PieceView { kind: "html", html, part: None, example: false });
        }
    }
}

/// What stands under a picture: its title, else its alternative text.
fn caption(link: &Link) -> &str {
    link.title.as_deref().unwrap_or(&link.alt)
}

/// How many photos of this site the body shows, those within text left out.
pub(crate) fn count_photos(parts: &BodyParts<'_>) -> usize {
    let document = parts.document.get();
    let is_photo = |n: usize| matches!(parts.links.get(n), Some(Target::Asset(asset)) if matches!(asset.kind, AssetKind::Photo(_)));
    let in_piece = |piece: &Segment| match *piece {
        Segment::Figure(n) => usize::from(is_photo(n)),
        Segment::Block(n) => match document.body.blocks.get(n) {
            Some(Block::Gallery(gallery)) => {
                gallery.photos.iter().filter(|photo| is_photo(photo.link)).count()
            }
            _ => 0,
        },
        _ => 0,
    };
    document.body.slots().iter().map(in_piece).sum()
}

/// Whether `url` names a sound, by its extension.
fn is_sound(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    [".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac"].iter().any(|end| path.ends_with(end))
}
