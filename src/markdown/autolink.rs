//! Bare addresses in text: `https://…`, `www.…`, `name@host`.
//!
//! The rules are GitHub's ([GFM 6.9](https://github.github.com/gfm/#autolinks-extension-)),
//! with two changes for text without spaces: an address may follow a Chinese
//! character directly, and it ends where Chinese or its punctuation begins:
//! `详见https://www.gov.cn/a。` and `访问www.gov.cn查看`.

use std::ops::Range;

use crate::text::is_cjk;

/// A bare address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Autolink {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// What its text lacks to be a URL: `""`, `http://` or `mailto:`.
    pub(super) prefix: &'static str,
}

/// The longest host name that DNS allows; longer ones are not looked through.
const MAX_HOST: usize = 253;

/// The bare addresses of `text`, in order.
pub(super) struct Autolinks<'t> {
    text: &'t str,
    /// Where to go on looking; what is before belongs to an earlier address.
    at: usize,
    floor: usize,
}

impl<'t> Autolinks<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, floor: 0 }
    }

    fn from(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }
}

/// Whether `text` may hold an address at all.
pub(super) fn may_hold(text: &str) -> bool {
    // Without a branch a byte, the compiler takes many bytes at a time.
    let is = |b: u8| u8::from(b == b':') | u8::from(b == b'@') | u8::from(b == b'w') | u8::from(b == b'W');
    text.bytes().fold(0, |held, b| held | is(b)) != 0
}

impl Iterator for Autolinks<'_> {
    type Item = Autolink;

    fn next(&mut self) -> Option<Autolink> {
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let found = rest.iter().position(|b| matches!(b, b':' | b'@' | b'w' | b'W'))? + self.at;
            self.at = found + 1;
            let link = match self.text.as_bytes().get(found) {
                Some(b':') => self.web(found),
                Some(b'@') => self.mail(found),
                _ => self.www(found),
            };
            if let Some(link) = link {
                self.at = link.range.end;
                self.floor = link.range.end;
                return Some(link);
            }
        }
    }
}

impl Autolinks<'_> {
    /// `http://` and `https://`, seen from their colon.
    fn web(&self, colon: usize) -> Option<Autolink> {
        let host = self.from(colon).strip_prefix("://")?;
        let before = self.text.get(self.floor..colon)?;
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let scheme = before.get(before.len() - letters..)?;
        if !(scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) {
            return None;
        }
        host_length(host, 0)?;
        let start = colon - letters;
        let end = colon + 3 + address_length(host);
        (end > colon + 3).then_some(Autolink { range: start..end, prefix: "" })
    }

    /// `www.`, seen from its first letter.
    fn www(&self, start: usize) -> Option<Autolink> {
        let rest = self.from(start);
        if !rest.get(..4)?.eq_ignore_ascii_case("www.") {
            return None;
        }
        let before = self.text.get(self.floor..start)?.chars().next_back();
        let free = before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(c, '*' | '_' | '~' | '(' | '[' | '"' | '\'')
                || !(c.is_ascii() || c.is_alphanumeric())
                || is_cjk(c)
        });
        if !free {
            return None;
        }
        host_length(rest.get(4..)?, 1)?;
        Some(Autolink { range: start..start + address_length(rest), prefix: "http://" })
    }

    /// A mail address, seen from its `@`.
    fn mail(&self, at: usize) -> Option<Autolink> {
        let before = self.text.get(self.floor..at)?;
        let name = before.bytes().rev().take_while(|b| is_mail_byte(*b)).count();
        if name == 0 {
            return None;
        }
        let rest = self.from(at + 1).as_bytes();
        let mut length = 0;
        let mut dots = 0;
        while let Some(byte) = rest.get(length).filter(|_| length < MAX_HOST) {
            match byte {
                b'.' if rest.get(length + 1).is_some_and(u8::is_ascii_alphanumeric) => dots += 1,
                b'-' | b'_' => {}
                b'@' => return None,
                byte if byte.is_ascii_alphanumeric() => {}
                _ => break,
            }
            length += 1;
        }
        let ends_well =
            length.checked_sub(1).and_then(|last| rest.get(last)).is_some_and(u8::is_ascii_alphabetic);
        if dots == 0 || !ends_well {
            return None;
        }
        let start = at - name;
        let range = start..at + 1 + length;
        let mailto = before.get(..before.len() - name).filter(|head| head.ends_with("mailto:"));
        Some(match mailto {
            Some(_) => Autolink { range: start - "mailto:".len()..range.end, prefix: "" },
            None => Autolink { range, prefix: "mailto:" },
        })
    }
}

fn is_mail_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_')
}

/// The length of the host name that `text` begins with, if it is one with at
/// least `dots` dots and no `_` in its last two parts.
fn host_length(text: &str, dots: usize) -> Option<usize> {
    let length = text
        .char_indices()
        .take_while(|(at, c)| {
            *at < MAX_HOST && (matches!(c, '-' | '_' | '.') || (c.is_alphanumeric() && !is_cjk(*c)))
        })
        .map(|(at, c)| at + c.len_utf8())
        .last()?;
    let host = text.get(..length)?;
    let mut parts = host.rsplit('.');
    let last_two_clean = parts.by_ref().take(2).all(|part| !part.contains('_'));
    let enough = host.bytes().filter(|b| *b == b'.').count() >= dots;
    (last_two_clean && enough && host.starts_with(char::is_alphanumeric)).then_some(length)
}

/// The length of the address that `text` begins with, without the punctuation
/// that belongs to the sentence around it.
fn address_length(text: &str) -> usize {
    let ends = |c: char| {
        c == '<' || c.is_whitespace() || is_cjk(c) || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
    };
    let mut link = text.split(ends).next().unwrap_or_default();
    let count = |link: &str, sign: u8| link.bytes().filter(|b| *b == sign).count();
    let opened = count(link, b'(');
    let mut closed = count(link, b')');
    while let Some(last) = link.chars().next_back() {
        let keep = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => link.len() - 1,
            ')' if closed > opened => {
                closed -= 1;
                link.len() - 1
            }
            ';' => before_entity(link),
            _ => break,
        };
        link = link.get(..keep).unwrap_or_default();
    }
    link.len()
}

/// Where `link`, which ends in `;`, ends without that and without the entity
/// that it may close: `&hl;`.
fn before_entity(link: &str) -> usize {
    let inner = link.len() - 1;
    let head = link.get(..inner).unwrap_or_default();
    let letters = head.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let start = inner - letters;
    let entity = letters > 0 && head.get(..start).is_some_and(|before| before.ends_with('&'));
    if entity { start - 1 } else { inner }
}
