//! What elements are to an edition, and how its own are written.

use crate::html::tree::{Element, Node};
use crate::html::{attribute, elements};
use crate::wechat::allow::INVISIBLE;

/// Elements that are left out with all that is in them.
pub(super) const LEFT_OUT: [&str; 22] = [
    "applet", "button", "canvas", "datalist", "embed", "frame", "frameset", "iframe", "link", "map", "meta",
    "meter", "noscript", "object", "progress", "script", "select", "style", "svg", "template", "textarea",
    "title",
];

pub(in crate::wechat) fn is_block(node: &Node) -> bool {
    matches!(node, Node::Element(element) if holds_block(element))
}

/// Whether an element is a block, or holds one: `<b><p>` too.
pub(in crate::wechat) fn holds_block(element: &Element) -> bool {
    let name = element.name.as_str();
    if LEFT_OUT.contains(&name) {
        return false;
    }
    elements::is_block(name) || element.children.iter().any(is_block)
}

/// The box of a task.
pub(in crate::wechat) fn box_of(own: &Element) -> &'static str {
    if own.get("checked").is_some() { "☑" } else { "☐" }
}

/// Whether readers see anything of `nodes`.
pub(in crate::wechat) fn is_seen(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => {
            text.chars().any(|c| !c.is_ascii_whitespace() && !c.is_control() && !INVISIBLE.contains(&c))
        }
        Node::Element(own) => match own.name.as_str() {
            "img" | "input" => true,
            name => !LEFT_OUT.contains(&name) && is_seen(&own.children),
        },
    })
}

pub(in crate::wechat) fn without_backlinks(nodes: &mut Vec<Node>) {
    nodes.retain_mut(|node| match node {
        Node::Element(own) if own.is("note-back") => false,
        Node::Element(own) => {
            without_backlinks(&mut own.children);
            true
        }
        Node::Text(_) => true,
    });
}

/// Paragraphs as lines of one: a note is one paragraph where it has nothing else.
pub(in crate::wechat) fn joined(nodes: Vec<Node>) -> Vec<Node> {
    let is_line = |node: &Node| match node {
        Node::Element(own) => own.name == "p" && !own.children.iter().any(is_block),
        Node::Text(text) => text.trim().is_empty(),
    };
    if !nodes.iter().all(is_line) {
        return nodes;
    }
    let mut out = Vec::new();
    for node in nodes {
        if let Node::Element(own) = node {
            if !out.is_empty() {
                out.push(Node::Element(Element { name: "br".to_owned(), ..Element::default() }));
            }
            out.extend(own.children);
        }
    }
    out
}

/// `text` with single blanks, and none at its ends.
pub(in crate::wechat) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address as people write it.
pub(in crate::wechat) fn bare(text: &str) -> &str {
    let text = text.trim().trim_end_matches('/');
    text.split_once("://").map_or(text, |(_, rest)| rest)
}

pub(in crate::wechat) fn is_percent(width: &str) -> bool {
    width.strip_suffix('%').is_some_and(|number| number.parse::<u8>().is_ok_and(|number| number <= 100))
}

/// `line` of code with blanks that stay: where one stands at the beginning or
/// after another.
pub(in crate::wechat) fn kept_blanks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = true;
    for c in line.trim_end().chars() {
        match c {
            '\t' => out.push_str("\u{A0}\u{A0}\u{A0}\u{A0}"),
            ' ' if before => out.push('\u{A0}'),
            c if c.is_control() || INVISIBLE.contains(&c) => {}
            c => out.push(c),
        }
        before = matches!(c, ' ' | '\t');
    }
    out
}

pub(in crate::wechat) fn begin(out: &mut String, name: &str, style: &str, attributes: &str) {
    out.push('<');
    out.push_str(name);
    out.push_str(attributes);
    if !style.is_empty() {
        attribute(out, "style", style);
    }
    out.push('>');
}

pub(in crate::wechat) fn end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// `<name>` around a line.
pub(in crate::wechat) fn element(out: &mut String, name: &str, style: &str, inside: &str) {
    begin(out, name, style, "");
    out.push_str(inside);
    end(out, name);
}

/// `<name>` around blocks; nothing where there are none.
pub(in crate::wechat) fn wrap(out: &mut String, name: &str, style: &str, attributes: &str, inside: &str) {
    if !inside.is_empty() {
        begin(out, name, style, attributes);
        out.push_str(inside);
        end(out, name);
    }
}
