//! The parser's events, each handed to the file that writes its kind of thing:
//! `inline`, `container`, `heading`, `table`, `note`, `code`, `image`, `raw`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Tag, TagEnd};

use super::open::{Collected, Open, OpenHtml};
use super::pasted;
use super::typos;
use super::writer::Writer;
use super::{Body, Prose, Written};
use crate::diagnostic::{Checked, MarkdownFault};

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

impl Writer<'_> {
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
