//! Slips that show at the beginning of a line, and in rows of tables.

use std::ops::Range;

use crate::diagnostic::{MarkdownFault, nearest};
use crate::markdown::writer::{Open, Writer};
use crate::text::is_han;

/// The lines of a paragraph as written.
pub(in crate::markdown) fn in_lines(writer: &mut Writer<'_>, place: &Range<usize>) {
    let source = writer.source.slice(place);
    let mut numbered = Repeat::default();
    let mut dotted = Repeat::default();
    let mut rows = Repeat::default();
    let mut indented = Repeat::default();
    let mut signed = Signed::default();
    let mut count = 0;
    let mut at = place.start;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let start = at + line.len() - text.len();
        at += line.len();
        let ends_hard = text.trim_end_matches(['\n', '\r']).ends_with(['\\', ' ']);
        let text = text.trim_end();
        signed.line(text, start, ends_hard);
        count += usize::from(!text.is_empty());
        let Some(first) = text.chars().next() else { continue };
        match first {
            '＃' | '#' => heading_sign(writer, text, start),
            '＞' => writer.report(start..start + first.len_utf8(), MarkdownFault::FullWidthQuote),
            '-' | '+' => list_sign(writer, text, start),
            '0'..='9' => numbered.note(number_sign(text), start),
            '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '‣' => {
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
    if indented.count > 0 {
        writer.report(indented.first.clone(), MarkdownFault::IndentedLine);
    }
    if let Some(range) = numbered.several() {
        let marker = writer.source.slice(&range).to_owned();
        writer.report(range, MarkdownFault::ListWithoutSpace { marker });
    }
    if let Some((range, sign)) = signed.run_together() {
        writer.report(range, MarkdownFault::LinesRunTogether { sign });
    }
    if let Some(range) = dotted.several() {
        let sign = writer.source.slice(&range).chars().next().unwrap_or('•');
        writer.report(range, MarkdownFault::BulletCharacter { sign });
    }
    if let Some(range) = rows.several().filter(|_| rows.count == count) {
        writer.report(range, MarkdownFault::BrokenTable);
    }
}

/// Lines that begin with a number as Chinese texts write it, or with a label.
///
/// One such line among others may be wrapped prose; two in a row, with nothing
/// that keeps them apart, were meant to stand one below the other. Labels count
/// only where each line of the paragraph has one.
#[derive(Debug, Default)]
struct Signed {
    lines: usize,
    first: Option<(Range<usize>, String)>,
    numbered: usize,
    labelled: usize,
    /// Lines with a sign that follow another line directly.
    following: usize,
    after_soft_break: bool,
}

impl Signed {
    fn line(&mut self, text: &str, start: usize, ends_hard: bool) {
        if text.is_empty() {
            return;
        }
        self.lines += 1;
        let number = chinese_number(text);
        let label = label(text);
        if let Some(length) = number.or(label) {
            let sign = text.get(..length).unwrap_or_default().to_owned();
            self.first.get_or_insert((start..start + length, sign));
            self.following += usize::from(self.after_soft_break);
        }
        self.numbered += usize::from(number.is_some());
        self.labelled += usize::from(label.is_some());
        self.after_soft_break = !ends_hard;
    }

    fn run_together(self) -> Option<(Range<usize>, String)> {
        let many = self.numbered > 1 || (self.labelled > 1 && self.labelled == self.lines);
        self.first.filter(|_| many && self.following > 0)
    }
}

const NUMERALS: &str = "一二三四五六七八九十百零〇";

/// The length of `一、`, `（一）`, `1、`, `（1）`, `①`, `第一，` or `第一条` before a
/// text. `1.` and `1)` are those of [`number_sign`].
fn chinese_number(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '①'..='⒛' | '❶'..='❿') {
        return Some(first.len_utf8());
    }
    let numeral = |text: &str| -> usize {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let han = text.chars().take_while(|c| NUMERALS.contains(*c)).map(char::len_utf8).sum();
        if digits > 0 && digits < 4 { digits } else { han }
    };
    let (open, closes): (usize, &[char]) = match first {
        '（' | '(' => (first.len_utf8(), &['）', ')']),
        '第' => (first.len_utf8(), &['，', '、', '条']),
        _ => (0, &['、']),
    };
    let rest = text.get(open..)?;
    let length = numeral(rest);
    let close = rest.get(length..)?.chars().next().filter(|c| closes.contains(c))?;
    let end = open + length + close.len_utf8();
    (length > 0 && text.len() > end).then_some(end)
}

/// The length of `时间：` before a text.
fn label(text: &str) -> Option<usize> {
    let (name, value) = text.split_once('：')?;
    let short = (1..=8).contains(&name.chars().count()) && name.chars().all(is_han);
    (short && !value.trim().is_empty()).then(|| name.len() + '：'.len_utf8())
}

/// A sign that means something only where several lines have it.
#[derive(Debug, Default)]
struct Repeat {
    count: usize,
    first: Range<usize>,
}

impl Repeat {
    /// Notes a sign of so many bytes at the beginning of a line.
    fn note(&mut self, length: Option<usize>, start: usize) {
        let Some(length) = length else { return };
        if self.count == 0 {
            self.first = start..start + length;
        }
        self.count += 1;
    }

    fn several(&self) -> Option<Range<usize>> {
        (self.count > 1).then(|| self.first.clone())
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
    if marker <= 6 * '＃'.len_utf8() {
        writer.report(start..start + marker, fault);
    }
}

/// `-文字`, but not `-5℃`, `--` or `-word`.
fn list_sign(writer: &mut Writer<'_>, text: &str, start: usize) {
    let mut chars = text.chars();
    let marker = chars.next().unwrap_or('-');
    if chars.next().is_some_and(|c| is_han(c) || matches!(c, '《' | '“' | '【')) {
        let fault = MarkdownFault::ListWithoutSpace { marker: marker.into() };
        writer.report(start..start + marker.len_utf8(), fault);
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
