//! Where a link leads, and whether it may.
//!
//! Browsers ignore control characters and blanks in a scheme and know several
//! that run code, so a scheme is allowed by name, after everything invisible
//! is taken away.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::MarkdownFault;
use crate::path::playable;

/// Whether a fault of a destination keeps it from being published.
pub(super) fn breaks(fault: &MarkdownFault) -> bool {
    !matches!(fault, MarkdownFault::BackslashPath)
}

/// Schemes that may stand in a link.
const ALLOWED: [&str; 6] = ["http", "https", "mailto", "tel", "sms", "ftp"];

/// Judges a destination whose Markdown escapes and entities are resolved: as it
/// is published, and what is wrong with it.
///
/// Percent-encoding of a relative path is undone, except for `%23` and `%3F`,
/// which would become something else.
pub(super) fn judged(destination: String) -> (String, Option<MarkdownFault>) {
    let written = destination.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if let Some(scheme) = scheme(written).filter(|scheme| !may_be_name(scheme, written)) {
        let fault = scheme_fault(&scheme);
        return (destination, fault);
    }
    let lower: String = written.chars().take(6).collect::<String>().to_ascii_lowercase();
    if lower.starts_with("http：") || lower.starts_with("https：") {
        return (destination, Some(MarkdownFault::FullWidthUrl));
    }
    if written.starts_with("//") {
        return (written.to_owned(), None);
    }
    let decoded = decode(written);
    let hidden = scheme(&decoded).filter(|scheme| !may_be_name(scheme, &decoded));
    if let Some(fault) = hidden.and_then(|scheme| scheme_fault(&scheme)) {
        return (destination, Some(fault));
    }
    if decoded.contains('\\') {
        return (decoded.replace('\\', "/"), Some(MarkdownFault::BackslashPath));
    }
    (decoded.into_owned(), None)
}

/// Whether a scheme that nobody knows may be the beginning of a file's name:
/// `img-09:10:10.png`, as cameras and screenshots are called. If there is no
/// such file, `site` reports the scheme.
fn may_be_name(scheme: &str, written: &str) -> bool {
    let unknown = matches!(scheme_fault(scheme), Some(MarkdownFault::UnsafeLink { .. }));
    unknown && scheme.contains(['-', '.', '_']) && (is_picture(written) || is_media(written))
}

/// What is wrong with a scheme.
fn scheme_fault(scheme: &str) -> Option<MarkdownFault> {
    match scheme {
        known if ALLOWED.contains(&known) => None,
        "file" => Some(MarkdownFault::LocalPath),
        "data" => Some(MarkdownFault::EmbeddedFile),
        drive if drive.len() == 1 => Some(MarkdownFault::LocalPath),
        _ => Some(MarkdownFault::UnsafeLink { scheme: scheme.to_owned() }),
    }
}

/// The scheme in lower case, as the most generous browser would read it.
fn scheme(written: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in written.chars().filter(|c| !is_invisible(*c)) {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_ascii_alphabetic() => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}')
}

/// Undoes percent-encoding where the result is UTF-8.
fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.first_chunk::<2>().and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
        match byte.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' && !matches!(byte, b'#' | b'?' | 0..=0x1F | 0x7F) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// Whether a target names a video or sound file, by its extension.
pub(super) fn is_media(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, extension)| playable(extension).is_some())
}

/// Whether a target names a picture, by its extension.
pub(super) fn is_picture(target: &str) -> bool {
    has_extension(target, &["jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "avif"])
}

/// Whether the path of `target` ends in one of the extensions.
pub(super) fn has_extension(target: &str, extensions: &[&str]) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Where the destination stands in `source`, a text that begins behind the `]`
/// of an inline link: `(dest "title")`. `None` for a reference.
pub(super) fn place(source: &str) -> Option<Range<usize>> {
    let inner = source.strip_prefix('(')?;
    let start = 1 + inner.len() - inner.trim_start().len();
    let rest = source.get(start..)?;
    if let Some(pointy) = rest.strip_prefix('<') {
        let end = pointy.find('>')?;
        return Some(start + 1..start + 1 + end);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => return Some(start..start + at),
            _ => {}
        }
    }
    Some(start..source.len())
}
