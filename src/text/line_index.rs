//! From byte offsets to lines and columns.

use super::Span;

/// A place as people count: line and column from 1, the column in Unicode
/// scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
}

/// The beginnings of a text's lines. Lines end at `\n`, `\r\n` or `\r`.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(at + 1);
            }
        }
        Self { text, starts }
    }

    /// The position of byte `offset`, which is cut to the text's length and
    /// moved back to the beginning of its character.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line), column: number(column + 1) }
    }

    /// The text of `line` (from 1) without its end; empty past the last one.
    pub fn line(&self, line: u32) -> &'t str {
        let at = line.saturating_sub(1) as usize;
        let Some(start) = self.starts.get(at).copied() else { return "" };
        let end = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// The byte offset of `line` and `column` (both from 1, the column in
    /// Unicode scalar values), cut to the end of the line.
    pub fn offset(&self, line: u32, column: u32) -> usize {
        let at = line.saturating_sub(1) as usize;
        let start = self.starts.get(at).copied().unwrap_or(self.text.len());
        let before: usize =
            self.line(line).chars().take(column.saturating_sub(1) as usize).map(char::len_utf8).sum();
        start + before
    }

    /// Both ends of `span`.
    pub fn range(&self, span: Span) -> (Position, Position) {
        (self.position(span.start as usize), self.position(span.end as usize))
    }
}
