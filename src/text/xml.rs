//! Characters that XML holds.

/// Whether XML 1.0 holds `c` at all, be it escaped (section 2.2, `Char`): one
/// that it does not makes a whole file unreadable.
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether UTF-8 has a control character that XML 1.0 does not hold.
pub fn has_forbidden_control(text: &[u8]) -> bool {
    text.iter().any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))
}
