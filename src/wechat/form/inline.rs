//! What stands within a line: bold, pictures, links and the marks of notes.

use super::Former;
use super::nodes::{LEFT_OUT, bare, begin, box_of, element, is_seen, one_line};
use crate::html::attribute;
use crate::html::tree::{Element, Node};
use crate::wechat::edition::{Dropped, Reason};
use crate::wechat::line::Line;
use crate::wechat::links::Meaning;
use crate::wechat::pictures::Taken;

impl Former<'_> {
    pub(super) fn inline(&mut self, node: &Node, line: &mut Line) {
        let own = match node {
            Node::Text(text) => return line.text(text),
            Node::Element(own) => own,
        };
        match own.name.as_str() {
            "br" => line.line_break(),
            "img" => self.picture(own, line),
            "strong" | "b" => self.within(own, "strong", line),
            "em" | "i" | "cite" | "dfn" | "var" => self.within(own, "em", line),
            "code" | "kbd" | "samp" | "tt" => self.within(own, "code", line),
            "sup" if own.is("note-ref") => self.note_mark(own, line),
            "sup" => self.within(own, "sup", line),
            "sub" | "del" | "s" | "strike" | "ins" | "u" | "mark" | "small" | "big" | "span" => {
                self.within(own, "span", line);
            }
            "q" => self.between(("“", "”"), own, line),
            "rt" => self.between(("（", "）"), own, line),
            "a" => self.link(own, line),
            "input" if own.get("type") == Some("checkbox") => line.text(box_of(own)),
            "wbr" | "rp" | "source" | "track" | "col" | "area" | "base" | "param" => {}
            name if LEFT_OUT.contains(&name) || name == "input" => self.leave_out(own),
            _ => self.all(own, line),
        }
    }

    /// The content of `own` between two marks that browsers show by themselves.
    fn between(&mut self, (before, behind): (&str, &str), own: &Element, line: &mut Line) {
        line.text(before);
        self.all(own, line);
        line.text(behind);
    }

    fn all(&mut self, own: &Element, line: &mut Line) {
        for node in &own.children {
            self.inline(node, line);
        }
    }

    /// The content of `own` in an element called `name`; one that shows nothing,
    /// or is a span without a style, is left out.
    fn within(&mut self, own: &Element, name: &str, line: &mut Line) {
        let style = self.styles.class(own).or_else(|| {
            let by_name = if name == "span" { self.styles.get(&own.name) } else { self.styles.get(name) };
            (!by_name.is_empty()).then_some(by_name)
        });
        let style = style.unwrap_or_default().to_owned();
        if !is_seen(&own.children) || (name == "span" && style.is_empty()) {
            return self.all(own, line);
        }
        let mut tag = String::new();
        begin(&mut tag, name, &style, "");
        line.open(&tag);
        self.all(own, line);
        line.close(&format!("</{name}>"));
    }

    fn picture(&mut self, own: &Element, line: &mut Line) {
        let (src, alt) = (own.get("src").unwrap_or_default(), own.get("alt").unwrap_or_default());
        match self.pictures.take(src, alt) {
            Taken::Here { file, dropped } => {
                self.dropped.extend(dropped);
                let mut tag = String::from("<img");
                attribute(&mut tag, "src", &file);
                if !alt.is_empty() {
                    attribute(&mut tag, "alt", &alt.chars().filter(|c| !c.is_control()).collect::<String>());
                }
                let style = self.styles.of(own, "img");
                if !style.is_empty() {
                    attribute(&mut tag, "style", style);
                }
                tag.push('>');
                line.thing(&tag);
            }
            Taken::No(dropped) => {
                let foreign = dropped.reason == Reason::ForeignPicture;
                self.dropped.push(dropped);
                line.text(&format!("［图片：{}］", if alt.is_empty() { "见原文" } else { alt }));
                if foreign {
                    let meaning = self.links.meaning(src);
                    self.behind(&meaning, alt, line);
                }
            }
        }
    }

    /// The mark of a footnote: of the one that it links to, or, within a link,
    /// where the site writes no second one, of the one whose number it shows.
    fn note_mark(&mut self, own: &Element, line: &mut Line) {
        let id = own.children.iter().find_map(|node| match node {
            Node::Element(anchor) => anchor.get("href")?.strip_prefix('#').map(str::to_owned),
            Node::Text(number) => {
                self.footnote_ids.get(number.parse::<usize>().ok()?.checked_sub(1)?).cloned()
            }
        });
        match id.and_then(|id| self.footnote(&id)) {
            Some(number) => self.mark(number, line),
            None => self.within(own, "sup", line),
        }
    }

    fn mark(&mut self, number: usize, line: &mut Line) {
        let mut mark = String::new();
        element(&mut mark, "sup", self.styles.get("sup"), &format!("[{number}]"));
        line.mark(&mark);
    }

    fn link(&mut self, own: &Element, line: &mut Line) {
        let meaning = own.get("href").map_or(Meaning::Nothing, |href| self.links.meaning(href));
        if let Meaning::Own(url) = &meaning
            && is_seen(&own.children)
        {
            let mut href = String::new();
            attribute(&mut href, "href", url);
            let mut tag = String::new();
            begin(&mut tag, "a", self.styles.of(own, "a"), &href);
            line.open(&tag);
            self.all(own, line);
            line.close("</a>");
            return;
        }
        self.all(own, line);
        let words = one_line(&own.text());
        if meaning == Meaning::Here && !words.is_empty() && !own.is("note-back") {
            self.dropped.push(Dropped { reason: Reason::Anchor, what: words.clone() });
        }
        self.behind(&meaning, &words, line);
    }

    /// What stands behind a link whose words were `words`: the mark of a note
    /// with its address, unless the words are the address.
    pub(super) fn behind(&mut self, meaning: &Meaning, words: &str, line: &mut Line) {
        let Meaning::Address(address) = meaning else { return };
        if bare(words) == bare(address) {
            return;
        }
        if self.noting {
            return line.text(&format!("（{address}）"));
        }
        let known =
            self.notes.iter().find(|note| note.address.as_ref() == Some(address)).map(|note| note.number);
        let number = known.unwrap_or_else(|| {
            let text = if words.is_empty() { String::new() } else { format!("{words}：") };
            self.note(words.to_owned(), Some(address.clone()), vec![Node::Text(format!("{text}{address}"))])
        });
        self.mark(number, line);
    }

    fn leave_out(&mut self, own: &Element) {
        let reason = if own.name == "svg" { Reason::Drawing } else { Reason::Element };
        let what = own.get("src").or(own.get("data")).unwrap_or(&own.name).to_owned();
        self.dropped.push(Dropped { reason, what });
    }
}
