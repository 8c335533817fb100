//! An OpenDocument file's text, and what is hidden in it (OASIS ODF 1.3).

use std::collections::BTreeSet;

use super::extract::AI_LABEL;
use super::text_flow::Flow;
use super::{Broken, Extract, people};
use crate::diagnostic::MaterialFault;
use crate::office::package::Package;
use crate::office::xml::{Element, Node};

/// What the type of every OpenDocument file begins with.
const TYPE: &[u8] = b"application/vnd.oasis.opendocument.";

/// Whether a package is an OpenDocument file.
pub(super) fn is(package: &mut Package<'_>) -> Result<bool, Broken> {
    Ok(package.head("mimetype", 64)?.starts_with(TYPE))
}

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Broken> {
    if has(package, "META-INF/manifest.xml", b"encryption-data")? {
        return Err(Broken::Encrypted);
    }
    let mut story = Story::default();
    // Named styles; what headers say is no text of the document.
    package.walk("styles.xml", |node| {
        if let Node::Start(element) = node {
            story.style_of(element);
        }
    })?;
    let is_there = package.walk("content.xml", |node| match node {
        Node::Start(element) => story.start(element),
        Node::End(name) => story.end(name),
        Node::Text(text) => story.characters(text),
    })?;
    // A template may have styles alone (ODF 1.3, part 2, 3.1).
    if !is_there && package.head("styles.xml", 1)?.is_empty() {
        return Err(Broken::Damaged);
    }
    let mut reading = Extract { pages: pages(package, story.chars)?, ..Extract::default() };
    story.report(&mut reading.faults);
    if has(package, "meta.xml", b"user-defined")? && is_labelled(package)? {
        reading.faults.push(MaterialFault::AiLabel);
    }
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
    package.walk(part, |node| found |= matches!(node, Node::Start(element) if element.name() == name))?;
    Ok(found)
}

/// Whether it says that it was generated (GB 45438-2025).
fn is_labelled(package: &mut Package<'_>) -> Result<bool, Broken> {
    let mut found = false;
    package.walk("meta.xml", |node| {
        found |= matches!(node, Node::Start(element) if element.name() == b"user-defined"
            && element.attribute("name").is_some_and(|name| name == AI_LABEL));
    })?;
    Ok(found)
}

