//! **`picture-placeholder`** (warning): `[图片1]`, `【插图】`, left where a picture
//! was to be put.
//!
//! Only a line of its own is one, and only where nothing makes it a link.

use super::prose::units;
use super::{Context, Found};
use crate::diagnostic::TextFault;
use crate::text::Span;

const WORDS: [&str; 7] = ["图片", "照片", "插图", "配图", "此处插图", "此处配图", "图"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for unit in units(context.text, context.document.front.span).iter().filter(|unit| !unit.yaml) {
        let mut at = unit.start;
        for line in unit.text.split_inclusive('\n') {
            let text = line.trim();
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            if is_placeholder(text) {
                let fault = TextFault::Placeholder { text: text.to_owned() };
                found.push((Span::new(start, start + text.len()), fault));
            }
        }
    }
}

fn is_placeholder(line: &str) -> bool {
    const BRACKETS: [(char, char); 5] = [('[', ']'), ('【', '】'), ('［', '］'), ('（', '）'), ('(', ')')];
    let inner = BRACKETS.iter().find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close));
    let Some(inner) = inner else { return false };
    let word = inner.trim().trim_end_matches(|c: char| {
        c.is_numeric() || c.is_whitespace() || "一二三四五六七八九十".contains(c)
    });
    WORDS.contains(&word)
}
