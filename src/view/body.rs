//! A body as templates see it: pieces in order.

use serde::Serialize;

use super::DateView;

/// A body. A template walks `body.pieces` and calls a component for each kind.
#[derive(Debug, Clone, Serialize)]
pub struct BodyView {
    /// In document order.
    pub pieces: Vec<PieceView>,
    /// Footnotes and all: whether there is any text at all.
    pub empty: bool,
}

/// A part of a body: exactly one field besides `kind` is not empty.
#[derive(Debug, Clone, Serialize)]
pub struct PieceView {
    /// `html`, `figure`, `media`, `gallery`, `timeline`, `ledger`, `figures` or
    /// `quiz`.
    pub kind: &'static str,
    /// Finished HTML, to be written as it is; not necessarily balanced.
    pub html: String,
    /// The part, for every other kind.
    pub part: Option<BlockView>,
    /// Whether its author labelled it as an example: pages that collect leave
    /// it out.
    pub example: bool,
}

/// What a piece that is not HTML shows.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum BlockView {
    /// `figure`.
    Figure(FigureView),
    /// `media`.
    Media(MediaView),
    /// `gallery`.
    Gallery(GalleryView),
    /// `timeline`.
    Timeline(TimelineView),
    /// `ledger`.
    Ledger(LedgerView),
    /// `figures`.
    Figures(FiguresView),
    /// `quiz`.
    Quiz(QuizView),
}

/// A photo of this site. One of another site is part of the HTML.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PhotoView {
    /// For browsers that know no `srcset`: of middle size, JPEG or PNG, from
    /// the root.
    pub src: String,
    /// Pixels of the largest that is published; 0 where they are not known
    /// (SVG without a size).
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The sizes in WebP, the narrowest first; empty where there are none.
    pub webp: Vec<CandidateView>,
    /// The sizes for all browsers; empty where there is only `src`.
    pub sizes: Vec<CandidateView>,
    /// The largest that is published, for all browsers, from the root. Its
    /// size is `width` × `height`.
    pub full: String,
    /// The class of its colour, to stand there until the photo comes:
    /// `tint-0` to `tint-63`; may be empty.
    pub tint: String,
    /// The alternative text.
    pub alt: String,
    /// Shown under it; may be empty.
    pub caption: String,
    /// Who took or drew it; may be empty.
    pub credit: String,
    /// `2021-03-19`, the day it was taken; may be empty.
    pub date: String,
    /// `AI 生成`, `可能由 AI 生成` or `疑似 AI 生成` where the file's label or the
    /// editor says so, else empty. It has to be shown beside the photo
    /// (标识办法, article 6).
    pub ai: String,
}

/// One of a photo's sizes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateView {
    /// From the root.
    pub path: String,
    /// Pixels.
    pub width: u32,
}

/// A photo on its own between paragraphs.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// The photo.
    pub photo: PhotoView,
    /// Which of the page's photos it is, from 1.
    pub number: usize,
    /// How many photos the page has.
    pub total: usize,
    /// Whether it is likely in the first screen: then it is fetched before
    /// others.
    pub first: bool,
}

/// A film or sound.
#[derive(Debug, Clone, Serialize)]
pub struct MediaView {
    /// From the root. A film or sound of another site is part of the HTML.
    pub src: String,
    /// `video` or `audio`.
    pub medium: String,
    /// `video/mp4`.
    pub mime: String,
    /// Shown under it; may be empty.
    pub caption: String,
    /// As of a photo: `AI 生成`, where the file's label says so.
    pub ai: String,
}

/// Photos side by side.
#[derive(Debug, Clone, Serialize)]
pub struct GalleryView {
    /// May be empty.
    pub title: String,
    /// `grid`, `wide` or `pairs`.
    pub layout: String,
    /// In order.
    pub photos: Vec<FigureView>,
}

/// Dated events.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    /// May be empty.
    pub title: String,
    /// By date.
    pub items: Vec<TimelineItemView>,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineItemView {
    /// The day; of a month or several days the first, with words for the whole.
    pub date: DateView,
    /// What happened.
    pub title: String,
    /// May be empty.
    pub text: String,
    /// Where it leads, if anywhere.
    pub link: Option<LinkView>,
}

/// A resolved link of a block.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Relative to the page, or a URL.
    pub href: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// Opinions collected and answered.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerView {
    /// May be empty.
    pub title: String,
    /// The day that the figures are of.
    pub as_of: Option<DateView>,
    /// How many were collected.
    pub collected: u32,
    /// How many were answered.
    pub answered: u32,
    /// How many are open.
    pub open: u32,
    /// A remark; may be empty.
    pub note: String,
    /// One entry an opinion, in the order of numbers, `true` where it is
    /// answered: for the strip of cells. Where only totals are known, the
    /// answered ones stand first and `totals_only` is true. Empty for more
    /// than 1,000 opinions.
    pub cells: Vec<bool>,
    /// Whether there are totals but no items.
    pub totals_only: bool,
    /// Where the items were raised, in the order of their first; empty where
    /// all were raised in one place.
    pub sources: Vec<LedgerSource>,
    /// By number.
    pub items: Vec<LedgerItemView>,
}

/// Where opinions were raised, and what became of them.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerSource {
    /// 征求意见座谈会.
    pub title: String,
    /// How many were raised there.
    pub collected: usize,
    /// How many of them were answered.
    pub answered: usize,
}

/// One opinion.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerItemView {
    /// From 1.
    pub number: u32,
    /// `opinion-3`, in a page's second ledger `opinion-2-3`: unique in the page.
    pub id: String,
    /// What was asked or proposed.
    pub question: String,
    /// Where it was raised; may be empty.
    pub from: String,
    /// Which of the ledger's `sources` that is, from 1; 0 for none of them.
    pub source: usize,
    /// When it was raised.
    pub date: Option<DateView>,
    /// Whether there is an answer.
    pub answered: bool,
    /// The answer; may be empty.
    pub answer: String,
    /// When it was answered.
    pub answered_on: Option<DateView>,
    /// More on it.
    pub link: Option<LinkView>,
}

/// Numbers worth showing large.
#[derive(Debug, Clone, Serialize)]
pub struct FiguresView {
    /// May be empty.
    pub title: String,
    /// Where they come from; may be empty.
    pub source: String,
    /// In order.
    pub items: Vec<FiguresItemView>,
}

/// A number.
#[derive(Debug, Clone, Serialize)]
pub struct FiguresItemView {
    /// As written.
    pub value: String,
    /// May be empty.
    pub unit: String,
    /// What it counts.
    pub label: String,
    /// May be empty.
    pub note: String,
}

/// A self-test.
#[derive(Debug, Clone, Serialize)]
pub struct QuizView {
    /// May be empty.
    pub title: String,
    /// May be empty.
    pub intro: String,
    /// `quiz-1`: unique in the page.
    pub id: String,
    /// In order.
    pub items: Vec<QuizItemView>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuizItemView {
    /// From 1.
    pub number: usize,
    /// The question.
    pub question: String,
    /// A first.
    pub options: Vec<QuizOptionView>,
    /// `AB`: the letters of the right options.
    pub answer: String,
    /// Whether more than one option is right.
    pub multiple: bool,
    /// Why; may be empty.
    pub explain: String,
}

/// An option.
#[derive(Debug, Clone, Serialize)]
pub struct QuizOptionView {
    /// `A`.
    pub letter: String,
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
}
