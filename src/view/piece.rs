//! A piece's own page.

use serde::Serialize;

use super::{BodyView, Card, DateView, Json, LinkView, PageView, PhotoView, Shared, TermLink, Title};

/// `article.html`, `story.html`, `material.html` and `page.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ArticlePage {
    /// The column: a [`super::SiteView`].
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The piece's own card: a [`Card`], with title, section, date, phase.
    pub card: Shared,
    /// The body: a [`BodyView`].
    pub body: Shared,
    /// In the order written.
    pub byline: Vec<BylineView>,
    /// Where the text comes from.
    pub source: Option<SourceView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// Corrections, the newest first.
    pub corrections: Vec<CorrectionView>,
    /// Its summary where the front matter gives one, for the intro; else empty.
    pub intro: String,
    /// The cover, where the text does not show it itself.
    pub cover: Option<PhotoView>,
    /// Headings of level 2 and 3.
    pub outline: Vec<OutlineView>,
    /// The topics.
    pub topics: Vec<TermLink>,
    /// The units.
    pub units: Vec<TermLink>,
    /// The series it belongs to.
    pub series: Option<SeriesView>,
    /// The piece before it in its section (earlier in time).
    pub previous: Option<Neighbour>,
    /// The piece after it in its section (later in time).
    pub next: Option<Neighbour>,
    /// Other pieces on the same matters: [`Card`]s.
    pub related: Vec<Shared>,
    /// Files that it offers (materials).
    pub files: Vec<FileView>,
    /// 发文单位 (materials); may be empty.
    pub issuer: String,
    /// 文号 (materials), the year in 〔 〕; may be empty.
    pub number: String,
    /// 版本 (materials); may be empty.
    pub version: String,
    /// All versions of a material, the current one first; empty where there is
    /// but one.
    pub versions: Vec<VersionView>,
    /// How the first of its files begins that has a text.
    pub preview: Option<PreviewView>,
    /// Pieces that link to the material or its files, the newest first.
    pub cited: Vec<Title>,
    /// Whatever else the front matter's `extra` holds.
    pub extra: Json,
    /// The page's address as a QR code; `null` without a `base_url`.
    pub qr: Option<QrView>,
}

/// A QR code, drawn with lines of one module's width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QrView {
    /// The width and height in modules, the quiet zone of four around it
    /// included.
    pub size: usize,
    /// `d` of an SVG `<path>` to be stroked black on white.
    pub path: String,
}

/// One role of a byline.
#[derive(Debug, Clone, Serialize)]
pub struct BylineView {
    /// 本报记者.
    pub role: String,
    /// The people.
    pub people: Vec<TermLink>,
}

/// Where a text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its name.
    pub name: String,
    /// Its address; may be empty.
    pub url: String,
    /// When it was published there.
    pub date: Option<DateView>,
}

/// A correction.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// When.
    pub date: DateView,
    /// What was and what is.
    pub text: String,
}

/// A heading.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineView {
    /// 2 or 3.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// The piece's place in a series.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesView {
    /// The series' title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// From 1.
    pub number: usize,
    /// How many pieces it has.
    pub total: usize,
    /// All pieces, in order.
    pub items: Vec<TermLink>,
}

/// A version of a material.
#[derive(Debug, Clone, Serialize)]
pub struct VersionView {
    /// Its title.
    pub title: String,
    /// From the root.
    pub path: String,
    /// 第二版; may be empty.
    pub version: String,
    /// 3月19日; may be empty.
    pub day: String,
    /// `2021-03-19`; may be empty.
    pub date: String,
    /// Whether it is this page.
    pub own: bool,
}

/// How a file begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewView {
    /// The file's name.
    pub name: String,
    /// Its first paragraphs, at least one. Cells of a table are separated by
    /// tabs.
    pub paragraphs: Vec<String>,
}

/// The piece before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// Its title.
    pub title: String,
    /// The title with `<wbr>` between its words.
    pub title_html: String,
    /// From the root.
    pub path: String,
    /// 3月19日; may be empty.
    pub day: String,
    /// `2021-03-19`; may be empty.
    pub date: String,
}

/// A file that is offered.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// The name shown, its extension included.
    pub name: String,
    /// From the root, ASCII.
    pub path: String,
    /// The name that a download keeps: `学习资料汇编.pdf`.
    pub download: String,
    /// `PDF`, `DOC`, `XLS`, `PPT`, `TXT`, `ZIP`, `图片` or the extension.
    pub kind: String,
    /// `2.4 MB`.
    pub size: String,
    /// Bytes.
    pub bytes: u64,
    /// Pages; 0 where they are not known.
    pub pages: u32,
    /// SHA-256 in hexadecimal; may be empty.
    pub sha256: String,
}

// Named here so that the doc links above resolve.
const _: Option<(&Card, &BodyView, &LinkView)> = None;
