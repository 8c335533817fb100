//! The words of a paragraph, with what stands between them.

use std::fmt::Write as _;

use super::{Attributes, Mode, value};
use crate::text::is_cjk;

/// A manner of writing that Markdown has marks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Bold,
    Italic,
    Struck,
}

/// Words written in one manner.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    bold: bool,
    italic: bool,
    struck: bool,
    /// The link they stand in, by its number.
    link: Option<usize>,
}

/// A paragraph that is being collected.
#[derive(Debug)]
pub(super) struct Inline {
    mode: Mode,
    runs: Vec<Run>,
    /// How many elements of each manner are open.
    bold: usize,
    italic: usize,
    struck: usize,
    /// The addresses of all links, and the numbers of those that are open.
    targets: Vec<String>,
    links: Vec<usize>,
    is_code: bool,
}

impl Inline {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            mode,
            runs: Vec::new(),
            bold: 0,
            italic: 0,
            struck: 0,
            targets: Vec::new(),
            links: Vec::new(),
            is_code: false,
        }
    }

    pub(super) fn set_code(&mut self, is_code: bool) {
        self.is_code = is_code;
    }

    pub(super) fn begin(&mut self, look: Look) {
        *self.count(look) += 1;
    }

    pub(super) fn end(&mut self, look: Look) {
        let count = self.count(look);
        *count = count.saturating_sub(1);
    }

    fn count(&mut self, look: Look) -> &mut usize {
        match look {
            Look::Bold => &mut self.bold,
            Look::Italic => &mut self.italic,
            Look::Struck => &mut self.struck,
        }
    }

    pub(super) fn begin_link(&mut self, href: &str) {
        self.targets.push(href.to_owned());
        self.links.push(self.targets.len() - 1);
    }

    pub(super) fn end_link(&mut self) {
        self.links.pop();
    }

    /// Words between tags.
    pub(super) fn text(&mut self, text: &str) {
        let written = match self.mode {
            _ if self.is_code => text.to_owned(),
            Mode::Html => escaped(&collapsed(text)),
            Mode::Markdown => text.replace('<', "&lt;"),
        };
        self.raw(&written);
    }

    /// Markdown as it is to stand.
    pub(super) fn raw(&mut self, text: &str) {
        let run = Run {
            text: text.to_owned(),
            bold: self.bold > 0,
            italic: self.italic > 0,
            struck: self.struck > 0,
            link: self.links.last().copied(),
        };
        match self.runs.last_mut() {
            Some(last) if (Run { text: last.text.clone(), ..run.clone() }) == *last => last.text += text,
            _ => self.runs.push(run),
        }
    }

    pub(super) fn line_break(&mut self) {
        self.raw(if self.is_code { "\n" } else { "  \n" });
    }

    /// A picture. WeChat has its address in `data-src`.
    pub(super) fn image(&mut self, attributes: &Attributes) {
        let written = |name| Some(value(attributes, name)).filter(|value| !value.is_empty());
        let Some(src) = written("data-src").or_else(|| written("src")) else { return };
        let alt = written("alt").or_else(|| written("data-alt")).unwrap_or_default();
        let alt = alt.replace(['[', ']', '\n', '\r'], " ");
        let title = match written("title") {
            Some(title) if title != alt => format!(" \"{}\"", title.replace(['"', '\n'], "”")),
            _ => String::new(),
        };
        self.raw(&format!("![{}]({}{title})", alt.trim(), target(src)));
    }

    /// A film or a page in a frame: its address, as a link.
    pub(super) fn address(&mut self, attributes: &Attributes) {
        let src = value(attributes, "src");
        let src = if src.is_empty() { value(attributes, "data-src") } else { src };
        if src.starts_with("http://") || src.starts_with("https://") {
            self.raw(&format!(" <{}> ", src.replace(['<', '>', ' '], "")));
        }
    }

    /// The paragraph as Markdown; another one begins.
    pub(super) fn take(&mut self) -> String {
        let runs = std::mem::take(&mut self.runs);
        if self.is_code {
            return runs.into_iter().map(|run| run.text).collect();
        }
        let mut out = String::new();
        for group in runs.chunk_by(|a, b| a.link == b.link) {
            let text = marked(group);
            let href = group.first().and_then(|run| run.link).and_then(|link| self.targets.get(link));
            match href.filter(|href| is_link(href) && !text.trim().is_empty()) {
                Some(href) => {
                    let inner = text.trim();
                    let (head, tail) = around(&text, inner);
                    let _ = write!(out, "{head}[{inner}]({}){tail}", target(href));
                }
                None => out += &text,
            }
        }
        lines(&out)
    }
}

/// Runs of one link with the marks of their manners.
fn marked(runs: &[Run]) -> String {
    let mut out = String::new();
    for (n, run) in runs.iter().enumerate() {
        let beside_bold = [n.checked_sub(1), Some(n + 1)]
            .into_iter()
            .flatten()
            .filter_map(|n| runs.get(n))
            .any(|other| other.bold);
        // Two kinds of asterisks side by side could be read otherwise.
        let is_italic = run.italic && !run.bold && !beside_bold;
        let mut mark = String::new();
        if run.struck {
            mark += "~~";
        }
        if run.bold {
            mark += "**";
        } else if is_italic {
            mark += "*";
        }
        let inner = run.text.trim();
        if mark.is_empty() || inner.is_empty() || inner.contains('\n') {
            out += &run.text;
            continue;
        }
        let (head, tail) = around(&run.text, inner);
        let end: String = mark.chars().rev().collect();
        let _ = write!(out, "{head}{mark}{inner}{end}{tail}");
    }
    out
}

/// What stands before and behind `inner`, the trimmed part of `text`.
fn around<'t>(text: &'t str, inner: &str) -> (&'t str, &'t str) {
    let head = text.len() - text.trim_start().len();
    (text.get(..head).unwrap_or_default(), text.get(head + inner.len()..).unwrap_or_default())
}

/// Whether an address can be a link's.
fn is_link(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    !href.is_empty() && !lower.starts_with("javascript:") && !lower.starts_with("data:") && href != "#"
}

/// An address as Markdown writes it.
fn target(href: &str) -> String {
    if href.contains(|c: char| c.is_whitespace() || "()<>".contains(c)) {
        format!("<{}>", href.replace(['<', '>', '\n', '\r'], ""))
    } else {
        href.to_owned()
    }
}

/// Lines without blanks at their beginnings, without empty ones, and without a
/// break at the end of the last.
fn lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'))
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n").trim_end().to_owned()
}

/// Blanks as a browser shows them: one for many, and none between Chinese
/// characters where the line only ends.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blanks: Option<bool> = None;
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{3000}' {
            blanks = Some(blanks.unwrap_or(false) || c == '\n');
            continue;
        }
        if let Some(has_line_end) = blanks.take() {
            let between = out.chars().next_back().is_none_or(is_cjk) && is_cjk(c);
            if !(has_line_end && between) {
                out.push(' ');
            }
        }
        out.push(c);
    }
    if blanks.is_some() {
        out.push(' ');
    }
    out
}

/// `text` with a backslash before what Markdown would take for a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            _ => out.push(c),
        }
    }
    out
}
