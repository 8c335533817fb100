//! Events into HTML with slots.
//!
//! The parser's own writer puts `style` on table cells and knows no slots, so
//! this one is ours. It keeps the layout of CommonMark's reference output: a
//! block on its own line.
//!
//! Other files hold what it does for one kind of thing each: `inline`,
//! `heading`, `table`, `note`, `code`, `block`, `raw`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options as Extensions, Tag, TagEnd};

use super::code::OpenCode;
use super::heading::{Ids, OpenHeading};
use super::image::OpenImage;
use super::inline::{Break, OpenLink, Paragraph, Run};
use super::labels::Words;
use super::note::Notes;
use super::pasted;
use super::plain::Plain;
use super::raw::{OpenHtml, Raw};
use super::sink::{Point, Sink};
use super::table::OpenTable;
use super::typos::{self, TypoState};
use super::{Body, Options, Prose, Written, emphasis::Prepared};
use crate::diagnostic::{Checked, Diagnostic, Kind, MarkdownFault};
use crate::path::SourcePath;
use crate::text::Span;

/// What the parser understands beyond CommonMark.
pub(super) const EXTENSIONS: Extensions = Extensions::ENABLE_TABLES
    .union(Extensions::ENABLE_FOOTNOTES)
    .union(Extensions::ENABLE_STRIKETHROUGH)
    .union(Extensions::ENABLE_TASKLISTS)
    .union(Extensions::ENABLE_GFM)
    .union(Extensions::ENABLE_DEFINITION_LIST);

/// How many elements may stand within one another: 100 block quotes, or 50
/// lists. Deeper ones become plain text.
const MAX_OPEN: usize = 100;

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
    pub(super) pasted: pasted::Former,
}

