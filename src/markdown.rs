//! Markdown, Chinese rules included, into a body of pieces with slots.
//!
//! [`parse`] reads the text of one file and gives a [`Body`] together with its
//! findings. It is CommonMark 0.31.2 and GitHub's extensions (tables, task
//! lists, strikethrough, footnotes, alerts, bare addresses) with definition
//! lists, and what Chinese text needs: emphasis beside full-width punctuation
//! (`emphasis`), no blank at a soft break, addresses that end where Chinese
//! begins (`autolink`), masked numbers (`138****1234`) left alone.
//!
//! The way of a text: `emphasis` puts marks into it, the parser makes `events`,
//! which the `writer` turns into HTML with slots (`sink`) and into plain text
//! (`plain`), `typos` looks for what editors mistype, `pasted` for what word
//! processors leave of their layout, and, where the text
//! holds raw HTML, `raw` reads it and cleans the whole body at the end.
//!
//! The HTML uses these elements and classes beyond plain ones: `td.left`,
//! `td.center`, `td.right` (and `th`); `div.table` around a table; `li.task`;
//! `aside.alert` with `note`, `tip`, `important`, `warning` or `caution`, its
//! label in `p.alert-label`; `sup.note-ref`, `div.footnotes`, `a.note-back`;
//! `code.language-…` and the classes of [`HIGHLIGHT_CLASSES`] in it. There is
//! never a `style` attribute.
//!
//! **Invariant:** parsing never fails and never looks at a second file.
//! Wherever one would have to be consulted, the body has a slot that `site` and
//! `view` fill in later.

mod autolink;
mod block;
mod body;
mod code;
mod container;
mod emphasis;
mod events;
mod heading;
mod html_to_markdown;
mod image;
mod inline;
mod labels;
mod note;
mod open;
mod pasted;
mod plain;
mod prose;
mod raw;
mod sink;
mod table;
mod target;
mod typos;
mod writer;

use std::collections::BTreeSet;

use pulldown_cmark::Parser;

use crate::diagnostic::Checked;
use crate::path::SourcePath;

pub use block::{Name as BlockName, schema as block_schema};
pub use body::{
    Block, Body, EventDate, Figures, FiguresItem, Footprint, Gallery, GalleryPhoto, Heading, Ledger,
    LedgerItem, LedgerStatus, Link, Quiz, QuizItem, Segment, Timeline, TimelineItem,
};
pub use code::HIGHLIGHT_CLASSES;
pub use heading::{RESERVED_IDS, is_reserved_id, slug as heading_slug};
pub use plain::summarize;
pub use prose::{Prose, Written};

/// What parsing reads of the config and of the file's own front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Each line of a paragraph that stands for itself is a paragraph, as word
    /// processors paste them.
    pub line_paragraphs: bool,
    /// Raw HTML is published as it is.
    pub trust_html: bool,
    /// The piece's BCP 47 tag, for the few words that the HTML needs; empty
    /// means Chinese.
    pub lang: String,
    /// The front matter gives no title: a level-1 heading that opens the body
    /// is the title, and is left out of the body.
    pub title_from_heading: bool,
    /// Pictures, by their links as written or by their file names, that the
    /// front matter gives a caption or an alternative text for.
    pub described: BTreeSet<String>,
}

/// Parses the Markdown of `text` from byte `body_start` to its end.
///
/// `text` is the whole file and all places are in it; what stands before
/// `body_start` is the front matter.
pub fn parse(path: &SourcePath, text: &str, body_start: usize, options: &Options) -> Checked<Body> {
    let source = writer::Source::new(path, text, body_start);
    let prepared = emphasis::prepare(source.body());
    let mut writer = writer::Writer::new(source, &prepared, options);
    for (event, range) in Parser::new_ext(&prepared.text, events::EXTENSIONS).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}
