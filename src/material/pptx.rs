//! A PPTX file's text, and what is hidden in it (ECMA-376, part 1, 19).

use std::collections::{BTreeMap, BTreeSet};

use super::figures::figures;
use super::{Broken, Extract, people};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::office::Package;
use crate::office::xml::{Element, Node, is_on};

/// The most slides that are read.
const MAX_SLIDES: usize = 2_000;

/// Reads the slides in the order in which they are shown.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let slides = slides(package, main)?;
    let mut reading =
        Extract { pages: Some(u32::try_from(slides.len()).unwrap_or(u32::MAX)), ..Extract::default() };
    let (mut hidden, mut noted, mut comments, mut hidden_text) = (Vec::new(), Vec::new(), 0, 0_u32);
    for (number, slide) in (1_u32..).zip(slides.iter().take(MAX_SLIDES)) {
        let relations = package.relations(slide)?;
        let mut page = Slide { figures: figures(package, &relations)?, ..Slide::default() };
        if !page.read(package, slide)? {
            return Err(Broken::Damaged);
        }
        if page.hidden {
            hidden.push(number);
        } else {
            reading.text.at(MaterialPlace::Slide(number));
            page.paragraphs.iter().for_each(|paragraph| reading.text.add(paragraph));
            hidden_text = hidden_text.saturating_add(page.hidden_text);
        }
        for relation in relations.iter().filter(|relation| !relation.outside) {
            match relation.kind.as_str() {
                "notesSlide" => noted.extend(has_notes(package, &relation.target)?.then_some(number)),
                "comments" => comments += count(package, &relation.target, b"cm")?,
                _ => {}
            }
        }
    }
    if comments > 0 {
        let authors = people(authors(package, main)?);
        reading.faults.push(MaterialFault::Comments { count: comments, authors });
    }
    if hidden_text > 0 {
        reading.faults.push(MaterialFault::HiddenText { count: hidden_text });
    }
    if !hidden.is_empty() {
        reading.faults.push(MaterialFault::HiddenSlides { numbers: hidden });
    }
    if !noted.is_empty() {
        reading.faults.push(MaterialFault::SpeakerNotes { numbers: noted });
    }
    Ok(reading)
}

/// Whether somebody wrote notes for the speaker.
fn has_notes(package: &mut Package<'_>, part: &str) -> Result<bool, Broken> {
    let mut notes = Slide { notes: true, ..Slide::default() };
    notes.read(package, part)?;
    Ok(notes.paragraphs.iter().any(|paragraph| !paragraph.trim().is_empty()))
}

/// The slides' parts in their order.
fn slides(package: &mut Package<'_>, main: &str) -> Result<Vec<String>, Broken> {
    let relations = package.relations(main)?;
    let mut slides = Vec::new();
    let is_there = package.walk(main, |node| {
        let Node::Start(element) = node else { return };
        if element.name() != b"sldId" {
            return;
        }
        let id = element.relation();
        let leads = relations.iter().find(|known| Some(&known.id) == id.as_ref());
        slides.extend(leads.map(|relation| relation.target.clone()));
    })?;
    if is_there { Ok(slides) } else { Err(Broken::Damaged) }
}

/// Who commented.
fn authors(package: &mut Package<'_>, main: &str) -> Result<BTreeSet<String>, Broken> {
    let mut authors = BTreeSet::new();
    for relation in package.relations(main)? {
        if matches!(relation.kind.as_str(), "commentAuthors" | "authors") {
            package.walk(&relation.target, |node| {
                if let Node::Start(element) = node {
                    authors.extend(element.attribute("name"));
                }
            })?;
        }
    }
    Ok(authors)
}

/// How many elements of that name there are.
fn count(package: &mut Package<'_>, part: &str, name: &[u8]) -> Result<u32, Broken> {
    let mut count = 0;
    package.walk(part, |node| {
        count += u32::from(matches!(node, Node::Start(element) if element.name() == name));
    })?;
    Ok(count)
}

/// A slide, or the notes to one.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what is open on the way through the part")]
struct Slide {
    paragraphs: Vec<String>,
    hidden: bool,
    /// Whether these are notes: their header, date and number are none.
    notes: bool,
    figures: BTreeMap<String, Vec<String>>,
    /// Characters of shapes that are hidden.
    hidden_text: u32,
    paragraph: String,
    row: Option<Vec<String>>,
    in_text: bool,
    field: bool,
    /// Depth within the older of two renderings.
    older: u32,
    /// Whether the shape is hidden, or is one that only a page of notes has.
    shape_hidden: bool,
    shape_aside: bool,
    /// Groups that are open, and whether each is hidden.
    groups: Vec<bool>,
}

impl Slide {
    fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<bool, Broken> {
        package.walk(part, |node| match node {
            Node::Start(element) => self.start(element),
            Node::Text(text) if self.in_text && !self.field && self.older == 0 => {
                self.paragraph.push_str(text);
            }
            Node::Text(_) => {}
            Node::End(name) => self.end(name),
        })
    }

    fn start(&mut self, element: &Element<'_>) {
        match element.name() {
            b"sld" => self.hidden = element.attribute("show").is_some_and(|show| !is_on(&show)),
            b"grpSp" => self.groups.push(false),
            b"sp" | b"graphicFrame" | b"pic" | b"cxnSp" => {
                (self.shape_hidden, self.shape_aside) = (false, false);
            }
            b"nvGrpSpPr" => self.shape_hidden = false,
            b"cNvPr" => self.shape_hidden = element.is("hidden"),
            b"cNvGrpSpPr" if self.shape_hidden => {
                self.groups.last_mut().into_iter().for_each(|group| *group = true);
            }
            b"ph" if self.notes => {
                let kind = element.attribute("type").unwrap_or_default();
                self.shape_aside = matches!(kind.as_str(), "hdr" | "ftr" | "dt" | "sldNum" | "sldImg");
            }
            b"p" => self.paragraph.clear(),
            b"t" => self.in_text = true,
            // The slide's number, the date.
            b"fld" => self.field = true,
            b"Fallback" => self.older += 1,
            b"br" | b"tab" => self.paragraph.push(' '),
            b"tr" => self.row = Some(Vec::new()),
            b"tc" => self.row.iter_mut().for_each(|cells| cells.push(String::new())),
            b"chart" | b"relIds" if self.older == 0 => {
                let id = element.attribute("dm").or_else(|| element.relation()).unwrap_or_default();
                let figure = self.figures.get(&id).cloned().unwrap_or_default();
                for paragraph in figure {
                    self.put(paragraph);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"grpSp" => drop(self.groups.pop()),
            b"t" => self.in_text = false,
            b"fld" => self.field = false,
            b"Fallback" => self.older = self.older.saturating_sub(1),
            b"p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                match self.row.as_mut().and_then(|cells| cells.last_mut()) {
                    Some(cell) => cell.push_str(&paragraph),
                    None => self.put(paragraph),
                }
            }
            b"tr" => {
                if let Some(cells) = self.row.take() {
                    self.put(cells.join("\t"));
                }
            }
            _ => {}
        }
    }

    /// Takes a paragraph or a row of the shape that is open.
    fn put(&mut self, paragraph: String) {
        if self.shape_hidden || self.groups.contains(&true) {
            let seen = paragraph.chars().filter(|c| !c.is_whitespace()).count();
            self.hidden_text = self.hidden_text.saturating_add(u32::try_from(seen).unwrap_or(u32::MAX));
        } else if !self.shape_aside {
            self.paragraphs.push(paragraph);
        }
    }
}
