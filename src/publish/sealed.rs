//! Texts that say themselves whether they are whole: the manifests of releases
//! here and at targets.
//!
//! A line that names the format, one JSON object, further lines, and a last
//! line with the hash of all before it.
//!
//! **Invariant:** what [`read`] gives is what [`write()`] was given: of a text
//! that was cut short or changed nothing is read.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memo::Key;
use crate::text::hex_into;

/// Such a text: `lines` are its further ones, each with its line feed.
pub fn write(format: &str, head: &impl Serialize, lines: &str) -> String {
    // Heads are made of strings, numbers and moments, which JSON never refuses;
    // `{}` would only cost a build.
    let head = serde_json::to_string(head).unwrap_or_else(|_| "{}".to_owned());
    let mut text = String::with_capacity(format.len() + head.len() + lines.len() + 40);
    for part in [format, "\n", &head, "\n", lines] {
        text.push_str(part);
    }
    let hash = Key::hash(text.as_bytes());
    hex_into(&mut text, hash.as_bytes());
    text.push('\n');
    text
}

/// The object and the further lines of a text of this `format`; `None` where it
/// is not whole.
pub fn read<'t, H: DeserializeOwned>(format: &str, text: &'t str) -> Option<(H, std::str::Lines<'t>)> {
    let (before, last) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    // With the line feed at its end, or an empty last line would be lost.
    let body = text.get(..=before.len())?;
    if Key::from_hex(last)? != Key::hash(body.as_bytes()) {
        return None;
    }
    let mut lines = body.lines();
    if lines.next()? != format {
        return None;
    }
    Some((serde_json::from_str(lines.next()?).ok()?, lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read_and_nothing_else() {
        for (head, lines) in [(vec![], ""), (vec!["专栏".to_owned()], "一\n二\n"), (vec![], "\n\n")] {
            let text = write("format 1", &head, lines);
            let (found, rest) = read::<Vec<String>>("format 1", &text).unwrap();
            assert_eq!((found, rest.collect::<Vec<_>>()), (head, lines.lines().collect()));
            assert!(read::<Vec<String>>("format 2", &text).is_none());
            for (at, _) in text.char_indices() {
                let cut = text.get(..at).unwrap();
                assert!(read::<Vec<String>>("format 1", cut).is_none(), "{at}");
            }
        }
    }
}
