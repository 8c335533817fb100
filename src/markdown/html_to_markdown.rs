//! HTML into Markdown: headings, bold, lists, links, pictures, tables, line
//! breaks. Looks go, words stay.
//!
//! The HTML is read as browsers read it ([`crate::html::rewrite`]); each block
//! element ends the paragraph before it and begins another. `blocks` puts
//! lists and tables together, `inline` the words of a paragraph.
//!
//! **Invariant:** every word that a reader would see stands in the result, in
//! its order.

mod blocks;
mod inline;

use crate::html::{Change, Whole, rewrite};
use blocks::{Blocks, Kind};
use inline::{Inline, Look};

/// What the text between the tags is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// HTML: blanks collapse, and signs that Markdown would take for marks are
    /// escaped.
    Html,
    /// Markdown with tags in it: it stays as it is.
    Markdown,
}

/// `html` as Markdown, without blank lines at its ends.
pub(super) fn to_markdown(html: &str, mode: Mode) -> String {
    // The reader passes over frames; their address is worth keeping.
    let framed = renamed(html, "iframe", "zl-frame");
    let mut builder =
        Builder { mode, blocks: Blocks::default(), inline: Inline::new(mode), open: Vec::new() };
    rewrite(&framed, &mut builder, Whole::Balanced);
    builder.paragraph();
    builder.blocks.finish()
}

/// `html` with the element `from` called `to`.
fn renamed(html: &str, from: &str, to: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (found, _) in lower.match_indices(from) {
        let before = html.get(at..found).unwrap_or_default();
        out.push_str(before);
        let is_tag = out.ends_with('<') || out.ends_with("</");
        out.push_str(if is_tag { to } else { html.get(found..found + from.len()).unwrap_or_default() });
        at = found + from.len();
    }
    out.push_str(html.get(at..).unwrap_or_default());
    out
}

struct Builder {
    mode: Mode,
    blocks: Blocks,
    inline: Inline,
    /// Elements begun: their names and what ends with them.
    open: Vec<(String, Effect)>,
}

/// What the end of an element has to do.
enum Effect {
    Nothing,
    /// End a paragraph.
    Paragraph,
    /// End a heading of that level.
    Heading(usize),
    /// End a container.
    Container,
    /// End a manner of writing.
    Look(Look),
    /// End a link.
    Link,
    /// Write this tag's end.
    Kept(&'static str),
}

/// Elements without an end (HTML, 13.1.2).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Inline elements that Markdown has no marks for, and that stay.
const KEPT: [&str; 9] = ["sub", "sup", "ruby", "rt", "rp", "mark", "kbd", "ins", "u"];

type Attributes = [(String, String)];

impl Change for Builder {
    fn open(&mut self, name: &mut String, attributes: &mut Vec<(String, String)>) -> bool {
        let effect = self.begin(name, attributes);
        if !VOID.contains(&name.as_str()) {
            self.open.push((name.clone(), effect));
        }
        false
    }

    fn text(&mut self, text: &str) {
        self.inline.text(text);
    }

    fn close(&mut self, name: &mut String) -> String {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            while self.open.len() > at {
                if let Some((_, effect)) = self.open.pop() {
                    self.end(&effect);
                }
            }
        }
        String::new()
    }
}

impl Builder {
    /// The words so far are a paragraph.
    fn paragraph(&mut self) {
        let text = self.inline.take();
        self.blocks.push(text);
    }

    fn begin(&mut self, name: &str, attributes: &Attributes) -> Effect {
        match name {
            "br" => self.inline.line_break(),
            "img" => self.inline.image(attributes),
            "hr" => {
                self.paragraph();
                self.blocks.push("---".to_owned());
            }
            "zl-frame" | "video" | "audio" | "embed" | "source" => self.inline.address(attributes),
            "a" => {
                self.inline.begin_link(value(attributes, "href"));
                return Effect::Link;
            }
            _ => return self.begin_other(name, attributes),
        }
        Effect::Nothing
    }

    fn begin_other(&mut self, name: &str, attributes: &Attributes) -> Effect {
        if let Some(look) = look(name, attributes) {
            self.inline.begin(look);
            return Effect::Look(look);
        }
        if let Some(kept) = KEPT.into_iter().find(|kept| *kept == name) {
            self.inline.raw(&format!("<{kept}>"));
            return Effect::Kept(kept);
        }
        let container = match name {
            "ul" | "dl" => Kind::List { next: None },
            "ol" => Kind::List { next: Some(value(attributes, "start").parse().unwrap_or(1)) },
            "li" | "dd" | "dt" => Kind::Item,
            "blockquote" => Kind::Quote,
            "table" => Kind::Table,
            "tr" => Kind::Row,
            "td" | "th" => Kind::Cell { columns: value(attributes, "colspan").parse().unwrap_or(1) },
            "pre" => Kind::Code,
            "h1" | "h2" => return self.heading(2),
            "h3" => return self.heading(3),
            "h4" | "h5" | "h6" => return self.heading(4),
            _ if is_block(name) => {
                self.paragraph();
                return Effect::Paragraph;
            }
            _ => return Effect::Nothing,
        };
        // Markdown's own lists and quotations are none of this text's business.
        if self.mode == Mode::Markdown && !matches!(container, Kind::Item) {
            return Effect::Paragraph;
        }
        self.paragraph();
        self.inline.set_code(container == Kind::Code);
        self.blocks.begin(container);
        Effect::Container
    }

    fn heading(&mut self, level: usize) -> Effect {
        self.paragraph();
        Effect::Heading(level)
    }

    fn end(&mut self, effect: &Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::Paragraph => self.paragraph(),
            Effect::Heading(level) => {
                let text = self.inline.take().replace("**", "");
                let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
                if !line.is_empty() {
                    self.blocks.push(format!("{} {line}", "#".repeat(*level)));
                }
            }
            Effect::Container => {
                self.paragraph();
                self.inline.set_code(false);
                self.blocks.end();
            }
            Effect::Look(look) => self.inline.end(*look),
            Effect::Link => self.inline.end_link(),
            Effect::Kept(name) => self.inline.raw(&format!("</{name}>")),
        }
    }
}

/// The value of an attribute, or nothing.
fn value<'a>(attributes: &'a Attributes, name: &str) -> &'a str {
    attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

/// The manner in which an element has its words written: by its name, or by
/// its style.
fn look(name: &str, attributes: &Attributes) -> Option<Look> {
    match name {
        "strong" | "b" => return Some(Look::Bold),
        "em" | "i" => return Some(Look::Italic),
        "s" | "del" | "strike" => return Some(Look::Struck),
        "span" | "font" => {}
        _ => return None,
    }
    let style: String = value(attributes, "style").to_ascii_lowercase().split_whitespace().collect();
    let weight = style.split(';').find_map(|rule| rule.strip_prefix("font-weight:"))?;
    let is_bold = weight.starts_with("bold") || weight.parse::<u32>().is_ok_and(|weight| weight >= 600);
    is_bold.then_some(Look::Bold)
}

/// Whether an element begins a paragraph of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "nav"
            | "center"
            | "figure"
            | "figcaption"
            | "caption"
            | "fieldset"
            | "form"
            | "details"
            | "summary"
            | "address"
            | "tbody"
            | "thead"
            | "tfoot"
            | "body"
            | "html"
            | "hgroup"
    )
}
