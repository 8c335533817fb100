//! A piece as lists show it.

use serde::Serialize;

use super::PhotoView;

/// A piece on a list: built once, shared by all pages that show it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Plain.
    pub title: String,
    /// With `<wbr>` between words.
    pub title_html: String,
    /// How wide the title is, in Chinese characters: a letter is half of one.
    pub title_length: usize,
    /// May be empty.
    pub subtitle: String,
    /// From the root.
    pub path: String,
    /// `article`, `story`, `material` or `page`.
    pub kind: String,
    /// The section; its title is empty for a page outside the sections.
    pub section: TermLink,
    /// `null` for a piece without a date.
    pub date: Option<DateView>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The cover, or the first photo of the text.
    pub cover: Option<PhotoView>,
    /// The phase and the day in it on which the piece appeared.
    pub phase: Option<PhaseDay>,
    /// Whether it stands above the others.
    pub pinned: bool,
    /// 汉字 and Latin words.
    pub words: u32,
    /// Minutes to read it, at least 1.
    pub minutes: u32,
    /// Photos in it.
    pub photos: u32,
    /// Questions of its quizzes.
    pub questions: usize,
    /// For materials: the type mark of the first file (`PDF`), else empty.
    pub file_kind: String,
    /// For materials: the size of the first file (`2.4 MB`), else empty.
    pub file_size: String,
    /// Bylines as one text: 本报记者 薛宏冰; may be empty.
    pub byline: String,
    /// In a preview: `draft`, `scheduled`, `expired`; else empty.
    pub state: String,
}

/// A moment in the column's zone, in the forms that pages use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// RFC 3339 with the zone's offset.
    pub iso: String,
    /// `2021-03-19`.
    pub date: String,
    /// `2021-03-19 09:40`; without the time where none was written.
    pub full: String,
    /// 3月19日.
    pub day: String,
    /// 2021年3月19日.
    pub long: String,
    /// 星期五.
    pub weekday: String,
    /// 2021.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

/// The phase a piece belongs to.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseDay {
    /// 学习教育.
    pub title: String,
    /// The phase's page.
    pub path: String,
    /// From 1; 0 where the piece's date lies outside the phase.
    pub day: i32,
    /// Days of the phase.
    pub days: i32,
    /// Where the day lies on the whole phase line, in thousandths.
    pub mark: i32,
}

/// A term or section, as a piece names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TermLink {
    /// The name.
    pub title: String,
    /// Its page from the root; empty where it has none.
    pub path: String,
}
