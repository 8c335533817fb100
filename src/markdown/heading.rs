//! Headings and their ids.

mod ids;

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::Heading;
use super::open::{Open, OpenHeading};
use super::typos;
use super::writer::Writer;
use crate::diagnostic::{Diagnostic, MarkdownFault};
use crate::text::{At, Span};

pub(super) use ids::Ids;
pub use ids::{RESERVED_IDS, is_reserved_id};

/// The id that a heading's text gives, as GitHub and most editors make it:
/// letters and digits of all scripts in lower case, blanks as `-`, no
/// punctuation.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            slug.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

const TAGS: [(&str, &str); 6] = [
    ("<h1", "</h1>\n"),
    ("<h2", "</h2>\n"),
    ("<h3", "</h3>\n"),
    ("<h4", "</h4>\n"),
    ("<h5", "</h5>\n"),
    ("<h6", "</h6>\n"),
];

impl Writer<'_> {
    pub(super) fn open_heading(&mut self, level: HeadingLevel, place: Range<usize>) -> Open {
        let level = level as u8;
        let first = self.visible == 0 && self.open.is_empty();
        self.block("");
        self.plain.paragraph();
        let start = self.sink.point();
        self.sink.raw(tags(level).0);
        let point = self.sink.point();
        self.sink.raw(">");
        let plain = self.plain.text.len();
        Open::Heading(OpenHeading { level, place, point, start, plain, first })
    }

    pub(super) fn close_heading(&mut self, heading: &OpenHeading) {
        self.soft_break = None;
        self.end_inline_html();
        let explicit = self.take_attribute(heading);
        let text = self.plain.text.get(heading.plain..).unwrap_or_default().trim().to_owned();
        let span = Span::new(heading.place.start, heading.place.end);
        if heading.level == 1 && self.body.first_heading.is_none() && !text.is_empty() {
            self.body.first_heading = Some(At::new(text.clone(), span));
            if heading.first && self.options.title_from_heading {
                self.sink.cut(heading.start);
                self.plain.text.truncate(heading.plain);
                return;
            }
        }
        typos::in_heading(self, heading.level, &heading.place, &text);
        let id = self.heading_id(explicit, &text, span);
        let mut attribute = String::from(" id=\"");
        super::sink::escape(&mut attribute, &id);
        attribute.push('"');
        self.sink.insert(heading.point, &attribute);
        self.sink.raw(tags(heading.level).1);
        self.plain.paragraph();
        if !text.is_empty() {
            self.body.outline.push(Heading { level: heading.level, id, text, span });
        }
    }

    /// Takes ` {#id}` from the end of a heading and gives the id with its
    /// place. Nothing else in braces is looked at: `{{ x }}` in prose is prose.
    fn take_attribute(&mut self, heading: &OpenHeading) -> Option<(String, Range<usize>)> {
        if self.sink.ends_in_slot() {
            return None;
        }
        let html = self.sink.since(heading.point);
        let open = html.rfind("{#")?;
        let id = html.get(open + 2..)?.strip_suffix('}')?;
        let plain = !id.is_empty() && id.bytes().all(|b| b > b' ' && !b"\"&<>{}".contains(&b));
        if !plain || !html.get(..open)?.ends_with([' ', '\t', '>']) {
            return None;
        }
        let id = id.to_owned();
        let written = format!("{{#{id}}}");
        let source = self.source.slice(&heading.place);
        let at = heading.place.start + source.rfind(&written)?;
        self.sink.shorten(written.len());
        let kept = self.plain.text.strip_suffix(&written)?.trim_end().len();
        self.plain.text.truncate(kept);
        let shown = self.sink.html.trim_end_matches([' ', '\t']).len();
        self.sink.shorten(self.sink.html.len() - shown);
        Some((id, at..at + written.len()))
    }

    fn heading_id(&mut self, explicit: Option<(String, Range<usize>)>, text: &str, span: Span) -> String {
        let Some((id, place)) = explicit else {
            let slug = slug(text);
            return self.ids.take(if slug.is_empty() { self.words.section } else { &slug }, span);
        };
        let at = Span::new(place.start, place.end);
        if is_reserved_id(&id) {
            self.found.push(Diagnostic::at(
                self.source.path,
                at,
                MarkdownFault::ReservedId { id: id.clone() },
            ));
        } else if let Some(first) = self.ids.place(&id) {
            let fault = MarkdownFault::DuplicateId { id: id.clone() };
            let path = self.source.path;
            self.found.push(Diagnostic::at(path, at, fault).and(path, Some(first)));
        }
        self.ids.take(&id, at)
    }
}

fn tags(level: u8) -> (&'static str, &'static str) {
    let at = usize::from(level.clamp(1, 6)) - 1;
    TAGS.get(at).copied().unwrap_or(("<h6", "</h6>\n"))
}
