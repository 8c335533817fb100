//! What editors mistype, recognised and mended for the time of reading.

/// Whether plain text is an entry whose colon is full-width: `说明：文字`.
pub(super) fn full_width_colon(text: &str) -> bool {
    text.lines().next().and_then(|line| line.split_once('：')).is_some_and(|(key, _)| is_key(key))
}

/// Whether `text` could be a key: short, and without blanks or punctuation.
fn is_key(text: &str) -> bool {
    let length = text.chars().count();
    (1..=24).contains(&length) && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
