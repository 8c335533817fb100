//! A DOCX file's text, and what is hidden in it (ECMA-376, part 1, 17).

use std::collections::BTreeSet;

use super::text_flow::Flow;
use super::{Broken, Extract, app_pages, people};
use crate::diagnostic::MaterialFault;
use crate::office::package::Package;
use crate::office::xml::{Element, Node, is_on, walk};

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let mut story = Story::default();
    let mut reading = Extract { pages: app_pages(package, "Pages")?, ..Extract::default() };
    let body = package.part(main)?.ok_or(Broken::Damaged)?;
    story.read(&body)?;
    let relations = package.relations(main)?;
    let (mut comments, mut authors) = (0, BTreeSet::new());
    for relation in relations.iter().filter(|relation| !relation.outside) {
        match relation.kind.as_str() {
            "footnotes" | "endnotes" => {
                if let Some(part) = package.part(&relation.target)? {
                    story.read(&part)?;
                }
            }
            "header" | "footer" => {
                if let Some(part) = package.part(&relation.target)? {
                    let kept = std::mem::take(&mut story.flow);
                    story.read(&part)?;
                    story.flow = kept;
                }
            }
            "comments" => {
                let part = package.part(&relation.target)?.unwrap_or_default();
                walk(&part, |node| {
                    if let Node::Start(element) = node
                        && element.name() == b"comment"
                    {
                        comments += 1;
                        authors.extend(element.attribute("author"));
                    }
                })?;
            }
            _ => {}
        }
    }
    if comments > 0 {
        reading.faults.push(MaterialFault::Comments { count: comments, authors: people(authors) });
    }
    if story.changes > 0 {
        let authors = people(std::mem::take(&mut story.authors));
        reading.faults.push(MaterialFault::TrackedChanges { count: story.changes, authors });
    }
    if story.hidden > 0 {
        reading.faults.push(MaterialFault::HiddenText { count: story.hidden });
    }
    reading.text = story.flow.text;
    Ok(reading)
}

/// A part being read: body, notes, header.
#[derive(Default)]
struct Story {
    flow: Flow,
    /// Depth within what is no text of the document: deletions, the older of
    /// two renderings, readings above characters.
    skipped: u32,
    in_text: bool,
    in_run: bool,
    /// Whether the run is hidden.
    vanishes: bool,
    changes: u32,
    authors: BTreeSet<String>,
    hidden: u32,
}

/// Elements whose text is not the document's.
const SKIPPED: [&[u8]; 4] = [b"del", b"moveFrom", b"Fallback", b"rt"];

/// Elements that are a tracked change.
const CHANGES: [&[u8]; 11] = [
    b"ins",
    b"del",
    b"moveFrom",
    b"moveTo",
    b"rPrChange",
    b"pPrChange",
    b"sectPrChange",
    b"tblPrChange",
    b"tcPrChange",
    b"trPrChange",
    b"cellDel",
];

impl Story {
    fn read(&mut self, xml: &[u8]) -> Result<(), Broken> {
        walk(xml, |node| match node {
            Node::Start(element) => self.start(element),
            Node::End(name) => self.end(name),
            Node::Text(text) => self.characters(text),
        })
    }

    fn start(&mut self, element: &Element<'_>) {
        let name = element.name();
        // Only a change has an author: `ins` in a drawing is no change.
        if CHANGES.contains(&name)
            && self.skipped == 0
            && let Some(author) = element.attribute("author")
        {
            self.changes += 1;
            self.authors.insert(author);
        }
        if SKIPPED.contains(&name) {
            self.skipped += 1;
            return;
        }
        match name {
            b"p" => self.flow.begin_paragraph(),
            b"r" => (self.in_run, self.vanishes) = (true, false),
            b"vanish" if self.in_run => {
                self.vanishes = element.attribute("val").is_none_or(|value| is_on(&value));
            }
            b"t" => self.in_text = true,
            b"tab" | b"br" | b"cr" if self.in_run => self.characters_of_run(" "),
            b"noBreakHyphen" => self.characters_of_run("-"),
            b"tr" => self.flow.begin_row(),
            b"tc" => self.flow.begin_cell(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        match name {
            b"t" => self.in_text = false,
            b"r" => (self.in_run, self.vanishes) = (false, false),
            b"p" => self.flow.end_paragraph(),
            b"tr" => {
                let row = self.flow.end_row();
                self.flow.put(&row);
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        if self.in_text {
            self.characters_of_run(text);
        }
    }

    fn characters_of_run(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if self.vanishes {
            let seen = text.chars().filter(|c| !c.is_whitespace()).count();
            self.hidden = self.hidden.saturating_add(u32::try_from(seen).unwrap_or(u32::MAX));
        } else {
            self.flow.characters(text);
        }
    }
}
