//! Slips that show at the beginning of a line, and in rows of tables.

use std::ops::Range;

use crate::diagnostic::{Edit, Fix, MarkdownFault, nearest};
use crate::markdown::open::Open;
use crate::markdown::pasted;
use crate::markdown::writer::Writer;
use crate::text::is_han;

/// The lines of a paragraph as written.
pub(in crate::markdown) fn in_lines(writer: &mut Writer<'_>, place: &Range<usize>) {
    let source = writer.source.slice(place);
    let mut numbered = Repeat::default();
    let mut dotted = Repeat::default();
    let mut rows = Repeat::default();
    let mut indented = Repeat::default();
    let mut boxes = 0;
    let mut count = 0;
    let mut at = place.start;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let start = at + line.len() - text.len();
        at += line.len();
        let text = text.trim_end();
        count += usize::from(!text.is_empty());
        let Some(first) = text.chars().next() else { continue };
        match first {
            '＃' | '#' => heading_sign(writer, text, start),
            '＞' => {
                let end = start + first.len_utf8();
                let blanks =
                    text.get(first.len_utf8()..).map_or(0, |rest| rest.len() - rest.trim_start().len());
                let fix = Fix::safe(vec![Edit::new(start, end + blanks, "> ")]);
                writer.report_with_fix(start..end, MarkdownFault::FullWidthQuote, fix);
            }
            '｀' => {
                let signs = text.len() - text.trim_start_matches('｀').len();
                if signs >= 3 * first.len_utf8() {
                    let fix = Fix::safe(vec![Edit::new(start, start + signs, "```")]);
                    writer.report_with_fix(start..start + signs, MarkdownFault::FullWidthFence, fix);
                }
            }
            '-' | '+' => list_sign(writer, text, start),
            '0'..='9' => numbered.note(number_sign(text), start),
            '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '‣' => {
                dotted.note(Some(first.len_utf8()), start);
            }
            bullet if pasted::is_private_bullet(bullet) => {
                boxes += 1;
                dotted.note(Some(first.len_utf8()), start);
            }
            '|' | '｜' => rows.note(Some(text.len()), start),
            '[' if count == 1 => alert(writer, text, start),
            '\u{3000}' if count > 1 => {
                indented.note(Some(text.len() - text.trim_start().len()), start);
            }
            _ => {}
        }
    }
    if indented.count() > 0 {
        let fix = Fix::safe(indented.edits(|start, _| Edit::new(start, start, "\n")));
        writer.report_with_fix(indented.first(), MarkdownFault::IndentedLine, fix);
    }
    if let Some(range) = numbered.several() {
        let marker = writer.source.slice(&range).to_owned();
        let fix = Fix::safe(numbered.edits(|_, end| Edit::new(end, end, " ")));
        writer.report_with_fix(range, MarkdownFault::ListWithoutSpace { marker }, fix);
    }
    if let Some(range) = dotted.several().or_else(|| (boxes > 0).then(|| dotted.first())) {
        let sign = writer.source.slice(&range).chars().next().unwrap_or('•');
        let text = writer.source.text;
        let fix = Fix::safe(dotted.edits(|start, end| {
            let rest = text.get(end..).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
            Edit::new(start, end + blanks, "- ")
        }));
        writer.report_with_fix(range, MarkdownFault::BulletCharacter { sign }, fix);
    }
    if let Some(range) = rows.several().filter(|_| rows.count() == count) {
        writer.report(range, MarkdownFault::BrokenTable);
    }
}

/// A sign that means something only where several lines have it.
#[derive(Debug, Default)]
struct Repeat(Vec<Range<usize>>);

