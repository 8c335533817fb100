//! Pages that list pieces.

use serde::Serialize;

use super::{
    BodyView, BookletLink, Card, DateView, FiguresView, LedgerView, PageView, PhaseView, PhotoView, Shared,
    TermLink, Today,
};

/// `home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The build's date in the campaign.
    pub today: Today,
    /// How much there is.
    pub counts: Counts,
    /// The lead story: the newest pinned piece with a cover, else the newest
    /// with a cover, else the newest: a [`Card`].
    pub lead: Option<Shared>,
    /// Pinned and newest pieces beside it, the lead not among them: [`Card`]s.
    pub side: Vec<Shared>,
    /// The figures to show: of the newest piece that has a block `figures`.
    pub figures: Option<FiguresView>,
    /// Sections with their newest pieces.
    pub bands: Vec<Band>,
    /// The newest photos of photo stories: [`PhotoTile`]s.
    pub photos: Vec<Shared>,
    /// The newest ledger.
    pub ledger: Option<LedgerEntry>,
    /// The newest files of the library: [`MaterialRow`]s.
    pub materials: Vec<Shared>,
    /// The current phase, else the next, with the newest three that have come of
    /// the events that timelines tell; `null` without phases and after the last.
    pub current: Option<PhaseView>,
}

/// How much the column has.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Pieces of every kind but pages.
    pub articles: usize,
    /// Photo stories.
    pub stories: usize,
    /// Materials.
    pub materials: usize,
}

/// A section on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    /// The section.
    pub section: TermLink,
    /// `article`, `story`, `material` or `page`.
    pub kind: String,
    /// Its newest pieces, those above not repeated: [`Card`]s.
    pub items: Vec<Shared>,
}

/// `section.html`, each page of it.
#[derive(Debug, Clone, Serialize)]
pub struct SectionPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The section's name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its kind.
    pub kind: String,
    /// Pieces in all.
    pub count: usize,
    /// The introduction `index.md`, on the first page: a [`BodyView`].
    pub intro: Option<Shared>,
    /// On the first page of a section of materials: the column's books.
    pub booklets: Vec<BookletLink>,
    /// The page's pieces, by month where the order is by date; else one group
    /// without a name. Pinned pieces stand in a group without a name before the
    /// first month.
    pub months: Vec<MonthGroup>,
    /// Where this page stands.
    pub pager: Pager,
}

/// Pieces of one month.
#[derive(Debug, Clone, Serialize)]
pub struct MonthGroup {
    /// 3月; empty for a group without a name.
    pub title: String,
    /// 2021; 0 for a group without a name.
    pub year: i16,
    /// Pieces of this month in the whole list.
    pub count: usize,
    /// [`Card`]s.
    pub items: Vec<Shared>,
}

/// The pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// From 1.
    pub number: usize,
    /// How many there are, at least 1.
    pub total: usize,
    /// The page before, from the root; empty on the first.
    pub previous: String,
    /// The page after, from the root; empty on the last.
    pub next: String,
    /// All pages, from the root; the first is `pages[0]`.
    pub pages: Vec<String>,
}

/// `terms.html`: `topics/index.html`, `units/index.html`, `people/index.html`,
/// `series/index.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TermsPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// `topics`, `units`, `people` or `series`.
    pub taxonomy: String,
    /// 主题.
    pub title: String,
    /// Terms that have pieces; topics and people by count, units and series in
    /// their order.
    pub terms: Vec<TermEntry>,
    /// Units: the weeks that have pieces or lie between, or the months where
    /// it would be more than sixteen weeks; the last 24. Others: empty.
    pub periods: Vec<Period>,
    /// The most pieces of a unit in one of the periods.
    pub most: usize,
}

/// A week or a month.
#[derive(Debug, Clone, Serialize)]
pub struct Period {
    /// 3月8日 (a week, by its Monday), 3月.
    pub title: String,
    /// 2021年3月8日起的一周, 2021年3月.
    pub long: String,
}

/// A term on a list.
#[derive(Debug, Clone, Serialize)]
pub struct TermEntry {
    /// Its name.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Pieces.
    pub count: usize,
    /// The newest piece.
    pub latest: Option<Title>,
    /// Units: pieces by period. Others: empty.
    pub counts: Vec<usize>,
}

/// `term.html`: a topic, unit, phase, person or series, each page of it.
#[derive(Debug, Clone, Serialize)]
pub struct TermPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// `topics`, `units`, `phases`, `people` or `series`.
    pub taxonomy: String,
    /// 主题, 单位, 阶段, 署名, 系列.
    pub taxonomy_title: String,
    /// The term's name.
    pub title: String,
    /// A phase's goals and dates, as text; else empty.
    pub description: String,
    /// Pieces in all.
    pub count: usize,
    /// The page's pieces by month; a series is one group in its order.
    pub months: Vec<MonthGroup>,
    /// Where this page stands.
    pub pager: Pager,
}

