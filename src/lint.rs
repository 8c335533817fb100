//! What an editor would like to know before a reader does.
//!
//! One rule, one file: its doc comment is its manual. [`document`] looks at
//! one file, in its source text, so that every finding has its exact place; it
//! is remembered with the document. [`site`] looks at the whole.
//!
//! **Invariant:** the rules on texts stay silent on sound newspaper prose. A
//! rule that cries wolf is switched off by everybody.

mod dates_ahead;
mod document_number;
mod doubled;
mod empty_piece;
mod empty_section;
mod file_names;
mod full_width_digits;
mod half_width;
mod impossible_date;
mod ledger_totals;
mod material_without_file;
mod no_date;
mod other_section;
mod personal_numbers;
mod picture_placeholder;
mod prose;
mod required_fields;
mod secrecy_marks;
mod stale_section;
mod unbalanced;
mod weekday;
mod wrong_words;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, TextFault};
use crate::document::Document;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::sensitive;
use crate::site::Site;
use crate::text::Span;

/// The part of the config that the rules on documents read.
#[derive(Debug, Clone)]
pub struct Options {
    sections: Vec<required_fields::Section>,
    allow: Vec<String>,
    /// The same as numbers are spelled.
    allow_spelled: Vec<String>,
    key: Key,
}

impl Options {
    /// What the rules read of `config`.
    pub fn new(config: &Config) -> Self {
        let sections = required_fields::sections(config);
        let mut parts: Vec<&[u8]> = Vec::new();
        for section in &sections {
            parts.extend([b"section".as_slice(), section.folder.as_bytes(), section.title.as_bytes()]);
            parts.extend(section.required.iter().map(String::as_bytes));
        }
        parts.push(b"allow");
        parts.extend(config.allow.iter().map(String::as_bytes));
        Self {
            key: Key::hash_parts(parts),
            allow: config.allow.clone(),
            allow_spelled: allowed(config),
            sections,
        }
    }

    /// The key of all that stands here.
    pub fn key(&self) -> Key {
        self.key
    }
}

/// What the config allows, as numbers are spelled.
fn allowed(config: &Config) -> Vec<String> {
    config.allow.iter().map(|entry| sensitive::spelled(entry)).collect()
}

/// The most findings of one kind in one file: whoever pastes a list of ten
/// thousand telephone numbers has understood after a hundred.
const MOST: usize = 100;

/// What one file has to be asked about. `text` is its whole text, in which
/// places are counted.
pub fn document(document: &Document, text: &str, options: &Options) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    required_fields::check(document, &options.sections, &mut found);
    other_section::check(document, &options.sections, &mut found);
    ledger_totals::check(document, text, &mut found);
    let context = Context { document, text, options };
    for (span, fault) in in_text(&context) {
        found.push(Diagnostic::at(&document.path, span, fault));
    }
    found.extend(plain_text(&document.path, text, options));
    found
}

/// What any text has to be asked about that is published, wholly or in part:
/// `column.yaml` and notes beside photos too.
pub fn plain_text(path: &SourcePath, text: &str, options: &Options) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    personal_numbers::check(text, options, &mut found);
    secrecy_marks::check(text, options, &mut found);
    found.into_iter().map(|(span, fault)| Diagnostic::at(path, span, fault)).collect()
}

/// What the whole site has to be asked about.
pub fn site(site: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    empty_section::check(site, &mut found);
    empty_piece::check(site, &mut found);
    stale_section::check(site, &mut found);
    dates_ahead::check(site, &mut found);
    no_date::check(site, &mut found);
    material_without_file::check(site, &mut found);
    file_names::check(site, &mut found);
    found
}

/// What a rule on texts looks at.
struct Context<'d> {
    document: &'d Document,
    text: &'d str,
    options: &'d Options,
}

type Found = (Span, TextFault);

fn in_text(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    triggered(context, &mut found);
    unbalanced::check(context, &mut found);
    half_width::check(context, &mut found);
    full_width_digits::check(context, &mut found);
    picture_placeholder::check(context, &mut found);
    found
}

/// A rule that is asked only where one of its words stands.
struct Rule {
    triggers: &'static [&'static str],
    /// Looks at the trigger of that number at that place.
    judge: fn(&Context<'_>, usize, Range<usize>) -> Option<Found>,
}

const RULES: [Rule; 5] =
    [wrong_words::RULE, doubled::RULE, weekday::RULE, impossible_date::RULE, document_number::RULE];

/// The most words that one searcher looks for: up to 64 it looks at many bytes
/// at a time, and beyond that at each, which takes several times as long.
const TOGETHER: usize = 48;

/// The searchers of each rule.
static SEARCHERS: LazyLock<Vec<Vec<AhoCorasick>>> = LazyLock::new(|| {
    let searcher =
        |words: &[&str]| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok();
    RULES.iter().map(|rule| rule.triggers.chunks(TOGETHER).filter_map(searcher).collect()).collect()
});

fn triggered(context: &Context<'_>, found: &mut Vec<Found>) {
    for (rule, searchers) in RULES.iter().zip(SEARCHERS.iter()) {
        let hits = searchers.iter().zip(0..).flat_map(|(searcher, nth)| {
            let hits = searcher.find_iter(context.text);
            hits.map(move |hit| (hit.start(), nth * TOGETHER + hit.pattern().as_usize(), hit.end()))
        });
        let mut hits: Vec<(usize, usize, usize)> = hits.collect();
        if searchers.len() > 1 {
            hits.sort_unstable();
        }
        let mut from = 0;
        hits.retain(|(start, _, end)| {
            let stands = *start >= from;
            from = if stands { *end } else { from };
            stands
        });
        let judged =
            hits.into_iter().filter_map(|(start, word, end)| (rule.judge)(context, word, start..end));
        found.extend(judged.take(MOST));
    }
}

impl<'d> Context<'d> {
    /// The text before `at`.
    fn before(&self, at: usize) -> &'d str {
        self.text.get(..at).unwrap_or("")
    }

    /// The text from `at` on.
    fn after(&self, at: usize) -> &'d str {
        self.text.get(at..).unwrap_or("")
    }
}

/// The decimal digits that `text` ends with, at most `most` of them.
fn digits_before(text: &str, most: usize) -> &str {
    let count = text.bytes().rev().take(most).take_while(u8::is_ascii_digit).count();
    text.get(text.len() - count..).unwrap_or("")
}

/// The decimal digits that `text` begins with, at most `most` of them.
fn digits_after(text: &str, most: usize) -> &str {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    text.get(..count).unwrap_or("")
}
