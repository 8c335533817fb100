//! What pasting from Word, WPS and Excel does to a manuscript, and its mending.
//!
//! A word processor's paragraphs, numbers, captions and cells become plain
//! lines when they are pasted, and to CommonMark plain lines are one paragraph.
//! Each file here knows one such form: what it looks like, what it must not be
//! taken for, and the edits that mend it.
//!
//! Takes a paragraph as written (its lines with their places in the file);
//! gives findings with a [`Fix`](crate::diagnostic::Fix). Only paragraphs that stand for themselves are
//! looked at: in lists and quotations a line that goes on is usual.
//!
//! **Invariant:** a safe fix adds or takes away only blanks, line ends and
//! Markdown's marks; the words stay as they are.

mod caption;
mod file_name;
mod heading;
mod html;
mod lines;
mod marker;
mod paragraphs;
mod state;
mod strike;
mod table;

use std::ops::Range;

use super::writer::Writer;

pub(super) use file_name::in_text;
pub(super) use html::gather;
pub(super) use lines::{Line, lines};
pub(super) use marker::{is_private_bullet, ordinal};
pub(super) use state::Former;
pub(super) use strike::in_strikethrough;

/// A paragraph that stands for itself.
pub(super) fn in_paragraph(writer: &mut Writer<'_>, place: &Range<usize>) {
    let lines = lines(writer.source.text, place);
    if !writer.options.trust_html && lines.iter().any(|line| line.text.contains('<')) {
        writer.pasted.with_tags.push(place.clone());
    }
    if !writer.options.line_paragraphs {
        return in_lines(writer, place, &lines);
    }
    if !table::in_paragraph(writer, &lines) {
        for line in &lines {
            in_lines(writer, &(line.start..line.end()), std::slice::from_ref(line));
        }
    }
}

/// The lines of one paragraph, which stands at `place`: the first form that fits is reported.
fn in_lines(writer: &mut Writer<'_>, place: &Range<usize>, lines: &[Line<'_>]) {
    let picture = writer.pasted.picture.take();
    if caption::in_paragraph(writer, picture, lines) || table::in_paragraph(writer, lines) {
        return;
    }
    if caption::is_picture(lines) {
        writer.pasted.picture = Some(place.clone());
    } else if !paragraphs::in_paragraph(writer, lines) {
        heading::in_paragraph(writer, lines);
    }
}
