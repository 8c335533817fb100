//! Where a text holds tables, as far as emphasis wants to know.

/// Which parts of a text are tables, found out a paragraph at a time and only
/// where a run stands beside `|`: a cell's edge counts as white space there.
pub(super) struct Tables<'t> {
    text: &'t str,
    /// The paragraph that was looked at last.
    paragraph: std::ops::Range<usize>,
    /// Where its table begins, if it has one.
    table: Option<usize>,
}

impl<'t> Tables<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, paragraph: 0..0, table: None }
    }

    /// Whether byte `at` stands in a table.
    pub(super) fn contains(&mut self, at: usize) -> bool {
        if !self.paragraph.contains(&at) {
            self.look_at(at);
        }
        self.table.is_some_and(|begin| begin <= at)
    }

    /// Finds the paragraph around byte `at` and the table in it.
    fn look_at(&mut self, at: usize) {
        let head = self.text.get(..at).unwrap_or_default();
        let here = head.rfind('\n').map_or(0, |end| end + 1);
        let above = head.get(..here).unwrap_or_default().split_inclusive('\n').rev();
        let start = here - above.take_while(|line| !is_blank(line)).map(str::len).sum::<usize>();
        let mut line_start = start;
        let mut previous = start;
        self.table = None;
        for line in self.text.get(start..).unwrap_or_default().split_inclusive('\n') {
            if line_start > here && is_blank(line) {
                break;
            }
            if self.table.is_none() && is_delimiter_row(line) {
                self.table = Some(previous);
            }
            previous = line_start;
            line_start += line.len();
        }
        self.paragraph = start..line_start;
    }
}

/// Whether a line holds nothing but the signs of block quotes.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>' | b'\r' | b'\n'))
}

/// Whether a line looks like `|---|:-:|`, in block quotes and list items too.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>' | b'|' | b':' | b'-' | b'\r' | b'\n'))
}
