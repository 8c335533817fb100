//! The running heads of a book's printed edition: `booklets/<slug>.css`.
//!
//! A browser prints what a named page's margin boxes say (CSS Paged Media 3),
//! but takes it from a stylesheet alone; so each piece is on pages of its own
//! name, and this file says what stands above them. How it looks is the
//! theme's.
//!
//! Margin boxes came with Chromium 131. Engines that lack them gain nothing by
//! named pages, and Chromium 108 and 109 print such books wrong (the foreword
//! over the title); so the names stand behind a feature that only newer
//! engines have, [`NAMED_PAGES`].

use std::fmt::Write;

use serde::Serialize;

use crate::page::Column;
use crate::path::OutputPath;
use crate::render::File;

use super::{BookletParts, booklets};

/// What an engine has that prints named pages and their margin boxes well.
const NAMED_PAGES: &str = "@supports (text-spacing-trim: trim-start)";

/// The most characters of a title above a page.
const MOST: usize = 26;

#[derive(Debug, Serialize)]
struct Heads<'c> {
    book: &'c str,
    pieces: Vec<&'c str>,
}

/// One file a book.
pub fn booklet_styles<'c>(column: &'c Column<'_>) -> Vec<File<'c>> {
    let file = |parts: BookletParts<'c>| {
        let heads = Heads { book: parts.title(), pieces: parts.titles() };
        Some(File::new(OutputPath::new(parts.style())?, "booklet", heads, |heads| css(heads).into_bytes()))
    };
    booklets(column).into_iter().filter_map(file).collect()
}

fn css(heads: &Heads<'_>) -> String {
    // The title page has none. Chromium goes by the order of the rules here, not
    // by what is more particular.
    let mut out = format!(
        "@charset \"UTF-8\";\n@page{{@top-left{{content:{}}}}}\n{NAMED_PAGES}{{\n@page front{{@top-left{{content:none}}}}\n",
        string(heads.book)
    );
    for (at, title) in heads.pieces.iter().enumerate() {
        let number = at + 1;
        let head = string(&format!("{number}　{title}"));
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "#piece-{number}{{page:piece-{number}}}@page piece-{number}{{@top-right{{content:{head}}}}}"
        );
    }
    out.push_str("}\n");
    out
}

/// `text` as a string of CSS, cut to what a margin holds.
fn string(text: &str) -> String {
    let short: String = text.chars().take(MOST).collect();
    let more = if text.chars().count() > MOST { "…" } else { "" };
    let mut out = String::from("\"");
    for c in short.chars().chain(more.chars()) {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn titles_are_strings_of_css() {
        assert_eq!(string("“一”\"\\\n"), "\"“一”\\\"\\\\ \"");
        assert_eq!(string(&"长".repeat(30)), format!("\"{}…\"", "长".repeat(26)));
    }
}
