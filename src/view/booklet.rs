//! Books that pieces are gathered into: the edition to be printed, and the
//! chapters of the EPUB.

use serde::Serialize;

use super::{
    BodyView, BylineView, Card, CorrectionView, DateView, FigureView, FileView, PageView, QuizItemView,
    Shared, SourceView,
};

/// `booklet.html` at `booklets/<slug>.html`: a whole book on one page, to be
/// printed.
#[derive(Debug, Clone, Serialize)]
pub struct BookletPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// What stands before and after the pieces.
    pub book: BookView,
    /// The pieces, by parts; one part without a title where the book is not
    /// divided.
    pub parts: Vec<BookPart>,
    /// The answers to the pieces' self-tests, for the end.
    pub answers: Vec<BookAnswers>,
}

/// `booklet-chapter.html`: the inside of one chapter of the EPUB. `root` is
/// empty: photos are beside the chapters. Which of `part`, `piece` and
/// `answers` is there is said by `kind`.
#[derive(Debug, Clone, Serialize)]
pub struct BookletChapter {
    /// The column.
    pub site: Shared,
    /// Empty.
    pub root: &'static str,
    /// `title`, `foreword`, `plan`, `part`, `piece` or `answers`.
    pub kind: &'static str,
    /// The book.
    pub book: BookView,
    /// The part that begins here.
    pub part: Option<BookPart>,
    /// The piece.
    pub piece: Option<BookPiece>,
    /// The answers, for `answers`.
    pub answers: Vec<BookAnswers>,
}

/// What a book says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct BookView {
    /// Its title.
    pub title: String,
    /// With `<wbr>` between words.
    pub title_html: String,
    /// May be empty.
    pub subtitle: String,
    /// 编印单位; may be empty.
    pub issuer: String,
    /// 编印日期, where the config gives one.
    pub date: Option<DateView>,
    /// The foreword's paragraphs.
    pub foreword: Vec<String>,
    /// The imprint's lines.
    pub note: Vec<String>,
    /// The study plan: the campaign's phases, where the book has them.
    pub plan: Vec<BookPhase>,
    /// Whether it has parts with titles.
    pub divided: bool,
    /// Pieces in it.
    pub count: usize,
    /// Photos in it, as they are numbered.
    pub photos: usize,
    /// The EPUB, from the root.
    pub epub: String,
    /// The stylesheet with the running heads, from the root.
    pub style: String,
    /// The site's address; empty without a `base_url`.
    pub address: String,
}

/// A phase of the study plan.
#[derive(Debug, Clone, Serialize)]
pub struct BookPhase {
    /// 学习教育.
    pub title: String,
    /// The first day.
    pub start: DateView,
    /// The last day.
    pub end: DateView,
    /// Days, first and last included.
    pub days: i32,
    /// What it is to reach.
    pub goals: Vec<String>,
}

/// A part of a book.
#[derive(Debug, Clone, Serialize)]
pub struct BookPart {
    /// 第一部分; empty where the book is not divided.
    pub number: String,
    /// `part-1`.
    pub id: String,
    /// Its title; empty where the book is not divided.
    pub title: String,
    /// In order.
    pub pieces: Vec<BookPiece>,
}

/// A piece in a book. Its ids are unique in the book, its links lead to pieces
/// of the book where these have what is meant, and its photos are numbered
/// through the book.
#[derive(Debug, Clone, Serialize)]
pub struct BookPiece {
    /// From 1, through all parts.
    pub number: usize,
    /// `piece-3`.
    pub id: String,
    /// Its card, with title, section, date: a [`Card`].
    pub card: Shared,
    /// Who made it; the names lead nowhere.
    pub byline: Vec<BylineView>,
    /// Where the text comes from.
    pub source: Option<SourceView>,
    /// Its summary where the front matter gives one; else empty.
    pub intro: String,
    /// The cover, where the text does not show it itself.
    pub cover: Option<FigureView>,
    /// The text.
    pub body: BodyView,
    /// Where its links lead, for print; empty in the EPUB.
    pub notes: Vec<BookNote>,
    /// Corrections, the newest first.
    pub corrections: Vec<CorrectionView>,
    /// Files that it offers on the site.
    pub files: Vec<FileView>,
    /// 发文单位 (materials); may be empty.
    pub issuer: String,
    /// 文号 (materials); may be empty.
    pub document: String,
    /// 版本 (materials); may be empty.
    pub version: String,
}

/// Where a link of a printed text leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookNote {
    /// From 1, in each piece.
    pub number: usize,
    /// `p3-link-1`; the place in the text is `p3-link-1-at`.
    pub id: String,
    /// The full address, or a path of this site where it has no address.
    pub url: String,
}

/// The answers to one self-test.
#[derive(Debug, Clone, Serialize)]
pub struct BookAnswers {
    /// The number of the piece that has it.
    pub number: usize,
    /// The piece's title.
    pub title: String,
    /// The test's own title; may be empty.
    pub quiz: String,
    /// Where the test stands: `piece-6`, for the EPUB `piece-6.xhtml`.
    pub href: String,
    /// The questions with their answers.
    pub items: Vec<QuizItemView>,
}

/// A book on lists of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletLink {
    /// Its title.
    pub title: String,
    /// May be empty.
    pub subtitle: String,
    /// 编印单位; may be empty.
    pub issuer: String,
    /// The edition to be printed, from the root.
    pub path: String,
    /// The EPUB, from the root.
    pub epub: String,
    /// The name that a download keeps: `学习资料汇编.epub`.
    pub download: String,
    /// Pieces in it.
    pub count: usize,
}

// Named here so that the doc links above resolve.
const _: Option<Card> = None;
