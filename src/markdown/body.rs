//! A body: finished HTML between slots for links, photos and data blocks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::prose::Prose;

use crate::diagnostic::YamlFault;
use crate::text::{At, Span};
use crate::yaml::Period;

/// The body of one Markdown file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Its HTML and its plain text, which may still have to be made.
    pub prose: Prose,
    /// What [`Segment::Href`], [`Segment::Figure`], [`Segment::Image`] and
    /// [`Segment::Media`] point to, in document order.
    pub links: Vec<Link>,
    /// What [`Segment::Block`] points to, in document order.
    pub blocks: Vec<Block>,
    /// Which of `blocks` their author labelled as examples, ascending.
    pub examples: Vec<usize>,
    /// The headings, in document order.
    pub outline: Vec<Heading>,
    /// Every id that the HTML defines (headings, footnotes, raw HTML), sorted.
    pub anchors: Vec<String>,
    /// How much there is.
    pub footprint: Footprint,
    /// The first paragraphs cut at a sentence's end, at most about 110
    /// characters, for lists; empty where there is no prose.
    pub summary: String,
    /// The text of the first level-1 heading and its place, for a title where
    /// the front matter gives none.
    pub first_heading: Option<At<String>>,
}

impl Body {
    /// Its parts in order, of which the HTML may be absent: for who asks only
    /// what stands between.
    pub fn slots(&self) -> &[Segment] {
        self.prose.slots()
    }

    /// The blocks that count among the column's own: pages that collect from
    /// all pieces leave examples out.
    pub fn collected(&self) -> impl Iterator<Item = &Block> {
        let counts = |(at, _): &(usize, &Block)| !self.examples.contains(at);
        self.blocks.iter().enumerate().filter(counts).map(|(_, block)| block)
    }
}

/// A part of a body.
///
/// `Html` pieces need not be balanced: a photo inside a block quote stands
/// between `<blockquote>` and `</blockquote>`. Their concatenation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Segment {
    /// Finished HTML.
    Html(String),
    /// The attributes of an `<a>` whose target is `links[n]`: what fills it
    /// writes ` href="…"` and more (`download`, `rel`), with the leading space,
    /// or nothing where the target is broken. Links out of the site come this
    /// way too.
    Href(usize),
    /// An image alone in its paragraph, `links[n]`: becomes a `<figure>`.
    Figure(usize),
    /// An image within text, `links[n]`: becomes an `<img>`.
    Image(usize),
    /// A video or sound file in image syntax and alone in its paragraph,
    /// `links[n]`: becomes a player. Within text it is a link.
    Media(usize),
    /// The data block `blocks[n]`.
    Block(usize),
}

/// A link or image as written, whose target may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The destination with Markdown's escapes resolved, and for a relative
    /// path with percent-encoding undone but for `%23` and `%3F`:
    /// `../photos/会场.png`, `x.md#目标`, `https://…`, `#anchor`.
    pub target: String,
    /// Where the destination stands.
    pub span: Span,
    /// For images the alternative text (plain), else empty.
    pub alt: String,
    /// The title, if any; for images it is the caption.
    pub title: Option<String>,
}

impl Link {
    /// What stands under an image: its title, else its alternative text; may be
    /// empty.
    pub fn caption(&self) -> &str {
        let title = self.title.as_deref().filter(|title| !title.trim().is_empty());
        title.unwrap_or(&self.alt).trim()
    }

    /// What to call it: its caption, else where it leads.
    pub fn name(&self) -> &str {
        Some(self.caption()).filter(|caption| !caption.is_empty()).unwrap_or(&self.target)
    }
}

/// How much there is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Footprint {
    /// 汉字 plus Latin words and numbers.
    pub words: u32,
    /// Photos, galleries included.
    pub photos: u32,
}

/// A heading of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in its document; Chinese kept.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A data block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// Photos side by side.
    Gallery(Gallery),
    /// Dated events.
    Timeline(Timeline),
    /// Opinions collected and answered (台账).
    Ledger(Ledger),
    /// Numbers worth showing large.
    Figures(Figures),
    /// A self-test.
    Quiz(Quiz),
}

/// Photos side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gallery {
    /// Shown above it.
    pub title: Option<String>,
    /// `grid` (default), `wide` or `pairs`.
    pub layout: String,
    /// In the order written.
    pub photos: Vec<GalleryPhoto>,
}

/// A photo of a gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GalleryPhoto {
    /// Index into [`Body::links`]; its `title` is the caption.
    pub link: usize,
    /// Who took or drew it.
    pub credit: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// Dated events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timeline {
    /// Shown above it.
    pub title: Option<String>,
    /// By date, then in the order written.
    pub items: Vec<TimelineItem>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// The day, the month, or several of them.
    pub date: EventDate,
    /// What happened.
    pub title: String,
    /// More on it.
    pub text: Option<String>,
    /// Index into [`Body::links`].
    pub link: Option<usize>,
}

/// When something happened: a day, a month, or several of them in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventDate {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Whether months were written, not days.
    pub by_month: bool,
}

impl From<Period> for EventDate {
    fn from(Period { start, end, by_month }: Period) -> Self {
        Self { start, end, by_month }
    }
}

impl std::str::FromStr for EventDate {
    type Err = YamlFault;

    fn from_str(text: &str) -> Result<Self, YamlFault> {
        text.parse().map(|period: Period| period.into())
    }
}

/// Opinions collected and answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Whether a total or an item could not be read, so that nothing adds up.
    pub is_unread: bool,
    /// Shown above it.
    pub title: Option<String>,
    /// The day that the figures are of.
    pub as_of: Option<Date>,
    /// How many were collected: as given, else the number of items.
    pub collected: u32,
    /// How many were answered: as given, else counted; at most `collected`.
    pub answered: u32,
    /// A remark below.
    pub note: Option<String>,
    /// By number; may be empty where only totals are known.
    pub items: Vec<LedgerItem>,
}

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerItem {
    /// From 1.
    pub number: u32,
    /// What was asked or proposed.
    pub question: String,
    /// Where it was raised.
    pub from: Option<String>,
    /// When it was raised.
    pub date: Option<Date>,
    /// Whether there is an answer.
    pub status: LedgerStatus,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Index into [`Body::links`].
    pub link: Option<usize>,
}

/// Whether an opinion is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LedgerStatus {
    /// 已反馈.
    Answered,
    /// 办理中.
    Open,
}

/// Numbers worth showing large.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Shown above them.
    pub title: Option<String>,
    /// Where they come from.
    pub source: Option<String>,
    /// In the order written.
    pub items: Vec<FiguresItem>,
}

/// A number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresItem {
    /// As written: `3000`, `1+3+1+N`.
    pub value: String,
    /// 个, 余本.
    pub unit: Option<String>,
    /// What it counts.
    pub label: String,
    /// More on it.
    pub note: Option<String>,
}

/// A self-test.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quiz {
    /// Shown above it.
    pub title: Option<String>,
    /// How it is meant.
    pub intro: Option<String>,
    /// In the order written.
    pub items: Vec<QuizItem>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizItem {
    /// The question.
    pub question: String,
    /// The options, A first.
    pub options: Vec<String>,
    /// Indexes of the right options, ascending, at least one.
    pub answer: Vec<usize>,
    /// Why.
    pub explain: Option<String>,
}
