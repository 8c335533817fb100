//! A paragraph's lines as written.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// One line of a paragraph, without its line end and the blanks around it.
#[derive(Debug, Clone)]
pub(in crate::markdown) struct Line<'t> {
    /// Its text.
    pub(in crate::markdown) text: &'t str,
    /// Where the text begins in the file.
    pub(in crate::markdown) start: usize,
    /// Whether it ends in Markdown's own line break: two blanks or `\`.
    pub(in crate::markdown) breaks: bool,
}

impl Line<'_> {
    /// One past the text's last byte in the file.
    pub(in crate::markdown) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// How wide it looks, in half-width cells.
    pub(super) fn width(&self) -> usize {
        self.text.width()
    }
}

/// The lines of the paragraph at `place` that hold anything.
pub(in crate::markdown) fn lines<'t>(text: &'t str, place: &Range<usize>) -> Vec<Line<'t>> {
    let mut at = place.start;
    let mut lines = Vec::new();
    for line in text.get(place.clone()).unwrap_or_default().split_inclusive('\n') {
        let whole = line.trim_end_matches(['\n', '\r']);
        let inner = whole.trim_start_matches([' ', '\t']);
        let start = at + whole.len() - inner.len();
        let shown = inner.trim_end_matches([' ', '\t']);
        if !shown.is_empty() {
            let breaks = whole.ends_with("  ") || shown.ends_with('\\');
            lines.push(Line { text: shown, start, breaks });
        }
        at += line.len();
    }
    lines
}
