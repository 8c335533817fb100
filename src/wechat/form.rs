//! Any HTML into the form that an edition has.
//!
//! [`Former::form`] reads what a template wrote (the piece's text and its
//! blocks) and writes it anew by a grammar of its own: blocks hold blocks or one
//! line of text, a list item holds one section, elements that the account does
//! not take become what comes nearest. Styles come from the element's class or
//! name, and nothing else of the element stays. Bold is what it was in the text.
//!
//! **Invariant:** whatever is read, what is written holds to `allow`'s list, and
//! no text that readers of the page see is lost but what is reported.

mod inline;
mod nodes;
mod table;

use std::collections::BTreeMap;

use super::edition::{Dropped, Note, Reason};
use super::line::Line;
use super::links::Links;
use super::pictures::Pictures;
use super::style::Styles;
use crate::html::tree::{self, Element, Node};
use crate::html::{attribute, elements, escape};

pub(super) use nodes::one_line;
use nodes::{element, holds_block, is_block, joined, kept_blanks, without_backlinks, wrap};

/// What an edition is being made of.
pub(super) struct Former<'f> {
    pub(super) styles: &'f Styles,
    pub(super) links: Links<'f>,
    pub(super) pictures: Pictures<'f>,
    /// What marks mean so far.
    pub(super) notes: Vec<Note>,
    /// The HTML of each note, as it was read.
    noted: Vec<Vec<Node>>,
    pub(super) dropped: Vec<Dropped>,
    /// Footnotes by their ids, and which note each became.
    footnotes: BTreeMap<String, (Vec<Node>, Option<usize>)>,
    /// Their ids in the order of the site's list, which counts them from 1.
    footnote_ids: Vec<String>,
    /// Whether notes are being written: no new ones begin there.
    noting: bool,
}

impl<'f> Former<'f> {
    pub(super) fn new(styles: &'f Styles, links: Links<'f>, pictures: Pictures<'f>) -> Self {
        Self {
            styles,
            links,
            pictures,
            notes: Vec::new(),
            noted: Vec::new(),
            dropped: Vec::new(),
            footnotes: BTreeMap::new(),
            footnote_ids: Vec::new(),
            noting: false,
        }
    }

    /// `html` in the edition's form.
    pub(super) fn form(&mut self, html: &str) -> String {
        let mut nodes = tree::parse(html);
        self.take_footnotes(&mut nodes);
        let mut out = String::new();
        self.blocks(&nodes, "p", &mut out);
        out
    }

    /// The notes so far as the template of notes gets them, each with the HTML
    /// of its text.
    pub(super) fn written_notes(&mut self) -> Vec<(Note, String)> {
        self.noting = true;
        // A footnote that nothing refers to is text all the same.
        for id in &self.footnote_ids.clone() {
            self.footnote(id);
        }
        self.notes.iter().cloned().zip(self.noted.iter().map(|nodes| tree::write(nodes))).collect()
    }

    /// Takes the list of footnotes out of the text.
    fn take_footnotes(&mut self, nodes: &mut Vec<Node>) {
        nodes.retain_mut(|node| {
            let Node::Element(element) = node else { return true };
            if element.is("footnotes") && element.get("role") == Some("doc-endnotes") {
                self.read_footnotes(element);
                return false;
            }
            self.take_footnotes(&mut element.children);
            true
        });
    }

    fn read_footnotes(&mut self, list: &Element) {
        for node in &list.children {
            let Node::Element(element) = node else { continue };
            match element.get("id") {
                Some(id) if element.name == "li" => {
                    let mut content = element.children.clone();
                    without_backlinks(&mut content);
                    let content = joined(content);
                    self.footnotes.insert(id.to_owned(), (content, None));
                    self.footnote_ids.push(id.to_owned());
                }
                _ => self.read_footnotes(element),
            }
        }
    }

    /// The number of the footnote called `id`; `None` where there is none.
    fn footnote(&mut self, id: &str) -> Option<usize> {
        let (content, known) = self.footnotes.get(id)?;
        if let Some(number) = known {
            return Some(*number);
        }
        let (content, text) = (content.clone(), one_line(&tree::text(content)));
        let number = self.note(text, None, content);
        if let Some((_, known)) = self.footnotes.get_mut(id) {
            *known = Some(number);
        }
        Some(number)
    }

