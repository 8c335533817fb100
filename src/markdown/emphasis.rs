//! Emphasis that works in Chinese, Japanese and Korean text.
//!
//! CommonMark lets `**` close only where it looks like the end of a word: not
//! after punctuation when a letter follows. Chinese has no spaces, so
//! `这是**《教育整顿进行时》**专栏` and `**重要提示：**请注意` would print their
//! asterisks. The amendment "markdown-cjk-friendly" mends it: beside a Chinese,
//! Japanese or Korean character, a run of `*` or `~~` may open unless white
//! space follows, and close unless white space precedes.
//!
//! The parser does not know the amendment, so [`prepare`] puts a mark where it
//! would decide otherwise: a *letter* that no text contains (a noncharacter)
//! makes the run flanking on that side. [`Prepared::clean`] takes the marks out
//! of whatever the parser hands back, and [`Prepared::at`] leads from its
//! offsets back to the author's.
//!
//! Our own addition: a run of three or more `*` between digits is a masked
//! number (`138****1234`), never emphasis; a *space* on both sides says so.
//!
//! **Invariant:** marks are characters that the text does not contain.

mod characters;
mod tables;

use std::borrow::Cow;

use pulldown_cmark::CowStr;

use characters::{is_cjk, is_letter};
use tables::Tables;

/// A text with marks, for the parser.
#[derive(Debug)]
pub(super) struct Prepared<'t> {
    /// What the parser is to read.
    pub(super) text: Cow<'t, str>,
    /// Where marks stand in it, ascending.
    marks: Vec<Mark>,
    /// The marks in use.
    used: Marks,
}

/// One mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// Its first byte in the prepared text.
    at: usize,
    /// The bytes of all marks up to and with this one.
    total: usize,
}

/// Characters that the text does not contain.
#[derive(Debug, Clone, Copy)]
struct Marks {
    /// Neither white space nor punctuation.
    letter: char,
    /// Punctuation, for a neighbour that has to go on seeing it.
    punctuation: char,
    /// White space.
    space: char,
}

impl Marks {
    /// The first of each sort that `text` does not contain. A text that
    /// contains all of one sort is not helped.
    fn absent_from(text: &str) -> Option<Self> {
        // Unicode keeps 32 code points here out of use for ever.
        let letter = ('\u{FDD0}'..='\u{FDEF}').find(|c| !text.contains(*c))?;
        // Ogham feather marks and Coptic stops; Ogham and mathematical spaces.
        let punctuation = ['\u{169B}', '\u{169C}', '\u{2CF9}', '\u{2CFA}', '\u{2CFB}'];
        let space = ['\u{1680}', '\u{205F}', '\u{2001}', '\u{2000}', '\u{2006}'];
        Some(Self {
            letter,
            punctuation: punctuation.into_iter().find(|c| !text.contains(*c))?,
            space: space.into_iter().find(|c| !text.contains(*c))?,
        })
    }

    fn contains(self, c: char) -> bool {
        c == self.letter || c == self.punctuation || c == self.space
    }
}

/// Puts the marks into `text`; borrows it where none is needed.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let none = Marks { letter: '\u{FDD0}', punctuation: '\u{169B}', space: '\u{1680}' };
    let mut prepared = Prepared { text: Cow::Borrowed(text), marks: Vec::new(), used: none };
    let mut tables = Tables::new(text);
    let mut out = String::new();
    let mut copied = 0;
    for run in Runs::new(text) {
        let help = run.help(text, &mut tables);
        if help.before == Side::Nothing && help.after == Side::Nothing {
            continue;
        }
        if out.is_empty() {
            let Some(used) = Marks::absent_from(text) else { return prepared };
            prepared.used = used;
            out.reserve(text.len() + text.len() / 16 + 64);
        }
        out.push_str(text.get(copied..run.start).unwrap_or_default());
        prepared.mark(&mut out, help.before, help.delimited.0, false);
        out.push_str(text.get(run.start..run.end).unwrap_or_default());
        prepared.mark(&mut out, help.after, false, help.delimited.1);
        copied = run.end;
    }
    if copied > 0 {
        out.push_str(text.get(copied..).unwrap_or_default());
        prepared.text = Cow::Owned(out);
    }
    prepared
}

