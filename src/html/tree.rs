//! HTML read into a tree, for what has to see an element whole.
//!
//! [`parse`] reads a fragment by the tokens of HTML (html5ever) and nests what
//! they open and close; it repairs nothing as browsers would, since what comes
//! here was balanced before. Comments are left out, and of scripts, styles and
//! frames the content.
//!
//! **Invariant:** no element lies deeper than [`DEEPEST`]: what would is put into
//! the last that may, so that whoever walks the tree needs little stack.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::rewrite::{SILENT, VOID};

/// How deep elements lie at most.
const DEEPEST: usize = 96;

/// A text or an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// As readers see it.
    Text(String),
    /// With all that is in it.
    Element(Element),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Element {
    /// Lower case.
    pub name: String,
    /// In the order written, values without their escapes.
    pub attributes: Vec<(String, String)>,
    /// In order.
    pub children: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it has the class.
    pub(crate) fn is(&self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }

    /// Its classes, in the order written.
    pub(crate) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or_default().split_ascii_whitespace()
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        text(&self.children)
    }
}

/// All text of `nodes`.
pub(crate) fn text(nodes: &[Node]) -> String {
    fn add(out: &mut String, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => add(out, &element.children),
            }
        }
    }
    let mut out = String::new();
    add(&mut out, nodes);
    out
}

/// `html` as a tree.
pub(crate) fn parse(html: &str) -> Vec<Node> {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Builder::default())), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.close_all(0);
    builder.top
}

struct Sink(RefCell<Builder>);

#[derive(Default)]
struct Builder {
    top: Vec<Node>,
    /// Elements begun; those that lie too deep by their names alone.
    open: Vec<Result<Element, String>>,
    /// How many of them are elements.
    depth: usize,
    /// The element whose content is passed over.
    silent: Option<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.begin(&tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(text) if builder.silent.is_none() => builder.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn begin(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        let attribute = |own: &html5ever::Attribute| (own.name.local.to_string(), own.value.to_string());
        let attributes = tag.attrs.iter().map(attribute).collect();
        let empty = tag.self_closing || VOID.contains(&name.as_str());
        let silent = SILENT.contains(&name.as_str());
        let element = Element { name: name.clone(), attributes, children: Vec::new() };
        if silent || empty {
            self.put(Node::Element(element));
        } else if self.depth < DEEPEST {
            self.depth += 1;
            self.open.push(Ok(element));
        } else {
            self.open.push(Err(name.clone()));
        }
        if silent && !tag.self_closing {
            self.silent = Some(name);
            return TokenSinkResult::RawData(RawKind::Rawtext);
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
            return;
        }
        let named = |open: &Result<Element, String>| match open {
            Ok(element) => element.name == name,
            Err(own) => own == name,
        };
        if let Some(at) = self.open.iter().rposition(named) {
            self.close_all(at);
        }
    }

    fn close_all(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(Ok(element)) = self.open.pop() {
                self.depth -= 1;
                self.put(Node::Element(element));
            }
        }
    }

    fn put(&mut self, node: Node) {
        let within = self.open.iter_mut().rev().find_map(|open| open.as_mut().ok());
        within.map_or(&mut self.top, |element| &mut element.children).push(node);
    }

    fn text(&mut self, text: &str) {
        let within = self.open.iter_mut().rev().find_map(|open| open.as_mut().ok());
        let siblings = within.map_or(&mut self.top, |element| &mut element.children);
        if let Some(Node::Text(before)) = siblings.last_mut() {
            before.push_str(text);
        } else {
            siblings.push(Node::Text(text.to_owned()));
        }
    }
}

/// `nodes` as HTML.
pub(crate) fn write(nodes: &[Node]) -> String {
    fn add(out: &mut String, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => super::escape_into(out, text),
                Node::Element(Element { name, attributes, children }) => {
                    out.push('<');
                    out.push_str(name);
                    for (name, value) in attributes {
                        super::attribute(out, name, value);
                    }
                    out.push('>');
                    if !VOID.contains(&name.as_str()) {
                        add(out, children);
                        out.push_str("</");
                        out.push_str(name);
                        out.push('>');
                    }
                }
            }
        }
    }
    let mut out = String::new();
    add(&mut out, nodes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, wanted: &str) {
        assert_eq!(write(&parse(html)), wanted);
    }

    #[test]
    fn elements_nest_and_the_rest_is_left_out() {
        check("<p class=a>一<br>二&amp;三</p>", "<p class=\"a\">一<br>二&amp;三</p>");
        check("<div><p>一</div>二", "<div><p>一</p></div>二");
        check("</p>x<!-- y -->z", "xz");
        check("<script>if (a<b) {}</script>x", "<script></script>x");
    }

    #[test]
    fn what_lies_too_deep_is_put_higher() {
        let html = format!("{}字{}尾", "<b>".repeat(100_000), "</b>".repeat(100_000));
        let tree = parse(&html);
        assert_eq!(text(&tree), "字尾");
        assert!(write(&tree).matches("<b>").count() <= DEEPEST);
    }
}
