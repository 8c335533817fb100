//! Two ranges of numbers, `3~5人，6~8人`, whose tildes strike out what stands
//! between them.

use std::ops::Range;

use super::Writer;
use crate::diagnostic::{Edit, Fix, MarkdownFault};

/// A strikethrough that two ranges make: a digit stands right before it, and
/// its text begins with one.
pub(in crate::markdown) fn in_strikethrough(writer: &mut Writer<'_>, place: &Range<usize>) {
    let text = writer.source.text;
    let source = writer.source.slice(place);
    let inner = source.trim_matches('~');
    let is_range =
        text.get(..place.start).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
            && inner.starts_with(|c: char| c.is_ascii_digit());
    if !is_range {
        return;
    }
    let open = source.len() - source.trim_start_matches('~').len();
    let close = source.len() - source.trim_end_matches('~').len();
    let edits =
        vec![Edit::new(place.start, place.start + open, "～"), Edit::new(place.end - close, place.end, "～")];
    let fault = MarkdownFault::StruckRange { text: inner.chars().take(12).collect() };
    writer.report_with_fix(place.clone(), fault, Fix::safe(edits));
}
