//! Text as it is compared: one UTF-16 unit in, one out.
//!
//! Folding must be the same here and in the reader's browser, whatever its
//! Unicode version. So it is made of few rules over fixed ranges, and what
//! would change the length is left as it is.

use unicode_normalization::UnicodeNormalization;

/// `text` as it is stored and shown: without marks that nobody sees, each run
/// of white space one space, paragraphs apart by `\n`.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // What needs no change is copied in one go.
    let (mut from, mut next) = (0, 0);
    while let Some(byte) = text.as_bytes().get(next) {
        let at = next;
        // Of nearly all of a Chinese text the first byte says enough.
        match byte {
            b'!'..=b'~' => next += 1,
            0xE4..=0xEC => next += 3,
            _ => {}
        }
        if next > at {
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        next += c.len_utf8();
        if matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{D7FF}' | '\u{FF01}'..='\u{FF5E}') {
            continue;
        }
        let kept = text.get(from..at).unwrap_or_default();
        out.push_str(kept);
        from = at + c.len_utf8();
        match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => {
                while out.ends_with(' ') {
                    out.pop();
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    while out.ends_with([' ', '\n']) {
        out.pop();
    }
    out
}

/// Zero-width characters, soft hyphens, variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The units of `text`, folded: full-width forms to ASCII, letters to lower
/// case, Kangxi radicals and compatibility ideographs (which PDFs bring) to
/// the characters that they look like.
pub fn fold(text: &str) -> Vec<u16> {
    folded(text).collect()
}

/// As [`fold`], one after the other.
pub(super) fn folded(text: &str) -> impl Iterator<Item = u16> + '_ {
    // Nearly all of a text is ideographs.
    text.encode_utf16().map(|unit| if is_ideograph(unit) { unit } else { fold_unit(unit) })
}

pub(super) fn is_ideograph(unit: u16) -> bool {
    (0x4E00..=0x9FFF).contains(&unit)
}

fn fold_unit(unit: u16) -> u16 {
    match unit {
        0x41..=0x5A => unit + 0x20,
        0xFF01..=0xFF5E => fold_unit(unit - 0xFEE0),
        0x3000 => 0x20,
        0xC0..=0x24F | 0x370..=0x52F => single(unit, |c| c.to_lowercase().collect()),
        0x2E80..=0x2FDF | 0xF900..=0xFAFF => single(unit, |c| std::iter::once(c).nfkc().collect()),
        _ => unit,
    }
}

/// What `change` makes of the unit, where it is one unit.
fn single(unit: u16, change: impl Fn(char) -> String) -> u16 {
    let Some(c) = char::from_u32(u32::from(unit)) else { return unit };
    let changed = change(c);
    let mut units = changed.encode_utf16();
    match (units.next(), units.next()) {
        (Some(one), None) => one,
        _ => unit,
    }
}

/// Whether a folded unit is in the index: letters, digits and ideographs.
/// White space and punctuation are not; where a query has them, texts decide.
/// Nor are private characters, whose numbers the index uses for its own keys.
pub fn is_indexed(unit: u16) -> bool {
    match unit {
        0x4E00..=0x9FFF | 0x30..=0x39 | 0x61..=0x7A | 0x3005..=0x3007 => true,
        0x00..=0xBF
        | 0xD7
        | 0xF7
        | 0x2000..=0x2BFF
        | 0x2E00..=0x2E7F
        | 0x3000..=0x3020
        | 0x3030
        | 0x303D
        | 0x30FB
        | 0xE000..=0xF8FF
        | 0xFE10..=0xFE6F
        | 0xFF00..=0xFFFF => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf16(&fold(text)).unwrap()
    }

    #[test]
    fn letters_that_count_as_one() {
        for (text, expected) in [
            ("ＧＰＳ　Ａ１", "gps a1"),
            ("Ä É Σ Ж", "ä é σ ж"),
            ("İ ß", "İ ß"),
            ("\u{2F00}\u{2F63}\u{F9DC}", "一生隆"),
            ("繁體字，𠮷", "繁體字,𠮷"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn cleaning_keeps_what_is_seen() {
        assert_eq!(clean(" 教\u{200B}育  整顿 \n\n 进行时\u{3000}\n"), "教育 整顿\n进行时");
    }

    #[test]
    fn folding_keeps_places() {
        let all: String = (0..=0x0010_FFFF_u32).filter_map(char::from_u32).collect();
        assert_eq!(fold(&all).len(), all.encode_utf16().count());
    }
}
