//! What the preview's script is told: the findings, and the facts of a page.

use serde::Serialize;

use super::labels::{severity_name, severity_text, state_name, state_text, wrong_text};
use super::site::{Site, WECHAT};
use crate::diagnostic::{Lang, Located, Severity};
use crate::text::Position;

/// The findings of a build, the errors first.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    /// Those about drafts not counted.
    errors: usize,
    warnings: usize,
    /// At most [`MOST`]; errors first, else in the order of files.
    list: Vec<Shown>,
}

/// A finding in words, its source line cut to what fits a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    pub(super) severity: &'static str,
    pub(super) severity_text: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
    /// Whether it is about a draft, and so keeps nothing back.
    pub(super) draft: bool,
    pub(super) hint: Option<String>,
    /// The line as it would be, where mending changes one line.
    pub(super) mended: Option<String>,
    pub(super) path: String,
    /// 0 where the finding is about the whole file.
    pub(super) line: u32,
    pub(super) column: u32,
    /// The source line before, at and after the marked place.
    pub(super) before: String,
    pub(super) marked: String,
    pub(super) after: String,
}

/// The facts of a piece's page, for the editor's bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Facts {
    title: String,
    state: &'static str,
    state_text: String,
    words: u32,
    minutes: u32,
    source: String,
    /// Where its WeChat edition is.
    wechat: String,
    findings: Vec<Shown>,
}

/// How many findings are sent; the terminal shows them all.
const MOST: usize = 300;

impl Findings {
    /// Those of the site's latest build.
    pub(super) fn new(site: &Site, lang: Lang) -> Self {
        let mut sorted: Vec<(&Located, bool)> = site.marked().collect();
        sorted.sort_by_key(|(finding, of_draft)| (finding.severity(), *of_draft));
        let warning =
            |(finding, of_draft): &&(&Located, bool)| finding.severity() == Severity::Warning && !of_draft;
        Self {
            errors: site.errors(),
            warnings: sorted.iter().filter(warning).count(),
            list: sorted
                .into_iter()
                .take(MOST)
                .map(|(finding, of_draft)| said(finding, of_draft, lang))
                .collect(),
        }
    }
}

impl Facts {
    /// Those of the page at `path`, if it is a piece's.
    pub(super) fn new(site: &Site, path: &str, lang: Lang) -> Option<Self> {
        let piece = site.piece(path)?;
        let mine = site.marked().filter(|(finding, _)| finding.path == piece.source);
        let findings: Vec<Shown> = mine.map(|(finding, of_draft)| said(finding, of_draft, lang)).collect();
        let is_wrong = findings.iter().any(|finding| finding.severity == severity_name(Severity::Error));
        Some(Self {
            title: piece.title.clone(),
            state: state_name(piece.state),
            state_text: if is_wrong { wrong_text(piece.state, lang) } else { state_text(piece.state, lang) },
            words: piece.words,
            minutes: piece.minutes,
            source: piece.source.to_string(),
            wechat: piece.path.as_ref().map_or_else(String::new, |path| format!("/{WECHAT}{path}")),
            findings,
        })
    }
}

/// The widest part of a line that is shown on each side, and of the marked
/// place, in characters.
const WIDEST: usize = 60;

/// A finding in words.
pub(super) fn shown(finding: &Located, lang: Lang) -> Shown {
    said(finding, false, lang)
}

/// The same of what may be a draft's.
fn said(finding: &Located, draft: bool, lang: Lang) -> Shown {
    let said = finding.kind.message(lang);
    let (before, marked, after) =
        finding.range.map_or(Default::default(), |range| cut(&finding.excerpt, range));
    Shown {
        severity: severity_name(finding.severity()),
        severity_text: severity_text(finding.severity(), lang),
        code: finding.kind.code(),
        message: said.text,
        draft,
        hint: said.hint,
        mended: finding.mended.clone(),
        path: finding.path.to_string(),
        line: finding.range.map_or(0, |(start, _)| start.line),
        column: finding.range.map_or(0, |(start, _)| start.column),
        before,
        marked,
        after,
    }
}

/// The line before, at and after the range; what is left out is `…`.
fn cut(line: &str, (start, end): (Position, Position)) -> (String, String, String) {
    let chars: Vec<char> = line.chars().collect();
    let from = (start.column as usize).saturating_sub(1).min(chars.len());
    let to = if end.line == start.line { end.column as usize - 1 } else { chars.len() };
    let to = to.clamp(from, chars.len());
    let (head, rest) = chars.split_at_checked(from).unwrap_or((&chars, &[]));
    let (marked, tail) = rest.split_at_checked(to - from).unwrap_or((rest, &[]));
    let before: String = match head.len().checked_sub(WIDEST) {
        Some(over) if over > 0 => std::iter::once(&'…').chain(head.iter().skip(over)).collect(),
        _ => head.iter().collect(),
    };
    (before, clipped(marked), clipped(tail))
}

fn clipped(chars: &[char]) -> String {
    let mut text: String = chars.iter().take(WIDEST).collect();
    if chars.len() > WIDEST {
        text.push('…');
    }
    text
}

impl Shown {
    /// `path:line:column`, as terminals and editors read it.
    pub(super) fn place(&self) -> String {
        match self.line {
            0 => self.path.clone(),
            line => format!("{}:{line}:{}", self.path, self.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, columns: (u32, u32), expected: (&str, &str, &str)) {
        let at = |column| Position { line: 3, column };
        let (before, marked, after) = cut(line, (at(columns.0), at(columns.1)));
        assert_eq!((before.as_str(), marked.as_str(), after.as_str()), expected);
    }

    #[test]
    fn a_line_is_cut_at_its_marks() {
        check("标题：通知", (3, 4), ("标题", "：", "通知"));
        check("标题：通知", (1, 6), ("", "标题：通知", ""));
        check("标题", (3, 3), ("标题", "", ""));
        check("标题", (9, 12), ("标题", "", ""));
        check("", (1, 1), ("", "", ""));
    }

    #[test]
    fn a_long_line_is_shown_in_part() {
        let line = format!("{}错{}", "前".repeat(100), "后".repeat(100));
        let before = format!("…{}", "前".repeat(WIDEST));
        let after = format!("{}…", "后".repeat(WIDEST));
        check(&line, (101, 102), (&before, "错", &after));
    }
}
