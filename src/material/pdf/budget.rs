//! What reading a PDF's pages would cost, told from their bytes before they
//! are interpreted.
//!
//! **Invariant:** a text is scanned once, byte by byte, and nothing of it is
//! kept.

use std::io::{Error, Write};

/// The most work that all pages together may make; a plain operator is 1.
const MOST_WORK: u64 = 4_000_000;

/// The most bytes of strings that one operator may be given. One string of a
/// page has at most 32,767 (ISO 32000-1, annex C.2); a line of text has some
/// hundreds.
const MOST_STRINGS: usize = 65_536;

/// Reads the content of pages and forms and adds up what it would cost. Stops
/// with an error at what no page holds.
pub(super) struct Meter {
    /// What may still be unpacked, in bytes.
    pub(super) left: usize,
    work: u64,
    strings: usize,
    state: State,
    /// The first bytes of the word that is being read, and how many there are.
    word: ([u8; 3], usize),
    last: [u8; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Words,
    /// A name, whose letters are no operator.
    Name,
    Comment,
    /// A string in so many brackets, and whether a backslash was before.
    String(usize, bool),
    /// Behind a `<`: a string in digits, or a dictionary.
    Angle,
    Digits,
    /// The pixels of an inline picture, up to `EI`.
    Pixels,
}

impl Meter {
    /// Nothing was read so far; `left` bytes may be.
    pub(super) fn new(left: usize) -> Self {
        Self { left, work: 0, strings: 0, state: State::Words, word: ([0; 3], 0), last: [0; 2] }
    }

    /// Another content begins.
    pub(super) fn begin(&mut self) {
        self.end_word();
        (self.state, self.strings, self.last) = (State::Words, 0, [0; 2]);
    }

    /// Whether it is more than any document costs.
    pub(super) fn is_exceeded(&self) -> bool {
        self.left == 0 || self.work > MOST_WORK || self.strings > MOST_STRINGS
    }

    fn byte(&mut self, byte: u8) {
        match self.state {
            State::Words | State::Name => self.between(byte),
            State::Comment => {
                if matches!(byte, b'\r' | b'\n') {
                    self.state = State::Words;
                }
            }
            State::String(depth, escaped) => {
                self.strings += 1;
                self.state = match byte {
                    _ if escaped => State::String(depth, false),
                    b'\\' => State::String(depth, true),
                    b'(' => State::String(depth + 1, false),
                    b')' if depth == 1 => State::Words,
                    b')' => State::String(depth - 1, false),
                    _ => State::String(depth, false),
                };
            }
            State::Angle if byte == b'<' => self.state = State::Words,
            State::Angle | State::Digits => {
                self.strings += 1;
                self.state = if byte == b'>' { State::Words } else { State::Digits };
            }
            State::Pixels => {
                if self.last == *b"EI" && byte.is_ascii_whitespace() {
                    self.state = State::Words;
                }
                let [_, before] = self.last;
                self.last = [before, byte];
            }
        }
    }

    fn between(&mut self, byte: u8) {
        let separates = byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte);
        if !separates {
            if self.state == State::Words {
                let (word, length) = &mut self.word;
                if let Some(slot) = word.get_mut(*length) {
                    *slot = byte;
                }
                *length += 1;
            }
            return;
        }
        self.end_word();
        if self.state == State::Pixels {
            return;
        }
        self.state = match byte {
            b'(' => State::String(1, false),
            b'<' => State::Angle,
            b'/' => State::Name,
            b'%' => State::Comment,
            _ => State::Words,
        };
    }

    /// What a word was: an operator, a number, or nothing.
    fn end_word(&mut self) {
        let (word, length) = std::mem::take(&mut self.word);
        let Some(word) = word.get(..length.min(3)).filter(|word| !word.is_empty()) else { return };
        if !matches!(word.first(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"')) {
            return;
        }
        // Those that look something up, or set something up, take longer.
        self.work += match word {
            b"Tf" | b"Do" | b"BI" | b"gs" | b"sh" | b"cs" | b"CS" | b"scn" | b"SCN" => 20,
            _ => 1,
        };
        if word == b"ID" {
            (self.state, self.last) = (State::Pixels, [0; 2]);
        }
        if !self.is_exceeded() {
            self.strings = 0;
        }
    }
}

impl Write for Meter {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        self.left = self.left.saturating_sub(part.len());
        for byte in part {
            self.byte(*byte);
        }
        if self.is_exceeded() { Err(Error::other("no page is like this")) } else { Ok(part.len()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(content: &[u8]) -> Option<u64> {
        let mut meter = Meter::new(1 << 20);
        let read = meter.write_all(content);
        meter.begin();
        read.ok().map(|()| meter.work)
    }

    #[test]
    fn operators_are_counted_and_what_only_looks_like_one_is_not() {
        assert_eq!(work(b"q 1 0 0 1 72.5 720 cm Q"), Some(3));
        assert_eq!(work(b"BT /Tf 12 Tf (q Q \\) Q) Tj [(Do) -20 <4446>] TJ ET"), Some(24));
        assert_eq!(work(b"/P <</MCID 0>> BDC % Q Q Q\nEMC"), Some(2));
        assert_eq!(work(b"BI /W 1 ID q (( Q EI Q"), Some(22));
    }

    #[test]
    fn strings_longer_than_any_are_refused() {
        let long = [b"(".as_slice(), &b"a".repeat(70_000), b") Tj"].concat();
        assert_eq!(work(&long), None);
        let line = [b"(".as_slice(), &b"a".repeat(30_000), b") Tj "].concat();
        assert_eq!(work(&line.repeat(5)), Some(5));
    }
}