/// Text that is not written as it comes.
#[derive(Debug, Default)]
pub(super) enum Collected {
    #[default]
    Nothing,
    Code(OpenCode),
    Html(OpenHtml),
}

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
            pasted: pasted::Former::default(),
        }
    }

    /// Notes a fault at a place of the file.
    pub(super) fn report(&mut self, place: Range<usize>, fault: impl Into<Kind>) {
        let span = Span::new(place.start, place.end);
        self.found.push(Diagnostic::at(self.source.path, span, fault));
    }

    /// Where bytes of the prepared text stand in the file.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source.start;
        self.prepared.at(range.start) + start..self.prepared.at(range.end) + start
    }

    /// Takes the next event, which stands at `range` of the prepared text.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::Text(text) = event {
            let text = self.prepared.clean(text, range.start, range.end);
            return self.take_text(&text, &range);
        }
        if self.image_depth == 0 && matches!(self.collected, Collected::Nothing) {
            self.flush();
        }
        let place = self.place(&range);
        if !matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) {
            self.note_end_of_text(&place);
        }
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag, &place),
            Event::Code(code) => {
                let code = self.prepared.clean(code, range.start, range.end);
                self.code_span(&code);
            }
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.sink.line();
                self.sink.raw("<hr>\n");
            }
            Event::Html(html) => {
                let html = self.prepared.clean(html, range.start, range.end);
                if let Collected::Html(open) = &mut self.collected {
                    open.html.push_str(&html);
                }
            }
            Event::InlineHtml(html) => {
                let html = self.prepared.clean(html, range.start, range.end);
                self.inline_html(&html, place);
            }
            Event::FootnoteReference(label) => {
                let label = self.prepared.strip(label);
                self.note_reference(&label);
            }
            Event::TaskListMarker(done) => self.task(done),
            // Not among our extensions.
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Text goes to whoever collects it, else it joins the run.
    fn take_text(&mut self, text: &str, range: &Range<usize>) {
        match &mut self.collected {
            Collected::Code(open) => open.code.push_str(text),
            Collected::Html(open) => open.html.push_str(text),
            Collected::Nothing if self.image_depth > 0 => {
                let place = self.place(range);
                self.note_end_of_text(&place);
                self.alt_text(text);
            }
            Collected::Nothing => {
                let place = self.place(range);
                self.note_end_of_text(&place);
                self.run.push(text, place);
            }
        }
    }

    /// Remembers how far the innermost link's or image's text reaches: its
    /// destination follows.
    fn note_end_of_text(&mut self, place: &Range<usize>) {
        if let Some(image) = &mut self.image {
            image.text_end = image.text_end.max(place.end);
        } else if self.links_open > 0
            && let Some(Open::Link(link)) =
                self.open.iter_mut().rev().find(|open| matches!(open, Open::Link(_)))
        {
            link.text_end = link.text_end.max(place.end);
        }
    }

    fn start(&mut self, tag: Tag<'_>, place: Range<usize>) {
        if self.image_depth > 0 {
            if matches!(tag, Tag::Image { .. }) {
                self.image_depth += 1;
            }
            return;
        }
        let open = if self.is_too_deep(&tag, &place) { Open::Nothing } else { self.open_tag(tag, place) };
        self.open.push(open);
    }

    /// Whether an element has to be dropped because of its depth, or because
    /// what it belongs to was dropped.
    fn is_too_deep(&mut self, tag: &Tag<'_>, place: &Range<usize>) -> bool {
        let part = matches!(
            tag,
            Tag::Item
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
        );
        if part {
            return matches!(self.open.last(), Some(Open::Nothing));
        }
        let leaf = matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
        );
        let too_deep = !leaf && self.open.len() >= MAX_OPEN;
        if too_deep && !self.seen.depth {
            self.seen.depth = true;
            let begin = place.start..place.end.min(place.start + 1);
            self.report(begin, MarkdownFault::TooDeep { limit: MAX_OPEN });
        }
        too_deep
    }

    fn open_tag(&mut self, tag: Tag<'_>, place: Range<usize>) -> Open {
        match tag {
            Tag::Paragraph => self.open_paragraph(&place),
            Tag::Heading { level, .. } => self.open_heading(level, place),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(self.prepared.strip(info)),
                    CodeBlockKind::Indented => None,
                };
                self.open_code(info.as_deref(), place)
            }
            Tag::HtmlBlock => {
                self.collected = Collected::Html(OpenHtml { html: String::new(), place });
                Open::Html
            }
            Tag::List(start) => self.open_list(start),
            Tag::Item => self.open_item(&place),
            Tag::FootnoteDefinition(label) => {
                let label = self.prepared.strip(label);
                self.open_note(&label, place)
            }
            Tag::DefinitionList => self.open_block("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open_block("<dd>", "</dd>\n"),
            Tag::Table(columns) => self.open_table(columns, &place),
            Tag::TableHead => self.open_table_head(),
            Tag::TableRow => self.open_row(),
            Tag::TableCell => self.open_cell(&place),
            Tag::Emphasis => self.open_inline("<em>", "</em>", &place),
            Tag::Strong => self.open_inline("<strong>", "</strong>", &place),
            Tag::Strikethrough => {
                pasted::in_strikethrough(self, &place);
                self.open_inline("<del>", "</del>", &place)
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let (target, title) = (self.prepared.strip(dest_url), self.prepared.strip(title));
                self.open_link(link_type, target, &title, place)
            }
            Tag::Image { dest_url, title, .. } => {
                let (target, title) = (self.prepared.strip(dest_url), self.prepared.strip(title));
                self.open_image(target, title, place)
            }
            // Not among our extensions.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Open::Nothing,
        }
    }

    fn end(&mut self, tag: TagEnd, place: &Range<usize>) {
        if self.image_depth > 0 {
            // Of what stands within an image, only the text counts.
            self.image_depth -= usize::from(tag == TagEnd::Image);
            if self.image_depth > 0 || tag != TagEnd::Image {
                return;
            }
        }
        match self.open.pop().unwrap_or(Open::Nothing) {
            Open::Nothing => {}
            Open::Inline(close) => self.sink.raw(close),
            Open::Block(close) => {
                self.soft_break = None;
                self.end_inline_html();
                self.sink.raw(close);
                self.plain.paragraph();
            }
            Open::Item(_) => {
                self.soft_break = None;
                self.end_inline_html();
                self.sink.raw("</li>\n");
                self.plain.paragraph();
            }
            Open::Paragraph(paragraph) => self.close_paragraph(&paragraph),
            Open::Heading(heading) => self.close_heading(&heading),
            Open::Link(link) => self.close_link(&link, place),
            Open::Image => self.close_image(place),
            Open::Code => self.close_code(),
            Open::Html => self.close_html(),
            Open::Table(table) => self.close_table(&table),
            Open::TableHead => self.close_table_head(),
            Open::Row => self.close_row(),
            Open::Cell(head) => self.close_cell(head),
            Open::Note(definition) => self.close_note(definition),
        }
    }

    /// The finished body.
    pub(super) fn finish(mut self) -> Checked<Body> {
        self.flush();
        typos::at_end(&mut self);
        self.close_notes();
        self.body.anchors = self.ids.all();
        let sink = std::mem::take(&mut self.sink);
        let clean = self.raw.present && !self.options.trust_html;
        let pieces =
            if clean { super::raw::clean::pieces(&sink, self.source.text) } else { sink.into_segments() };
        let (text, summary) = std::mem::take(&mut self.plain).finish();
        self.body.footprint.words = crate::text::count_words(&text);
        self.body.prose = Prose::new(Written { pieces, text });
        self.body.summary = summary;
        self.found.sort();
        self.found.dedup();
        pasted::gather(&mut self);
        Checked { value: self.body, diagnostics: self.found }
    }
}

/// The text of an event, as the parser gives it.
pub(super) type Text<'e> = CowStr<'e>;
