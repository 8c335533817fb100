//! One part of a Word document as it is read: body, notes, header.

use std::collections::{BTreeMap, BTreeSet};

use super::super::text_flow::Flow;
use super::super::{Broken, people};
use super::numbering::Numbering;
use super::styles::Styles;
use crate::diagnostic::MaterialFault;
use crate::office::Package;
use crate::office::xml::{Element, Node, is_on};

/// A part being read.
pub(super) struct Story {
    pub(super) flow: Flow,
    /// Text of charts and diagrams by the ids of their relationships.
    pub(super) figures: BTreeMap<String, Vec<String>>,
    /// Characters of the text, white space and automatic numbers aside.
    pub(super) chars: u32,
    /// Breaks between pages that the document notes.
    pub(super) breaks: u32,
    styles: Styles,
    numbering: Numbering,
    /// Depth within what is no text of the document: deletions, the older of
    /// two renderings, readings above characters, properties of before.
    skipped: u32,
    in_text: bool,
    /// Paragraphs that are open: a text box stands within one.
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    /// Rows that are open, and whether each is hidden.
    rows: Vec<bool>,
    /// Within a drawing that is hidden.
    drawing_hidden: bool,
    changes: u32,
    authors: BTreeSet<String>,
    hidden: u32,
    explicit: u32,
}

/// What a paragraph says of itself.
#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    /// Whether some of its text is hidden, and some is not.
    hides: bool,
    shows: bool,
}

/// What a run says of itself.
#[derive(Default)]
struct Run {
    style: Option<String>,
    vanishes: Option<bool>,
}

/// Elements whose text is not the document's, or that hold properties of before
/// a change.
const SKIPPED: [&[u8]; 11] = [
    b"del",
    b"moveFrom",
    b"Fallback",
    b"rt",
    b"rPrChange",
    b"pPrChange",
    b"sectPrChange",
    b"tblPrChange",
    b"tcPrChange",
    b"trPrChange",
    b"tblPrExChange",
];

/// Elements that are a tracked change.
const CHANGES: [&[u8]; 15] = [
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
    b"tblPrExChange",
    b"cellDel",
    b"cellIns",
    b"cellMerge",
    b"numberingChange",
];

impl Story {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self {
            flow: Flow::default(),
            figures: BTreeMap::new(),
            chars: 0,
            breaks: 0,
            styles,
            numbering,
            skipped: 0,
            in_text: false,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            rows: Vec::new(),
            drawing_hidden: false,
            changes: 0,
            authors: BTreeSet::new(),
            hidden: 0,
            explicit: 0,
        }
    }

    /// Reads a part; says whether there is one.
    pub(super) fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<bool, Broken> {
        let is_there = package.walk(part, |node| match node {
            Node::Start(element) => self.start(element),
            Node::End(name) => self.end(name),
            Node::Text(text) => self.characters(text),
        })?;
        self.breaks = self.breaks.max(self.explicit);
        Ok(is_there)
    }

    /// What was found beside the text.
    pub(super) fn report(&mut self, faults: &mut Vec<MaterialFault>) {
        if self.changes > 0 {
            let authors = people(std::mem::take(&mut self.authors));
            faults.push(MaterialFault::TrackedChanges { count: self.changes, authors });
        }
        if self.hidden > 0 {
            faults.push(MaterialFault::HiddenText { count: self.hidden });
        }
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
        if self.skipped == 0 {
            self.property(name, element);
        }
        match name {
            b"p" => {
                self.flow.begin_paragraph();
                self.paragraphs.push(Paragraph::default());
            }
            b"r" => self.runs.push(Run::default()),
            b"t" => self.in_text = true,
            b"tab" | b"br" | b"cr" if !self.runs.is_empty() => self.characters_of_run(" "),
            b"noBreakHyphen" => self.characters_of_run("-"),
            b"tr" => {
                self.flow.begin_row();
                self.rows.push(false);
            }
            b"tc" => self.flow.begin_cell(),
            b"chart" | b"relIds" if self.skipped == 0 => self.figure(element),
            _ => {}
        }
    }

    /// What a paragraph, a run, a row or a drawing says of itself.
    fn property(&mut self, name: &[u8], element: &Element<'_>) {
        let value = || element.attribute("val");
        let on = || value().is_none_or(|value| is_on(&value));
        match (name, self.runs.last_mut(), self.paragraphs.last_mut()) {
            (b"vanish", Some(run), _) => run.vanishes = Some(on()),
            (b"rStyle", Some(run), _) => run.style = value(),
            (b"pStyle", _, Some(paragraph)) => paragraph.style = value(),
            (b"numId", None, Some(paragraph)) => paragraph.list = value(),
            (b"ilvl", None, Some(paragraph)) => {
                paragraph.level = value().and_then(|level| level.parse().ok());
            }
            (b"hidden", ..) => self.rows.last_mut().into_iter().for_each(|row| *row = on()),
            (b"docPr", ..) => self.drawing_hidden = element.is("hidden"),
            (b"lastRenderedPageBreak", ..) => self.breaks += 1,
            (b"br", ..) if element.attribute("type").is_some_and(|kind| kind == "page") => self.explicit += 1,
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
            b"r" => drop(self.runs.pop()),
            b"p" => self.end_paragraph(),
            b"anchor" | b"inline" => self.drawing_hidden = false,
            b"tr" => {
                let row = self.flow.end_row();
                self.rows.pop();
                self.flow.put(&row);
            }
            _ => {}
        }
    }

    /// Puts the paragraph, its automatic number in front. One of which nothing
    /// is shown is not numbered.
    fn end_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().unwrap_or_default();
        let styled = self.styles.list(paragraph.style.as_deref());
        let list = paragraph.list.clone().or_else(|| styled.as_ref().map(|(list, _)| list.clone()));
        if let Some(list) = list.filter(|_| (paragraph.shows || !paragraph.hides) && self.skipped == 0) {
            let level = paragraph.level.or(styled.map(|(_, level)| level)).unwrap_or(0);
            let number = self.numbering.next(&list, level);
            self.flow.lead(&number);
        }
        self.flow.end_paragraph();
    }

    /// The text of a chart or a diagram at its place.
    fn figure(&mut self, element: &Element<'_>) {
        let id = element.attribute("dm").or_else(|| element.relation()).unwrap_or_default();
        for paragraph in self.figures.get(&id).into_iter().flatten() {
            if self.drawing_hidden {
                self.hidden = self.hidden.saturating_add(count(paragraph));
            } else {
                self.flow.put(paragraph);
            }
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
        let run = self.runs.last();
        let paragraph = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
        let by_style = || self.styles.hides(paragraph, run.and_then(|run| run.style.as_deref()));
        let vanishes = run.and_then(|run| run.vanishes).unwrap_or_else(by_style);
        let hidden = vanishes || self.drawing_hidden || self.rows.contains(&true);
        let seen = count(text);
        let paragraph = self.paragraphs.last_mut();
        if hidden {
            self.hidden = self.hidden.saturating_add(seen);
            if let Some(paragraph) = paragraph {
                paragraph.hides |= seen > 0;
            }
        } else {
            self.chars = self.chars.saturating_add(seen);
            if let Some(paragraph) = paragraph {
                paragraph.shows |= seen > 0;
            }
            self.flow.characters(text);
        }
    }
}

/// Characters other than white space.
fn count(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX)
}
