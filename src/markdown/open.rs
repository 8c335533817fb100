//! What is open while a body is read, and what its end has to do.
//!
//! Each kind of element has its own file, which opens and closes it; only
//! these files look into its struct.

use std::ops::Range;

use pulldown_cmark::{Alignment, LinkType};

use super::Link;
use super::sink::Point;
use crate::diagnostic::MarkdownFault;

/// What the end of an element has to do.
#[derive(Debug)]
pub(super) enum Open {
    /// Nothing: it was too deep, or wrote nothing.
    Nothing,
    /// Close inline.
    Inline(&'static str),
    /// Close a block.
    Block(&'static str),
    /// Close a list item, whose attributes stand here.
    Item(Point),
    Paragraph(Paragraph),
    Heading(OpenHeading),
    Link(OpenLink),
    Image,
    Code,
    Html,
    Table(OpenTable),
    TableHead,
    Row,
    /// A cell; whether of the head.
    Cell(bool),
    Note(Option<usize>),
}

/// Text that is not written as it comes.
#[derive(Debug, Default)]
pub(super) enum Collected {
    #[default]
    Nothing,
    Code(OpenCode),
    Html(OpenHtml),
}

/// A soft break whose line end is not written yet.
#[derive(Debug)]
pub(super) struct Break {
    pub(super) point: Point,
    /// Where it is in the plain text.
    pub(super) plain: usize,
}

/// A paragraph that is open.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Where its `<p>` belongs.
    pub(super) point: Point,
    /// Where it begins in the plain text.
    pub(super) plain: usize,
    /// Whether it stands for itself, not in a quotation, list or note.
    pub(super) top: bool,
}

/// A link that is open.
#[derive(Debug)]
pub(super) struct OpenLink {
    /// Which link of the body; `None` where it leads nowhere.
    pub(super) n: Option<usize>,
    pub(super) kind: LinkType,
    /// How far its text reaches in the file.
    pub(super) text_end: usize,
    pub(super) visible: usize,
    pub(super) fault: Option<MarkdownFault>,
}

/// A heading that is open.
#[derive(Debug)]
pub(super) struct OpenHeading {
    pub(super) level: u8,
    pub(super) place: Range<usize>,
    /// Behind `<h2`, where the id belongs.
    pub(super) point: Point,
    /// The beginning of the whole heading.
    pub(super) start: Point,
    /// Where it begins in the plain text.
    pub(super) plain: usize,
    /// Whether nothing stands before it.
    pub(super) first: bool,
}

/// A code block that is open.
#[derive(Debug)]
pub(super) struct OpenCode {
    /// The words behind the fence; `None` for indented code.
    pub(super) info: Option<String>,
    pub(super) code: String,
    pub(super) place: Range<usize>,
}

/// An image that is open.
#[derive(Debug)]
pub(super) struct OpenImage {
    pub(super) link: Link,
    pub(super) place: Range<usize>,
    /// How far its text reaches in the file.
    pub(super) text_end: usize,
    /// Whether a line ended within its text.
    pub(super) soft_break: bool,
    pub(super) fault: Option<MarkdownFault>,
}

/// A table that is open.
#[derive(Debug)]
pub(super) struct OpenTable {
    pub(super) columns: Vec<Alignment>,
    /// Which column comes next.
    pub(super) column: usize,
    /// Whether a row of the body was begun.
    pub(super) has_body: bool,
}

/// Raw HTML that is being collected.
#[derive(Debug)]
pub(super) struct OpenHtml {
    pub(super) html: String,
    pub(super) place: Range<usize>,
}
