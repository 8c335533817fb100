//! The text of a document, as readers would read it.
//!
//! **Invariant:** however large a document is, its text is at most
//! [`MAX_CHARS`] characters in at most [`MAX_PARAGRAPHS`] paragraphs; what was
//! left out is said by [`TextState::Cut`].

use serde::{Deserialize, Serialize};

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

/// Paragraphs being collected within the bounds.
#[derive(Debug, Default)]
pub(super) struct Collector {
    paragraphs: Vec<String>,
    chars: usize,
    full: bool,
}

impl Collector {
    /// Adds a paragraph, its white space put in order; an empty one is passed
    /// over.
    pub(super) fn add(&mut self, text: &str) {
        if self.full {
            return;
        }
        let tidy = tidy(text);
        if tidy.is_empty() {
            return;
        }
        let left = MAX_CHARS - self.chars;
        let count = tidy.chars().count();
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

    /// Whether there is nothing so far.
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Whether nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// The text; without a paragraph it is in the state `empty`.
    pub(super) fn finish(self, empty: TextState) -> Text {
        let state = match () {
            () if self.full => TextState::Cut,
            () if self.paragraphs.is_empty() => empty,
            () => TextState::Whole,
        };
        Text { state, paragraphs: self.paragraphs }
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
