//! Text: where things stand in it, how wide they look, how much there is.

mod cjk;
mod count;
mod hex;
mod language;
mod line_index;
/// Names in addresses, made from text.
pub mod slug;
/// Addresses as they go out.
pub mod url;
mod words;
mod xml;

use serde::{Deserialize, Serialize};

pub use cjk::{is_cjk, is_cjk_punctuation, is_han};
pub use count::{count_words, ems};
pub use hex::{from_hex, hex, hex_into, is_hex};
pub use language::{is_language_tag, is_traditional};
pub use line_index::{LineIndex, Position};
pub use words::words;
pub use xml::{has_forbidden_control, is_xml_char};

/// A range of bytes in one file, from the file's first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets over 4 GiB are cut to the maximum.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The same span in a file in which the text it was measured in begins at
    /// byte `offset`.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }
}

/// A value together with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> At<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
