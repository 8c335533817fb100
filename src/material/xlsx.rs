//! An XLSX file's text, and what is hidden in it (ECMA-376, part 1, 18).

use std::collections::BTreeSet;

use super::text::Collector;
use super::{Broken, Extract, people};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::office::package::Package;
use crate::office::xml::{Element, Node, walk};

/// The most sheets that are read.
const MAX_SHEETS: usize = 500;

/// Reads the sheets in their order; each row is a paragraph.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let mut reading = Extract::default();
    let relations = package.relations(main)?;
    let strings = match relations.iter().find(|relation| relation.kind == "sharedStrings") {
        Some(relation) => strings(&package.part(&relation.target)?.unwrap_or_default())?,
        None => Vec::new(),
    };
    let (mut sheets_hidden, mut cells_hidden) = (Vec::new(), Vec::new());
    let (mut comments, mut authors) = (0, BTreeSet::new());
    for sheet in sheets(package, main, &relations)?.into_iter().take(MAX_SHEETS) {
        let Some(xml) = package.part(&sheet.part)? else { continue };
        if sheet.hidden {
            sheets_hidden.push(sheet.name);
        } else {
            reading.text.at(MaterialPlace::Sheet(sheet.name.clone()));
            reading.text.add(&sheet.name);
            let mut grid = Grid::new(&strings, &mut reading.text);
            grid.read(&xml)?;
            if grid.hidden {
                cells_hidden.push(sheet.name);
            }
        }
        for relation in package.relations(&sheet.part)? {
            if matches!(relation.kind.as_str(), "comments" | "threadedComment") {
                let part = package.part(&relation.target)?.unwrap_or_default();
                comments += notes(&part, &mut authors)?;
            }
        }
    }
    if comments > 0 {
        reading.faults.push(MaterialFault::Comments { count: comments, authors: people(authors) });
    }
    if !sheets_hidden.is_empty() {
        reading.faults.push(MaterialFault::HiddenSheets { names: sheets_hidden });
    }
    if !cells_hidden.is_empty() {
        reading.faults.push(MaterialFault::HiddenCells { sheets: cells_hidden });
    }
    Ok(reading)
}

struct Sheet {
    name: String,
    part: String,
    hidden: bool,
}

fn sheets(
    package: &mut Package<'_>,
    main: &str,
    relations: &[crate::office::package::Relation],
) -> Result<Vec<Sheet>, Broken> {
    let xml = package.part(main)?.ok_or(Broken::Damaged)?;
    let mut sheets = Vec::new();
    walk(&xml, |node| {
        let Node::Start(element) = node else { return };
        if element.name() != b"sheet" {
            return;
        }
        let hidden = element.attribute("state").is_some_and(|state| state != "visible");
        let name = element.attribute("name").unwrap_or_default();
        let id = element.relation();
        if let Some(relation) = relations.iter().find(|relation| Some(&relation.id) == id.as_ref()) {
            sheets.push(Sheet { name, part: relation.target.clone(), hidden });
        }
    })?;
    Ok(sheets)
}

/// The strings that cells name by number; readings above characters left out.
fn strings(xml: &[u8]) -> Result<Vec<String>, Broken> {
    let mut strings = Vec::new();
    let (mut in_text, mut reading) = (false, 0_u32);
    walk(xml, |node| match node {
        Node::Start(element) => match element.name() {
            b"si" => strings.push(String::new()),
            b"t" => in_text = true,
            b"rPh" => reading += 1,
            _ => {}
        },
        Node::Text(text) if in_text && reading == 0 => {
            if let Some(string) = strings.last_mut() {
                string.push_str(text);
            }
        }
        Node::End(b"t") => in_text = false,
        Node::End(b"rPh") => reading = reading.saturating_sub(1),
        Node::Text(_) | Node::End(_) => {}
    })?;
    Ok(strings)
}

/// Counts the notes of a part, and names their authors.
fn notes(xml: &[u8], authors: &mut BTreeSet<String>) -> Result<u32, Broken> {
    let (mut count, mut in_author) = (0, false);
    walk(xml, |node| match node {
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

/// A sheet being read.
struct Grid<'g> {
    strings: &'g [String],
    text: &'g mut Collector,
    /// Columns that are not shown, from 1, first and last.
    columns: Vec<(u32, u32)>,
    row_hidden: bool,
    cells: Vec<String>,
    cell: Cell,
    /// Whether content stands where it is not shown.
    hidden: bool,
}

#[derive(Default)]
struct Cell {
    column: u32,
    kind: String,
    value: String,
    in_value: bool,
}

impl<'g> Grid<'g> {
    fn new(strings: &'g [String], text: &'g mut Collector) -> Self {
        Self {
            strings,
            text,
            columns: Vec::new(),
            row_hidden: false,
            cells: Vec::new(),
            cell: Cell::default(),
            hidden: false,
        }
    }

    fn read(&mut self, xml: &[u8]) -> Result<(), Broken> {
        walk(xml, |node| match node {
            Node::Start(element) => self.start(element),
            Node::Text(text) => {
                if self.cell.in_value {
                    self.cell.value.push_str(text);
                }
            }
            Node::End(name) => self.end(name),
        })
    }

    fn start(&mut self, element: &Element<'_>) {
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        match element.name() {
            b"col" if element.is("hidden") => self.columns.push((number("min"), number("max"))),
            b"row" => {
                self.row_hidden = element.is("hidden");
                self.cells.clear();
            }
            b"c" => {
                let column = element.attribute("r").map_or(self.cell.column + 1, |place| column(&place));
                let kind = element.attribute("t").unwrap_or_default();
                self.cell = Cell { column, kind, ..Cell::default() };
            }
            b"v" | b"t" => self.cell.in_value = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" => self.cell.in_value = false,
            b"c" => self.finish_cell(),
            b"row" => {
                let row = std::mem::take(&mut self.cells).join("\t");
                self.text.add(&row);
                self.cell = Cell::default();
            }
            _ => {}
        }
    }

    fn finish_cell(&mut self) {
        let value = std::mem::take(&mut self.cell.value);
        let value = match self.cell.kind.as_str() {
            "s" => value
                .trim()
                .parse::<usize>()
                .ok()
                .and_then(|at| self.strings.get(at))
                .cloned()
                .unwrap_or_default(),
            "e" | "b" => String::new(),
            _ => value,
        };
        if value.trim().is_empty() {
            return;
        }
        let column = self.cell.column;
        let column_hidden = self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
        if self.row_hidden || column_hidden {
            self.hidden = true;
        } else if !self.text.is_full() {
            self.cells.push(value.replace('\t', " "));
        }
    }
}

/// The column of `BC12`, from 1.
fn column(place: &str) -> u32 {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters.fold(0, |number, letter| number * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
}
