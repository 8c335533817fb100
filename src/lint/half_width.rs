//! **`half-width-punctuation`** (note): commas and stops of Latin text between
//! Chinese characters.
//!
//! GB/T 15834-2011 wants `，；：？！。`. One note a file, at the first place,
//! with the number of places: whoever typed one that way typed them all.

use super::prose::units;
use super::{Context, Found};
use crate::diagnostic::TextFault;
use crate::text::{Span, is_han};

const MARKS: [(u8, &str); 6] =
    [(b',', "，"), (b';', "；"), (b':', "："), (b'?', "？"), (b'!', "！"), (b'.', "。")];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let bytes = context.text.as_bytes();
    let hits =
        memchr::memchr3_iter(b',', b';', b':', bytes).chain(memchr::memchr3_iter(b'?', b'!', b'.', bytes));
    let mut places: Vec<usize> = hits.filter(|at| between_han(context, *at)).collect();
    if places.is_empty() {
        return;
    }
    places.sort_unstable();
    let units = units(context.text, context.document.front.span);
    let prose = |at: &usize| {
        let unit = units.partition_point(|unit| unit.start <= *at).checked_sub(1).and_then(|n| units.get(n));
        unit.is_some_and(|unit| !unit.yaml && *at < unit.start + unit.text.len())
            && !in_link(context.before(*at))
    };
    places.retain(prose);
    let Some(first) = places.first().copied() else { return };
    let Some((mark, right)) = MARKS.iter().find(|(mark, _)| bytes.get(first) == Some(mark)) else { return };
    let fault = TextFault::HalfWidth {
        mark: char::from(*mark).to_string(),
        right: (*right).to_owned(),
        count: places.len(),
    };
    found.push((Span::new(first, first + 1), fault));
}

fn between_han(context: &Context<'_>, at: usize) -> bool {
    let left = context.before(at).chars().next_back();
    let right = context.after(at + 1).chars().next();
    left.is_some_and(|c| is_han(c) || "”》）】".contains(c))
        && right.is_some_and(|c| is_han(c) || "“《（【".contains(c))
}

/// Whether the text ends within a link's target or within code.
fn in_link(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let target = line.rfind("](").is_some_and(|open| !line.get(open..).unwrap_or("").contains(')'));
    target || !line.matches('`').count().is_multiple_of(2)
}
