//! An OpenDocument file's text, and what is hidden in it (OASIS ODF 1.3).

use std::collections::BTreeSet;

use super::text_flow::Flow;
use super::{Broken, Extract, people};
use crate::diagnostic::MaterialFault;
use crate::office::package::Package;
use crate::office::xml::{Element, Node, walk};

/// What the type of every OpenDocument file begins with.
const TYPE: &[u8] = b"application/vnd.oasis.opendocument.";

/// Whether a package is an OpenDocument file.
pub(super) fn is(package: &mut Package<'_>) -> Result<bool, Broken> {
    Ok(package.part("mimetype")?.is_some_and(|kind| kind.starts_with(TYPE)))
}

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Broken> {
    if has(package, "META-INF/manifest.xml", b"encryption-data")? {
        return Err(Broken::Encrypted);
    }
    let mut story = Story::default();
    let body = package.part("content.xml")?.ok_or(Broken::Damaged)?;
    walk(&body, |node| match node {
        Node::Start(element) => story.start(element),
        Node::End(name) => story.end(name),
        Node::Text(text) => story.characters(text),
    })?;
    let mut reading = Extract { pages: pages(package)?, ..Extract::default() };
    story.report(&mut reading.faults);
    if package.names().any(|name| name.starts_with("basic/") || name.starts_with("scripts/")) {
        reading.faults.push(MaterialFault::Macros);
    }
    reading.signed = package.part("META-INF/documentsignatures.xml")?.is_some();
    if reading.signed {
        reading.faults.push(MaterialFault::Signed);
    }
    reading.text = story.flow.text;
    Ok(reading)
}

/// Whether a part has an element of that name.
fn has(package: &mut Package<'_>, part: &str, name: &[u8]) -> Result<bool, Broken> {
    let mut found = false;
    let xml = package.part(part)?.unwrap_or_default();
    walk(&xml, |node| found |= matches!(node, Node::Start(element) if element.name() == name))?;
    Ok(found)
}

/// Pages, as the program that saved it counted.
fn pages(package: &mut Package<'_>) -> Result<Option<u32>, Broken> {
    let mut pages = None;
    let xml = package.part("meta.xml")?.unwrap_or_default();
    walk(&xml, |node| {
        if let Node::Start(element) = node
            && element.name() == b"document-statistic"
        {
            pages = element.attribute("page-count").and_then(|count| count.parse().ok());
        }
    })?;
    Ok(pages.filter(|pages| *pages > 0))
}

/// The body being read.
#[derive(Default)]
struct Story {
    flow: Flow,
    /// Depth within what is no text of the document: comments, deletions,
    /// speaker notes, readings above characters, what is hidden.
    skipped: Vec<Skip>,
    /// The style being defined.
    style: String,
    /// Styles that hide what has them.
    hiding: BTreeSet<String>,
    in_creator: bool,
    authors: BTreeSet<String>,
    changers: BTreeSet<String>,
    comments: u32,
    changes: u32,
    hidden_text: u32,
    hidden_sheets: Vec<String>,
    /// The sheet being read.
    sheet: String,
    row_hidden: bool,
    hidden_cells: BTreeSet<String>,
    slide: u32,
    hidden_slides: Vec<u32>,
    noted: BTreeSet<u32>,
}

/// Why characters are not the document's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skip {
    Comment,
    Changes,
    Notes,
    Ruby,
    Text,
    Sheet,
    Slide,
    /// An element within one of these, so that ends match beginnings.
    Inner,
}

impl Story {
    fn start(&mut self, element: &Element<'_>) {
        let name = element.name();
        if let Some(reason) = self.skip(element) {
            self.skipped.push(reason);
        } else if !self.skipped.is_empty() {
            self.skipped.push(Skip::Inner);
        }
        match name {
            b"style" => self.style = element.attribute("name").unwrap_or_default(),
            b"table-properties" | b"text-properties" | b"drawing-page-properties" if hides(element) => {
                self.hiding.insert(self.style.clone());
            }
            b"annotation" => self.comments += 1,
            b"changed-region" => self.changes += 1,
            b"creator" => self.in_creator = true,
            _ if !self.skipped.is_empty() => {}
            b"p" | b"h" => self.flow.begin_paragraph(),
            b"s" | b"tab" | b"line-break" => self.characters(" "),
            b"table" if self.slide == 0 => self.sheet = element.attribute("name").unwrap_or_default(),
            b"table-row" => {
                self.flow.begin_row();
                self.row_hidden = is_collapsed(element);
            }
            b"table-cell" => self.flow.begin_cell(),
            _ => {}
        }
    }

