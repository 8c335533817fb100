//! **`unbalanced`** (warning): a bracket or quotation mark without its
//! counterpart in the same paragraph.
//!
//! 《》〈〉“”（）〔〕【】「」. A quotation that goes on over paragraphs repeats “
//! at the beginning of each and has ” only at its end; `1）` and the like
//! number a list; a half-width bracket may close a full-width one. Single
//! quotation marks are left alone: ’ is an apostrophe too.

use super::prose::{Unit, units};
use super::{Context, Found, MOST};
use crate::diagnostic::TextFault;
use crate::text::Span;

const PAIRS: [(char, char); 8] = [
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('（', '）'),
    ('〔', '〕'),
    ('【', '】'),
    ('「', '」'),
    ('『', '』'),
];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let marks = marks(context.text);
    if in_lines(context.text, &marks) {
        return;
    }
    let units = units(context.text, context.document.front.span);
    let mut rest = marks.as_slice();
    let mut count = 0;
    for (number, unit) in units.iter().enumerate() {
        let end = unit.start + unit.text.len();
        let before = rest.partition_point(|(at, _)| *at < unit.start);
        let inside = rest.get(before..).unwrap_or_default();
        let (own, after) = inside.split_at(inside.partition_point(|(at, _)| *at < end));
        rest = after;
        if own.is_empty() || count >= MOST {
            continue;
        }
        if let Some((at, mark)) = lonely(unit, own, units.get(number + 1)) {
            count += 1;
            let missing = counterpart(mark).unwrap_or(mark);
            let fault = TextFault::Unbalanced { mark: mark.to_string(), missing: missing.to_string() };
            found.push((Span::new(at, at + mark.len_utf8()), fault));
        }
    }
}

/// All marks of `text` with their places. Their first bytes are rare in Han
/// text, whose characters begin with E4 to E9.
fn marks(text: &str) -> Vec<(usize, char)> {
    let bytes = text.as_bytes();
    let hits = memchr::memchr3_iter(0xE2, 0xE3, 0xEF, bytes);
    hits.filter_map(|at| Some((at, mark(*bytes.get(at..)?.first_chunk()?)?))).collect()
}

/// The mark that these bytes are.
fn mark(bytes: [u8; 3]) -> Option<char> {
    Some(match bytes {
        [0xE2, 0x80, 0x9C] => '“',
        [0xE2, 0x80, 0x9D] => '”',
        [0xEF, 0xBC, 0x88] => '（',
        [0xEF, 0xBC, 0x89] => '）',
        // 〈〉《》「」『』【】 and 〔〕 are neighbours.
        [0xE3, 0x80, last @ (0x88..=0x91 | 0x94..=0x95)] => char::from_u32(0x3000 + u32::from(last & 0x3F))?,
        _ => return None,
    })
}

/// Whether every mark has its counterpart in its own line, as nearly always:
/// then the text need not be cut into units.
fn in_lines(text: &str, marks: &[(usize, char)]) -> bool {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in marks.iter().copied() {
        if is_open(mark) {
            open.push((at, mark));
            continue;
        }
        let Some((start, opened)) = open.pop() else { return false };
        let line = text.get(start..at).unwrap_or("");
        if counterpart(opened) != Some(mark) || memchr::memchr(b'\n', line.as_bytes()).is_some() {
            return false;
        }
    }
    open.is_empty()
}

fn counterpart(mark: char) -> Option<char> {
    PAIRS.iter().find_map(|(open, close)| match mark {
        _ if mark == *open => Some(*close),
        _ if mark == *close => Some(*open),
        _ => None,
    })
}

fn is_open(mark: char) -> bool {
    PAIRS.iter().any(|(open, _)| *open == mark)
}

/// The first mark of a unit that has no counterpart in it.
fn lonely(unit: &Unit<'_>, marks: &[(usize, char)], next: Option<&Unit<'_>>) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in marks.iter().copied() {
        if is_open(mark) {
            open.push((at, mark));
            continue;
        }
        let partner = open.iter().rposition(|(_, opened)| counterpart(*opened) == Some(mark));
        match partner {
            Some(place) if place + 1 == open.len() => {
                open.pop();
            }
            Some(place) => return open.get(place + 1).copied().filter(|lone| !excused(unit, *lone)),
            None if excused(unit, (at, mark)) => {}
            None => return Some((at, mark)),
        }
    }
    let lone = open.pop()?;
    let goes_on = lone.1 == '“' && open.is_empty() && opens(unit) && next.is_some_and(opens);
    (!goes_on && !excused(unit, lone)).then_some(lone)
}

/// Whether a unit begins with “.
fn opens(unit: &Unit<'_>) -> bool {
    unit.text.trim_start_matches([' ', '\t', '>', '\u{3000}', '\n']).starts_with('“')
}

/// Whether a lonely mark is none: `1）`, or a full-width bracket whose
/// counterpart is a half-width one.
fn excused(unit: &Unit<'_>, (at, mark): (usize, char)) -> bool {
    let before = unit.text.get(..at.saturating_sub(unit.start)).unwrap_or("");
    let after = unit.text.get(at.saturating_sub(unit.start)..).unwrap_or("");
    match mark {
        '）' => {
            let word: String = before.chars().rev().take_while(|c| c.is_alphanumeric()).take(4).collect();
            let numbers = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
            let list = (1..=3).contains(&word.chars().count()) && word.chars().all(numbers);
            list || before.matches('(').count() > before.matches(')').count()
        }
        '（' => after.matches(')').count() > after.matches('(').count(),
        _ => false,
    }
}
