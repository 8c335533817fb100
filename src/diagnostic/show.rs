//! Findings made ready to be shown: with line, column, excerpt and caret.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{Diagnostic, Fix, Kind, Label, Lang, Severity};
use crate::path::SourcePath;
use crate::sensitive::masked;
use crate::text::{LineIndex, Position};

/// A diagnostic with its place looked up, so that it can be shown, stored and
/// replayed when the sources are gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Located {
    /// The file, from the project's root.
    pub path: SourcePath,
    /// The first and last place (one past the last character); `None` for the
    /// file as a whole.
    pub range: Option<(Position, Position)>,
    /// What.
    pub kind: Kind,
    /// The line that `range` begins in, without its end; numbers of people in
    /// it are masked.
    pub excerpt: String,
    /// Other places that belong to it.
    pub related: Vec<(SourcePath, Option<Position>)>,
    /// What would mend it.
    pub fix: Option<Fix>,
    /// The line as it would be, where mending changes one line and it holds no
    /// number of a person.
    pub mended: Option<String>,
}

impl Located {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

/// Looks up the places of `diagnostics` in the texts that `text_of` gives,
/// sorts them by file and place, and drops repeats.
pub fn locate<'t>(
    diagnostics: Vec<Diagnostic>,
    text_of: impl Fn(&SourcePath) -> Option<std::borrow::Cow<'t, str>>,
) -> Vec<Located> {
    let mut sorted = diagnostics;
    sorted.sort();
    sorted.dedup();
    let mut findings: Vec<Located> = Vec::with_capacity(sorted.len());
    for group in sorted.chunk_by(|a, b| a.primary.path == b.primary.path) {
        let Some(first) = group.first() else { continue };
        let text = text_of(&first.primary.path).unwrap_or_default();
        let index = LineIndex::new(&text);
        for diagnostic in group {
            let range = diagnostic.primary.span.map(|span| index.range(span));
            findings.push(Located {
                path: diagnostic.primary.path.clone(),
                range,
                kind: diagnostic.kind.clone(),
                excerpt: range
                    .map_or(String::new(), |(start, _)| masked(index.line(start.line)).into_owned()),
                related: diagnostic.secondary.iter().map(|label| place(label, &text_of)).collect(),
                fix: diagnostic.fix.clone(),
                mended: diagnostic.fix.as_ref().and_then(|fix| mended_line(&text, fix)),
            });
        }
    }
    findings
}

/// The line that `fix` changes, as it would be; `None` where it changes more
/// than one.
fn mended_line(text: &str, fix: &Fix) -> Option<String> {
    let start = fix.edits.iter().map(|edit| edit.span.start as usize).min()?;
    let end = fix.edits.iter().map(|edit| edit.span.end as usize).max()?;
    let first = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let last = text.get(end..)?.find(['\n', '\r']).map_or(text.len(), |at| end + at);
    let mut out = String::new();
    let mut at = first;
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    for edit in edits {
        out += text.get(at..edit.span.start as usize)?;
        out += &edit.new;
        at = edit.span.end as usize;
    }
    out += text.get(at..last)?;
    let is_line = !out.trim().is_empty() && !out.contains('\n') && !text.get(first..last)?.contains('\n');
    // What is masked is no line to be copied.
    (is_line && masked(&out) == out).then_some(out)
}

fn place<'t>(
    label: &Label,
    text_of: &impl Fn(&SourcePath) -> Option<std::borrow::Cow<'t, str>>,
) -> (SourcePath, Option<Position>) {
    let position = label.span.and_then(|span| {
        let text = text_of(&label.path)?;
        Some(LineIndex::new(&text).position(span.start as usize))
    });
    (label.path.clone(), position)
}

