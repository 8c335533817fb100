//! Colour, which only adds: without it every word is still there.

use anstyle::{AnsiColor, Style};

use crate::diagnostic::Severity;

const ARROW: Style = AnsiColor::Cyan.on_default();
const BOLD: Style = Style::new().bold();

/// The colour of a severity.
fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Blue.on_default().bold(),
    }
}

/// `text` in bold.
pub(super) fn bold(text: &str) -> String {
    format!("{BOLD}{text}{BOLD:#}")
}

/// A finding as plain text, coloured: its severity, its place, its caret.
pub(super) fn finding(plain: &str, severity: Severity) -> String {
    let colour = colour(severity);
    let mut lines = plain.lines();
    let first = lines.next().unwrap_or_default();
    let mut out = match first.split_once(']') {
        Some((head, message)) => format!("{colour}{head}]{colour:#}{}", bold(message)),
        None => bold(first),
    };
    for line in lines {
        out.push('\n');
        out += &other_line(line, colour);
    }
    out
}

/// A line with the place, the source, the caret or the hint.
fn other_line(line: &str, colour: Style) -> String {
    let rest = line.trim_start();
    if rest.starts_with("--> ") {
        return format!("{ARROW}{line}{ARROW:#}");
    }
    if let Some((gutter, carets)) = line.split_once('|')
        && !carets.trim().is_empty()
        && carets.trim().chars().all(|c| c == '^')
    {
        return format!("{gutter}|{colour}{carets}{colour:#}");
    }
    line.to_owned()
}

/// A word that stands for a severity, coloured.
pub(super) fn label(word: &str, severity: Severity) -> String {
    let colour = colour(severity);
    format!("{colour}{word}{colour:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_the_colour_away_gives_the_plain_text() {
        let plain = "错误[broken-link]：链接的目标 `x.md` 不存在\n  --> content/a.md:7:5\n   |\n 7 | 详见[通知](x.md)\n   \
            |     ^^^^\n   = 提示：…";
        let painted = finding(plain, Severity::Error);
        assert!(painted.contains("\u{1b}["));
        assert_eq!(anstream::adapter::strip_str(&painted).to_string(), plain);
    }
}
