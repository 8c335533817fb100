//! An XLSX file's text, and what is hidden in it (ECMA-376, part 1, 18).

mod drawing;
mod formats;
mod grid;
mod stored;

use std::collections::BTreeSet;

use super::{Broken, Extract, people};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::office::package::{Package, Relation};
use crate::office::xml::Node;

use formats::Formats;
use grid::{Grid, Strings};

/// The most sheets that are read.
const MAX_SHEETS: usize = 500;

/// What is found beside the text.
#[derive(Default)]
struct Found {
    sheets_hidden: Vec<String>,
    cells_hidden: Vec<String>,
    text_hidden: u32,
    comments: u32,
    authors: BTreeSet<String>,
}

/// Reads the sheets in their order; each row is a paragraph.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let mut reading = Extract::default();
    let relations = package.relations(main)?;
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind && !relation.outside);
    let book = Book::read(package, main, &relations)?;
    let strings = match part("sharedStrings") {
        Some(relation) => Strings::read(package, &relation.target)?,
        None => Strings::default(),
    };
    let mut formats = match part("styles") {
        Some(relation) => Formats::read(package, &relation.target, book.since_1904)?,
        None => Formats::default(),
    };
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for sheet in book.sheets.into_iter().take(MAX_SHEETS) {
        if !package.has(&sheet.part) {
            continue;
        }
        let mut grid = Grid::new(&strings, &mut formats, &mut reading.text);
        if !sheet.hidden {
            seen.insert(sheet.name.clone());
            grid.text.at(MaterialPlace::Sheet(sheet.name.clone()));
            grid.text.add(&sheet.name);
        }
        grid.read(package, &sheet.part, sheet.hidden)?;
        if grid.hidden && !sheet.hidden {
            found.cells_hidden.push(sheet.name.clone());
        }
        for relation in package.relations(&sheet.part)?.into_iter().filter(|relation| !relation.outside) {
            match relation.kind.as_str() {
                "comments" | "threadedComment" => {
                    found.comments += notes(package, &relation.target, &mut found.authors)?;
                }
                "drawing" if !sheet.hidden => {
                    found.text_hidden += drawing::read(package, &relation.target, &mut reading.text)?;
                }
                _ => {}
            }
        }
        if sheet.hidden {
            found.sheets_hidden.push(sheet.name);
        }
    }
    let (count, authors) = changes(package, &relations)?;
    if count > 0 {
        reading.faults.push(MaterialFault::TrackedChanges { count, authors: people(authors) });
    }
    found.report(&mut reading.faults);
    let names = stored::names(package, &relations, &seen)?;
    if !names.is_empty() {
        reading.faults.push(MaterialFault::StoredData { names });
    }
    Ok(reading)
}

impl Found {
    fn report(self, faults: &mut Vec<MaterialFault>) {
        if self.comments > 0 {
            let authors = people(self.authors);
            faults.push(MaterialFault::Comments { count: self.comments, authors });
        }
        if !self.sheets_hidden.is_empty() {
            faults.push(MaterialFault::HiddenSheets { names: self.sheets_hidden });
        }
        if !self.cells_hidden.is_empty() {
            faults.push(MaterialFault::HiddenCells { sheets: self.cells_hidden });
        }
        if self.text_hidden > 0 {
            faults.push(MaterialFault::HiddenText { count: self.text_hidden });
        }
    }
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    /// Whether days are counted from 1904.
    since_1904: bool,
}

struct Sheet {
    name: String,
    part: String,
    hidden: bool,
}

impl Book {
    fn read(package: &mut Package<'_>, main: &str, relations: &[Relation]) -> Result<Self, Broken> {
        let mut book = Self::default();
        let is_there = package.walk(main, |node| {
            let Node::Start(element) = node else { return };
            match element.name() {
                b"workbookPr" => book.since_1904 = element.is("date1904"),
                b"sheet" => {
                    let hidden = element.attribute("state").is_some_and(|state| state != "visible");
                    let name = element.attribute("name").unwrap_or_default();
                    let id = element.relation();
                    let leads = |relation: &&Relation| Some(&relation.id) == id.as_ref() && !relation.outside;
                    if let Some(relation) = relations.iter().find(leads) {
                        book.sheets.push(Sheet { name, part: relation.target.clone(), hidden });
                    }
                }
                _ => {}
            }
        })?;
        if is_there { Ok(book) } else { Err(Broken::Damaged) }
    }
}

/// Counts the notes of a part, and names their authors.
fn notes(package: &mut Package<'_>, part: &str, authors: &mut BTreeSet<String>) -> Result<u32, Broken> {
    let (mut count, mut in_author) = (0, false);
    package.walk(part, |node| match node {
        Node::Start(element) => match element.name() {
            b"comment" | b"threadedComment" => count += 1,
            b"author" => in_author = true,
            _ => {}
        },
        Node::Text(name) if in_author => {
            authors.insert(name.to_owned());
        }
        Node::Text(_) => {}
        Node::End(name) => in_author &= name != b"author",
    })?;
    Ok(count)
}

/// The changes that a shared workbook has logged, with the values of before.
fn changes(package: &mut Package<'_>, relations: &[Relation]) -> Result<(u32, BTreeSet<String>), Broken> {
    let (mut count, mut authors) = (0, BTreeSet::new());
    for headers in relations.iter().filter(|relation| relation.kind == "revisionHeaders") {
        package.walk(&headers.target, |node| {
            if let Node::Start(element) = node
                && element.name() == b"header"
            {
                authors.extend(element.attribute("userName"));
            }
        })?;
        for log in package.relations(&headers.target)? {
            let mut depth = 0_u32;
            package.walk(&log.target, |node| match node {
                Node::Start(_) => {
                    depth += 1;
                    count += u32::from(depth == 2);
                }
                Node::End(_) => depth = depth.saturating_sub(1),
                Node::Text(_) => {}
            })?;
        }
    }
    Ok((count, authors))
}