/// The finding as plain text of several lines, without a final line end:
///
/// ```text
/// 错误[broken-link]：链接的目标 `x.md` 不存在
///   --> content/news/a.md:7:12
///    |
///  7 | 详见[通知](x.md)。
///    |          ^^^^
///    = 提示：…
///    = 改成：…
/// ```
///
/// The caret is placed by display width, so that it is right under Chinese.
pub fn plain(finding: &Located, lang: Lang) -> String {
    let said = finding.kind.message(lang);
    let (severity, colon, hint, also) = match (lang, finding.severity()) {
        (Lang::Zh, Severity::Error) => ("错误", "：", "提示", "另见"),
        (Lang::Zh, Severity::Warning) => ("警告", "：", "提示", "另见"),
        (Lang::Zh, Severity::Note) => ("注意", "：", "提示", "另见"),
        (Lang::En, Severity::Error) => ("error", ": ", "hint", "see also"),
        (Lang::En, Severity::Warning) => ("warning", ": ", "hint", "see also"),
        (Lang::En, Severity::Note) => ("note", ": ", "hint", "see also"),
    };
    let mut out = format!("{severity}[{}]{colon}{}", finding.kind.code(), printable(&said.text));
    let mut gutter = 2;
    if let Some((start, end)) = finding.range {
        gutter = start.line.to_string().len() + 1;
        let _ = write!(out, "\n{:gutter$}--> {}:{}:{}", "", finding.path, start.line, start.column);
        out += &excerpt(&finding.excerpt, start, end, gutter);
    } else {
        let _ = write!(out, "\n{:gutter$}--> {}", "", finding.path);
    }
    for (path, position) in &finding.related {
        let at = position.map_or(String::new(), |p| format!(":{}:{}", p.line, p.column));
        let _ = write!(out, "\n{:gutter$} = {also}{colon}{path}{at}", "");
    }
    if let Some(text) = said.hint.as_deref().map(printable) {
        let _ = write!(out, "\n{:gutter$} = {hint}{colon}{text}", "");
    }
    let mended = finding.mended.as_deref().map(printable).filter(|line| line.width() <= WIDEST);
    if let Some(line) = mended {
        let so = if lang == Lang::Zh { "改成" } else { "write" };
        let _ = write!(out, "\n{:gutter$} = {so}{colon}{}", "", line.trim_end());
    }
    out
}

/// `text` without what would move a terminal's cursor, turn the writing round,
/// or not be seen at all: a tab is a space, any other such character
/// `\u{FFFD}`. Each stays one character, so that columns stay right.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\n' => '\n',
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FEFF}' => '\u{FFFD}',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// The widest excerpt that is shown, in terminal cells.
const WIDEST: usize = 96;

/// The source line and the caret line under it.
fn excerpt(line: &str, start: Position, end: Position, gutter: usize) -> String {
    let shown = printable(line);
    let before: String = shown.chars().take(start.column as usize - 1).collect();
    let rest: String = shown.chars().skip(start.column as usize - 1).collect();
    let marked: String = if end.line == start.line {
        rest.chars().take((end.column.saturating_sub(start.column)).max(1) as usize).collect()
    } else {
        rest.clone()
    };
    let (head, before) = last_cells(&before, WIDEST / 2);
    let carets = "^".repeat(marked.width().clamp(1, WIDEST / 2));
    let (rest, tail) = first_cells(&rest, WIDEST - before.width().min(WIDEST / 2));
    let number = start.line;
    let pad = " ".repeat(before.width() + usize::from(head));
    format!(
        "\n{:gutter$} |\n{number:>gutter$} | {}{before}{rest}{}\n{:gutter$} | {pad}{carets}",
        "",
        if head { "…" } else { "" },
        if tail { "…" } else { "" },
        "",
    )
}

/// The last characters of `text` that fit `cells`, and whether any were cut.
fn last_cells(text: &str, cells: usize) -> (bool, String) {
    let mut kept: Vec<char> = Vec::new();
    let mut width = 0;
    for c in text.chars().rev() {
        width += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if width > cells {
            return (true, kept.into_iter().rev().collect());
        }
        kept.push(c);
    }
    (false, text.to_owned())
}

/// The first characters of `text` that fit `cells`, and whether any were cut.
fn first_cells(text: &str, cells: usize) -> (String, bool) {
    let mut width = 0;
    let mut kept = String::new();
    for c in text.chars() {
        width += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if width > cells {
            return (kept, true);
        }
        kept.push(c);
    }
    (kept, false)
}
