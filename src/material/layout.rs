//! Glyphs at places into lines, and lines into paragraphs.
//!
//! A page of PDF or OFD knows where each glyph stands and nothing of paragraphs.
//! Glyphs come in the order in which they were set, which is the order of
//! reading in what word processors and browsers write.

use std::collections::HashMap;

use super::radicals::meant;
use super::text::Collector;
use crate::diagnostic::{MaterialFault, MaterialPlace, PagedFault};
use crate::text::is_cjk;

/// Of how many glyphs one may be unreadable without a word: symbols that stand
/// for themselves, as the dots of lists.
const FEW: u32 = 20;

/// Whether a character says something: not those by which programs say that
/// they know none, and not those of private use.
pub(super) fn is_character(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// What is to be said of a document with `lost` glyphs of which nobody can tell
/// the characters, beside those that were `read`.
pub(super) fn undecodable(read: u32, lost: u32) -> Option<MaterialFault> {
    let all = u64::from(read) + u64::from(lost);
    let percent = u32::try_from(u64::from(lost) * 100 / all.max(1)).unwrap_or(100);
    let many = lost > 0 && u64::from(lost) * u64::from(FEW) > all;
    many.then(|| PagedFault::Undecodable { percent }.into())
}

/// A page being read, and the paragraph that may go on from the page before.
#[derive(Debug, Default)]
pub(super) struct Page {
    lines: Vec<Line>,
    printed: Printed,
    /// The paragraph so far.
    open: String,
    /// Its last line.
    last: Option<Line>,
    /// The page that the paragraph begins on, from 1.
    opened: u32,
    /// The number of this page, from 1.
    pub(super) number: u32,
}

/// A line of text; all lengths in points, from the top left corner.
#[derive(Debug, Clone, Default)]
struct Line {
    text: String,
    left: f64,
    /// Where the next glyph is to be expected.
    right: f64,
    baseline: f64,
    /// The size of its first glyph.
    size: f64,
    /// Where the lines beside it end.
    margin: f64,
}

/// A gap from which on words are two cells of a table, in sizes.
const CELL: f64 = 1.6;

/// A gap from which on Latin letters are two words, in sizes.
const SPACE: f64 = 0.18;

impl Page {
    /// A new page, that wide.
    pub(super) fn begin(&mut self, _width: f64) {
        self.lines.clear();
        self.printed.clear();
    }

    /// A glyph at its place. `ink` is where its outline ends, in sizes from
    /// its beginning, where it has one.
    pub(super) fn put(&mut self, c: char, x: f64, y: f64, size: f64, ink: Option<f64>) {
        let c = meant(c);
        if c == '\0' || (c.is_control() && c != '\t') || self.printed.overprints(c, x, y, size) {
            return;
        }
        let wide =
            is_cjk(c) || ('\u{3000}'..='\u{303F}').contains(&c) || ('\u{FF00}'..='\u{FF60}').contains(&c);
        let advance = match ink {
            _ if wide => size,
            // Digits are as wide as each other: 1 is narrow ink on the same room.
            Some(ink) if c.is_ascii_digit() && ink < 3.0 => ink.max(0.45) * size,
            Some(ink) if ink > 0.05 && ink < 3.0 => ink * size,
            _ if c.is_whitespace() => size * 0.25,
            _ => size * 0.5,
        };
        let right = x + advance;
        match self.lines.last_mut().filter(|line| line.goes_on(x, y, size)) {
            Some(line) => line.add(c, x, right, size),
            None => self.lines.push(Line {
                text: c.to_string(),
                left: x,
                right,
                baseline: y,
                size,
                margin: right,
            }),
        }
    }

    /// Ends the page: its lines go into paragraphs, the complete ones into
    /// `text`.
    pub(super) fn finish(&mut self, text: &mut Collector) {
        let lines = std::mem::take(&mut self.lines);
        let shown: Vec<Line> = lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let count = shown.len();
        for (at, line) in shown.iter().enumerate() {
            // A page number, first or last.
            if (at == 0 || at + 1 == count) && count > 1 && is_number(&line.text) {
                continue;
            }
            let margin = margin(&shown, line);
            if !self.last.as_ref().is_some_and(|last| last.joins(line, margin)) {
                flush(self, text);
            }
            self.append(line, margin);
        }
    }

    fn append(&mut self, line: &Line, margin: f64) {
        let first = line.text.trim_start();
        if self.open.is_empty() {
            self.opened = self.number;
        }
        let before = self.open.chars().next_back();
        let apart = before.zip(first.chars().next()).is_some_and(|(a, b)| !is_cjk(a) && !is_cjk(b));
        if apart && before != Some('-') {
            self.open.push(' ');
        }
        self.open.push_str(line.text.trim_end());
        self.last = Some(Line { margin, ..line.clone() });
    }
}

/// The glyphs of a page, to recognise one that is printed over itself: bold,
/// shadow and outline are made by drawing a text twice, a little apart.
#[derive(Debug, Default)]
struct Printed {
    /// By character, size in quarters of a point, and cell of the page; where
    /// in the cell the last one stands, in points.
    cells: HashMap<(char, i32, i32, i32), (f64, f64)>,
}

/// How far apart two glyphs are one at most, in sizes. The narrowest glyphs
/// that follow each other (`ll`, `……`) stand 0.2 apart.
const OVERPRINT: f64 = 0.1;

impl Printed {
    fn clear(&mut self) {
        self.cells.clear();
    }

    /// Notes a glyph; whether the same one already stands there.
    fn overprints(&mut self, c: char, x: f64, y: f64, size: f64) -> bool {
        let near = size * OVERPRINT;
        let (column, row) = (x / (near * 2.0), y / (near * 2.0));
        let quarters = cell(size * 4.0);
        // Cells are twice as wide as the distance: what is near stands in this
        // cell or in those on the side to which the glyph is nearer.
        let columns = [cell(column - 0.5), cell(column + 0.5)];
        let rows = [cell(row - 0.5), cell(row + 0.5)];
        let found = columns.iter().flat_map(|column| rows.iter().map(move |row| (*column, *row))).any(
            |(column, row)| {
                let other = self.cells.get(&(c, quarters, column, row));
                other.is_some_and(|(ox, oy)| (x - ox).abs() < near && (y - oy).abs() < near)
            },
        );
        if !found {
            self.cells.insert((c, quarters, cell(column), cell(row)), (x, y));
        }
        found
    }
}

/// The cell in which a place stands.
#[expect(clippy::cast_possible_truncation, reason = "a float that is too large becomes the largest number")]
fn cell(place: f64) -> i32 {
    place.floor() as i32
}

/// Ends the paragraph that is open.
pub(super) fn flush(page: &mut Page, text: &mut Collector) {
    text.at(MaterialPlace::Page(page.opened));
    text.add(&std::mem::take(&mut page.open));
    page.last = None;
}

/// Where the lines end that begin about where `line` does.
fn margin(lines: &[Line], line: &Line) -> f64 {
    let near = lines.iter().filter(|other| (other.left - line.left).abs() < line.size * 3.0);
    near.map(|other| other.right).fold(line.right, f64::max)
}

impl Line {
    fn goes_on(&self, x: f64, y: f64, size: f64) -> bool {
        let em = size.max(self.size);
        (y - self.baseline).abs() < em * 0.4 && x > self.right - em
    }

    fn add(&mut self, c: char, x: f64, right: f64, size: f64) {
        let gap = x - self.right;
        let before = self.text.chars().next_back();
        let spaced = c.is_whitespace() || before.is_some_and(char::is_whitespace);
        if gap > size * CELL {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\t');
        } else if gap > size * SPACE && !spaced && !is_cjk(c) && !before.is_some_and(is_cjk) {
            self.text.push(' ');
        }
        self.text.push(c);
        self.right = self.right.max(right);
    }

    /// Whether `next` continues this line's paragraph. `margin` is where the
    /// lines beside `next` end.
    fn joins(&self, next: &Self, margin: f64) -> bool {
        let em = self.size.max(next.size);
        let alike = (self.size - next.size).abs() < em * 0.12;
        let down = next.baseline - self.baseline;
        // The next page, or the next column, begins above.
        let near = down < em * 2.3;
        // The line before may be the last of its page, among longer ones.
        let full = self.right > margin.max(next.right).max(self.margin) - em * 2.5;
        let indented = next.left > self.left + em * 1.2 || next.text.starts_with('\u{3000}');
        let table = self.text.contains('\t') || next.text.contains('\t');
        alike && near && full && !indented && !table
    }
}

/// Whether a line is a page's number: `12`, `— 12 —`, `第 12 页`.
fn is_number(text: &str) -> bool {
    let inner = text.trim().trim_matches(|c: char| matches!(c, '-' | '—' | '–' | '·' | ' ' | '第' | '页'));
    !inner.is_empty()
        && inner.chars().count() <= 9
        && inner.chars().all(|c| c.is_ascii_digit() || c == '/' || c == ' ')
}
