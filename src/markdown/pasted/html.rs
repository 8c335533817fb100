//! HTML pasted from WeChat or a site: reported once, and turned into Markdown.
//!
//! Such a paste has an attribute for every word; what is not allowed of it is
//! one finding with a count, not hundreds.

use crate::diagnostic::{Diagnostic, Edit, Fix, Kind, MarkdownFault};
use crate::markdown::html_to_markdown::{Mode, to_markdown};
use crate::markdown::writer::Writer;
use crate::text::Span;

/// How many tags and attributes that can't stay make a text a pasted one.
const MANY: usize = 3;

/// Puts the findings about single tags and attributes together where there are
/// many, with the edits that turn the HTML into Markdown.
pub(in crate::markdown) fn gather(writer: &mut Writer<'_>) {
    let of_html = |found: &Diagnostic| {
        matches!(
            found.kind,
            Kind::Markdown(MarkdownFault::RawElement { .. } | MarkdownFault::RawAttribute { .. })
        )
    };
    let spans: Vec<Span> =
        writer.found.iter().filter(|found| of_html(found)).filter_map(|found| found.primary.span).collect();
    let Some(first) = spans.iter().min().copied().filter(|_| spans.len() >= MANY) else { return };
    writer.found.retain(|found| !of_html(found));
    let fault = MarkdownFault::PastedHtml { count: spans.len() };
    let edits = edits(writer, &spans);
    let fix = (!edits.is_empty()).then(|| Fix::safe(edits));
    writer.found.push(Diagnostic::at(writer.source.path, first, fault).with_fix(fix));
}

/// An edit for each piece of HTML that would change.
fn edits(writer: &Writer<'_>, spans: &[Span]) -> Vec<Edit> {
    let source = writer.source.text;
    let blocks = writer.pasted.html.iter().map(|place| (place, Mode::Html));
    let is_hit = |start: usize, end: usize| {
        spans.iter().any(|span| start <= span.start as usize && span.start as usize <= end)
    };
    let paragraphs = writer.pasted.with_tags.iter().filter(|place| is_hit(place.start, place.end));
    let mut edits = Vec::new();
    for (place, mode) in blocks.chain(paragraphs.map(|place| (place, Mode::Markdown))) {
        let Some(html) = source.get(place.clone()) else { continue };
        let inner = html.trim_end_matches(['\n', '\r']);
        // A comment is the editor's own, and an address in `<…>` is no tag.
        if inner.trim_start().starts_with("<!--") || inner.contains("<http") {
            continue;
        }
        let text = to_markdown(inner, mode);
        if text != inner {
            edits.push(Edit::new(place.start, place.start + inner.len(), text));
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    edits
}
