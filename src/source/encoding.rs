//! Bytes into text, whatever editor saved them.

use std::borrow::Cow;

use super::conflict;
use crate::diagnostic::{Checked, Diagnostic, SourceFault};
use crate::path::SourcePath;
use crate::text::Span;

/// The text of a file. Places in the file are counted in it.
///
/// UTF-8 with or without a byte order mark is read as it is; UTF-16 and GB18030
/// are read, so that excerpts can be shown, but reported; anything else has
/// replacement characters. A byte order mark is no part of the text.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    text_and_encoding(bytes).0
}

/// As [`decoded`], with what an editor should hear about it. Of places that a
/// merge left undecided, the text has the first side.
pub fn decode<'b>(path: &SourcePath, bytes: &'b [u8]) -> Checked<Cow<'b, str>> {
    let (text, encoding) = text_and_encoding(bytes);
    let fault = match encoding {
        Encoding::Utf8 => None,
        Encoding::Marked => Some((SourceFault::ByteOrderMark, 0)),
        Encoding::Utf16 => Some((SourceFault::Utf16, 0)),
        Encoding::Gb18030 => Some((SourceFault::Gb18030, text.find(|c: char| !c.is_ascii()).unwrap_or(0))),
        Encoding::Unknown => {
            let odd = text.find([char::REPLACEMENT_CHARACTER, '\0']).unwrap_or(0);
            Some((SourceFault::NotText, odd))
        }
    };
    let conflicts = conflict::conflicts(&text);
    let undecided = conflicts.iter().map(|conflict| {
        Diagnostic::at(path, conflict.start, SourceFault::MergeConflict).and(path, Some(conflict.end))
    });
    let diagnostics = fault.map(|(fault, at)| {
        let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Diagnostic::at(path, Span::new(at, at + length), fault)
    });
    let diagnostics = diagnostics.into_iter().chain(undecided).collect();
    Checked { value: conflict::first_sides(text, &conflicts), diagnostics }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// UTF-8 after a byte order mark.
    Marked,
    Utf16,
    Gb18030,
    Unknown,
}

fn text_and_encoding(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    let (body, marked) = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            let (text, ..) = encoding_rs::UTF_16LE.decode(bytes);
            return (text, Encoding::Utf16);
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, true),
        _ => (bytes, false),
    };
    match std::str::from_utf8(body) {
        Ok(text) if text.contains('\0') => (Cow::Borrowed(text), Encoding::Unknown),
        Ok(text) => (Cow::Borrowed(text), if marked { Encoding::Marked } else { Encoding::Utf8 }),
        Err(_) => match encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(body) {
            Some(text) if is_likely_chinese(&text) => (text, Encoding::Gb18030),
            _ => (String::from_utf8_lossy(body), Encoding::Unknown),
        },
    }
}

/// Nearly every sequence of bytes is some GB18030; Chinese text is mostly Han
/// characters, their punctuation and ASCII.
fn is_likely_chinese(text: &str) -> bool {
    let foreign = text.chars().filter(|c| !c.is_ascii() && *c != '\u{3000}').count();
    let chinese = text
        .chars()
        .filter(|c| crate::text::is_han(*c) || crate::text::is_cjk_punctuation(*c) || "“”‘’—…·".contains(*c))
        .count();
    !text.contains('\0') && chinese * 10 >= foreign * 8
}
