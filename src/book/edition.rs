//! A book for its two readers: on paper, and on an e-book reader.

use std::collections::BTreeMap;

use crate::html::{Whole, rewrite};
use crate::memo::Keyed;
use crate::page::frame::facts::PhaseFacts;
use crate::path::SourcePath;
use crate::photo::Variant;
use crate::site::Asset;
use crate::view::{
    BlockView, BookAnswers, BookPart, BookPhase, BookPiece, BookView, BookletChapter, BookletPage,
    BylineView, FigureView, PhotoView, PieceView, QuizView, TermLink,
};

use crate::book::links::Links;
use crate::book::parts::{BookletParts, PartParts, PieceParts};
use crate::page::article as pieces_of;
use crate::page::body;
use crate::page::body::file;
use crate::page::body::links::Target;
use crate::page::frame::date::Stamp;
use crate::page::frame::head::Head;
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::listing::{cover_view, title_html};

/// What a book is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Paper, by way of one long page.
    Print,
    /// A reader of EPUBs, a file a chapter.
    Epub,
}

impl Medium {
    /// What a heading of a text is called in the book. On the long page the
    /// book's title is above the pieces', so theirs are one step lower.
    pub(crate) fn heading(self, name: &str) -> String {
        let lower = match (self, name) {
            (Self::Print, "h2") => "h3",
            (Self::Print, "h3") => "h4",
            (Self::Print, "h4") => "h5",
            (Self::Print, "h5" | "h6") => "h6",
            (_, name) => name,
        };
        lower.to_owned()
    }
}

/// A whole book for an EPUB.
#[derive(Debug, Clone)]
pub struct EpubEdition {
    /// What it says of itself.
    pub book: BookView,
    /// A BCP 47 tag.
    pub language: String,
    /// Who publishes it.
    pub publisher: String,
    /// What tells it from every other book, whatever changes in it: its
    /// address, or its title and name where the site has no address.
    pub identity: String,
    /// When it last changed, in UTC: `2021-03-19T01:40:00Z`.
    pub modified: String,
    /// In reading order.
    pub chapters: Vec<EpubChapter>,
    /// The photos, by their names in the book.
    pub images: Vec<BookImage>,
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct EpubChapter {
    /// `piece-3.xhtml`.
    pub file: String,
    /// What the contents call it.
    pub title: String,
    /// Whether it stands under the part before it.
    pub inside: bool,
    /// What its template gets.
    pub view: BookletChapter,
}

/// A photo in a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookImage {
    /// `images/x.png`.
    pub name: String,
    /// Its file.
    pub source: SourcePath,
    /// What is made of it.
    pub make: Variant,
}

/// Of the photos in an e-book, as WebP counts.
const QUALITY: u8 = 76;

/// The photos that a book may show and does.
#[derive(Debug, Default)]
pub(crate) struct Images {
    known: BTreeMap<String, (SourcePath, Variant)>,
    used: BTreeMap<String, (SourcePath, Variant)>,
}

impl Images {
    /// The name in the book of the photo that the site publishes at `path`.
    pub(crate) fn take(&mut self, path: &str) -> Option<String> {
        let known = self.known.get(path)?.clone();
        let name = format!("images/{}", path.replace('/', "-"));
        self.used.insert(name.clone(), known);
        Some(name)
    }

    fn learn(&mut self, asset: &Asset) {
        if let Some(make) = crate::site::largest(asset, QUALITY) {
            self.known.insert(asset.output.to_string(), (asset.source.clone(), make));
        }
    }
}

/// The page to be printed.
pub(crate) fn print(parts: &BookletParts<'_>) -> BookletPage {
    let mut binder = Binder::new(parts, Medium::Print);
    let bound = binder.parts();
    let title = parts.book.title.clone();
    let count = parts.pieces().count();
    BookletPage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "booklet",
            description: parts.local.fill("book.description", &[("title", &title), ("n", &count)]),
            title,
            path: parts.own,
            ..Head::default()
        }),
        book: book(parts, binder.photos),
        parts: bound,
        answers: binder.answers,
    }
}

/// The book for an EPUB.
pub(crate) fn epub(parts: &BookletParts<'_>) -> EpubEdition {
    let mut binder = Binder::new(parts, Medium::Epub);
    let bound = binder.parts();
    let facts = parts.frame.facts.get();
    let book = book(parts, binder.photos);
    let divided = book.divided;
    let mut chapters = Chapters { parts, book: &book, all: Vec::new() };
    chapters.add("title", "book.title_page", |_| {});
    if !book.foreword.is_empty() {
        chapters.add("foreword", "book.foreword", |_| {});
    }
    if !book.plan.is_empty() {
        chapters.add("plan", "book.plan", |_| {});
    }
    for part in bound {
        if divided {
            let title = format!("{}　{}", part.number, part.title);
            chapters.named(&part.id.clone(), "part", &title, false, |view| view.part = Some(part.clone()));
        }
        for piece in part.pieces {
            let title = title_of(parts, piece.number);
            chapters.named(&piece.id.clone(), "piece", title, divided, |view| view.piece = Some(piece));
        }
    }
    if !binder.answers.is_empty() {
        chapters.add("answers", "book.answers", |view| view.answers.clone_from(&binder.answers));
    }
    let chapters = chapters.all;
    EpubEdition {
        language: facts.language.clone(),
        publisher: if book.issuer.is_empty() { facts.publisher.clone() } else { book.issuer.clone() },
        identity: facts.url(parts.own).unwrap_or_else(|| format!("{} {}", facts.title, parts.own)),
        modified: modified(parts),
        chapters,
        images: binder
            .images
            .used
            .into_iter()
            .map(|(name, (source, make))| BookImage { name, source, make })
            .collect(),
        book,
    }
}

