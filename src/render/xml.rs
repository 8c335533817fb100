//! What XML can't hold.

/// `text` without the characters that XML 1.0 forbids even when escaped
/// (section 2.2, `Char`): one of them makes a whole feed unreadable.
pub(super) fn clean(text: &str) -> String {
    // Nearly all texts are clean, and copied whole.
    if text.chars().all(is_char) {
        return text.to_owned();
    }
    text.chars().filter(|c| is_char(*c)).collect()
}

/// `text`, cleaned and escaped for element content.
pub(super) fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
