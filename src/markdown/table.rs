//! Tables.
//!
//! Alignment is a class, because a strict policy forbids `style`. A table
//! scrolls in a box of its own, which keyboards can reach and screen readers
//! call by a name of its own.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::open::{Open, OpenTable};
use super::typos;
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn open_table(&mut self, columns: Vec<Alignment>, place: &Range<usize>) -> Open {
        typos::in_table(self, columns.len(), place);
        self.tables += 1;
        self.block("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.sink.raw(self.words.table);
        self.sink.raw(&self.tables.to_string());
        self.sink.raw("\">\n<table>\n");
        self.plain.paragraph();
        Open::Table(OpenTable { columns, column: 0, has_body: false })
    }

    pub(super) fn close_table(&mut self, table: &OpenTable) {
        if table.has_body {
            self.sink.raw("</tbody>\n");
        }
        self.sink.raw("</table>\n</div>\n");
        self.plain.paragraph();
    }

    fn table(&mut self) -> Option<&mut OpenTable> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Table(table) => Some(table),
            _ => None,
        })
    }

    pub(super) fn open_table_head(&mut self) -> Open {
        self.sink.raw("<thead>\n<tr>\n");
        Open::TableHead
    }

    pub(super) fn close_table_head(&mut self) {
        self.sink.raw("</tr>\n</thead>\n");
        self.plain.paragraph();
    }

    pub(super) fn open_row(&mut self) -> Open {
        if let Some(table) = self.table() {
            table.column = 0;
            if !std::mem::replace(&mut table.has_body, true) {
                self.sink.raw("<tbody>\n");
            }
        }
        self.sink.raw("<tr>\n");
        Open::Row
    }

    pub(super) fn close_row(&mut self) {
        self.sink.raw("</tr>\n");
        self.plain.paragraph();
    }

    /// A cell of the head without a word, mostly the corner, heads nothing: so
    /// it is none for screen readers either.
    pub(super) fn open_cell(&mut self, place: &Range<usize>) -> Open {
        let written = self.source.slice(place).trim_matches(|c: char| c == '|' || c.is_whitespace());
        let head = matches!(self.open.last(), Some(Open::TableHead)) && !written.is_empty();
        let alignment = self.table().and_then(|table| {
            table.column += 1;
            table.columns.get(table.column - 1).copied()
        });
        self.soft_break = None;
        self.after_cjk = false;
        self.sink.raw(if head { "<th" } else { "<td" });
        self.sink.raw(match alignment {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        Open::Cell(head)
    }

    pub(super) fn close_cell(&mut self, head: bool) {
        self.end_inline_html();
        self.sink.raw(if head { "</th>\n" } else { "</td>\n" });
        self.plain.text.push(' ');
    }
}