impl Prepared<'_> {
    /// Writes the marks of one side, punctuation before or after them where a
    /// neighbour wants it.
    fn mark(&mut self, out: &mut String, side: Side, before: bool, after: bool) {
        let Marks { letter, punctuation, space } = self.used;
        let mark = match side {
            Side::Nothing => return,
            Side::Letter => letter,
            Side::Space => space,
        };
        for (wanted, c) in [(before, punctuation), (true, mark), (after, punctuation)] {
            if wanted {
                let total = self.marks.last().map_or(0, |mark| mark.total) + c.len_utf8();
                self.marks.push(Mark { at: out.len(), total });
                out.push(c);
            }
        }
    }

    /// The offset in the author's text of `offset` in the prepared one.
    pub(super) fn at(&self, offset: usize) -> usize {
        let before = self.marks.partition_point(|mark| mark.at < offset);
        let Some(mark) = before.checked_sub(1).and_then(|n| self.marks.get(n)) else { return offset };
        // An offset inside a mark means the place where it was put.
        offset.saturating_sub(mark.total)
    }

    /// `text`, which the parser gave for the bytes `from..to`, without marks.
    pub(super) fn clean<'e>(&self, text: CowStr<'e>, from: usize, to: usize) -> CowStr<'e> {
        let first = self.marks.partition_point(|mark| mark.at < from);
        let touched = self.marks.get(first).is_some_and(|mark| mark.at < to);
        if touched { self.strip(text) } else { text }
    }

    /// `text`, wherever it comes from, without marks.
    pub(super) fn strip<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        if self.marks.is_empty() || !text.contains(|c| self.used.contains(c)) {
            return text;
        }
        text.chars().filter(|c| !self.used.contains(*c)).collect::<String>().into()
    }
}

/// What has to stand on one side of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    #[default]
    Nothing,
    Letter,
    Space,
}

/// What has to stand around a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Help {
    before: Side,
    after: Side,
    /// Whether `_`, `~` or `*` stands before or after it: such a neighbour must
    /// go on seeing punctuation.
    delimited: (bool, bool),
}

/// A run of `*`, or of exactly two `~`.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
}

/// The runs of a text, in order.
struct Runs<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Runs<'t> {
    fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let found = self.at + rest.iter().position(|b| *b == b'*' || *b == b'~')?;
            let delimiter = self.bytes.get(found).copied()?;
            let behind = self.bytes.get(found..)?;
            let end = found + behind.iter().take_while(|b| **b == delimiter).count();
            self.at = end;
            // A backslash escapes the first of them, unless it is escaped itself.
            let head = self.bytes.get(..found)?;
            let start = found + head.iter().rev().take_while(|b| **b == b'\\').count() % 2;
            let counts = if delimiter == b'~' { end - start == 2 } else { end > start };
            if counts {
                return Some(Run { start, end });
            }
        }
    }
}

/// Whether a run may open, and whether it may close.
type Flanks = (bool, bool);

