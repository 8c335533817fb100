//! **`full-width-digits`** (note): digits and letters typed in full width.
//!
//! `３６人` is what an input method gives in its full-width mode. GB/T 15835-2011
//! writes numbers in half width; searching and reading aloud want that too. One
//! note a file, at the first place, with the number of places.

use super::half_width::in_markup;
use super::prose::units;
use super::{Context, Found};
use crate::diagnostic::TextFault;
use crate::text::Span;

/// The longest run that is looked at, in characters.
const LONGEST: usize = 8;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    // All begin with EF BC or EF BD.
    if memchr::memchr(0xEF, context.text.as_bytes()).is_none() {
        return;
    }
    let mut first: Option<Span> = None;
    let mut count = 0;
    for unit in units(context.text, context.document.front.span) {
        let mut at = 0;
        while let Some(start) = unit.text.get(at..).and_then(|rest| rest.find(is_wide)).map(|from| at + from)
        {
            let run = unit.text.get(start..).unwrap_or_default();
            let length = run.find(|c: char| !is_wide(c)).unwrap_or(run.len());
            // `Ａ．` and `１、` number a list as official documents do.
            let is_number = run.get(length..).is_some_and(|rest| rest.starts_with(['．', '、', '）']))
                && run.chars().take_while(|c| is_wide(*c)).count() <= 2;
            // What is as long is a number of its own kind, which other rules name.
            let is_long = run.chars().take_while(|c| is_wide(*c)).count() > LONGEST;
            if !is_number && !is_long && !in_markup(context.before(unit.start + start)) {
                count += 1;
                first = first.or(Some(Span::new(unit.start + start, unit.start + start + length)));
            }
            at = start + length;
        }
    }
    let Some(first) = first else { return };
    let text = context.text.get(first.start as usize..first.end as usize).unwrap_or_default().to_owned();
    let right = text.chars().filter_map(half_width).collect();
    found.push((first, TextFault::FullWidthCharacters { text, right, count }));
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The same character in half width.
fn half_width(c: char) -> Option<char> {
    char::from_u32(u32::from(c).checked_sub(0xFEE0)?)
}
