//! What stands within a line: text, links, images, breaks.

mod run;

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::autolink::{self, Autolinks};
use super::open::{Break, Open, OpenLink, Paragraph};
use super::pasted;
use super::sink::{Point, Slot};
use super::target;
use super::typos;
use super::writer::Writer;
use super::{Link, Segment};
use crate::diagnostic::MarkdownFault;
use crate::text::{Span, is_cjk};

pub(super) use run::Run;

/// Whether `c` is punctuation that Chinese shares with Latin text.
pub(super) fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

impl Writer<'_> {
    /// Writes the text collected so far.
    pub(super) fn flush(&mut self) {
        if self.run.text.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        if self.raw.swallows.is_none() {
            self.write_run(&run);
        }
        run.clear();
        self.run = run;
    }

    fn write_run(&mut self, run: &Run) {
        let text = run.text.as_str();
        if self.only_images && text.trim().is_empty() {
            return self.sink.text(text);
        }
        // The theme indents; full-width blanks would do it twice.
        let first = self.only_images && !self.has_images();
        let shown = if first { text.trim_start_matches('\u{3000}') } else { text };
        self.settle();
        self.resolve_break(shown.chars().next());
        typos::in_text(self, run);
        pasted::in_text(self, run);
        if self.links_open == 0 && autolink::may_hold(shown) {
            self.write_with_links(run, text.len() - shown.len());
        } else {
            self.sink.text(shown);
        }
        self.plain.text.push_str(shown);
        self.visible += 1;
        if let Some(last) = shown.chars().rev().find(|c| !is_shared(*c)) {
            self.after_cjk = is_cjk(last);
        }
    }

    /// Writes a run from byte `from` on, bare addresses as links.
    fn write_with_links(&mut self, run: &Run, from: usize) {
        let text = run.text.get(from..).unwrap_or_default();
        let mut written = 0;
        for link in Autolinks::new(text) {
            self.sink.text(text.get(written..link.range.start).unwrap_or_default());
            let address = text.get(link.range.clone()).unwrap_or_default();
            let place = run.place(&(from + link.range.start..from + link.range.end));
            let n = self.add_link(format!("{}{address}", link.prefix), &place, None);
            self.sink.raw("<a");
            self.sink.slot(Slot::Segment(Segment::Href(n)));
            self.sink.raw(">");
            self.sink.text(address);
            self.sink.raw("</a>");
            written = link.range.end;
        }
        self.sink.text(text.get(written..).unwrap_or_default());
    }

    pub(super) fn add_link(&mut self, target: String, place: &Range<usize>, title: Option<String>) -> usize {
        let span = Span::new(place.start, place.end);
        self.body.links.push(Link { target, span, alt: String::new(), title });
        self.body.links.len() - 1
    }

    pub(super) fn open_paragraph(&mut self, place: &Range<usize>) -> Open {
        typos::in_lines(self, place);
        if self.open.is_empty() {
            pasted::in_paragraph(self, place);
        }
        self.begin_paragraph()
    }

    fn begin_paragraph(&mut self) -> Open {
        self.block("");
        self.plain.paragraph();
        self.only_images = true;
        let top = self.open.is_empty();
        Open::Paragraph(Paragraph { point: self.sink.point(), plain: self.plain.text.len(), top })
    }

    /// The paragraph that is open, if text stands directly in one.
    fn paragraph_point(&self) -> Option<Point> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Paragraph(paragraph) => Some(paragraph.point),
            _ => None,
        })
    }

    fn has_images(&self) -> bool {
        self.paragraph_point().is_some_and(|point| self.sink.has_slots_since(point))
    }

    /// Something else than an image stands in the paragraph: it is one of text.
    pub(super) fn settle(&mut self) {
        if !self.only_images {
            return;
        }
        self.only_images = false;
        let Some(point) = self.paragraph_point() else { return };
        let before = self.sink.html.len();
        self.sink.insert(point, "<p>");
        for n in self.sink.slot_numbers_since(point) {
            match self.sink.piece(n).cloned() {
                Some(Segment::Figure(link)) => self.sink.edit(n, "", Segment::Image(link), ""),
                Some(Segment::Media(link)) => {
                    let mut label = String::from(">");
                    let alt = self.body.links.get(link).map_or("", |link| link.name());
                    super::sink::escape(&mut label, alt);
                    label.push_str("</a>");
                    self.sink.edit(n, "<a", Segment::Href(link), &label);
                }
                _ => {}
            }
        }
        let inserted = self.sink.html.len() - before;
        if let Some(left) = &mut self.soft_break {
            left.point = left.point.moved(inserted);
        }
    }

    pub(super) fn close_paragraph(&mut self, paragraph: &Paragraph) {
        self.end_inline_html();
        if let Some(left) = self.soft_break.take()
            && !self.sink.since(left.point).is_empty()
            && !self.after_cjk
        {
            self.sink.insert(left.point, "\n");
        }
        if self.only_images {
            self.only_images = false;
            self.sink.line();
        } else {
            self.sink.raw("</p>\n");
            if paragraph.top {
                self.plain.prose_from(paragraph.plain);
            }
        }
        self.plain.paragraph();
    }

    pub(super) fn soft_break(&mut self) {
        if let Some(image) = &mut self.image {
            image.soft_break = true;
            return;
        }
        if self.options.line_paragraphs && self.begins_at_line() {
            return;
        }
        self.resolve_break(None);
        self.soft_break = Some(Break { point: self.sink.point(), plain: self.plain.text.len() });
    }

    /// Where a line is a paragraph: ends the one that is open, unless a link or
    /// an emphasis goes on, and begins the next.
    fn begins_at_line(&mut self) -> bool {
        let is_top = matches!(self.open.last(), Some(Open::Paragraph(paragraph)) if paragraph.top);
        if let Some(Open::Paragraph(paragraph)) = self.open.pop_if(|_| is_top) {
            self.close_paragraph(&paragraph);
            let next = self.begin_paragraph();
            self.open.push(next);
        }
        is_top
    }

    /// A soft break between two Chinese or Japanese characters is nothing, any
    /// other a line end; `next` is the character that follows.
    pub(super) fn resolve_break(&mut self, next: Option<char>) {
        let Some(left) = self.soft_break.take() else { return };
        let joined = self.after_cjk && next.is_none_or(|c| is_cjk(c) || is_shared(c));
        if !joined {
            self.sink.insert(left.point, "\n");
            self.plain.blank_at(left.plain);
        }
    }

    pub(super) fn hard_break(&mut self) {
        if let Some(image) = &mut self.image {
            image.soft_break = true;
            return;
        }
        self.settle();
        self.sink.raw("<br>\n");
        self.plain.blank_at(self.plain.text.len());
        self.after_cjk = false;
    }

    pub(super) fn code_span(&mut self, code: &str) {
        if self.image_depth > 0 {
            return self.alt_text(code);
        }
        self.settle();
        self.resolve_break(code.chars().next());
        self.sink.raw("<code>");
        self.sink.text(code);
        self.sink.raw("</code>");
        self.plain.text.push_str(code);
        self.visible += 1;
        self.after_cjk = code.chars().next_back().is_some_and(is_cjk);
    }

    pub(super) fn open_inline(
        &mut self,
        open: &'static str,
        close: &'static str,
        place: &Range<usize>,
    ) -> Open {
        self.settle();
        typos::in_emphasis(self, place);
        self.sink.raw(open);
        Open::Inline(close)
    }

    pub(super) fn open_link(
        &mut self,
        kind: LinkType,
        target: CowStr<'_>,
        title: &str,
        place: Range<usize>,
    ) -> Open {
        self.settle();
        if self.links_open > 0 {
            return Open::Nothing;
        }
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.into_string() };
        let (target, fault) = target::judged(target);
        typos::in_link(self, &target, &place);
        self.sink.raw("<a");
        let n = fault.as_ref().is_none_or(|fault| !target::breaks(fault)).then(|| {
            let n = self.add_link(target, &place, (!title.is_empty()).then(|| title.to_string()));
            self.sink.slot(Slot::Segment(Segment::Href(n)));
            n
        });
        if !title.is_empty() {
            self.sink.attribute("title", title);
        }
        self.sink.raw(">");
        self.links_open += 1;
        Open::Link(OpenLink { n, kind, text_end: place.start + 1, visible: self.visible, fault })
    }

    pub(super) fn close_link(&mut self, link: &OpenLink, place: &Range<usize>) {
        self.links_open = self.links_open.saturating_sub(1);
        let at = match link.kind {
            LinkType::Autolink | LinkType::Email => place.start + 1..place.end.saturating_sub(1),
            _ => self.destination(link.text_end, place),
        };
        if let Some(written) = link.n.and_then(|n| self.body.links.get_mut(n)) {
            written.span = Span::new(at.start, at.end);
        }
        if let Some(fault) = link.fault.clone() {
            self.report(at, fault);
        }
        if self.visible == link.visible {
            // A link without words can't be seen, nor heard: show where it leads.
            self.resolve_break(None);
            let written = link.n.and_then(|n| self.body.links.get(n));
            self.sink.text(written.map_or("", |link| link.target.as_str()));
            self.visible += 1;
            self.report(place.clone(), MarkdownFault::EmptyLinkText);
        }
        self.sink.raw("</a>");
    }

    /// Where the destination of a link stands whose text ends at `text_end`;
    /// for a reference, the whole link.
    pub(super) fn destination(&self, text_end: usize, place: &Range<usize>) -> Range<usize> {
        let rest = self.source.slice(&(text_end..place.end));
        let inner = rest.strip_prefix(']').and_then(target::place);
        inner.map_or_else(|| place.clone(), |at| text_end + 1 + at.start..text_end + 1 + at.end)
    }
}
