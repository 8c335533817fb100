//! Headings that look like headings only: a line all in bold, or a numbered
//! line that stands alone.

use super::marker::Rank;
use super::{Line, Writer, ordinal};
use crate::diagnostic::{Edit, Fix, MarkdownFault};

/// The longest heading, in characters.
const LONGEST: usize = 40;

/// Offers to make a paragraph of one line a heading.
pub(super) fn in_paragraph(writer: &mut Writer<'_>, lines: &[Line<'_>]) {
    let [line] = lines else { return };
    let bold = bold(line.text);
    let text = bold.unwrap_or(line.text);
    let is_title = text.chars().nth(LONGEST).is_none()
        && !text.ends_with(['。', '；', '，', '！', '？', '：', '…', '、'])
        && !text.contains(['[', '`', '<', '!']);
    let rank = if is_title { ordinal(text).map(|(rank, _)| rank) } else { None };
    if !is_title || bold.is_none() && !matches!(rank, Some(Rank::First | Rank::Second)) {
        return;
    }
    let marks = if rank == Some(Rank::Second) && writer.heading_level() >= 2 { "### " } else { "## " };
    let edits = vec![Edit::new(line.start, line.end(), format!("{marks}{text}"))];
    let fault = MarkdownFault::LookalikeHeading { bold: bold.is_some() };
    writer.report_with_fix(line.start..line.end(), fault, Fix::offered(edits));
}

/// What stands in `**…**`, where that is the whole line.
fn bold(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("**")?.strip_suffix("**")?;
    (!inner.is_empty() && !inner.contains("**") && !inner.starts_with('*') && !inner.ends_with('*'))
        .then_some(inner)
}
