//! **`half-width-punctuation`** (note): commas, stops and quotation marks of
//! Latin text beside Chinese characters.
//!
//! GB/T 15834-2011 wants `，；：？！。“”……`. One note a file, at the first place,
//! with the number of places: whoever typed one that way typed them all.

use super::prose::units;
use super::{Context, Found};
use crate::diagnostic::TextFault;
use crate::text::{Span, is_han};

const MARKS: [(&str, &str); 8] = [
    ("...", "……"),
    (",", "，"),
    (";", "；"),
    (":", "："),
    ("?", "？"),
    ("!", "！"),
    (".", "。"),
    ("\"", "“”"),
];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let bytes = context.text.as_bytes();
    let hits = memchr::memchr3_iter(b',', b';', b':', bytes)
        .chain(memchr::memchr3_iter(b'?', b'!', b'.', bytes))
        .chain(memchr::memchr_iter(b'"', bytes));
    let mut places: Vec<usize> = hits.filter(|at| is_chinese(context, *at)).collect();
    if places.is_empty() {
        return;
    }
    places.sort_unstable();
    let units = units(context.text, context.document.front.span);
    let prose = |at: &usize| {
        let unit = units.partition_point(|unit| unit.start <= *at).checked_sub(1).and_then(|n| units.get(n));
        unit.is_some_and(|unit| !unit.yaml && *at < unit.start + unit.text.len())
            && !in_markup(context.before(*at))
            && !is_syntax(context, *at)
    };
    places.retain(prose);
    let Some(first) = places.first().copied() else { return };
    let Some((mark, right)) = MARKS.iter().find(|(mark, _)| context.after(first).starts_with(mark)) else {
        return;
    };
    let fault =
        TextFault::HalfWidth { mark: (*mark).to_owned(), right: (*right).to_owned(), count: places.len() };
    found.push((Span::new(first, first + mark.len()), fault));
}

/// Whether the mark at byte `at` belongs to Chinese text: between its
/// characters; a quotation mark beside one; a stop or `...` behind one, at the
/// end of a line that is no more than a number.
fn is_chinese(context: &Context<'_>, at: usize) -> bool {
    let left = context.before(at).chars().next_back();
    let rest = context.after(at + 1);
    let right = rest.chars().next();
    let behind = left.is_some_and(|c| is_han(c) || "”》）】".contains(c));
    let before = right.is_some_and(|c| is_han(c) || "“《（【".contains(c));
    match context.after(at).as_bytes().first() {
        // Not the inches of 6"屏幕.
        Some(b'"') => {
            left.is_some_and(is_han) || right.is_some_and(is_han) && !left.is_some_and(|c| c.is_ascii_digit())
        }
        Some(b'.') if behind && rest.starts_with("..") => true,
        Some(b'.') if behind && right.is_none_or(|c| matches!(c, '\n' | '\r')) => {
            let line = context.before(at).rsplit('\n').next().unwrap_or_default();
            line.chars().filter(|c| is_han(*c)).count() > 3
        }
        _ => behind && before,
    }
}

/// Whether the text ends within a link's target, a definition, a tag or code.
pub(super) fn in_markup(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let target = line.rfind("](").is_some_and(|open| !line.get(open..).unwrap_or("").contains(')'));
    let tag = line.rfind('<').is_some_and(|open| !line.get(open..).unwrap_or("").contains('>'));
    let definition = line.trim_start().starts_with('[') && line.contains("]: ");
    target || tag || definition || !line.matches('`').count().is_multiple_of(2)
}

/// Whether the mark at `at` is one of front matter's own: a quotation mark, or
/// the colon of a key. That a blank is missing behind it is said elsewhere.
fn is_syntax(context: &Context<'_>, at: usize) -> bool {
    let line = context.before(at).rsplit('\n').next().unwrap_or_default();
    let is_key = || !line.contains(':') && !line.starts_with([' ', '\t']);
    at < context.document.front.span.end as usize
        && match context.after(at).as_bytes().first() {
            Some(b'"') => true,
            Some(b':') => is_key(),
            _ => false,
        }
}
