//! What would mend a finding: edits of the file it is about.
//!
//! A [`Fix`] is data, as a fault is; [`apply`] makes a new text of an old one
//! and changes no file.
//!
//! **Invariant:** fixes whose edits overlap are never both applied, and a fix
//! is applied whole or not at all.

use crate::text::Span;

/// Edits that mend what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// In the finding's file; they don't overlap.
    pub edits: Vec<Edit>,
    /// Whether the words stay as they are and the meaning is plain. Any other
    /// fix is only offered.
    pub is_safe: bool,
}

/// Bytes of a file, and what replaces them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// In bytes of the decoded text.
    pub span: Span,
    /// The new text.
    pub new: String,
}

impl Edit {
    /// `new` in place of the bytes from `start` to `end`.
    pub fn new(start: usize, end: usize, new: impl Into<String>) -> Self {
        Self { span: Span::new(start, end), new: new.into() }
    }
}

impl Fix {
    /// A fix that may be applied unasked.
    pub fn safe(edits: Vec<Edit>) -> Self {
        Self { edits, is_safe: true }
    }

    /// A fix that an editor has to decide on.
    pub fn offered(edits: Vec<Edit>) -> Self {
        Self { edits, is_safe: false }
    }
}

/// `text` with as many of `fixes` as do not overlap, the earlier ones first,
/// and how many these are.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        let fits = fix.edits.iter().all(|edit| {
            let (start, end) = range(edit);
            text.get(start..end).is_some() && !chosen.iter().any(|other| overlaps(edit, other))
        });
        if fits && !fix.edits.is_empty() {
            chosen.extend(&fix.edits);
            count += 1;
        }
    }
    chosen.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in chosen {
        let (start, end) = range(edit);
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(&edit.new);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, count)
}

fn range(edit: &Edit) -> (usize, usize) {
    (edit.span.start as usize, edit.span.end as usize)
}

/// Whether two edits touch the same bytes, or the same place.
fn overlaps(one: &Edit, other: &Edit) -> bool {
    one.span.start <= other.span.end && other.span.start <= one.span.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_is_applied_whole_or_not_at_all() {
        let first = Fix::safe(vec![Edit::new(0, 1, "甲"), Edit::new(4, 5, "乙")]);
        let second = Fix::safe(vec![Edit::new(2, 3, "丙"), Edit::new(4, 5, "丁")]);
        assert_eq!(apply("a-b-c", [&first, &second]), ("甲-b-乙".to_owned(), 1));
        assert_eq!(apply("a-b-c", [&second]), ("a-丙-丁".to_owned(), 1));
    }

    #[test]
    fn places_outside_the_text_are_left_alone() {
        let fix = Fix::safe(vec![Edit::new(3, 90, "")]);
        assert_eq!(apply("学习", [&fix]), ("学习".to_owned(), 0));
    }
}
