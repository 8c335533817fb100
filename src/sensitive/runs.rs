//! Runs of digits in a text, and which numbers they are.
//!
//! Digits may be full-width or the bold ones of "fancy" fonts, with marks of no
//! width between them; parts of a number may stand apart by a blank, a hyphen,
//! or a hyphen between blanks, as in `138 - 1234 - 5678`. The cells of a form
//! that takes one digit each stand apart by tabs. Each rule says what it takes
//! for its own; the first that does has it.

use std::ops::Range;

use super::digits::{Number, digit, is_invisible};
use super::{PersonalKind, PersonalNumber, bank_card, citizen_id, labelled, mobile_number};

/// A number as written, its digits narrowed: the groups and their places.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// ASCII digits of all groups, one after the other.
    digits: Vec<u8>,
    /// Where each digit begins, and where the last one ends.
    starts: Vec<usize>,
    end: usize,
    /// The digits of each group, as ranges of `digits`.
    groups: Vec<Range<usize>>,
    /// Of each group, whether a tab stands before it.
    tabbed: Vec<bool>,
    /// Whether an X, as at an ID number's end, follows at once; its length.
    cross: usize,
}

/// The longest number that any rule knows, in digits.
const LONGEST: usize = 19;

/// The shortest.
const SHORTEST: usize = 11;

/// Says what a number is, and how many of its last digits are the number
/// itself: a country's code may stand before it.
type Rule = fn(Number<'_>) -> Option<(PersonalKind, usize)>;

const RULES: [Rule; 3] = [citizen_id::judge, mobile_number::judge, bank_card::judge];

/// The numbers of `text`.
pub(super) fn numbers(text: &str) -> Vec<PersonalNumber> {
    let mut found: Vec<PersonalNumber> = Vec::new();
    let mut run = Run::default();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        run.read(text, start);
        at = run.end;
        let mut group = 0;
        while group < run.groups.len() {
            let taken = run.judge(text, group);
            group += taken.as_ref().map_or(1, |(taken, _)| *taken);
            let one = match taken {
                Some((_, one)) => one,
                None => run.place(group - 1).and_then(|place| labelled::at(text, place)),
            };
            let last = found.last().map_or(0, |number| number.range.end);
            found.extend(one.filter(|one| one.range.start >= last));
        }
    }
    found
}

/// The place of the next digit, of whatever form, at or after `from`.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        // The first bytes of digits in UTF-8: half width, full width, of mathematics.
        at += rest.iter().position(|byte| matches!(byte, b'0'..=b'9' | 0xEF | 0xF0))?;
        match bytes.get(at..)? {
            [b'0'..=b'9', ..] => return Some(at),
            // Most of these begin ，or ：, and no digit.
            [0xEF, 0xBC, 0x90..=0x99, ..] | [0xF0, 0x9D, 0x9F, ..]
                if text.get(at..).and_then(|rest| rest.chars().next()).and_then(digit).is_some() =>
            {
                return Some(at);
            }
            _ => at += 1,
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '\u{2002}'..='\u{200A}' | '\u{202F}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '－' | '‐' | '‑' | '–' | '—')
}

/// The length of the separator that `text` begins with, in bytes, if a digit
/// stands behind it: a blank, a hyphen, a hyphen between blanks, or a tab.
fn separator(text: &str) -> Option<usize> {
    let (mut len, mut blanks, mut hyphens) = (0, 0, 0);
    for c in text.chars().take(4) {
        match c {
            c if digit(c).is_some() => {
                let fits = blanks + hyphens == 1 || (hyphens == 1 && blanks == 2);
                return fits.then_some(len);
            }
            c if is_blank(c) || c == '\t' => blanks += 1,
            c if is_hyphen(c) => hyphens += 1,
            _ => return None,
        }
        len += c.len_utf8();
    }
    None
}

