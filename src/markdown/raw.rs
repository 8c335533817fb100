//! Raw HTML in Markdown.
//!
//! Unless the config trusts it, a fragment is read tag by tag against a table
//! of what may stay. What may not is reported where it stands and left out,
//! links and pictures become slots like Markdown's own. Fragments need not be
//! balanced, so the whole body is cleaned once more at the end (`clean`), with
//! the same table: that pass is the one that safety rests on.

mod allowed;
pub(super) mod clean;
mod state;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use super::open::{Collected, OpenHtml};
use super::sink::Slot;
use super::target;
use super::writer::Writer;
use super::{Link, Segment};
use crate::diagnostic::MarkdownFault;
use crate::html::{Within, decode_references};
use crate::text::Span;

pub(super) use state::Raw;

use allowed::{GLOBAL, NUMBERS, OURS, VOID, WITH_CONTENT, attributes_of, is_element, is_known};
use tokens::{Tag, Token, Tokens};

/// How deep raw elements may stand in one another.
const MAX_RAW: usize = 100;

/// How far an attribute may stand behind the beginning of its tag to be found,
/// in bytes.
const NEAR: usize = 2000;

impl Writer<'_> {
    /// A tag or comment within a line.
    pub(super) fn inline_html(&mut self, html: &str, place: Range<usize>) {
        if self.image_depth > 0 {
            return;
        }
        if self.options.trust_html {
            self.settle();
            self.note_ids(html, &place);
            return self.sink.raw(html);
        }
        let Some(token) = Tokens::new(html).next() else { return };
        if let Some(name) = &self.raw.swallows {
            if matches!(&token, Token::Close(closed, _) if closed == name) {
                self.raw.swallows = None;
            }
            return;
        }
        self.note_foreign(&token);
        match token {
            Token::Close(name, source) if self.is_text(&name) => self.angle_text(source),
            Token::Close(name, _) => self.close_inline(&name),
            Token::Open(tag) if self.is_text(&tag.name) => {
                self.angle_text(tag.source);
                self.report(place, MarkdownFault::AngleText { written: tag.source.to_owned() });
            }
            Token::Open(tag) => {
                let (name, depth) = (tag.name.clone(), self.raw.depth);
                self.fragment(html, &place);
                let swallows =
                    WITH_CONTENT.contains(&name.as_str()) && !matches!(name.as_str(), "svg" | "math");
                if swallows && self.ends_in_text(&name, place.end) {
                    self.flush();
                    self.raw.swallows = Some(name.clone());
                }
                if self.raw.depth > depth {
                    self.raw.inline.push(name);
                }
            }
            _ => {}
        }
    }

    /// Whether the same paragraph holds the end of an element that is open at
    /// byte `from` of the file. One that is never closed swallows nothing: its
    /// name may be a word of the text.
    fn ends_in_text(&self, name: &str, from: usize) -> bool {
        let rest = self.source.text.get(from..).unwrap_or_default();
        let rest = rest.split("\n\n").next().unwrap_or(rest).to_ascii_lowercase();
        rest.contains(&format!("</{name}"))
    }

    /// Whether a tag of that name is none, but text in angle brackets.
    fn is_text(&self, name: &str) -> bool {
        !self.raw.foreign && !is_element(name)
    }

    fn note_foreign(&mut self, token: &Token<'_>) {
        let is_root = |name: &str| matches!(name, "svg" | "math");
        match token {
            Token::Open(tag) if is_root(&tag.name) => self.raw.foreign = !tag.source.ends_with("/>"),
            Token::Close(name, _) if is_root(name) => self.raw.foreign = false,
            _ => {}
        }
    }

    /// What looks like a tag and is none, shown as it is written.
    fn angle_text(&mut self, written: &str) {
        self.settle();
        self.resolve_break(Some('<'));
        self.sink.text(written);
        self.plain.text.push_str(written);
        self.visible += 1;
        self.after_cjk = false;
    }

    /// A closing tag within a line: closes what it names and all within that;
    /// nothing, where nothing of the name was opened in this text.
    fn close_inline(&mut self, name: &str) {
        let Some(at) = self.raw.inline.iter().rposition(|open| open == name) else { return };
        for open in self.raw.inline.split_off(at).iter().rev() {
            self.close_raw(open);
        }
    }

    /// Raw elements that were opened within a text end with it.
    pub(super) fn end_inline_html(&mut self) {
        self.raw.swallows = None;
        for open in std::mem::take(&mut self.raw.inline).iter().rev() {
            self.close_raw(open);
        }
    }

    /// A block of raw HTML.
    pub(super) fn close_html(&mut self) {
        let Collected::Html(OpenHtml { html, place }) = std::mem::take(&mut self.collected) else { return };
        if self.open.is_empty() {
            self.pasted.html.push(place.clone());
        }
        self.block("");
        if self.options.trust_html {
            self.note_ids(&html, &place);
            self.visible += 1;
            return self.sink.raw(&html);
        }
        let start = self.sink.point();
        self.plain.paragraph();
        self.only_images = Tokens::new(&html).all(|token| match token {
            Token::Silent => true,
            Token::Text(text) => text.trim().is_empty(),
            Token::Open(tag) => tag.name == "img",
            Token::Stray | Token::Close(..) => false,
        });
        if html.trim_start().starts_with("<!--") && !html.contains("-->") {
            self.report(place.start..place.start + "<!--".len(), MarkdownFault::UnclosedComment);
        }
        self.fragment(&html, &place);
        // A link left open would swallow every link behind it.
        while self.raw.links > 0 {
            self.close_raw("a");
        }
        self.only_images = false;
        if self.sink.since(start).trim().is_empty() && !self.sink.has_slots_since(start) {
            self.sink.cut(start);
        }
        self.plain.paragraph();
    }

    /// Notes the ids that trusted HTML defines, so that links to them resolve.
    fn note_ids(&mut self, html: &str, place: &Range<usize>) {
        for token in Tokens::new(html) {
            let Token::Open(tag) = token else { continue };
            let id = tag.attributes.into_iter().find(|(name, _)| name == "id");
            if let Some((_, id)) = id.filter(|(_, id)| self.ids.place(id).is_none()) {
                self.ids.take(id, Span::new(place.start, place.end));
            }
        }
    }

    /// Writes what may stay of a fragment.
    fn fragment(&mut self, html: &str, place: &Range<usize>) {
        let mut from = place.start;
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            self.note_foreign(&token);
            match token {
                Token::Silent => {}
                Token::Text(text) if self.only_images => self.sink.raw(text),
                Token::Text(text) => {
                    self.sink.raw(&text.replace('>', "&gt;"));
                    self.plain.text.push_str(&decode_references(text, Within::Content).replace('\n', " "));
                    self.visible += usize::from(!text.trim().is_empty());
                }
                Token::Stray => self.sink.raw("&lt;"),
                Token::Close(name, source) if self.is_text(&name) => self.angle_text(source),
                Token::Close(name, _) => self.close_raw(&name),
                Token::Open(tag) if self.is_text(&tag.name) => {
                    let at = self.find(tag.source, from..place.end);
                    from = at.end;
                    self.angle_text(tag.source);
                    self.report(at, MarkdownFault::AngleText { written: tag.source.to_owned() });
                }
                Token::Open(tag) => {
                    let at = self.find(&format!("<{}", tag.name), from..place.end);
                    from = at.end;
                    if is_known(&tag.name) {
                        self.open_raw(&tag, at.start..place.end);
                    } else {
                        self.report(at, MarkdownFault::RawElement { name: tag.name.clone() });
                        if WITH_CONTENT.contains(&tag.name.as_str()) {
                            tokens.skip_to_close(&tag.name);
                        }
                    }
                }
            }
        }
    }

    /// Where `what` stands in the file near the beginning of `range`, in any
    /// case of letters; if it can't be found, the beginning.
    fn find(&self, what: &str, range: Range<usize>) -> Range<usize> {
        let near = self.source.slice(&range).as_bytes();
        let near = near.get(..NEAR).unwrap_or(near);
        let at = near.windows(what.len().max(1)).position(|part| part.eq_ignore_ascii_case(what.as_bytes()));
        match at {
            Some(at) => range.start + at..range.start + at + what.len(),
            None => range.start..range.start,
        }
    }

    fn close_raw(&mut self, name: &str) {
        if !is_known(name) || VOID.contains(&name) {
            return;
        }
        if name == "a" {
            if self.raw.links == 0 {
                return;
            }
            self.raw.links -= 1;
            self.links_open = self.links_open.saturating_sub(1);
        }
        self.raw.present = true;
        self.raw.depth = self.raw.depth.saturating_sub(1);
        self.sink.raw("</");
        self.sink.raw(name);
        self.sink.raw(">");
    }

    /// A tag that may stay, which stands at the beginning of `place`.
    fn open_raw(&mut self, tag: &Tag<'_>, place: Range<usize>) {
        if tag.name == "img" {
            return self.raw_img(tag, place);
        }
        if self.raw.depth >= MAX_RAW || (tag.name == "a" && self.links_open > 0) {
            return;
        }
        self.settle();
        self.raw.present = true;
        self.sink.raw("<");
        self.sink.raw(&tag.name);
        if tag.name == "a" {
            self.raw.links += 1;
            self.links_open += 1;
            if let Some(href) = tag.value("href") {
                self.raw_href(&decode_references(href, Within::Attribute), &place);
            }
        }
        self.raw_attributes(tag, &place);
        self.sink.raw(">");
        if !VOID.contains(&tag.name.as_str()) {
            self.raw.depth += 1;
        }
        if tag.name == "br" {
            self.plain.blank_at(self.plain.text.len());
        }
    }

    fn raw_attributes(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let own = attributes_of(&tag.name).unwrap_or_default();
        for (name, value) in &tag.attributes {
            if (tag.name == "a" && name == "href") || OURS.contains(&name.as_str()) {
                continue;
            }
            let number = !NUMBERS.contains(&name.as_str()) || value.bytes().all(|b| b.is_ascii_digit());
            if !(GLOBAL.contains(&name.as_str()) || own.contains(&name.as_str())) || !number {
                let at = self.find(name, place.clone());
                self.report(at, MarkdownFault::RawAttribute { name: name.clone() });
            } else if name != "id" || self.raw_id(value, place) {
                self.sink.raw(" ");
                self.sink.raw(name);
                self.sink.raw("=\"");
                self.sink.raw(&value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"));
                self.sink.raw("\"");
            }
        }
    }

    /// The target of a raw link.
    fn raw_href(&mut self, href: &str, place: &Range<usize>) {
        let (target, fault) = target::judged(href.to_owned());
        let at = self.find(href, place.clone());
        if fault.as_ref().is_none_or(|fault| !target::breaks(fault)) {
            let n = self.add_link(target, &at, None);
            self.sink.slot(Slot::Segment(Segment::Href(n)));
        }
        if let Some(fault) = fault {
            self.report(at, fault);
        }
    }

    /// A raw `<img>`, treated like an image of Markdown.
    fn raw_img(&mut self, tag: &Tag<'_>, place: Range<usize>) {
        let text = |name: &str| {
            let value = tag.value(name).map(|value| decode_references(value, Within::Attribute));
            value.filter(|value| !value.is_empty()).map(Cow::into_owned)
        };
        let Some(src) = text("src") else {
            let at = self.find("<img", place);
            return self.report(at, MarkdownFault::RawElement { name: "img".into() });
        };
        for (name, _) in &tag.attributes {
            if !matches!(name.as_str(), "src" | "alt" | "title") && !OURS.contains(&name.as_str()) {
                let at = self.find(name, place.clone());
                self.report(at, MarkdownFault::RawAttribute { name: name.clone() });
            }
        }
        let at = self.find(&src, place.clone());
        let tag_at = self.find("<img", place);
        let alt = text("alt").unwrap_or_default();
        let link = Link { target: src, span: Span::default(), alt, title: text("title") };
        self.raw_image(link, at, tag_at);
    }

    /// Takes an id; whether it was free.
    fn raw_id(&mut self, id: &str, place: &Range<usize>) -> bool {
        let at = self.find(id, place.clone());
        if id.is_empty() || id.contains(char::is_whitespace) {
            self.report(at, MarkdownFault::RawAttribute { name: "id".into() });
            return false;
        }
        if super::heading::is_reserved_id(id) {
            self.report(at, MarkdownFault::ReservedId { id: id.to_owned() });
            return false;
        }
        if self.ids.place(id).is_some() {
            self.report(at, MarkdownFault::DuplicateId { id: id.to_owned() });
            return false;
        }
        self.ids.take(id, Span::new(at.start, at.end));
        true
    }
}
