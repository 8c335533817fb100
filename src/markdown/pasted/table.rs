//! Rows of Excel: cells with a tab between them.

use super::{Line, Writer, is_private_bullet};
use crate::diagnostic::{Edit, Fix, MarkdownFault};

/// Reports lines that are rows of a table; whether there were any.
pub(super) fn in_paragraph(writer: &mut Writer<'_>, lines: &[Line<'_>]) -> bool {
    let Some(rows) = rows(lines) else { return false };
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
    let columns = cells(first.text).count();
    let mut table = String::new();
    for (n, row) in rows.iter().enumerate() {
        for cell in cells(row.text) {
            table.push_str("| ");
            table.push_str(&cell.trim().replace('|', "\\|"));
            table.push(' ');
        }
        table.push('|');
        if n == 0 {
            table.push('\n');
            table.push_str(&"| --- ".repeat(columns));
            table.push('|');
        }
        if n + 1 < rows.len() {
            table.push('\n');
        }
    }
    // A table can't follow a line of text, and a line below it is a row.
    let is_below = lines.first().is_some_and(|line| line.start < first.start);
    let is_above = lines.last().is_some_and(|line| line.start > last.start);
    let edits = vec![Edit::new(
        first.start,
        last.end(),
        format!("{}{table}{}", if is_below { "\n" } else { "" }, if is_above { "\n" } else { "" }),
    )];
    let fault = MarkdownFault::PastedTable { rows: rows.len(), columns };
    writer.report_with_fix(first.start..last.end(), fault, Fix::safe(edits));
    true
}

/// The first run of two lines and more with equally many tabs.
fn rows<'l, 't>(lines: &'l [Line<'t>]) -> Option<&'l [Line<'t>]> {
    lines
        .chunk_by(|one, other| tabs(one) == tabs(other))
        .find(|run| run.len() > 1 && run.first().map_or(0, tabs) > 0 && !run.iter().all(is_item))
}

/// Whether the first cell is a word processor's bullet or number: then the
/// lines are a list.
fn is_item(line: &Line<'_>) -> bool {
    let sign = cells(line.text).next().unwrap_or_default().trim();
    let mut chars = sign.chars();
    match (chars.next(), chars.next()) {
        (Some(bullet), None) => is_private_bullet(bullet) || "•·●○■□◆◇▪‣".contains(bullet),
        _ => sign.len() <= 12 && sign.ends_with(['.', '．', '、', ')', '）']),
    }
}

fn tabs(line: &Line<'_>) -> usize {
    line.text.matches('\t').count()
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split('\t')
}