    fn note(&mut self, text: String, address: Option<String>, content: Vec<Node>) -> usize {
        let number = self.notes.len() + 1;
        self.notes.push(Note { number, text, address });
        self.noted.push(content);
        number
    }

    /// Blocks, and text between them as paragraphs of the kind `paragraph`.
    fn blocks(&mut self, nodes: &[Node], paragraph: &str, out: &mut String) {
        let mut text: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if holds_block(element) => {
                    self.paragraph(&std::mem::take(&mut text), "p", paragraph, out);
                    self.block(element, paragraph, out);
                }
                node => text.push(node),
            }
        }
        self.paragraph(&text, "p", paragraph, out);
    }

    /// One line of text as `<name>`, where anything of it is seen.
    fn paragraph(&mut self, nodes: &[&Node], name: &str, kind: &str, out: &mut String) {
        let style = self.style_or_p(kind).to_owned();
        if let Some(line) = self.line(nodes) {
            element(out, name, &style, &line);
        }
    }

    /// A kind of paragraph that the theme says nothing of is a plain one.
    fn style_or_p(&self, kind: &str) -> &str {
        let own = self.styles.get(kind);
        if own.is_empty() && kind != "li-p" && kind != "td-p" { self.styles.get("p") } else { own }
    }

    fn line(&mut self, nodes: &[&Node]) -> Option<String> {
        let mut line = Line::default();
        for node in nodes {
            self.inline(node, &mut line);
        }
        line.finish()
    }

    fn block(&mut self, own: &Element, paragraph: &str, out: &mut String) {
        match own.name.as_str() {
            "h1" | "h2" => self.heading(own, "h2", out),
            "h3" => self.heading(own, "h3", out),
            "h4" | "h5" | "h6" => self.heading(own, "h4", out),
            "ul" | "menu" | "dir" => self.list(own, "ul", out),
            "ol" => self.list(own, "ol", out),
            "blockquote" => {
                let style = self.styles.of(own, "blockquote").to_owned();
                let mut inside = String::new();
                self.blocks(&own.children, "quote-p", &mut inside);
                wrap(out, "blockquote", &style, "", &inside);
            }
            "table" => self.table(own, out),
            "pre" | "listing" | "xmp" | "plaintext" => self.code(own, out),
            "figure" => self.figure(own, out),
            "video" | "audio" => self.media(own, out),
            // An empty block is taken away; a line break in it is not seen.
            "hr" => wrap(out, "section", self.styles.of(own, "hr"), "", "<br>"),
            name if elements::PARAGRAPHS.contains(&name) && !own.children.iter().any(is_block) => {
                let class = self.styles.class(own).map(str::to_owned);
                let kind = if name == "p" { paragraph } else { name };
                let style = class.unwrap_or_else(|| self.style_or_p(kind).to_owned());
                if let Some(line) = self.line(&own.children.iter().collect::<Vec<_>>()) {
                    element(out, "p", &style, &line);
                }
            }
            _ => self.container(own, paragraph, out),
        }
    }

    /// What only holds others: a section where the theme has a style for it, else
    /// what is in it.
    fn container(&mut self, own: &Element, paragraph: &str, out: &mut String) {
        let style = self.styles.class(own).map(str::to_owned);
        let Some(style) = style else { return self.blocks(&own.children, paragraph, out) };
        let mut inside = String::new();
        if own.children.iter().any(is_block) {
            self.blocks(&own.children, paragraph, &mut inside);
        } else {
            inside.extend(self.line(&own.children.iter().collect::<Vec<_>>()));
        }
        wrap(out, "section", &style, "", &inside);
    }

    fn heading(&mut self, own: &Element, name: &str, out: &mut String) {
        if own.children.iter().any(is_block) {
            return self.blocks(&own.children, "p", out);
        }
        let style = self.styles.of(own, name).to_owned();
        if let Some(line) = self.line(&own.children.iter().collect::<Vec<_>>()) {
            element(out, name, &style, &line);
        }
    }

    /// A list: every item is one section, so that the account's editor does not
    /// break it at its first bold word.
    fn list(&mut self, own: &Element, name: &str, out: &mut String) {
        let item_style = self.styles.get("li").to_owned();
        let section_style = self.styles.get("li-section").to_owned();
        let mut items = String::new();
        for node in &own.children {
            let mut inside = String::new();
            let nodes = match node {
                Node::Element(item) if item.name == "li" => item.children.as_slice(),
                other => std::slice::from_ref(other),
            };
            if nodes.iter().any(is_block) {
                self.blocks(nodes, "li-p", &mut inside);
            } else {
                inside.extend(self.line(&nodes.iter().collect::<Vec<_>>()));
            }
            if !inside.is_empty() {
                let mut section = String::new();
                wrap(&mut section, "section", &section_style, "", &inside);
                wrap(&mut items, "li", &item_style, "", &section);
            }
        }
        let mut start = String::new();
        if let Some(first) =
            own.get("start").filter(|_| name == "ol").and_then(|n| n.trim().parse::<u32>().ok())
        {
            attribute(&mut start, "start", &first.to_string());
        }
        let style = self.styles.of(own, name).to_owned();
        wrap(out, name, &style, &start, &items);
    }

    /// Code: one `<code>` a line, since the account's editor joins lines.
    fn code(&mut self, own: &Element, out: &mut String) {
        let (style, line_style) = (self.styles.of(own, "pre").to_owned(), self.styles.get("line").to_owned());
        let line_style = if line_style.is_empty() { "display:block".to_owned() } else { line_style };
        let text = own.text();
        let mut lines = String::new();
        for line in text.trim_end().trim_start_matches('\n').lines() {
            let kept = escape(&kept_blanks(line));
            element(&mut lines, "code", &line_style, if kept.is_empty() { "<br>" } else { &kept });
        }
        wrap(out, "pre", &style, "", &lines);
    }

    fn figure(&mut self, own: &Element, out: &mut String) {
        let is_caption = |node: &&Node| matches!(node, Node::Element(own) if own.name == "figcaption");
        let (captions, others): (Vec<&Node>, Vec<&Node>) = own.children.iter().partition(is_caption);
        let shown = |node: &&Node| matches!(node, Node::Element(own) if holds_block(own));
        if others.iter().any(shown) || captions.len() > 1 {
            return self.container(own, "p", out);
        }
        let style = self.styles.of(own, "figure").to_owned();
        let mut inside = String::new();
        // What stands for a picture that can't be shown is a line of text.
        match self.line(&others) {
            Some(line) if tree::text(&tree::parse(&line)).is_empty() => inside.push_str(&line),
            Some(line) => element(&mut inside, "p", self.styles.get("p"), &line),
            None => {}
        }
        let caption = captions.iter().find_map(|node| match node {
            Node::Element(caption) => self.line(&caption.children.iter().collect::<Vec<_>>()),
            Node::Text(_) => None,
        });
        if let Some(caption) = caption {
            let style = self.styles.get("figcaption").to_owned();
            element(&mut inside, "figcaption", &style, &caption);
        }
        wrap(out, "figure", &style, "", &inside);
    }

    /// A player of another site: a line that says where to see it.
    fn media(&mut self, own: &Element, out: &mut String) {
        fn source(own: &Element) -> Option<&str> {
            let inside = || {
                own.children.iter().find_map(|node| match node {
                    Node::Element(child) if child.name == "source" => child.get("src"),
                    _ => None,
                })
            };
            own.get("src").or_else(inside)
        }
        let word = if own.name == "audio" { "音频" } else { "视频" };
        let mut line = Line::default();
        line.text(&format!("［{word}：请到原网站播放］"));
        let address = source(own).unwrap_or_default().to_owned();
        self.dropped.push(Dropped { reason: Reason::Media, what: address.clone() });
        let meaning = self.links.meaning(&address);
        self.behind(&meaning, word, &mut line);
        let style = self.style_or_p(".media").to_owned();
        if let Some(line) = line.finish() {
            element(out, "p", &style, &line);
        }
    }
}
