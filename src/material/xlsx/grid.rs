//! The cells of one worksheet.

use super::super::Broken;
use super::super::text::Collector;
use super::formats::{Formats, Shown};
use crate::office::Package;
use crate::office::xml::{Element, Node};

/// The strings that cells name by number, in one piece.
#[derive(Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads the part; readings above characters are left out.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Broken> {
        let mut strings = Self::default();
        let (mut in_text, mut reading) = (false, 0_u32);
        package.walk(part, |node| match node {
            Node::Start(element) => match element.name() {
                b"t" => in_text = true,
                b"rPh" => reading += 1,
                _ => {}
            },
            Node::Text(text) if in_text && reading == 0 => strings.all.push_str(text),
            Node::Text(_) => {}
            Node::End(name) => match name {
                b"t" => in_text = false,
                b"rPh" => reading = reading.saturating_sub(1),
                b"si" => strings.ends.push(strings.all.len()),
                _ => {}
            },
        })?;
        Ok(strings)
    }

    fn get(&self, at: usize) -> Option<&str> {
        let from = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(from..*self.ends.get(at)?)
    }
}

/// A sheet being read.
pub(super) struct Grid<'g> {
    strings: &'g Strings,
    formats: &'g mut Formats,
    pub(super) text: &'g mut Collector,
    /// Columns that are not shown, from 1, first and last.
    columns: Vec<(u32, u32)>,
    row_hidden: bool,
    cells: Vec<String>,
    cell: Cell,
    /// Whether content stands where it is not shown.
    pub(super) hidden: bool,
}

#[derive(Default)]
struct Cell {
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    /// Depth within readings above characters.
    reading: u32,
}

impl<'g> Grid<'g> {
    pub(super) fn new(strings: &'g Strings, formats: &'g mut Formats, text: &'g mut Collector) -> Self {
        Self {
            strings,
            formats,
            text,
            columns: Vec::new(),
            row_hidden: false,
            cells: Vec::new(),
            cell: Cell::default(),
            hidden: false,
        }
    }

    /// Reads the sheet's part; of one that is hidden as a whole nothing.
    pub(super) fn read(&mut self, package: &mut Package<'_>, part: &str, hidden: bool) -> Result<(), Broken> {
        if hidden {
            return Ok(());
        }
        package.walk(part, |node| match node {
            Node::Start(element) => self.start(element),
            Node::Text(text) => {
                if self.cell.in_value && self.cell.reading == 0 {
                    self.cell.value.push_str(text);
                }
            }
            Node::End(name) => self.end(name),
        })?;
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>) {
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        match element.name() {
            b"col" if element.is("hidden") || is_zero(element, "width") => {
                self.columns.push((number("min"), number("max")));
            }
            b"row" => {
                self.row_hidden = element.is("hidden") || is_zero(element, "ht");
                self.cells.clear();
            }
            b"c" => {
                let column = element.attribute("r").map_or(self.cell.column + 1, |place| column(&place));
                let kind = element.attribute("t").unwrap_or_default();
                let style = element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                self.cell = Cell { column, kind, style, ..Cell::default() };
            }
            b"rPh" => self.cell.reading += 1,
            b"v" | b"t" => self.cell.in_value = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" => self.cell.in_value = false,
            b"rPh" => self.cell.reading = self.cell.reading.saturating_sub(1),
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
        let shown = match self.cell.kind.as_str() {
            "s" => {
                let string = value.trim().parse().ok().and_then(|at| self.strings.get(at));
                Shown::Text(string.unwrap_or_default().to_owned())
            }
            "b" => Shown::Text(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "str" | "inlineStr" | "e" | "d" => Shown::Text(value),
            _ => self.formats.shown(self.cell.style, &value),
        };
        let Shown::Text(value) = shown else {
            self.hidden = true;
            return;
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

/// Whether a width or height is nothing: that hides too.
fn is_zero(element: &Element<'_>, name: &str) -> bool {
    element.attribute(name).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0)
}

/// The column of `BC12`, from 1.
fn column(place: &str) -> u32 {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters.fold(0, |number, letter| number * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
}
