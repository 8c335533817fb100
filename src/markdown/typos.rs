//! What editors mistype, seen where CommonMark would keep silent.
//!
//! CommonMark has no errors: what is not markup is text. These checks look at
//! text that was surely meant as markup. They are made to keep quiet about
//! prose; each says in its comment what it must not take for a slip.

mod foreign;
mod lines;
mod state;
mod text;

use std::ops::Range;

pub(super) use lines::{in_item, in_lines, in_table};
pub(super) use state::TypoState;
pub(super) use text::in_text;

use super::block::Name;
use super::target;
use super::writer::Writer;
use crate::diagnostic::{Edit, Fix, MarkdownFault, nearest};
use crate::text::is_han;

/// A heading: empty ones, jumps of level, and paragraphs that a `---` below
/// them made into headings (not a short underlined title).
pub(super) fn in_heading(writer: &mut Writer<'_>, level: u8, place: &Range<usize>, text: &str) {
    let source = writer.source.slice(place).trim_end();
    let signs = source.bytes().take_while(|b| *b == b'#').count();
    // An underlined heading has no sign before it: its first line stands in.
    let first = source.lines().next().map_or(0, str::len);
    let marker = place.start..place.start + if signs > 0 { signs } else { first };
    if text.is_empty() {
        return writer.report(place.start..place.start + source.len(), MarkdownFault::EmptyHeading);
    }
    let from = writer.seen.level.max(1);
    writer.seen.level = level;
    let line = source.rsplit(['\n', '\r']).next().unwrap_or_default();
    let underline = line.trim_matches([' ', '\t', '>']);
    let underlined = line.len() < source.len() && !source.starts_with('#');
    if underlined && (text.chars().count() > 50 || text.ends_with(['。', '！', '？', '；', '…'])) {
        let start = place.start + source.len() - line.trim_start_matches([' ', '\t', '>']).len();
        writer.report(start..start + underline.len(), MarkdownFault::UnderlinedParagraph);
    } else if level == 1 {
        writer.report(marker, MarkdownFault::LevelOneHeading);
    } else if level > from + 1 {
        writer.report(marker, MarkdownFault::HeadingJump { from, to: level });
    }
}

impl Writer<'_> {
    /// The level of the last heading; the page's title is level 1.
    pub(super) fn heading_level(&self) -> u8 {
        self.seen.level.max(1)
    }
}

/// Emphasis that swallowed asterisks: `张*、李*` was to show two names with
/// their second characters hidden. Nobody emphasises a text that begins with a
/// comma.
pub(super) fn in_emphasis(writer: &mut Writer<'_>, place: &Range<usize>) {
    let source = writer.source.slice(place);
    let inner = source.trim_start_matches(['*', '_', '~']);
    let begins =
        |c: char| matches!(c, '、' | '，' | '。' | '；' | '：' | '！' | '？' | '）' | '》' | '”' | ',' | ';');
    let before = writer.source.text.get(..place.start).and_then(|head| head.chars().next_back());
    let hides = inner.starts_with(begins) && before.is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric());
    if hides {
        let shown: String = inner.trim_end_matches(['*', '_', '~']).chars().take(12).collect();
        let end = place.start + source.len() - inner.len();
        writer.report(place.start..end, MarkdownFault::SwallowedAsterisks { text: shown });
    }
}

/// A link that was meant as an image: `！[说明](图.png)` with a full-width mark.
pub(super) fn in_link(writer: &mut Writer<'_>, to: &str, place: &Range<usize>) {
    let head = writer.source.text.get(..place.start).unwrap_or_default();
    if head.ends_with('！') && target::is_picture(to) {
        let start = place.start - '！'.len_utf8();
        let fix = Fix::safe(vec![Edit::new(start, place.start, "!")]);
        writer.report_with_fix(start..place.start, MarkdownFault::FullWidthImage, fix);
    }
}

/// Prose indented like code: a first line of Chinese (not code with a Chinese
/// word in it).
pub(super) fn in_indented_code(writer: &mut Writer<'_>, code: &str, place: &Range<usize>) {
    let line = code.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let chinese = line.chars().filter(|c| is_han(*c)).count();
    let prose = chinese >= 5 && chinese * 2 > line.chars().count();
    if prose {
        let source = writer.source.slice(place);
        let length = source.lines().next().map_or(0, str::len);
        let (range, fix) = (place.start..place.start + length, outdented(writer.source.text, place));
        if fix.edits.is_empty() {
            writer.report(range, MarkdownFault::IndentedParagraph);
        } else {
            writer.report_with_fix(range, MarkdownFault::IndentedParagraph, fix);
        }
    }
}

/// The lines without the blanks before them.
fn outdented(text: &str, place: &Range<usize>) -> Fix {
    // The place may begin behind the first line's blanks.
    let begin = text.get(..place.start).map_or(0, |head| head.rfind('\n').map_or(0, |at| at + 1));
    let mut at = begin;
    let mut edits = Vec::new();
    for line in text.get(begin..place.end).unwrap_or_default().split_inclusive('\n') {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if blanks > 0 {
            edits.push(Edit::new(at, at + blanks, ""));
        }
        at += line.len();
    }
    Fix::safe(edits)
}

/// The name behind a fence, where no language has it: nearly one of a data
/// block, or its Chinese name.
pub(super) fn in_info(writer: &mut Writer<'_>, name: &str, place: &Range<usize>) {
    let known = Name::ALL.into_iter().flat_map(|name| [name.word(), name.chinese_word()]);
    let Some(meant) = nearest(name, known) else { return };
    let line = writer.source.slice(place).lines().next().unwrap_or_default();
    let at = place.start + line.find(name).unwrap_or(0);
    let fault = MarkdownFault::UnknownBlock { name: name.into(), nearest: meant.into() };
    writer.report(at..at + name.len(), fault);
}

/// What can be said only when the whole text is known.
pub(super) fn at_end(writer: &mut Writer<'_>) {
    let seen = std::mem::take(&mut writer.seen);
    for (label, place) in seen.unlinked {
        if !seen.meant_links.contains(&label) {
            writer.report(place, MarkdownFault::UndefinedReference { label });
        }
    }
    for (label, place) in seen.undefined {
        if !seen.meant.contains(&label) {
            writer.report(place, MarkdownFault::UndefinedNote { label });
        }
    }
}
