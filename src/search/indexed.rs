//! A piece made ready for the index, remembered while nothing of it changes.

use std::sync::Arc;

use super::entry::{Entry, mark};
use super::grams;
use super::keys::{Keys, Scratch};
use super::normalize::{clean, folded};
use super::script::{push_string, string};
use crate::text::slug;

/// The longest text of an attached file that is one file of the index, in
/// bytes; it is cut between paragraphs.
const LONGEST: usize = 16 << 10;

/// What the index has of one piece.
#[derive(Debug)]
pub(super) struct Part {
    /// Its entry in a file of texts, behind its number: `"path","spelling",…`.
    pub(super) entry: String,
    /// What the lists have of it.
    pub(super) indexed: Indexed,
}

/// What the lists of the index have of one piece.
#[derive(Debug, Clone)]
pub(super) struct Indexed {
    /// The keys of its page and of its title's spelling.
    pub(super) keys: Arc<Keys>,
    /// The texts of its files, in parts.
    pub(super) extras: Arc<[Extra]>,
}

/// A part of an attached file's text.
#[derive(Debug)]
pub(super) struct Extra {
    /// `1,"text"`: which of the piece's files, and the text.
    pub(super) entry: String,
    /// Its keys.
    pub(super) keys: Arc<Keys>,
}

impl Part {
    /// Makes `entry` ready.
    pub(super) fn new(entry: &Entry<'_>) -> Self {
        let mut lines: Vec<String> =
            entry.paragraphs().iter().map(|line| clean(line)).filter(|line| !line.is_empty()).collect();
        let title = clean(&entry.article.document.title);
        let files: Vec<String> = entry.files.iter().map(|file| clean(file.name)).collect();
        lines.extend(files.iter().filter(|name| !name.is_empty()).cloned());
        let text = lines.join("\n");
        let spelling = spelling(&title, entry.pinyin);
        let mut titles = Vec::new();
        grams::of_text(folded(&title), |gram| titles.push(gram));
        let write = |keys: &mut Scratch| {
            grams::of_text(folded(&text), |gram| keys.add(gram));
            grams::of_spelling(&spelling, |gram| keys.add(gram));
        };
        let keys = Keys::new(write, titles);
        let entry_text = written(entry, &spelling.join(" "), &text);
        Self { entry: entry_text, indexed: Indexed { keys: Arc::new(keys), extras: extras(entry).into() } }
    }
}

/// `"path","spelling","section","2021-03-19",[["name","path","PDF"]],"text"`.
fn written(entry: &Entry<'_>, spelling: &str, text: &str) -> String {
    let files: Vec<String> = entry
        .files
        .iter()
        .map(|file| {
            let (path, mark) = (file.asset.output.as_str(), mark(file.asset));
            format!("[{},{},{}]", string(&clean(file.name)), string(path), string(&mark))
        })
        .collect();
    let mut out = String::with_capacity(text.len() + text.len() / 32 + spelling.len() + 160);
    for field in [entry.article.route.as_str(), spelling, entry.section, &entry.date()] {
        push_string(&mut out, field);
        out.push(',');
    }
    out.push('[');
    out.push_str(&files.join(","));
    out.push_str("],");
    push_string(&mut out, text);
    out
}

/// The reading of a title, an item a UTF-16 unit; empty where it has no 汉字.
fn spelling(title: &str, phrases: &[(String, String)]) -> Vec<String> {
    if !title.chars().any(crate::text::is_han) {
        return Vec::new();
    }
    let mut syllables = Vec::new();
    for (c, reading) in title.chars().zip(slug::readings(title, phrases)) {
        syllables.push(reading);
        syllables.extend((1..c.len_utf16()).map(|_| String::new()));
    }
    syllables
}

fn extras(entry: &Entry<'_>) -> Vec<Extra> {
    let mut extras = Vec::new();
    for (at, file) in entry.files.iter().enumerate() {
        let Some(text) = file.text else { continue };
        for piece in pieces(&clean(&text.paragraphs.join("\n"))) {
            let keys = Keys::new(|keys| grams::of_text(folded(piece), |gram| keys.add(gram)), Vec::new());
            extras.push(Extra { entry: format!("{at},{}", string(piece)), keys: Arc::new(keys) });
        }
    }
    extras
}

/// `text` cut between paragraphs into pieces of at most [`LONGEST`] bytes; a
/// longer paragraph stays whole, for a match may stand anywhere in it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > LONGEST {
        let last = rest.bytes().take(LONGEST).rposition(|byte| byte == b'\n');
        let Some(cut) = last.or_else(|| rest.find('\n')) else { break };
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece);
        rest = after.trim_start_matches('\n');
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_paragraphs() {
        let line = "学".repeat(2000);
        let text = [line.as_str(); 7].join("\n");
        let cut = pieces(&text);
        assert_eq!(cut.iter().map(|piece| piece.len()).collect::<Vec<_>>(), [12_001, 12_001, 12_001, 6000]);
        assert_eq!(cut.join("\n"), text);
        let whole = "学".repeat(20_000);
        assert_eq!(pieces(&whole), [whole.as_str()]);
        assert!(pieces("").is_empty());
    }
}
