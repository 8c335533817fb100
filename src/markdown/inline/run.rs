//! A run of text, and where each part of it stands in the file.

use std::ops::Range;

/// Text that the parser gave in parts.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Run {
    pub(in crate::markdown) text: String,
    /// Where each part begins in `text`, and where it stands in the file.
    parts: Vec<(usize, Range<usize>)>,
}

impl Run {
    pub(in crate::markdown) fn push(&mut self, text: &str, place: Range<usize>) {
        self.parts.push((self.text.len(), place));
        self.text.push_str(text);
    }

    /// Where a part of the text stands in the file. Within what was written as
    /// an entity, all of it.
    pub(in crate::markdown) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, false);
        start..self.offset(range.end, true).max(start)
    }

    fn offset(&self, at: usize, end: bool) -> usize {
        // The end of a range belongs to the part before it.
        let after = self.parts.partition_point(|(begin, _)| *begin < at || (*begin == at && !end));
        let n = after.saturating_sub(1);
        let Some((begin, place)) = self.parts.get(n) else { return 0 };
        let length = self.parts.get(n + 1).map_or(self.text.len(), |(next, _)| *next) - begin;
        let inside = at.saturating_sub(*begin);
        match (length == place.len(), end) {
            (true, _) => place.start + inside.min(length),
            (false, true) if inside > 0 => place.end,
            (false, _) => place.start,
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
    }

    /// The text from byte `at` on, as far as an address or a label may reach:
    /// the rest of a hostile text is not looked through again and again.
    pub(in crate::markdown) fn near(&self, at: usize) -> &str {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = rest.floor_char_boundary(1000);
        rest.get(..end).unwrap_or_default()
    }

    /// Whether the author put a backslash before byte `at` of the text;
    /// `source` is the whole file.
    pub(in crate::markdown) fn is_escaped(&self, source: &str, at: usize) -> bool {
        let Range { start, .. } = self.place(&(at..at + 1));
        source.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\\')
    }
}
