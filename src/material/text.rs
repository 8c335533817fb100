//! The text of a document, as readers would read it.
//!
//! **Invariant:** however large a document is, its text is at most
//! [`MAX_CHARS`] characters in at most [`MAX_PARAGRAPHS`] paragraphs; what was
//! left out is said by [`TextState::Cut`].

use serde::{Deserialize, Serialize};

use super::spots::Spots;
use crate::diagnostic::MaterialPlace;

/// The most characters kept of one document: about 400 printed pages.
pub const MAX_CHARS: usize = 400_000;

/// The most paragraphs kept of one document.
pub const MAX_PARAGRAPHS: usize = 40_000;

/// What can be read in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// Whether this is all of it.
    pub state: TextState,
    /// Paragraphs in reading order, none empty: without line breaks, runs of
    /// white space as one space. A table's row is one paragraph, its cells
    /// separated by tabs.
    pub paragraphs: Vec<String>,
}

/// How much of a document's text there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum TextState {
    /// All of it.
    Whole,
    /// Its beginning; the document is longer than the bounds.
    Cut,
    /// The document has no text: a scan, whose pages are pictures.
    Pictures,
    /// Its text can't be read: a type that is not opened, or a damaged file.
    #[default]
    Unread,
}

impl Text {
    /// The first paragraphs, at most `most`, together at most `chars`
    /// characters. Where one is cut, it ends behind a sentence or with `……`.
    /// Those without a word, as the numbers of a form's empty rows, are passed
    /// over.
    pub fn beginning(&self, most: usize, chars: usize) -> Vec<String> {
        let mut left = chars;
        let mut first = Vec::new();
        let says = |paragraph: &&String| paragraph.chars().any(char::is_alphabetic);
        for paragraph in self.paragraphs.iter().filter(says).take(most) {
            let count = paragraph.chars().count();
            if count > left {
                // Half a dozen characters are no beginning.
                if left > 12 || first.is_empty() {
                    first.push(cut(paragraph, left));
                }
                break;
            }
            left -= count;
            first.push(paragraph.clone());
        }
        first
    }
}

/// The first `chars` characters, cut behind a sentence where there is one.
fn cut(text: &str, chars: usize) -> String {
    let kept: String = text.chars().take(chars).collect();
    match kept.rsplit_once(['。', '！', '？']) {
        // What is split away is the sentence's end: its mark comes back.
        Some((whole, _)) => text.chars().take(whole.chars().count() + 1).collect(),
        None => format!("{kept}……"),
    }
}

/// The most characters that are looked through for numbers of people, kept or
/// not.
const MAX_LOOKED: usize = 20 * MAX_CHARS;

/// Paragraphs being collected within the bounds. All of them are looked through
/// for numbers of people, those too that are beyond the bounds.
#[derive(Debug, Default)]
pub(super) struct Collector {
    paragraphs: Vec<String>,
    chars: usize,
    looked: usize,
    full: bool,
    place: MaterialPlace,
    pub(super) spots: Spots,
}

impl Collector {
    /// Where in the document the paragraphs stand that are added from now on.
    pub(super) fn at(&mut self, place: MaterialPlace) {
        self.place = place;
    }

    /// Adds a paragraph, its white space put in order; an empty one is passed
    /// over.
    pub(super) fn add(&mut self, text: &str) {
        if self.is_full() {
            return;
        }
        let tidy = tidy(text);
        if tidy.is_empty() {
            return;
        }
        let count = tidy.chars().count();
        self.looked += count;
        let kept = !self.full && self.paragraphs.len() < MAX_PARAGRAPHS;
        let number = u32::try_from(self.paragraphs.len()).ok().filter(|_| kept);
        self.spots.look(&tidy, &self.place, number);
        self.keep(tidy, count);
    }

    /// Keeps a paragraph of that many characters, or what there is room for.
    fn keep(&mut self, tidy: String, count: usize) {
        if self.full {
            return;
        }
        let left = MAX_CHARS - self.chars;
        if count > left || self.paragraphs.len() == MAX_PARAGRAPHS {
            self.full = true;
            let cut: String = tidy.chars().take(left).collect();
            if !cut.is_empty() && self.paragraphs.len() < MAX_PARAGRAPHS {
                self.paragraphs.push(cut);
            }
            return;
        }
        self.chars += count;
        self.paragraphs.push(tidy);
    }

    /// Adds the text of a file of an archive, with what was spotted in it.
    pub(super) fn take_in(&mut self, inner: Self, member: &str) {
        let first = u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX);
        self.spots.take_in(inner.spots, member, first);
        self.looked += inner.looked;
        for paragraph in inner.paragraphs {
            let count = paragraph.chars().count();
            self.keep(paragraph, count);
        }
    }

    /// Whether there is nothing so far.
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Looks through text that is published but no part of what is read, as
    /// comments are.
    pub(super) fn look_beside(&mut self, text: &str, place: &MaterialPlace) {
        let tidy = tidy(text);
        if !self.is_full() {
            self.looked += tidy.len();
            self.spots.look_beside(&tidy, place);
        }
    }

    /// Whether nothing more is looked at.
    pub(super) fn is_full(&self) -> bool {
        self.looked >= MAX_LOOKED
    }

    /// The text, which without a paragraph is in the state `empty`, and what
    /// was spotted in it.
    pub(super) fn finish(self, empty: TextState) -> (Text, Spots) {
        let state = match () {
            () if self.full => TextState::Cut,
            () if self.paragraphs.is_empty() => empty,
            () => TextState::Whole,
        };
        (Text { state, paragraphs: self.paragraphs }, self.spots)
    }
}

/// White space in order: tabs stay, other runs become one space, and none is
/// left at the ends. Control characters and marks without width go.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap: Option<char> = None;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = match (gap, c) {
                (Some('\t'), _) | (_, '\t') => Some('\t'),
                _ => Some(' '),
            };
            continue;
        }
        if c.is_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}')
        {
            continue;
        }
        if let Some(gap) = gap.take().filter(|_| !out.is_empty()) {
            out.push(gap);
        }
        out.push(c);
    }
    out
}