/// `archive.html` at `archive/index.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ArchivePage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The newest first.
    pub years: Vec<ArchiveYear>,
    /// Pieces in all.
    pub count: usize,
    /// Books that pieces are gathered into.
    pub booklets: Vec<BookletLink>,
}

/// A year.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveYear {
    /// 2021.
    pub year: i16,
    /// Pieces.
    pub count: usize,
    /// The newest first.
    pub months: Vec<ArchiveMonth>,
}

/// A month.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveMonth {
    /// 1 to 12.
    pub month: i8,
    /// Its page.
    pub path: String,
    /// Pieces.
    pub count: usize,
    /// Its titles, where the whole column has few; else none.
    pub items: Vec<Title>,
}

/// `month.html` at `archive/2021-03.html`: titles only.
#[derive(Debug, Clone, Serialize)]
pub struct MonthPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// 2021年3月.
    pub title: String,
    /// The newest first.
    pub items: Vec<Title>,
    /// The month before that has pieces.
    pub previous: Option<TermLink>,
    /// The month after that has pieces.
    pub next: Option<TermLink>,
}

/// A piece as a bare title.
#[derive(Debug, Clone, Serialize)]
pub struct Title {
    /// The title.
    pub title: String,
    /// The title with `<wbr>` between its words.
    pub title_html: String,
    /// From the root.
    pub path: String,
    /// 3月19日.
    pub day: String,
    /// `2021-03-19`.
    pub date: String,
    /// The section's title.
    pub section: String,
}

/// `materials.html`: the library.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialsPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// One row a file, the newest first: [`MaterialRow`]s.
    pub rows: Vec<Shared>,
    /// The types that occur, with counts: `PDF`, 3.
    pub kinds: Vec<(String, usize)>,
    /// The topics that occur, with counts, the most frequent first.
    pub topics: Vec<(String, usize)>,
    /// The issuers that occur, with counts, the most frequent first.
    pub issuers: Vec<(String, usize)>,
    /// The years that occur, with counts, the newest first.
    pub years: Vec<(String, usize)>,
    /// All files together: `5.1 MB`.
    pub total_size: String,
    /// Books that pieces are gathered into.
    pub booklets: Vec<BookletLink>,
}

/// A file in the library.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialRow {
    /// The material's title; with the file's own name where it has several.
    pub title: String,
    /// The material's page.
    pub path: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// The file.
    pub file: super::FileView,
    /// 发文单位; may be empty.
    pub issuer: String,
    /// 文号, the year in 〔 〕; may be empty.
    pub number: String,
    /// 版本; may be empty.
    pub version: String,
    /// Whether another material replaces it.
    pub replaced: bool,
    /// The topics' titles.
    pub topics: Vec<String>,
    /// The phase's title; may be empty.
    pub phase: String,
}

/// `photos.html` and `photos-page-2.html` …: the photo wall.
#[derive(Debug, Clone, Serialize)]
pub struct PhotosPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The newest first.
    pub months: Vec<PhotoMonth>,
    /// Photos in all.
    pub count: usize,
    /// Where this page stands.
    pub pager: Pager,
    /// Photo stories, on the first page: [`Card`]s, the newest first.
    pub stories: Vec<Shared>,
}

/// Photos of a month.
#[derive(Debug, Clone, Serialize)]
pub struct PhotoMonth {
    /// 2021年3月.
    pub title: String,
    /// The newest first; each photo once: [`PhotoTile`]s.
    pub photos: Vec<Shared>,
}

/// A photo and the piece that shows it.
#[derive(Debug, Clone, Serialize)]
pub struct PhotoTile {
    /// The photo.
    pub photo: PhotoView,
    /// The piece's title and page.
    pub article: TermLink,
}

/// `ledger.html`.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// All ledgers of published pieces that are not page kind, the newest
    /// first.
    pub entries: Vec<LedgerEntry>,
}

/// A ledger and the piece that shows it.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerEntry {
    /// The ledger.
    pub ledger: LedgerView,
    /// The piece.
    pub article: TermLink,
    /// The piece's summary.
    pub summary: String,
}

/// `404.html`. It has no fixed place, so `root` is the base URL's path, or
/// empty without one.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundPage {
    /// The column.
    pub site: Shared,
    /// The path of `base_url`.
    pub root: String,
    /// The page.
    pub page: PageView,
    /// The newest three: [`Card`]s.
    pub latest: Vec<Shared>,
}

/// `redirect.html`: a former address.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// Where it went, relative to this page.
    pub target: String,
    /// The piece's title.
    pub title: String,
}

// Named here so that the doc links above resolve.
const _: Option<(&Card, &BodyView)> = None;