impl Run {
    /// Reads the run that begins at byte `from`.
    fn read(&mut self, text: &str, from: usize) {
        self.digits.clear();
        self.starts.clear();
        self.groups.clear();
        self.tabbed.clear();
        self.tabbed.push(false);
        self.cross = 0;
        self.end = from;
        let (mut open, mut at) = (0, from);
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some(value) = digit(c) {
                self.digits.push(value);
                self.starts.push(at);
                at += c.len_utf8();
                self.end = at;
            } else if is_invisible(c) {
                at += c.len_utf8();
            } else if let Some(length) = text.get(at..).and_then(separator) {
                self.groups.push(open..self.digits.len());
                self.tabbed.push(c == '\t');
                open = self.digits.len();
                at += length;
            } else {
                break;
            }
        }
        self.groups.push(open..self.digits.len());
        self.cross = cross(text.get(self.end..).unwrap_or_default());
    }

    /// The place of the first digit of a group.
    fn place(&self, group: usize) -> Option<usize> {
        self.starts.get(self.groups.get(group)?.start).copied()
    }

    /// What the groups from `first` on are; how many they are, and the number,
    /// if it is not a part of something longer.
    fn judge(&self, text: &str, first: usize) -> Option<(usize, Option<PersonalNumber>)> {
        if self.digits.len() < SHORTEST {
            return None;
        }
        let most = self.groups.len() - first;
        for taken in 1..=most.min(LONGEST) {
            let groups = self.groups.get(first..first + taken)?;
            let range = groups.first()?.start..groups.last()?.end;
            if range.len() > LONGEST {
                break;
            }
            // Cells of a table are one number only in a form with a cell for
            // each digit.
            let cells = self.tabbed.get(first + 1..first + taken)?.contains(&true);
            if range.len() < SHORTEST || (cells && range.len() != taken) {
                continue;
            }
            // A PDF may tear a number apart anywhere: then its check digit
            // alone can tell.
            let torn = cells || taken > 6;
            let last = first + taken == self.groups.len();
            let number =
                Number { digits: self.digits.get(range.clone())?, groups, cross: last && self.cross > 0 };
            let rules: &[Rule] = if torn { &[citizen_id::judge] } else { &RULES };
            let Some((kind, own)) = rules.iter().find_map(|judge| judge(number)) else { continue };
            if torn && kind != PersonalKind::CitizenId {
                continue;
            }
            return Some((taken, self.number(text, &number, range, (kind, own))));
        }
        None
    }

    /// The number that the digits at `range` are; `None` where they are a part
    /// of something longer.
    fn number(
        &self,
        text: &str,
        number: &Number<'_>,
        range: Range<usize>,
        (kind, own): (PersonalKind, usize),
    ) -> Option<PersonalNumber> {
        let with_cross = number.cross && range.len() == 17;
        let start = *self.starts.get(range.start)?;
        let last = *self.starts.get(range.end.checked_sub(1)?)?;
        let end = if with_cross {
            self.end + self.cross
        } else {
            last + text.get(last..)?.chars().next().map_or(1, char::len_utf8)
        };
        let digits = number.digits.get(number.digits.len().saturating_sub(own)..)?;
        let mut spelled = String::from_utf8_lossy(digits).into_owned();
        if with_cross {
            spelled.push('X');
        }
        let visible = match kind {
            PersonalKind::BankCard => (4, 4),
            _ => (3, 4),
        };
        let fine = in_word(text, start, end, kind);
        (!fine).then_some(PersonalNumber { kind, range: start..end, spelled, visible })
    }
}

/// The length of the X, and of what stands before it, that may end an ID
/// number; 0 where none does.
fn cross(text: &str) -> usize {
    let is_cross = |c: char| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕');
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    if is_cross(first) {
        return first.len_utf8();
    }
    match chars.next() {
        Some(second) if (is_blank(first) || is_hyphen(first) || first == '\t') && is_cross(second) => {
            let word = chars.next().is_some_and(|c| c.is_ascii_alphanumeric());
            if word { 0 } else { first.len_utf8() + second.len_utf8() }
        }
        _ => 0,
    }
}

/// Whether the number is part of a longer name, a fraction or a web address.
fn in_word(text: &str, start: usize, end: usize, kind: PersonalKind) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let previous = before.chars().next_back();
    let next = text.get(end..).and_then(|after| after.chars().next());
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    let fraction =
        previous == Some('.') && before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    if kind != PersonalKind::CitizenId && (letter(previous) || letter(next) || fraction) {
        return true;
    }
    // The rest of the word up to a blank, a bracket, a quotation mark or a
    // character that no address has.
    let word =
        before.rsplit(|c: char| !c.is_ascii() || c.is_ascii_whitespace() || "()<>\"'`".contains(c)).next();
    word.is_some_and(|word| word.contains("://") || word.starts_with("www."))
}
