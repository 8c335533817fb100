//! Slips within text: links that are none, stray asterisks, notes that nothing
//! defines.

use std::ops::Range;

use super::foreign;
use crate::diagnostic::{Edit, Fix, MarkdownFault};
use crate::markdown::inline::Run;
use crate::markdown::sink;
use crate::markdown::target;
use crate::markdown::writer::Writer;
use crate::text::{is_cjk_punctuation, is_han};

/// Text that came out as text.
pub(in crate::markdown) fn in_text(writer: &mut Writer<'_>, run: &Run) {
    let signs = Signs::of(&run.text);
    if signs.control && !writer.seen.control {
        control(writer, run);
    }
    if signs.bracket {
        links(writer, run);
        notes(writer, run);
        foreign::in_brackets(writer, run);
    }
    if signs.brace {
        foreign::attributes(writer, run);
    }
    if signs.asterisk {
        asterisks(writer, run);
    }
}

/// The signs that each byte may stand for: `*`, `{`, brackets, control
/// characters. A table, since every byte of every text is looked at.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        #[expect(clippy::indexing_slicing, reason = "`byte` is below the length, at compile time")]
        {
            signs[byte] = match byte {
                0x2A => 1,
                0x7B => 2,
                // The latter two end 】 and ］.
                0x5B | 0x5D | 0x91 | 0xBD => 4,
                0..=0x08 | 0x0B..=0x0C | 0x0E..=0x1F | 0x7F => 8,
                _ => 0,
            };
        }
        byte += 1;
    }
    signs
};

/// Which signs a text holds: one look, since most hold none.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one flag a sign")]
struct Signs {
    asterisk: bool,
    bracket: bool,
    brace: bool,
    control: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let seen =
            text.bytes().fold(0, |seen, byte| seen | SIGNS.get(usize::from(byte)).copied().unwrap_or(0));
        let [asterisk, brace, bracket, control] = [1, 2, 4, 8].map(|sign| seen & sign != 0);
        Self { asterisk, bracket, brace, control }
    }
}

/// The first character that can't be shown, usually a line break of Word.
fn control(writer: &mut Writer<'_>, run: &Run) {
    let found = run.text.char_indices().find(|(_, c)| sink::is_forbidden(*c));
    if let Some((at, c)) = found {
        writer.seen.control = true;
        let place = run.place(&(at..at + c.len_utf8()));
        writer.report(place, MarkdownFault::ControlCharacter { code: c as u32 });
    }
}

/// Brackets followed by parentheses that made no link.
fn links(writer: &mut Writer<'_>, run: &Run) {
    let text = run.text.as_str();
    for (at, close) in text.char_indices().filter(|(_, c)| matches!(c, ']' | '】' | '］')) {
        let behind = at + close.len_utf8();
        let rest = text.get(behind..).unwrap_or_default();
        let gap = usize::from(rest.starts_with(' '));
        let Some(open) = rest.get(gap..).and_then(|rest| rest.chars().next()) else { continue };
        if !matches!(open, '(' | '（') || run.is_escaped(writer.source.text, at) {
            continue;
        }
        let inner = behind + gap + open.len_utf8();
        if close == ']' && open == '(' && gap == 0 {
            half_width(writer, run, at, inner);
        } else {
            full_width(writer, run, at, inner);
        }
    }
}

/// `[文字](…` in half width that is no link: why not? Its `]` stands at `at`,
/// the destination would begin at `inner`.
fn half_width(writer: &mut Writer<'_>, run: &Run, at: usize, inner: usize) {
    let text = run.text.as_str();
    if !text.get(..at).is_some_and(|head| head.contains('[')) {
        return;
    }
    let rest = run.near(inner);
    let (half, full) = (rest.find(')'), rest.find('）'));
    let range = |from: usize, to: usize| run.place(&(inner + from..inner + to));
    let (range, fault) = match (half, full) {
        (None, Some(full)) => (range(full, full + '）'.len_utf8()), MarkdownFault::FullWidthLinkEnd),
        (Some(half), Some(full)) if full < half => {
            (range(full, full + '）'.len_utf8()), MarkdownFault::FullWidthLinkEnd)
        }
        (Some(half), _) => {
            let destination = rest.get(..half).unwrap_or_default();
            let quote = destination.find(['“', '”', '‘', '’']);
            match quote {
                Some(quote) if quote > 0 => (range(quote, half), MarkdownFault::FullWidthTitle),
                _ if destination.trim().contains(char::is_whitespace) => {
                    let (from, fault) = foreign::why_no_link(destination);
                    (range(from, half), fault)
                }
                _ => return,
            }
        }
        (None, None) => (run.place(&(at..inner)), MarkdownFault::UnclosedLink),
    };
    writer.report(range, fault);
}

/// `【文字】（网址）`, `[文字]（网址）`, `[文字] (网址)`; what stands in the
/// parentheses must be an address and nothing else.
fn full_width(writer: &mut Writer<'_>, run: &Run, at: usize, inner: usize) {
    let text = run.text.as_str();
    let rest = run.near(inner);
    let Some(end) = rest.find([')', '）']) else { return };
    let address = rest.get(..end).unwrap_or_default();
    if !is_address(address.trim()) {
        return;
    }
    let open = text.get(..at).and_then(|head| head.rfind(['[', '【', '［']));
    let close = rest.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let range = run.place(&(open.unwrap_or(at)..inner + end + close));
    let length = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let signs = |open: usize| {
        [(open..open + length(open), "["), (at..inner, "]("), (inner + end..inner + end + close, ")")]
    };
    // Signs that are written as they are read, not as entities.
    let edit = |(signs, new): (Range<usize>, &str)| {
        let place = run.place(&signs);
        let is_plain = text.get(signs) == Some(writer.source.slice(&place));
        is_plain.then(|| Edit::new(place.start, place.end, new))
    };
    let edits = open.and_then(|open| signs(open).into_iter().map(edit).collect::<Option<Vec<_>>>());
    match edits {
        Some(edits) => writer.report_with_fix(range, MarkdownFault::FullWidthLink, Fix::safe(edits)),
        None => writer.report(range, MarkdownFault::FullWidthLink),
    }
}

