//! What editors mistype, recognised where the parser stopped and mended in a
//! copy, so that the rest of the text is still checked.
//!
//! Takes the text and the parser's [`Stop`]; gives a [`Slip`]: the fault in an
//! editor's terms, its place, and the edits after which reading may go on. The
//! author's file is never touched.
//!
//! **Invariant:** every slip either edits the text or ends the reading.

mod lines;

use granit_parser::ErrorKind as Stopped;

use super::tree::Stop;
use crate::diagnostic::YamlFault;
use crate::text::Span;
use lines::{Line, Lines};

pub(super) use lines::double_quoted;

/// A text as it was, with edits made for reading's sake.
#[derive(Debug)]
pub(super) struct Mended<'t> {
    original: &'t str,
    text: String,
    /// In the order made: where, how many bytes were there, how many are now.
    edits: Vec<(usize, usize, usize)>,
}

/// Bytes of the text at hand, and what replaces them.
#[derive(Debug, PartialEq, Eq)]
struct Edit {
    start: usize,
    end: usize,
    new: String,
}

/// A fault, its place in the text at hand, and how to read on.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) fault: YamlFault,
    pub(super) span: Span,
    edits: Vec<Edit>,
    /// Whether the edits are what the author should write, too.
    is_advice: bool,
}

impl<'t> Mended<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { original: text, text: text.to_owned(), edits: Vec::new() }
    }

    /// `text` with `slips` mended, whose places are in it.
    pub(super) fn without(text: &'t str, slips: &[Slip]) -> Self {
        let mut mended = Self::new(text);
        for slip in slips {
            mended.mend(slip);
        }
        mended
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes the edits of `slip`; false where there is nothing to be done.
    pub(super) fn mend(&mut self, slip: &Slip) -> bool {
        let mut edits: Vec<&Edit> = slip.edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
        let before = self.edits.len();
        for edit in edits {
            let old = self.text.get(edit.start..edit.end);
            if old.is_some_and(|old| old != edit.new) {
                self.text.replace_range(edit.start..edit.end, &edit.new);
                self.edits.push((edit.start, edit.end - edit.start, edit.new.len()));
            }
        }
        self.edits.len() > before
    }

    /// The edits of `slip` in the author's text, where they are what the author
    /// should write.
    pub(super) fn advice(&self, slip: &Slip) -> Option<Vec<(Span, String)>> {
        let edit = |edit: &Edit| (self.source(Span::new(edit.start, edit.end)), edit.new.clone());
        (slip.is_advice && !slip.edits.is_empty()).then(|| slip.edits.iter().map(edit).collect())
    }

    /// The place in the author's text of a place in the mended one.
    pub(super) fn source(&self, span: Span) -> Span {
        let start = self.source_byte(span.start as usize, false);
        let end = self.source_byte(span.end as usize, true);
        Span::new(self.original.floor_char_boundary(start), self.original.ceil_char_boundary(end))
    }

    /// A byte inside a replacement belongs to the beginning of what was
    /// replaced, or to its end.
    fn source_byte(&self, byte: usize, is_end: bool) -> usize {
        self.edits.iter().rev().fold(byte, |at, (start, old, new)| {
            if at <= *start || (old == new && at < start + new) {
                at
            } else if at < start + new {
                if is_end { start + old } else { *start }
            } else {
                at - new + old
            }
        })
    }
}

impl Edit {
    fn insert(at: usize, new: &str) -> Self {
        Self { start: at, end: at, new: new.to_owned() }
    }

    fn replace(start: usize, end: usize, new: impl Into<String>) -> Self {
        Self { start, end, new: new.into() }
    }

    /// Turns the bytes into spaces, so that nothing after them moves.
    fn blank(start: usize, end: usize) -> Self {
        Self::replace(start, end, " ".repeat(end.saturating_sub(start)))
    }
}

impl Slip {
    fn new(fault: YamlFault, start: usize, end: usize, edits: Vec<Edit>) -> Self {
        Self { fault, span: Span::new(start, end), edits, is_advice: false }
    }