    /// Why what stands in the element is passed over; counts slides on the way.
    fn skip(&mut self, element: &Element<'_>) -> Option<Skip> {
        let hidden = element.attribute("style-name").is_some_and(|style| self.hiding.contains(&style));
        match element.name() {
            b"annotation" => Some(Skip::Comment),
            b"tracked-changes" => Some(Skip::Changes),
            b"notes" => Some(Skip::Notes),
            b"ruby-text" | b"note-citation" => Some(Skip::Ruby),
            b"span" | b"p" | b"h" if hidden => Some(Skip::Text),
            b"hidden-text" | b"hidden-paragraph" => Some(Skip::Text),
            b"table" if hidden => {
                self.hidden_sheets.extend(element.attribute("name"));
                Some(Skip::Sheet)
            }
            b"page" => {
                self.slide += 1;
                hidden.then(|| {
                    self.hidden_slides.push(self.slide);
                    Skip::Slide
                })
            }
            _ => None,
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.in_creator &= name != b"creator";
        if self.skipped.pop().is_some() {
            return;
        }
        match name {
            b"p" | b"h" => self.flow.end_paragraph(),
            b"table-row" => {
                let row = self.flow.end_row();
                if !self.row_hidden {
                    self.flow.put(&row);
                } else if !row.trim().is_empty() {
                    self.hidden_cells.insert(self.sheet.clone());
                }
                self.row_hidden = false;
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        let reason = self.skipped.iter().rev().find(|reason| **reason != Skip::Inner);
        let seen = !text.trim().is_empty();
        match reason {
            None => self.flow.characters(text),
            Some(Skip::Comment) if self.in_creator => {
                self.authors.insert(text.to_owned());
            }
            Some(Skip::Changes) if self.in_creator => {
                self.changers.insert(text.to_owned());
            }
            Some(Skip::Notes) if seen => {
                self.noted.insert(self.slide);
            }
            Some(Skip::Text) => {
                let count = text.chars().filter(|c| !c.is_whitespace()).count();
                self.hidden_text = self.hidden_text.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
            }
            Some(_) => {}
        }
    }

    fn report(&mut self, faults: &mut Vec<MaterialFault>) {
        if self.comments > 0 {
            let authors = people(std::mem::take(&mut self.authors));
            faults.push(MaterialFault::Comments { count: self.comments, authors });
        }
        if self.changes > 0 {
            let authors = people(std::mem::take(&mut self.changers));
            faults.push(MaterialFault::TrackedChanges { count: self.changes, authors });
        }
        if self.hidden_text > 0 {
            faults.push(MaterialFault::HiddenText { count: self.hidden_text });
        }
        if !self.hidden_sheets.is_empty() {
            faults.push(MaterialFault::HiddenSheets { names: std::mem::take(&mut self.hidden_sheets) });
        }
        if !self.hidden_cells.is_empty() {
            let sheets = std::mem::take(&mut self.hidden_cells).into_iter().collect();
            faults.push(MaterialFault::HiddenCells { sheets });
        }
        if !self.hidden_slides.is_empty() {
            faults.push(MaterialFault::HiddenSlides { numbers: std::mem::take(&mut self.hidden_slides) });
        }
        if !self.noted.is_empty() {
            let numbers = std::mem::take(&mut self.noted).into_iter().collect();
            faults.push(MaterialFault::SpeakerNotes { numbers });
        }
    }
}

/// Whether a style's properties hide what has it: a sheet, characters, a slide.
fn hides(element: &Element<'_>) -> bool {
    let says = |name: &str, word: &str| element.attribute(name).is_some_and(|value| value == word);
    match element.name() {
        b"table-properties" => says("display", "false"),
        b"text-properties" => says("display", "none"),
        _ => says("visibility", "hidden"),
    }
}

/// Whether a row is not shown.
fn is_collapsed(element: &Element<'_>) -> bool {
    element.attribute("visibility").is_some_and(|value| value != "visible")
}
