//! Character references: `&amp;`, `&ensp;`, `&#x4E00;`, read as browsers read
//! them (HTML, section 13.2.5.72 and what follows it).

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a text stands: in an attribute's value a name without `;` is none
/// before `=`, a letter or a digit, so that `?a=1&copy=2` stays an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Between tags.
    Content,
    /// In an attribute's value.
    Attribute,
}

/// Longer than any name of a character.
const LONGEST: usize = 40;

/// `text` with every character reference replaced by what it stands for.
pub(crate) fn decode_references(text: &str, within: Within) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (plain, mut rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(plain);
    while let Some(after) = rest.strip_prefix('&') {
        rest = match after.strip_prefix('#') {
            Some(number) => numeric(number, &mut out),
            None => named(after, within, &mut out),
        }
        .unwrap_or_else(|| {
            out.push('&');
            after
        });
        let (plain, next) = rest.split_at(rest.find('&').unwrap_or(rest.len()));
        out.push_str(plain);
        rest = next;
    }
    Cow::Owned(out)
}

/// Appends the character whose number `text` begins with; gives what follows.
fn numeric<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (digits, radix) = text.strip_prefix(['x', 'X']).map_or((text, 10), |hex| (hex, 16));
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let number = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    let windows = number.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    out.push(match number {
        0 => char::REPLACEMENT_CHARACTER,
        _ => windows.or_else(|| char::from_u32(number)).unwrap_or(char::REPLACEMENT_CHARACTER),
    });
    Some(rest.strip_prefix(';').unwrap_or(rest))
}

/// Appends the characters whose name `text` begins with, the longest of them;
/// gives what follows.
fn named<'t>(text: &'t str, within: Within, out: &mut String) -> Option<&'t str> {
    let letters = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let semicolon = usize::from(text.as_bytes().get(letters) == Some(&b';'));
    for end in (2..=letters + semicolon).rev() {
        let (name, rest) = text.split_at_checked(end)?;
        // Beginnings of names stand in the table too, as no character.
        let Some((first, second)) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0) else {
            continue;
        };
        let goes_on = rest.starts_with(|c: char| c == '=' || c.is_ascii_alphanumeric());
        if within == Within::Attribute && !name.ends_with(';') && goes_on {
            return None;
        }
        out.extend([*first, *second].into_iter().filter(|c| *c != 0).filter_map(char::from_u32));
        return Some(rest);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_browsers_read_them() {
        for (text, expected) in [
            ("学习&amp;实践", "学习&实践"),
            ("一&ensp;二&emsp;三&nbsp;四", "一\u{2002}二\u{2003}三\u{A0}四"),
            ("&ldquo;学习&rdquo;&hellip;&middot;", "“学习”…·"),
            ("&#49;&#x4E00;&#X4e8c;&#19977", "1一二三"),
            ("&#0;&#xD800;&#99999999999;&#128;", "\u{FFFD}\u{FFFD}\u{FFFD}€"),
            ("&copy 2026 &notit; &NotEqualTilde;", "© 2026 ¬it; ≂̸"),
            ("a & b &; &# &#x; &无; &unknown; AT&T", "a & b &; &# &#x; &无; &unknown; AT&T"),
            ("&amp;lt;&", "&lt;&"),
            ("没有", "没有"),
        ] {
            assert_eq!(decode_references(text, Within::Content), expected, "{text}");
        }
    }

    #[test]
    fn addresses_keep_their_parameters() {
        for (text, expected) in [
            ("?a=1&copy=2&lang=zh", "?a=1&copy=2&lang=zh"),
            ("?a=1&amp;copy=2", "?a=1&copy=2"),
            ("javascript&colon;x&#58y", "javascript:x:y"),
            ("&copy", "©"),
        ] {
            assert_eq!(decode_references(text, Within::Attribute), expected, "{text}");
        }
    }
}