    fn advised(self) -> Self {
        Self { is_advice: true, ..self }
    }
}

/// The key, where plain text is an entry whose colon is full-width:
/// `说明：文字`.
pub(super) fn full_width_colon(text: &str) -> Option<&str> {
    let (key, _) = text.split_once('：')?;
    lines::is_key(key).then_some(key)
}

/// What the editor did wrong where all that was read, at `span`, is one text:
/// the first mistyped line of it, else its first line, which is no entry.
pub(super) fn not_a_group(text: &str, span: Span) -> Slip {
    let lines = Lines::new(text);
    let first = lines.number(span.start as usize);
    let last = lines.number(span.end as usize);
    let typo = (first..=last).find_map(|number| lines.get(number)?.typo());
    typo.unwrap_or_else(|| lines.not_an_entry(first))
}

/// The line of byte `at` and what hangs below it, left out: for a line that was
/// mended in vain.
pub(super) fn left_out(text: &str, at: usize) -> Slip {
    let lines = Lines::new(text);
    lines.give_up(lines.number(at), at)
}

/// What the editor did wrong where the parser stopped.
pub(super) fn slip(text: &str, stop: &Stop) -> Slip {
    let lines = Lines::new(text);
    let at = stop.at;
    let here = lines.number(at);
    if let Some(slip) = lines.leading_tab(here).or_else(|| lines.bracket_value(here)) {
        return slip;
    }
    let end = lines.get(here).map_or(at, Line::end);
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    match &stop.kind {
        Stopped::TabInPlainScalar
        | Stopped::TabInBlockIndentation
        | Stopped::TabInIndentation
        | Stopped::TabNotAllowed
        | Stopped::TabAtBlockScalarStart => lines.tab(here).unwrap_or_else(|| lines.give_up(here, at)),
        Stopped::UnclosedQuotedScalar | Stopped::DocumentIndicatorInQuotedScalar => {
            unclosed_quote(text, at, end, next.unwrap_or('"'))
        }
        Stopped::InvalidTrailingSingleQuotedScalar | Stopped::InvalidTrailingDoubleQuotedScalar => {
            lines.text_after_quote(here, at, end)
        }
        Stopped::UnknownQuotedScalarEscape
        | Stopped::InvalidQuotedScalarHexEscape
        | Stopped::InvalidLowSurrogateHexEscape
        | Stopped::InvalidLowSurrogate
        | Stopped::MissingLowSurrogate
        | Stopped::UnpairedLowSurrogate
        | Stopped::InvalidUnicodeEscape => escape(text, at).unwrap_or_else(|| lines.give_up(here, at)),
        Stopped::MismatchedFlowCollectionEnd { open, close } => {
            let found = text.get(at..).and_then(|rest| rest.find(*close)).map_or(at, |after| at + after);
            let edits = vec![Edit::replace(found, found + 1, closing(*open))];
            Slip::new(YamlFault::StrayBracket, found, found + 1, edits)
        }
        Stopped::MisplacedFlowCollectionEnd => {
            Slip::new(YamlFault::StrayBracket, at, at + 1, vec![Edit::blank(at, at + 1)])
        }
        Stopped::UnclosedFlowCollection { open } => {
            let fault = YamlFault::UnclosedBracket { open: *open };
            Slip::new(fault, at, at + 1, vec![Edit::insert(end, closing(*open))]).advised()
        }
        Stopped::InvalidColonPlacement
        | Stopped::ExpectedFlowMappingSeparator
        | Stopped::ExpectedFlowSequenceSeparator
        | Stopped::UnexpectedEofFlowSequence
        | Stopped::UnexpectedEofFlowMapping => lines.in_brackets(here, at),
        Stopped::RecursionLimitExceeded => Slip::new(YamlFault::TooDeep, at, end, Vec::new()),
        Stopped::BomInsideDocument => control(at, '\u{FEFF}'),
        Stopped::UnexpectedCharacter { character } if character.is_control() => {
            let after = text.get(at..).and_then(|rest| rest.find(*character)).map(|found| at + found);
            let before = || text.get(..at).and_then(|rest| rest.rfind(*character));
            match after.or_else(before) {
                Some(found) => control(found, *character),
                None => lines.give_up(here, at),
            }
        }
        Stopped::BlockSequenceEntryNotAllowed
            if lines.get(here).is_some_and(|line| line.has_key_before(at)) =>
        {
            let edit = Edit::replace(at, end, quoted(text.get(at..end).unwrap_or("")));
            Slip::new(YamlFault::ListBesideKey, at, end, vec![edit])
        }
        _ => match next.filter(|c| "@`%*&!|>,?".contains(*c) && lines.begins_value(here, at)) {
            Some(character) => reserved(text, at, end, character),
            None => lines.structure(here, at),
        },
    }
}