/// 第二部分.
fn part_number(local: &Local, number: usize) -> String {
    local.fill("book.part", &[("numeral", &labels::han_number(number)), ("n", &number)])
}

fn title_of<'c>(parts: &BookletParts<'c>, number: usize) -> &'c str {
    number.checked_sub(1).and_then(|at| parts.pieces().nth(at)).map_or("", |piece| piece.title)
}

/// The moment of the newest change; a book of undated pieces has the date that
/// it gives itself, or the beginning of the calendar of computers.
fn modified(parts: &BookletParts<'_>) -> String {
    let given = parts.book.date.map(Stamp::of_day);
    let moment = parts.changed().max(given);
    let instant = moment.and_then(|stamp| parts.local.zone.to_timestamp(stamp.0.civil).ok());
    instant.unwrap_or(jiff::Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The chapters of an EPUB as they are added.
struct Chapters<'p, 'c> {
    parts: &'p BookletParts<'c>,
    book: &'p BookView,
    all: Vec<EpubChapter>,
}

impl Chapters<'_, '_> {
    /// One that the theme has a word for.
    fn add(&mut self, kind: &'static str, word: &str, fill: impl FnOnce(&mut BookletChapter)) {
        self.named(kind, kind, &self.parts.local.text(word), false, fill);
    }

    fn named(
        &mut self,
        name: &str,
        kind: &'static str,
        title: &str,
        inside: bool,
        fill: impl FnOnce(&mut BookletChapter),
    ) {
        let mut view = BookletChapter {
            site: self.parts.frame.site.clone(),
            root: "",
            kind,
            book: self.book.clone(),
            part: None,
            piece: None,
            answers: Vec::new(),
        };
        fill(&mut view);
        self.all.push(EpubChapter { file: format!("{name}.xhtml"), title: title.to_owned(), inside, view });
    }
}

fn book(parts: &BookletParts<'_>, photos: usize) -> BookView {
    let book = parts.book;
    let phase = |phase: &Keyed<'_, PhaseFacts>| BookPhase {
        title: phase.link.title.clone(),
        start: Stamp::of_day(phase.start).view(&parts.local),
        end: Stamp::of_day(phase.end).view(&parts.local),
        days: phase.days(),
        goals: phase.goals.clone(),
    };
    BookView {
        title: book.title.clone(),
        title_html: title_html(&crate::text::words(&book.title), &book.title),
        subtitle: book.subtitle.clone(),
        issuer: book.issuer.clone(),
        date: book.date.map(|day| Stamp::of_day(day).view(&parts.local)),
        foreword: book.foreword.clone(),
        note: book.note.clone(),
        plan: parts.phases.iter().map(phase).collect(),
        divided: parts.parts.iter().any(|part| !part.title.is_empty()),
        count: parts.pieces().count(),
        photos,
        epub: parts.epub.to_owned(),
        style: parts.style.to_owned(),
        address: parts.frame.facts.base_url.clone().unwrap_or_default(),
    }
}

/// A book being bound: what is numbered through all of it.
struct Binder<'p, 'c> {
    parts: &'p BookletParts<'c>,
    medium: Medium,
    places: BTreeMap<&'p str, usize>,
    images: Images,
    piece: usize,
    /// Photos so far, and in all.
    photo: usize,
    photos: usize,
    answers: Vec<BookAnswers>,
}

impl<'p, 'c> Binder<'p, 'c> {
    fn new(parts: &'p BookletParts<'c>, medium: Medium) -> Self {
        let mut images = Images::default();
        for piece in parts.pieces() {
            for link in &piece.body.links {
                if let Target::Asset(asset) = link {
                    images.learn(asset);
                }
            }
            piece.cover.iter().for_each(|cover| images.learn(&cover.asset));
        }
        let photos = |piece: &PieceParts<'_>| {
            let cover = piece
                .cover
                .is_some_and(|cover| cover_view(&piece.body.document, cover, &parts.local).is_some());
            body::count_photos(&piece.body) + usize::from(cover)
        };
        Self {
            places: parts.pieces().zip(1..).map(|(piece, number)| (piece.path, number)).collect(),
            photos: parts.pieces().map(photos).sum(),
            parts,
            medium,
            images,
            piece: 0,
            photo: 0,
            answers: Vec::new(),
        }
    }

    fn parts(&mut self) -> Vec<BookPart> {
        let parts = self.parts;
        let divided = parts.parts.iter().any(|part| !part.title.is_empty());
        let part = |(part, number): (&'p PartParts<'c>, usize)| BookPart {
            number: if divided { part_number(&parts.local, number) } else { String::new() },
            id: format!("part-{number}"),
            title: part.title.to_owned(),
            pieces: part.pieces.iter().map(|piece| self.piece(piece)).collect(),
        };
        parts.parts.iter().zip(1..).map(part).collect()
    }

    fn piece(&mut self, piece: &PieceParts<'_>) -> BookPiece {
        self.piece += 1;
        let number = self.piece;
        let document = piece.body.document.get();
        let front = &document.front;
        let cover = piece.cover.and_then(|cover| cover_view(document, cover, &piece.body.local));
        let cover = cover.and_then(|photo| self.figure(photo));
        let base = self.parts.frame.facts.base_url.clone();
        let places = std::mem::take(&mut self.places);
        let mut images = std::mem::take(&mut self.images);
        let local = piece.body.local.get();
        let mut links = Links::new(self.medium, number, &places, base.as_deref(), &mut images, local);
        let mut parts = body::pieces(&piece.body);
        for part in &mut parts {
            part.html = rewrite(&part.html, &mut links, Whole::Part);
            if let Some(block) = &mut part.part {
                block_links(block, &links);
            }
        }
        let notes = links.notes;
        (self.places, self.images) = (places, images);
        self.number_photos(&mut parts);
        self.collect_answers(piece, &parts);
        BookPiece {
            number,
            id: format!("piece-{number}"),
            card: piece.card.clone(),
            byline: byline(document)
                .into_iter()
                .chain(pieces_of::ai_line(front, &piece.body.local))
                .collect(),
            source: pieces_of::source(&piece.body),
            intro: front.summary.clone().unwrap_or_default(),
            cover,
            body: body::whole(parts),
            notes,
            corrections: pieces_of::corrections(&piece.body),
            files: piece
                .files
                .iter()
                .map(|(asset, name)| file::view(asset, name, &piece.body.local))
                .collect(),
            issuer: front.issuer.clone().unwrap_or_default(),
            document: front.number.as_ref().map(|number| number.value.clone()).unwrap_or_default(),
            version: front.version.clone().unwrap_or_default(),
        }
    }

    /// `photo` with its number in the book.
    fn figure(&mut self, mut photo: PhotoView) -> Option<FigureView> {
        self.photo += 1;
        photo.src = match self.medium {
            Medium::Epub => self.images.take(&photo.full)?,
            Medium::Print => photo.full.clone(),
        };
        Some(FigureView { photo, number: self.photo, total: self.photos, first: false })
    }

    fn number_photos(&mut self, parts: &mut [PieceView]) {
        for part in parts {
            match &mut part.part {
                Some(BlockView::Figure(figure)) => self.renumber(figure),
                Some(BlockView::Gallery(gallery)) => {
                    gallery.photos.iter_mut().for_each(|figure| self.renumber(figure));
                }
                _ => {}
            }
        }
    }

    fn renumber(&mut self, figure: &mut FigureView) {
        if let Some(numbered) = self.figure(figure.photo.clone()) {
            *figure = numbered;
        }
    }

    fn collect_answers(&mut self, piece: &PieceParts<'_>, parts: &[PieceView]) {
        let quizzes = parts.iter().filter_map(|part| match &part.part {
            Some(BlockView::Quiz(quiz)) => Some(quiz),
            _ => None,
        });
        let answers = |quiz: &QuizView| BookAnswers {
            number: self.piece,
            title: piece.title.to_owned(),
            quiz: quiz.title.clone(),
            href: match self.medium {
                Medium::Print => format!("#piece-{}", self.piece),
                Medium::Epub => format!("piece-{}.xhtml", self.piece),
            },
            items: quiz.items.clone(),
        };
        let answers: Vec<BookAnswers> = quizzes.map(answers).collect();
        self.answers.extend(answers);
    }
}

/// The ids and links of a block, as they are in the book.
fn block_links(block: &mut BlockView, links: &Links<'_>) {
    match block {
        BlockView::Timeline(timeline) => {
            for item in &mut timeline.items {
                item.link = item.link.as_ref().and_then(|link| links.block(link));
            }
        }
        BlockView::Ledger(ledger) => {
            for item in &mut ledger.items {
                item.id = links.id(&item.id);
                item.link = item.link.as_ref().and_then(|link| links.block(link));
            }
        }
        BlockView::Quiz(quiz) => quiz.id = links.id(&quiz.id),
        BlockView::Media(media) => {
            if let Some(address) = links.address(&media.src) {
                media.src = address;
            }
        }
        BlockView::Figure(_) | BlockView::Gallery(_) | BlockView::Figures(_) => {}
    }
}

/// The roles as written; in a book the names lead nowhere.
fn byline(document: &crate::document::Document) -> Vec<BylineView> {
    let lines = document.front.byline.iter();
    let person = |name: &str| TermLink { title: name.to_owned(), path: String::new() };
    lines
        .map(|line| BylineView {
            role: line.role.clone(),
            people: line.names.iter().map(|name| person(&name.value)).collect(),
        })
        .collect()
}
