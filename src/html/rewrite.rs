//! HTML into well-formed markup, changed on the way.
//!
//! [`rewrite`] reads a fragment as browsers do and writes it so that it is XML
//! and HTML alike: every value quoted, every void element closed, no entity
//! but XML's own, no character that XML forbids. A [`Change`] sees each tag
//! before it is written.
//!
//! **Invariant:** with [`Whole::Balanced`] the result is well-formed XML
//! content, whatever the fragment was.

use std::cell::RefCell;

use super::escape::escape_xml_into;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What is changed of a fragment.
pub(crate) trait Change {
    /// An opening tag: its name and attributes may be changed; `false` leaves
    /// it out, and its content stays.
    fn open(&mut self, name: &mut String, attributes: &mut Vec<(String, String)>) -> bool;

    /// Text, as readers see it.
    fn text(&mut self, _text: &str) {}

    /// A closing tag: its name may be changed; what is returned is written
    /// behind it as it is.
    fn close(&mut self, _name: &mut String) -> String {
        String::new()
    }
}

/// Nothing is changed.
pub(crate) struct Unchanged;

impl Change for Unchanged {
    fn open(&mut self, _: &mut String, _: &mut Vec<(String, String)>) -> bool {
        true
    }
}

/// Whether a fragment stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// It does: what it leaves open is closed, what it closes without need is
    /// left out.
    Balanced,
    /// It is a part of a text that is balanced as a whole.
    Part,
}

/// Elements that hold nothing (HTML, 13.1.2).
pub(super) const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose content is no text for readers.
pub(super) const SILENT: [&str; 6] = ["script", "style", "template", "noscript", "iframe", "title"];

/// `html`, rewritten.
pub(crate) fn rewrite(html: &str, change: &mut dyn Change, whole: Whole) -> String {
    let out = String::with_capacity(html.len() + html.len() / 8);
    let writer = Writer { out, change, whole, open: Vec::new(), silent: None };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(writer)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut writer = tokenizer.sink.0.into_inner();
    // What a part leaves open is closed in a later one.
    if whole == Whole::Balanced {
        writer.close_all(0);
    }
    writer.out
}

struct Sink<'c>(RefCell<Writer<'c>>);

struct Writer<'c> {
    out: String,
    change: &'c mut dyn Change,
    whole: Whole,
    /// Elements begun, as they were called and as they were written; nothing
    /// where the tag was left out.
    open: Vec<(String, Option<String>)>,
    /// The element whose content is passed over.
    silent: Option<String>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut writer = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return writer.begin(&tag),
            Token::TagToken(tag) => writer.end(&tag.name),
            Token::CharacterTokens(text) => writer.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Writer<'_> {
    fn begin(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let called = tag.name.to_string();
        if SILENT.contains(&called.as_str()) {
            self.silent = Some(called);
            return TokenSinkResult::RawData(RawKind::Rawtext);
        }
        let mut name = called.clone();
        let mut attributes: Vec<(String, String)> = tag
            .attrs
            .iter()
            .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
            .filter(|(name, _)| is_name(name))
            .collect();
        let written = self.change.open(&mut name, &mut attributes) && is_name(&name);
        let empty = VOID.contains(&called.as_str()) || (tag.self_closing && self.is_foreign());
        if written {
            self.tag(&name, &attributes, empty);
        }
        if !empty {
            self.open.push((called, written.then_some(name)));
        }
        TokenSinkResult::Continue
    }

    fn tag(&mut self, name: &str, attributes: &[(String, String)], empty: bool) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape_xml_into(&mut self.out, value);
            self.out.push('"');
        }
        // Pages are HTML, where the slash of `<br/>` says nothing.
        let html = self.whole == Whole::Part && VOID.contains(&name);
        self.out.push_str(if empty && !html { "/>" } else { ">" });
    }

    /// Whether `<x/>` ends itself here: in a drawing or a formula it does.
    fn is_foreign(&self) -> bool {
        self.open.iter().any(|(name, _)| name == "svg" || name == "math")
    }

    fn end(&mut self, name: &str) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
            return;
        }
        match self.open.iter().rposition(|(open, _)| open == name) {
            Some(at) => self.close_all(at),
            None if self.whole == Whole::Part && !VOID.contains(&name) => {
                let mut name = name.to_owned();
                let behind = self.change.close(&mut name);
                self.write_end(&name, &behind);
            }
            None => {}
        }
    }

    /// Closes all elements from the one at `at` on, the innermost first.
    fn close_all(&mut self, at: usize) {
        while self.open.len() > at {
            let Some((called, written)) = self.open.pop() else { return };
            let mut name = written.clone().unwrap_or(called);
            let behind = self.change.close(&mut name);
            if let Some(written) = written {
                self.write_end(&written, &behind);
            } else {
                self.out.push_str(&behind);
            }
        }
    }

    fn write_end(&mut self, name: &str, behind: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self.out.push_str(behind);
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_none() {
            self.change.text(text);
            escape_xml_into(&mut self.out, text);
        }
    }
}

/// Whether `name` can name an element or attribute in XML; prefixed ones would
/// need their namespaces and are left out.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, wanted: &str) {
        assert_eq!(rewrite(html, &mut Unchanged, Whole::Balanced), wanted);
    }

    #[test]
    fn html_becomes_xml() {
        check("<p>一<br>二", "<p>一<br/>二</p>");
        check("<img alt=a src='x.png' hidden>", "<img alt=\"a\" src=\"x.png\" hidden=\"\"/>");
        check("a&nbsp;&copy;&lt;&amp;b", "a\u{a0}©&lt;&amp;b");
        check("<b>一<i>二</b>三</i>", "<b>一<i>二</i></b>三");
        check("</p>x<!-- y --><?z?>", "x");
        check("<script>if (a<b) {}</script>x<style>p{}</style>", "x");
        check("<svg><rect width=\"1\"/></svg><div/>x", "<svg><rect width=\"1\"/></svg><div>x</div>");
        check("<p a:b=\"c\" \"=d>\u{1}x</p>", "<p>x</p>");
        check("", "");
    }

    #[test]
    fn parts_join_to_a_whole() {
        let part = |html| rewrite(html, &mut Unchanged, Whole::Part);
        assert_eq!(part("<blockquote>\n<p>一</p>"), "<blockquote>\n<p>一</p>");
        assert_eq!(part("</blockquote>"), "</blockquote>");
    }
}