impl Repeat {
    /// Notes a sign of so many bytes at the beginning of a line.
    fn note(&mut self, length: Option<usize>, start: usize) {
        self.0.extend(length.map(|length| start..start + length));
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn first(&self) -> Range<usize> {
        self.0.first().cloned().unwrap_or_default()
    }

    fn several(&self) -> Option<Range<usize>> {
        (self.count() > 1).then(|| self.first())
    }

    /// An edit for each sign, from where it begins and ends.
    fn edits(&self, edit: impl Fn(usize, usize) -> Edit) -> Vec<Edit> {
        self.0.iter().map(|sign| edit(sign.start, sign.end)).collect()
    }
}

/// `＃ 标题` and `##标题`, but not `#话题#` nor `#5机组`.
fn heading_sign(writer: &mut Writer<'_>, text: &str, start: usize) {
    let signs = text.trim_start_matches(['＃', '#', '\u{3000}', ' ']);
    let length = text.len() - signs.len();
    let topic =
        signs.contains(['＃', '#']) || signs.starts_with(|c: char| c.is_ascii_digit()) || signs.is_empty();
    if topic {
        return;
    }
    let fault = if text.get(..length).is_some_and(|head| head.contains('＃')) {
        MarkdownFault::FullWidthHeading
    } else {
        MarkdownFault::HeadingWithoutSpace
    };
    let marker = text.chars().take_while(|c| matches!(c, '＃' | '#')).map(char::len_utf8).sum::<usize>();
    let signs = text.chars().take_while(|c| matches!(c, '＃' | '#')).count();
    if marker <= 6 * '＃'.len_utf8() {
        let fix = Fix::safe(vec![Edit::new(start, start + length, format!("{} ", "#".repeat(signs.min(6))))]);
        writer.report_with_fix(start..start + marker, fault, fix);
    }
}

/// `-文字`, but not `-5℃`, `--` or `-word`.
fn list_sign(writer: &mut Writer<'_>, text: &str, start: usize) {
    let mut chars = text.chars();
    let marker = chars.next().unwrap_or('-');
    if chars.next().is_some_and(|c| is_han(c) || matches!(c, '《' | '“' | '【')) {
        let fault = MarkdownFault::ListWithoutSpace { marker: marker.into() };
        let end = start + marker.len_utf8();
        writer.report_with_fix(start..end, fault, Fix::safe(vec![Edit::new(end, end, " ")]));
    }
}

/// The length of `1.` before a text, but not of `1.5`.
///
/// One such line may well be a paragraph of an official document
/// (GB/T 9704 numbers its third level so); several in a row run together.
fn number_sign(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(digits..)?.chars();
    let sign = rest.next().filter(|c| matches!(c, '.' | '．' | ')' | '）'))?;
    let next = rest.next()?;
    (digits < 3 && !next.is_whitespace() && !next.is_ascii_alphanumeric()).then(|| digits + sign.len_utf8())
}

/// `> [!提示]`: an alert of no known kind.
fn alert(writer: &mut Writer<'_>, text: &str, start: usize) {
    let in_quote = matches!(writer.open.last(), Some(Open::Block("</blockquote>\n")));
    let name = text.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']'));
    let Some(name) = name.filter(|_| in_quote) else { return };
    let kinds = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let meant = match name {
        "注意" | "说明" => Some("NOTE"),
        "提示" | "小贴士" => Some("TIP"),
        "重要" => Some("IMPORTANT"),
        "警告" => Some("WARNING"),
        "小心" | "当心" => Some("CAUTION"),
        _ => nearest(name, kinds),
    };
    let fault = MarkdownFault::UnknownAlert { name: name.into(), nearest: meant.map(str::to_owned) };
    writer.report(start..start + text.len(), fault);
}

/// `- []文字` and `- [√] 文字` in a list.
pub(in crate::markdown) fn in_item(writer: &mut Writer<'_>, place: &Range<usize>) {
    let line = writer.source.slice(place).lines().next().unwrap_or_default();
    let text = line.trim_start_matches([' ', '\t', '-', '+', '*']);
    let Some((inner, behind)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return };
    let mark = matches!(inner, "" | " " | "  " | "x" | "X" | "√" | "✓" | "✔");
    let right = matches!(inner, " " | "x" | "X") && behind.starts_with([' ', '\t']);
    let is_link = behind.starts_with(['(', '[', ':']);
    if mark && !right && !is_link && !behind.is_empty() {
        let start = place.start + line.len() - text.len();
        writer.report(start..start + inner.len() + 2, MarkdownFault::TaskMark);
    }
}

/// Rows with more cells than the head of their table: the parser drops them.
pub(in crate::markdown) fn in_table(writer: &mut Writer<'_>, columns: usize, place: &Range<usize>) {
    let mut at = place.start;
    for (n, line) in writer.source.slice(place).split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        if n < 2 {
            continue;
        }
        let Some(from) = excess(line, columns) else { continue };
        let more = line.get(from..).unwrap_or_default().trim_end().trim_end_matches('|').trim_end();
        if !more.trim().is_empty() {
            let range = start + from..start + from + more.len();
            writer.report(range, MarkdownFault::ExtraCells { columns });
        }
    }
}

/// The byte of a row at which its cells exceed `columns`.
fn excess(line: &str, columns: usize) -> Option<usize> {
    let row = line.trim_start_matches([' ', '\t', '>']);
    let mut at = line.len() - row.len();
    let mut escaped = row.starts_with('|');
    let mut cells = 1;
    for c in row.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '|' => {
                cells += 1;
                if cells > columns {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}
