//! Paragraphs and rows of tables as they are met on the way through a document.

use super::text::Collector;

/// What is open on the way: a text box stands within a paragraph, a table in
/// the cell of another.
#[derive(Default)]
pub(super) struct Flow {
    /// What is complete.
    pub(super) text: Collector,
    paragraphs: Vec<String>,
    /// The cells so far of each row that is open.
    rows: Vec<Vec<String>>,
}

impl Flow {
    pub(super) fn begin_paragraph(&mut self) {
        self.paragraphs.push(String::new());
    }

    pub(super) fn end_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().unwrap_or_default();
        self.put(&paragraph);
    }

    /// Puts characters in front of the innermost paragraph, if it says anything.
    pub(super) fn lead(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.trim().is_empty()) {
            paragraph.insert_str(0, text);
        }
    }

    /// Characters of the innermost paragraph.
    pub(super) fn characters(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    /// The row's cells, separated by tabs, to be put or left out.
    pub(super) fn end_row(&mut self) -> String {
        self.rows.pop().unwrap_or_default().join("\t")
    }

    /// A paragraph or row that is complete: into its cell, or into the text.
    pub(super) fn put(&mut self, paragraph: &str) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&paragraph.replace('\t', " "));
            }
            None => self.text.add(paragraph),
        }
    }
}