fn closing(open: char) -> &'static str {
    if open == '[' { "]" } else { "}" }
}

fn unclosed_quote(text: &str, at: usize, end: usize, quote: char) -> Slip {
    let chinese = if quote == '"' { ['”', '“'] } else { ['’', '‘'] };
    let rest = text.get(at..end).unwrap_or("").trim_end();
    let stand_in = rest.chars().next_back().filter(|last| chinese.contains(last));
    let stop = at + rest.len();
    let fault = YamlFault::UnclosedQuote { quote, chinese: stand_in.is_some() };
    let edit = match stand_in {
        Some(last) => Edit::replace(stop - last.len_utf8(), stop, quote.to_string()),
        None => Edit::insert(stop, &quote.to_string()),
    };
    Slip::new(fault, at, at + quote.len_utf8(), vec![edit]).advised()
}

/// The lines `...` that end a document with more below them, as slips that
/// leave them out.
pub(super) fn document_ends(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let (line, end) = (whole.trim_end(), start + whole.len());
        let goes_on = text.get(end..).is_some_and(|rest| !rest.trim().is_empty());
        if line == "..." && goes_on {
            let place = start..start + line.len();
            slips.push(Slip::new(
                YamlFault::DocumentEnd,
                place.start,
                place.end,
                vec![Edit::blank(place.start, place.end)],
            ));
        }
        start = end;
    }
    slips
}

/// The first backslash after the quotation mark at `at` that begins no escape
/// sequence of YAML (1.2.2, 5.7).
fn escape(text: &str, at: usize) -> Option<Slip> {
    let rest = text.get(at..)?;
    let mut chars = rest.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let known = chars.next().is_some_and(|(_, next)| "0abtnvfre \"/\\N_LP\t\n\r".contains(next));
        if !known {
            let start = at + offset;
            let edits = vec![Edit::replace(start, start + 1, "/")];
            return Some(Slip::new(YamlFault::UnknownEscape, start, start + 1, edits));
        }
    }
    None
}

fn control(at: usize, character: char) -> Slip {
    let end = at + character.len_utf8();
    Slip::new(YamlFault::ControlCharacter, at, end, vec![Edit::replace(at, end, "")])
}

/// A value that begins with a reserved character, read as quoted.
fn reserved(text: &str, at: usize, end: usize, character: char) -> Slip {
    let rest = text.get(at..end).unwrap_or("");
    let value = if lines::open_bracket(text.get(..at).unwrap_or("").rsplit('\n').next().unwrap_or("")) {
        rest.find([',', ']', '}']).and_then(|stop| rest.get(..stop.max(1))).unwrap_or(rest)
    } else {
        rest
    };
    let edit = Edit::replace(at, at + value.len(), quoted(value));
    Slip::new(YamlFault::ReservedStart { character }, at, at + character.len_utf8(), vec![edit]).advised()
}

/// `value` in single quotes, so that YAML reads it as text. Nothing grows by
/// quoting it twice, so its own quotes are turned, not doubled.
fn quoted(value: &str) -> String {
    format!("'{}'", value.trim_end().replace('\'', "’"))
}
