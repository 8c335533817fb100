//! The ids of a body: which are taken, and which are the page's own.

use std::collections::BTreeMap;

use crate::text::Span;

/// The ids of a body, each with the place that defines it.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Ids {
    taken: BTreeMap<String, Span>,
    /// How often an id was wanted that was taken already.
    repeats: BTreeMap<String, usize>,
}

impl Ids {
    /// Takes `wanted`, or the first free of `wanted-1`, `wanted-2`, …; ids of
    /// the page itself are never free.
    pub(in crate::markdown) fn take(&mut self, wanted: &str, span: Span) -> String {
        let mut id = wanted.to_owned();
        while self.taken.contains_key(&id) || is_reserved_id(&id) {
            // Counting on from the last time keeps a thousand equal headings cheap.
            let n = self.repeats.entry(wanted.to_owned()).or_default();
            *n += 1;
            id = format!("{wanted}-{n}");
        }
        self.taken.insert(id.clone(), span);
        id
    }

    /// The place that defines `id`, if it is taken.
    pub(in crate::markdown) fn place(&self, id: &str) -> Option<Span> {
        self.taken.get(id).copied()
    }

    /// All ids, sorted.
    pub(in crate::markdown) fn all(&mut self) -> Vec<String> {
        std::mem::take(&mut self.taken).into_keys().collect()
    }
}

/// Ids that templates, data blocks and the preview give to parts of a page, so
/// that no heading may have them; `1` stands for any number. Themes may also
/// use ids that begin with `theme-`.
pub const RESERVED_IDS: [&str; 25] = [
    "answers",
    "calendar",
    "contents",
    "contents-name",
    "corrections",
    "day-1-1-1",
    "f-opinion-1",
    "f-opinion-1-done",
    "f-opinion-1-open",
    "foreword",
    "kind-1",
    "kind-all",
    "kinds-name",
    "main",
    "opinion-1",
    "phase-1",
    "phase-all",
    "phases-name",
    "plan",
    "quiz-1",
    "quiz-1-1",
    "s-opinion-1",
    "s-opinion-1-1",
    "suggestions",
    "top",
];

/// Whether a page has that id, or may have it, whatever its text is.
pub fn is_reserved_id(id: &str) -> bool {
    if !id.is_ascii() {
        return false;
    }
    // Each number counts as 1.
    let mut shape = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '0'..='9' if shape.ends_with('1') => {}
            '0'..='9' => shape.push('1'),
            c => shape.push(c),
        }
    }
    id.starts_with("theme-") || RESERVED_IDS.binary_search(&shape.as_str()).is_ok()
}
