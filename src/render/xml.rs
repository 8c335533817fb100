//! What XML can't hold.

use crate::text::is_xml_char;

/// `text` without the characters that XML 1.0 forbids even when escaped
/// (section 2.2, `Char`): one of them makes a whole feed unreadable.
pub(super) fn clean(text: &str) -> String {
    // Nearly all texts are clean, and copied whole.
    if text.chars().all(is_xml_char) {
        return text.to_owned();
    }
    text.chars().filter(|c| is_xml_char(*c)).collect()
}

/// `text`, cleaned and escaped for element content.
pub(super) fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