impl Run {
    /// What makes the parser see this run as the amendment does.
    fn help(self, text: &str, tables: &mut Tables<'_>) -> Help {
        let head = text.get(..self.start).unwrap_or_default();
        let tail = text.get(self.end..).unwrap_or_default();
        let before = head.chars().next_back().unwrap_or('\n');
        let after = tail.chars().next().unwrap_or('\n');
        let delimited = (matches!(before, '_' | '~' | '*'), matches!(after, '_' | '~' | '*'));
        if self.end - self.start >= 3 && before.is_ascii_digit() && after.is_ascii_digit() {
            return Help { before: Side::Space, after: Side::Space, delimited };
        }
        let edge = (before == '|' || after == '|') && tables.contains(self.start);
        if edge || (before == '>' && begins_line(head)) {
            return Help::default();
        }
        let tilde = text.as_bytes().get(self.start) == Some(&b'~');
        // GitHub looks through tildes: `**~~文~~**` is bold and struck.
        let far_head = head.trim_end_matches('~');
        let far_before = far_head.chars().next_back().unwrap_or('\n');
        let far_after = tail.trim_start_matches('~').chars().next().unwrap_or('\n');
        let within = !far_before.is_whitespace() && !far_after.is_whitespace();
        if within && (is_cjk(far_after) || ends_cjk(far_head)) {
            let side = |c: char| if is_letter(c) { Side::Nothing } else { Side::Letter };
            return Help { before: side(before), after: side(after), delimited };
        }
        let wanted = flanks(Neighbour::of(far_before), Neighbour::of(far_after));
        let (before, after) = marks_for(wanted, tilde, Neighbour::of(before), Neighbour::of(after));
        Help { before, after, delimited }
    }
}

/// The fewest marks with which the parser sees a run as `wanted`.
fn marks_for(wanted: Flanks, tilde: bool, before: Neighbour, after: Neighbour) -> (Side, Side) {
    const SIDES: [Side; 3] = [Side::Nothing, Side::Letter, Side::Space];
    let seen = |side: Side, neighbour: Neighbour| match side {
        Side::Nothing => neighbour,
        Side::Letter => Neighbour::Letter,
        Side::Space => Neighbour::Space,
    };
    let pairs = SIDES.into_iter().flat_map(|first| SIDES.into_iter().map(move |second| (first, second)));
    let fits = |(first, second): &(Side, Side)| {
        let (before, after) = (seen(*first, before), seen(*second, after));
        let (open, close) = flanks(before, after);
        // The parser lets two tildes open before punctuation within a word.
        (if tilde { after != Neighbour::Space } else { open }, close) == wanted
    };
    let cost = |(first, second): &(Side, Side)| {
        usize::from(*first != Side::Nothing) + usize::from(*second != Side::Nothing)
    };
    pairs.filter(fits).min_by_key(cost).unwrap_or_default()
}

/// What a character beside a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    Letter,
    Punctuation,
    Space,
}

impl Neighbour {
    fn of(c: char) -> Self {
        if c.is_whitespace() {
            Self::Space
        } else if is_letter(c) {
            Self::Letter
        } else {
            Self::Punctuation
        }
    }
}

/// Left- and right-flanking
/// ([CommonMark 6.2](https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run)).
fn flanks(before: Neighbour, after: Neighbour) -> Flanks {
    use Neighbour::{Punctuation, Space};
    let one_side =
        |near: Neighbour, far: Neighbour| near != Space && (near != Punctuation || far != Neighbour::Letter);
    (one_side(after, before), one_side(before, after))
}

/// Whether what stands before a run ends in a Chinese, Japanese or Korean
/// character, looking through variation selectors as the amendment does.
fn ends_cjk(head: &str) -> bool {
    let mut back = head.chars().rev();
    let Some(last) = back.next() else { return false };
    match last {
        '\u{E0100}'..='\u{E01EF}' => true,
        '\u{FE00}'..='\u{FE0E}' => back
            .next()
            .is_some_and(|c| is_cjk(c) || (last == '\u{FE01}' && matches!(c, '‘' | '’' | '“' | '”'))),
        c => is_cjk(c),
    }
}

/// Whether nothing but the signs of block quotes and list items stands between
/// the line's beginning and the end of `head`: the run then begins its block.
fn begins_line(head: &str) -> bool {
    head.bytes()
        .rev()
        .take_while(|b| !matches!(b, b'\n' | b'\r'))
        .all(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9'))
}