/// Whether `text` is an address or a path, and nothing else.
fn is_address(text: &str) -> bool {
    const FILES: [&str; 12] =
        ["md", "html", "htm", "pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "mp4"];
    let begins = ["http://", "https://", "http：//", "https：//", "www.", "./", "../", "mailto:"];
    let whole = !text.is_empty() && !text.contains(char::is_whitespace);
    whole && (begins.iter().any(|begin| text.starts_with(begin)) || target::has_extension(text, &FILES))
}

/// `[^1]` that stayed text: nothing defines it.
fn notes(writer: &mut Writer<'_>, run: &Run) {
    for (at, _) in run.text.match_indices("[^") {
        let rest = run.near(at + 2);
        let Some((label, behind)) = rest.split_once(']') else { continue };
        let plain = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[' || c == '^');
        if !plain || run.is_escaped(writer.source.text, at) {
            continue;
        }
        let place = run.place(&(at..at + label.len() + 3));
        if behind.starts_with('：') {
            writer.seen.meant.insert(label.to_owned());
            let (start, colon) = (place.start, place.end..place.end + '：'.len_utf8());
            let line = writer.source.text.get(..start).and_then(|head| head.rsplit('\n').next());
            let begins = line.is_some_and(|line| line.trim().is_empty());
            let fix = begins.then(|| Fix::safe(vec![Edit::new(colon.start, colon.end, ": ")]));
            let range = start..colon.end;
            match fix {
                Some(fix) => writer.report_with_fix(range, MarkdownFault::FullWidthNote, fix),
                None => writer.report(range, MarkdownFault::FullWidthNote),
            }
        } else {
            writer.seen.undefined.push((label.to_owned(), place));
        }
    }
}

/// `**` that stayed text: with blanks inside, or never closed. Not the stars
/// of `张**` and `138****1234`, which hide something, nor `2**10`.
fn asterisks(writer: &mut Writer<'_>, run: &Run) {
    let text = run.text.as_str();
    let runs: Vec<usize> = text
        .match_indices("**")
        .map(|(at, _)| at)
        .filter(|at| {
            let before = text.get(..*at).is_some_and(|head| head.ends_with('*'));
            let after = text.get(at + 2..).is_some_and(|tail| tail.starts_with('*'));
            !before && !after && !run.is_escaped(writer.source.text, *at)
        })
        .collect();
    let neighbours = |at: usize| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        (before, text.get(at + 2..).and_then(|tail| tail.chars().next()))
    };
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let opens_badly = runs.iter().position(|at| blank(neighbours(*at).1));
    let spaced = opens_badly.filter(|n| runs.iter().skip(n + 1).any(|at| blank(neighbours(*at).0)));
    // `**重点 **` opens well and closes badly.
    let opens = |c: Option<char>| c.is_some_and(|c| is_han(c) || matches!(c, '《' | '“' | '「'));
    let closes_badly = runs.windows(2).position(
        |pair| matches!(pair, [one, next] if opens(neighbours(*one).1) && blank(neighbours(*next).0)),
    );
    let spaced = spaced.or(closes_badly);
    let unclosed = runs.iter().position(|at| {
        let (before, after) = neighbours(*at);
        before.is_none_or(|c| c.is_whitespace() || is_cjk_punctuation(c) || c == '“')
            && after.is_some_and(|c| is_han(c) || c.is_ascii_alphabetic() || matches!(c, '《' | '“' | '「'))
    });
    if let Some(at) = spaced.or(unclosed).and_then(|n| runs.get(n)) {
        let fault =
            if spaced.is_some() { MarkdownFault::SpacedEmphasis } else { MarkdownFault::StrayAsterisks };
        let place = run.place(&(*at..at + 2));
        let next = spaced.and_then(|n| runs.get(n + 1));
        match next.map(|next| unspaced(writer, run, *at, *next)).filter(|fix| !fix.edits.is_empty()) {
            Some(fix) => writer.report_with_fix(place, fault, fix),
            None => writer.report(place, fault),
        }
    }
}

/// `**重点**` without the blanks inside, the stars standing at bytes `open` and
/// `close` of the text.
fn unspaced(writer: &Writer<'_>, run: &Run, open: usize, close: usize) -> Fix {
    let inner = run.text.get(open + 2..close).unwrap_or_default();
    let (head, tail) = (inner.len() - inner.trim_start().len(), inner.trim_end().len());
    let ends = [(open + 2, open + 2 + head), (open + 2 + tail, close)];
    let places = ends.into_iter().filter(|(from, to)| from < to).map(|(from, to)| run.place(&(from..to)));
    // A line's end is more than a blank.
    let blanks = places.filter(|place| writer.source.slice(place).chars().all(|c| " \t\u{3000}".contains(c)));
    Fix::safe(blanks.map(|place| Edit::new(place.start, place.end, "")).collect())
}
