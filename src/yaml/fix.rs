//! What would mend a mistyped sign of YAML.
//!
//! Only slips whose right form is beyond doubt are here; what `mend` does to
//! read on after the others (a line left out, a text put in quotes) is no
//! advice.

use super::mend::double_quoted;
use super::names;
use crate::diagnostic::{Edit, Fix, YamlFault};
use crate::text::Span;

/// The fix that makes `edits`, which are counted in a fragment that begins at
/// byte `offset` of its file.
pub(super) fn advised(edits: &[(Span, String)], offset: usize) -> Fix {
    let edit = |(span, new): &(Span, String)| {
        Edit::new(span.start as usize + offset, span.end as usize + offset, new.clone())
    };
    Fix::safe(edits.iter().map(edit).collect())
}

/// The edits that mend `fault`, which stands at `span` of `text`; places are
/// counted in a file in which `text` begins at byte `offset`.
pub(super) fn fix(fault: &YamlFault, span: Span, text: &str, offset: usize) -> Option<Fix> {
    let (start, end) = (span.start as usize, span.end as usize);
    let written = text.get(start..end)?;
    let follows = text.get(end..).unwrap_or_default().chars().next();
    let (line, line_end) = line_of(text, start);
    let edit = |start: usize, end: usize, new: &str| Edit::new(start + offset, end + offset, new);
    let edit = match (fault, written) {
        (YamlFault::FullWidthColon, "：") => {
            let colon = if follows.is_none_or(|c| c == ' ' || c == '\n' || c == '\r') { ":" } else { ": " };
            edit(start, end, colon)
        }
        (YamlFault::NoSpaceAfterColon { .. }, ":") | (YamlFault::NoSpaceAfterDash, "-") => {
            edit(end, end, " ")
        }
        (YamlFault::WideSpace, _) => edit(start, end, " "),
        (YamlFault::FullWidthComma { .. }, "，" | "、") => edit(start, end, ", "),
        (YamlFault::CommentSwallows { left }, _) => {
            let from = text.get(line..start)?.rfind(left.as_str()).filter(|_| !left.is_empty());
            let from = from.map_or(start, |at| line + at);
            edit(from, end, &double_quoted(text.get(from..end)?))
        }
        (YamlFault::DocumentEnd, "...") => {
            let next =
                text.get(line_end..).and_then(|rest| rest.find('\n')).map_or(line_end, |n| line_end + n + 1);
            edit(line, next, "")
        }
        _ => return None,
    };
    Some(Fix::safe(vec![edit]))
}

/// The edits that mend a value or key that its shape refuses.
pub(super) fn of_value(fault: &YamlFault, span: Span, text: &str, offset: usize) -> Option<Fix> {
    let (start, end) = (span.start as usize, span.end as usize);
    let edit = |start: usize, end: usize, new: &str| Edit::new(start + offset, end + offset, new);
    match fault {
        YamlFault::FullWidthColon => {
            let colon = text.get(start..end)?.find('：')? + start;
            Some(Fix::safe(vec![edit(colon, colon + '：'.len_utf8(), ": ")]))
        }
        YamlFault::WideSpace => {
            let plain = text.get(start..end)?.replace('\u{3000}', " ");
            Some(Fix::safe(vec![edit(start, end, &plain)]))
        }
        YamlFault::ChineseQuotes { .. } => {
            let value = text.get(start..end)?;
            let bare = value.trim_matches(['“', '”', '‘', '’', '「', '」']);
            Some(Fix::safe(vec![edit(start, end, bare)]))
        }
        YamlFault::DateForm { meant, .. } => Some(Fix::offered(vec![edit(start, end, meant)])),
        YamlFault::UnknownKey { key, .. } if names::is_role(key) => role(start, text, offset),
        YamlFault::UnknownKey { nearest: Some(nearest), .. }
        | YamlFault::UnknownChoice { nearest: Some(nearest), .. } => {
            Some(Fix::offered(vec![edit(start, end, nearest)]))
        }
        _ => None,
    }
}

/// Roles that stand as keys of their own, from byte `at` on, put under 署名;
/// only where they are the first, and there is no 署名 yet.
fn role(at: usize, text: &str, offset: usize) -> Option<Fix> {
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let before = text.get(..at)?;
    let has = |text: &str| {
        text.lines().map(key).any(|key| names::is_role(&key) || key == "署名" || key == "byline")
    };
    if has(before) || !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let mut edits = vec![Edit::new(at + offset, at + offset, "署名:\n  ")];
    let mut from = at;
    for line in text.get(at..)?.split_inclusive('\n') {
        if from > at {
            if !names::is_role(&key(line)) {
                break;
            }
            edits.push(Edit::new(from + offset, from + offset, "  "));
        }
        from += line.len();
    }
    (!has(text.get(from..)?)).then(|| Fix::safe(edits))
}

/// Where the line of byte `at` begins, and where it ends without its end.
fn line_of(text: &str, at: usize) -> (usize, usize) {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |n| at + n);
    (start, end)
}
