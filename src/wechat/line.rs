//! Text within one block, as it is written into an edition: white-space collapsed
//! as browsers collapse it, nothing invisible, no blank at either end.

use super::allow::INVISIBLE;
use crate::html::escape_into;

/// A line being written.
#[derive(Debug, Default)]
pub(super) struct Line {
    out: String,
    /// Whether a blank is due before the next thing that is seen.
    space: bool,
    /// Whether a blank would be seen: something is, since the beginning, the last line break or the last blank.
    begun: bool,
    /// Whether anything is seen at all.
    seen: bool,
}

impl Line {
    /// Plain text.
    pub(super) fn text(&mut self, text: &str) {
        for part in text.split_inclusive(is_blank) {
            let word = part.trim_end_matches(is_blank);
            if !word.is_empty() {
                let visible: String =
                    word.chars().filter(|c| !INVISIBLE.contains(c) && !c.is_control()).collect();
                if !visible.is_empty() {
                    self.blank();
                    escape_into(&mut self.out, &visible);
                    self.shown();
                }
            }
            self.space |= word.len() < part.len();
        }
    }

    /// An opening tag, or one without content that shows nothing by itself.
    pub(super) fn open(&mut self, tag: &str) {
        self.blank();
        self.out.push_str(tag);
    }

    /// A closing tag.
    pub(super) fn close(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    /// Something that is seen: a picture, the mark of a note.
    pub(super) fn thing(&mut self, html: &str) {
        self.blank();
        self.out.push_str(html);
        self.shown();
    }

    /// The mark of a note: it hangs on what is before it.
    pub(super) fn mark(&mut self, html: &str) {
        self.out.push_str(html);
        self.shown();
    }

    /// A line break; one before everything says nothing.
    pub(super) fn line_break(&mut self) {
        if self.seen {
            self.space = false;
            self.begun = false;
            self.out.push_str("<br>");
        }
    }

    /// The HTML; `None` where nothing is seen.
    pub(super) fn finish(self) -> Option<String> {
        if !self.seen {
            return None;
        }
        let mut out = self.out;
        while out.ends_with("<br>") {
            out.truncate(out.len() - "<br>".len());
        }
        Some(out)
    }

    fn shown(&mut self) {
        (self.begun, self.seen) = (true, true);
    }

    fn blank(&mut self) {
        if std::mem::take(&mut self.space) && self.begun {
            self.out.push(' ');
            self.begun = false;
        }
    }
}

/// White-space that browsers collapse (CSS Text 3, 4.1).
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_collapse_and_none_stands_at_an_end() {
        let mut line = Line::default();
        line.line_break();
        line.text(" 一 ");
        line.open("<strong>");
        line.text("\n二\u{200B}");
        line.close("</strong>");
        line.text(" ");
        line.line_break();
        line.text("  三　<\n");
        line.line_break();
        assert_eq!(line.finish().as_deref(), Some("一 <strong>二</strong><br>三　&lt;"));
        let mut line = Line::default();
        line.text(" \u{200B}\n");
        assert_eq!(line.finish(), None);
    }
}