/// Pages, as the program that saved it counted; only where the characters that
/// it counted with them are those that stand there.
fn pages(package: &mut Package<'_>, chars: u32) -> Result<Option<u32>, Broken> {
    let (mut pages, mut counted) = (None, None::<f64>);
    package.walk("meta.xml", |node| {
        if let Node::Start(element) = node
            && element.name() == b"document-statistic"
        {
            pages = element.attribute("page-count").and_then(|count| count.parse().ok());
            counted = element
                .attribute("non-whitespace-character-count")
                .or_else(|| element.attribute("character-count"))
                .and_then(|count| count.parse().ok());
        }
    })?;
    let chars = f64::from(chars);
    let fits = counted.is_none_or(|counted| (counted - chars).abs() <= (chars * 0.3).max(30.0));
    Ok(pages.filter(|pages| *pages > 0 && fits))
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
    /// Columns so far that are not shown, from 0, first and behind the last;
    /// and how many columns there are.
    columns: Vec<(u32, u32)>,
    column: u32,
    /// Groups of rows and of columns that are open, and whether each is folded.
    row_groups: Vec<bool>,
    column_groups: Vec<bool>,
    /// The column of the cell being read, and how many it stands for.
    cell: u32,
    cell_width: u32,
    /// Characters of the text, white space aside.
    chars: u32,
    /// Within a sheet that holds another file's values.
    in_stored: bool,
    /// Other files of which values are kept.
    stored: BTreeSet<String>,
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
    Cell,
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
        self.style_of(element);
        match name {
            b"annotation" => self.comments += 1,
            b"change-info" => self.changes += 1,
            b"creator" => self.in_creator = true,
            b"table-source" => {
                let path = element.attribute("href").unwrap_or_default();
                self.stored.insert(path.rsplit('/').next().unwrap_or_default().to_owned());
                // The sheet that holds the other file's values is none of this one.
                self.in_stored = true;
                if self.skipped.contains(&Skip::Sheet) {
                    self.hidden_sheets.pop();
                }
            }
            _ if !self.skipped.is_empty() => {}
            b"p" | b"h" => self.flow.begin_paragraph(),
            b"s" | b"tab" | b"line-break" => self.characters(" "),
            b"table" => self.begin_table(element),
            b"table-row-group" => self.row_groups.push(is_folded(element)),
            b"table-column-group" => self.column_groups.push(is_folded(element)),
            b"table-column" => self.column(element),
            b"table-row" => {
                self.flow.begin_row();
                self.row_hidden = is_collapsed(element) || self.row_groups.contains(&true);
                (self.cell, self.cell_width) = (0, 0);
            }
            b"table-cell" => self.flow.begin_cell(),
            _ => {}
        }
    }

    /// Takes what defines a style.
    fn style_of(&mut self, element: &Element<'_>) {
        match element.name() {
            b"style" | b"default-style" => {
                self.style = element.attribute("name").unwrap_or_default();
                // A style hides as the one does that it is based on.
                let base = element.attribute("parent-style-name");
                if base.is_some_and(|base| self.hiding.contains(&base)) {
                    self.hiding.insert(self.style.clone());
                }
            }
            b"text-properties" if element.attribute("display").is_some_and(|value| value != "none") => {
                self.hiding.remove(&self.style);
            }
            b"table-properties" | b"text-properties" | b"drawing-page-properties" if hides(element) => {
                self.hiding.insert(self.style.clone());
            }
            _ => {}
        }
    }

    fn begin_table(&mut self, element: &Element<'_>) {
        if self.slide == 0 {
            self.sheet = element.attribute("name").unwrap_or_default();
        }
        (self.columns, self.column) = (Vec::new(), 0);
    }

    /// Takes the description of columns.
    fn column(&mut self, element: &Element<'_>) {
        let end = self.column.saturating_add(repeated(element));
        if is_collapsed(element) || self.column_groups.contains(&true) {
            self.columns.push((self.column, end));
        }
        self.column = end;
    }

    /// Whether the cell that begins stands in a column that is not shown.
    fn is_in_hidden_column(&mut self, element: &Element<'_>) -> bool {
        self.cell = self.cell.saturating_add(self.cell_width);
        self.cell_width = repeated(element);
        self.columns.iter().any(|(from, to)| (*from..*to).contains(&self.cell))
    }

    /// Why what stands in the element is passed over; counts slides on the way.
    fn skip(&mut self, element: &Element<'_>) -> Option<Skip> {
        let hidden = element.attribute("style-name").is_some_and(|style| self.hiding.contains(&style));
        let says = |name: &str, word: &str| element.attribute(name).is_some_and(|value| value == word);
        match element.name() {
            b"annotation" => Some(Skip::Comment),
            b"tracked-changes" => Some(Skip::Changes),
            b"notes" => Some(Skip::Notes),
            b"ruby-text" | b"note-citation" => Some(Skip::Ruby),
            b"span" | b"p" | b"h" if hidden => Some(Skip::Text),
            b"hidden-text" | b"hidden-paragraph" => Some(Skip::Text),
            b"section" if says("display", "none") || says("is-hidden", "true") => Some(Skip::Text),
            b"frame" | b"custom-shape" | b"g" if says("display", "none") || says("display", "printer") => {
                Some(Skip::Text)
            }
            b"table-cell" | b"covered-table-cell" if self.is_in_hidden_column(element) => Some(Skip::Cell),
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
            b"table-row-group" => drop(self.row_groups.pop()),
            b"table-column-group" => drop(self.column_groups.pop()),
            b"table" => self.in_stored = false,
            b"table-row" => {
                let row = self.flow.end_row();
                if self.in_stored {
                    return;
                }
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
            None => {
                self.chars = self.chars.saturating_add(count(text));
                self.flow.characters(text);
            }
            Some(Skip::Cell) if seen => {
                self.hidden_cells.insert(self.sheet.clone());
            }
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
                self.hidden_text = self.hidden_text.saturating_add(count(text));
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
        self.stored.remove("");
        if !self.stored.is_empty() {
            let names = std::mem::take(&mut self.stored).into_iter().collect();
            faults.push(MaterialFault::StoredData { names });
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

/// Whether a group of rows or columns is folded away.
fn is_folded(element: &Element<'_>) -> bool {
    element.attribute("display").is_some_and(|value| value == "false")
}

/// How many columns an element stands for.
fn repeated(element: &Element<'_>) -> u32 {
    element.attribute("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// Characters other than white space.
fn count(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX)
}
