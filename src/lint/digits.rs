//! Numbers of people: what runs of digits in a text are.
//!
//! Digits may be full-width, and parts of a number may stand apart by one
//! blank or hyphen, as in `138 1234 5678`. Each rule says what it takes for
//! its own; the first that does has it.

use std::ops::Range;

use super::{Context, Found, MOST, bank_card, citizen_id, mobile_number};
use crate::diagnostic::TextFault;
use crate::text::Span;

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
    /// Whether an X, as at an ID number's end, follows at once; its length.
    cross: usize,
}

/// Some groups of a run that may be one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'r> {
    /// ASCII digits.
    pub digits: &'r [u8],
    /// How many digits each group has.
    pub groups: &'r [Range<usize>],
    /// Whether an X follows.
    pub cross: bool,
}

impl Number<'_> {
    /// Whether the groups have these lengths.
    pub(super) fn is_grouped(&self, lengths: &[usize]) -> bool {
        self.groups.iter().map(ExactSizeIterator::len).eq(lengths.iter().copied())
    }
}

/// The longest number that any rule knows.
const LONGEST: usize = 19;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let allowed: Vec<String> = context.options.allow.iter().map(|entry| narrowed(entry)).collect();
    let mut run = Run::default();
    let mut at = 0;
    let mut count = 0;
    while let Some(start) = next_digit(context.text, at) {
        run.read(context.text, start);
        at = run.end;
        if run.digits.len() < 11 || count >= MOST {
            continue;
        }
        let mut group = 0;
        while group < run.groups.len() {
            match run.judge(context, group, &allowed) {
                Some((taken, one)) => {
                    group += taken;
                    count += usize::from(one.is_some());
                    found.extend(one);
                }
                None => group += 1,
            }
        }
    }
}

/// The digits and a final X of an entry of the allow-list.
fn narrowed(entry: &str) -> String {
    entry.chars().filter_map(|c| digit(c).map(char::from).or((c == 'X' || c == 'x').then_some('X'))).collect()
}

/// The place of the next digit, half or full width, at or after `from`.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| byte.is_ascii_digit() || *byte == 0xEF)?;
        match bytes.get(at..at + 3) {
            Some([0xEF, 0xBC, 0x90..=0x99]) => return Some(at),
            _ if bytes.get(at)?.is_ascii_digit() => return Some(at),
            _ => at += 1,
        }
    }
}

/// A decimal digit, half or full width, as an ASCII one.
fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => u8::try_from(c).ok(),
        '０'..='９' => u8::try_from(c as u32 - '０' as u32).ok().map(|value| b'0' + value),
        _ => None,
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{A0}' | '\u{3000}' | '－' | '‐' | '–')
}

impl Run {
    /// Reads the run that begins at byte `from`.
    fn read(&mut self, text: &str, from: usize) {
        self.digits.clear();
        self.starts.clear();
        self.groups.clear();
        self.cross = 0;
        self.end = from;
        let mut open = 0;
        let mut chars = text.get(from..).unwrap_or("").char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if let Some(value) = digit(c) {
                self.digits.push(value);
                self.starts.push(from + at);
                self.end = from + at + c.len_utf8();
                continue;
            }
            if is_separator(c) && chars.peek().is_some_and(|(_, next)| digit(*next).is_some()) {
                self.groups.push(open..self.digits.len());
                open = self.digits.len();
                continue;
            }
            if matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ') {
                self.cross = c.len_utf8();
            }
            break;
        }
        self.groups.push(open..self.digits.len());
    }

    /// What the groups from `first` on are; how many they are, and the
    /// finding, if it is not an allowed one.
    fn judge(
        &self,
        context: &Context<'_>,
        first: usize,
        allowed: &[String],
    ) -> Option<(usize, Option<Found>)> {
        let most = self.groups.len() - first;
        for taken in 1..=most.min(6) {
            let groups = self.groups.get(first..first + taken)?;
            let range = groups.first()?.start..groups.last()?.end;
            if range.len() > LONGEST {
                break;
            }
            let last = first + taken == self.groups.len();
            let number =
                Number { digits: self.digits.get(range.clone())?, groups, cross: last && self.cross > 0 };
            let Some(fault) = [citizen_id::judge, mobile_number::judge, bank_card::judge]
                .into_iter()
                .find_map(|judge| judge(number))
            else {
                continue;
            };
            let with_cross = number.cross && range.len() == 17;
            let start = *self.starts.get(range.start)?;
            let end = if with_cross {
                self.end + self.cross
            } else if last {
                self.end
            } else {
                let last_digit = *self.starts.get(range.end - 1)?;
                last_digit + context.after(last_digit).chars().next().map_or(1, char::len_utf8)
            };
            let mut spelled = String::from_utf8_lossy(number.digits).into_owned();
            if with_cross {
                spelled.push('X');
            }
            let fine = allowed.contains(&spelled) || in_word(context, start, end, &fault);
            return Some((taken, (!fine).then(|| (Span::new(start, end), fault))));
        }
        None
    }
}

/// Whether the number is part of a longer name, a fraction or a web address.
fn in_word(context: &Context<'_>, start: usize, end: usize, fault: &TextFault) -> bool {
    let before = context.before(start);
    let previous = before.chars().next_back();
    let next = context.after(end).chars().next();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    let fraction =
        previous == Some('.') && before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    let personal = matches!(fault, TextFault::CitizenId { .. });
    if !personal && (letter(previous) || letter(next) || fraction) {
        return true;
    }
    // The rest of the word up to a blank, a bracket, a quotation mark or a
    // character that no address has.
    let word =
        before.rsplit(|c: char| !c.is_ascii() || c.is_ascii_whitespace() || "()<>\"'`".contains(c)).next();
    word.is_some_and(|word| word.contains("://") || word.starts_with("www."))
}

/// The digits as a finding may show them: beginning and end.
pub(super) fn masked(digits: &[u8], head: usize, tail: usize) -> String {
    let text = String::from_utf8_lossy(digits);
    let stars = digits.len().saturating_sub(head + tail);
    let (first, last) = (text.get(..head).unwrap_or(""), text.get(head + stars..).unwrap_or(""));
    format!("{first}{}{last}", "*".repeat(stars))
}
