//! The writer: one body while it is written, and the file that it is read from.
//!
//! The parser's own writer puts `style` on table cells and knows no slots, so
//! this one is ours. It keeps the layout of CommonMark's reference output: a
//! block on its own line.
//!
//! Here is what it knows at any moment. `events` takes the parser's events, and
//! other files hold what it does for one kind of thing each: `inline`,
//! `container`, `heading`, `table`, `note`, `code`, `block`, `image`, `raw`.
//!
//! **Invariant:** uses no file that writes an element, only what these remember.

use std::ops::Range;

use super::emphasis::Prepared;
use super::heading::Ids;
use super::inline::Run;
use super::labels::Words;
use super::note::Notes;
use super::open::{Break, Collected, Open, OpenImage};
use super::pasted::Former;
use super::plain::Plain;
use super::raw::Raw;
use super::sink::Sink;
use super::typos::TypoState;
use super::{Body, Options};
use crate::diagnostic::{Diagnostic, Fix, Kind, MarkdownFault};
use crate::path::SourcePath;
use crate::text::Span;

/// The file that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'s> {
    /// The file.
    pub(super) path: &'s SourcePath,
    /// All of it.
    pub(super) text: &'s str,
    /// Where the body begins.
    start: usize,
}

impl<'s> Source<'s> {
    pub(super) fn new(path: &'s SourcePath, text: &'s str, body_start: usize) -> Self {
        let start = if text.is_char_boundary(body_start) { body_start } else { text.len() };
        let bom = if text.get(start..).is_some_and(|body| body.starts_with('\u{FEFF}')) { 3 } else { 0 };
        Self { path, text, start: start + bom }
    }

    /// The Markdown.
    pub(super) fn body(&self) -> &'s str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// A part of the file.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'s str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

/// Writes one body.
pub(super) struct Writer<'s> {
    pub(super) source: Source<'s>,
    pub(super) prepared: &'s Prepared<'s>,
    pub(super) options: &'s Options,
    pub(super) words: &'static Words,
    pub(super) sink: Sink,
    /// What is open, outermost first.
    pub(super) open: Vec<Open>,
    /// Code or raw HTML that is being collected.
    pub(super) collected: Collected,
    /// Text that may go on in the next event.
    pub(super) run: Run,
    /// A soft break whose fate hangs on what follows.
    pub(super) soft_break: Option<Break>,
    /// Whether the last character that says so is Chinese or Japanese.
    pub(super) after_cjk: bool,
    /// How many things a reader can see were written.
    pub(super) visible: usize,
    /// The image whose alternative text is being read, and how many images
    /// are open in one another.
    pub(super) image: Option<OpenImage>,
    pub(super) image_depth: usize,
    /// How many links, Markdown's and raw ones, are open.
    pub(super) links_open: usize,
    /// A paragraph that so far holds nothing but images.
    pub(super) only_images: bool,
    pub(super) plain: Plain,
    pub(super) ids: Ids,
    pub(super) notes: Notes,
    pub(super) body: Body,
    pub(super) raw: Raw,
    /// How many tables there were.
    pub(super) tables: usize,
    pub(super) found: Vec<Diagnostic>,
    pub(super) seen: TypoState,
    pub(super) pasted: Former,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: Source<'s>, prepared: &'s Prepared<'s>, options: &'s Options) -> Self {
        let size = source.body().len();
        let html = String::with_capacity(size + size / 4 + 64);
        Self {
            source,
            prepared,
            options,
            words: Words::for_lang(&options.lang),
            sink: Sink { html, slots: Vec::new() },
            open: Vec::new(),
            collected: Collected::Nothing,
            run: Run::default(),
            soft_break: None,
            after_cjk: false,
            visible: 0,
            image: None,
            image_depth: 0,
            links_open: 0,
            only_images: false,
            plain: Plain::with_capacity(size),
            ids: Ids::default(),
            notes: Notes::default(),
            body: Body::default(),
            raw: Raw::default(),
            tables: 0,
            found: Vec::new(),
            seen: TypoState::default(),
            pasted: Former::default(),
        }
    }

    /// Notes a fault at a place of the file.
    pub(super) fn report(&mut self, place: Range<usize>, fault: impl Into<Kind>) {
        let span = Span::new(place.start, place.end);
        self.found.push(Diagnostic::at(self.source.path, span, fault));
    }

    /// Where bytes of the prepared text stand in the file.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source.start;
        self.prepared.at(range.start) + start..self.prepared.at(range.end) + start
    }

    /// Notes a fault together with what would mend it.
    pub(super) fn report_with_fix(&mut self, place: Range<usize>, fault: MarkdownFault, fix: Fix) {
        let span = Span::new(place.start, place.end);
        self.found.push(Diagnostic::at(self.source.path, span, fault).with_fix(Some(fix)));
    }
}
