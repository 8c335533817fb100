//! What must not be published unseen, found in any text: articles, YAML,
//! attachments, file names, and whatever the program prints.
//!
//! [`numbers`] finds numbers that belong to a person, each with its kind, its
//! place in bytes, and how it may be shown; [`masked`] gives the text with
//! stars in the middle of each; [`secrecy_marks`] finds 秘密★1年 and its kin.
//! Each kind has one file here, whose doc comment is its manual and names the
//! standard that its rule comes from.
//!
//! **Invariants:** a number is found by its own structure (length, date, check
//! digit) or by the label before it, never by its length only. [`masked`]
//! keeps the number of characters and the width of each, so that columns and
//! carets stay right, and it finds nothing in what it has masked.

mod bank_card;
mod citizen_id;
mod digits;
mod labelled;
mod mobile_number;
mod runs;
mod secrecy;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use secrecy::{SecrecyMark, secrecy_marks};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonalKind {
    /// A citizen's ID number of 18 digits, its check digit right.
    CitizenId,
    /// An ID number of 18 digits but for its check digit.
    CitizenIdLike,
    /// An ID number of 15 digits, as issued until 1999.
    OldCitizenId,
    /// A mobile telephone number.
    Mobile,
    /// The number of a bank card.
    BankCard,
    /// The number of a passport, behind the word 护照.
    Passport,
    /// The number on a police officer's badge, behind the word 警号.
    Badge,
    /// A vehicle's number plate.
    Plate,
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalNumber {
    /// What it is.
    pub kind: PersonalKind,
    /// Its place, in bytes.
    pub range: Range<usize>,
    /// Its digits and letters, half-width and in capitals, without separators.
    pub spelled: String,
    /// How many characters may be shown at its beginning and at its end.
    visible: (usize, usize),
}

impl PersonalNumber {
    /// Beginning and end, with stars between: `110***********002X`.
    pub fn shown(&self) -> String {
        let (head, tail) = self.visible;
        let length = self.spelled.chars().count();
        let hidden = head..length.saturating_sub(tail);
        let star = |(at, c)| if hidden.contains(&at) { '*' } else { c };
        self.spelled.chars().enumerate().map(star).collect()
    }
}

/// The numbers in `text`, in its order.
pub fn numbers(text: &str) -> Vec<PersonalNumber> {
    runs::numbers(text)
}

/// `text` with a star for each digit in the middle of each number.
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = numbers(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for number in &found {
        out.push_str(text.get(from..number.range.start).unwrap_or_default());
        mask(text.get(number.range.clone()).unwrap_or_default(), number, &mut out);
        from = number.range.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Writes a number as it stands in its text, separators and widths included.
fn mask(written: &str, number: &PersonalNumber, out: &mut String) {
    let (head, tail) = number.visible;
    // A country's code stands before what is spelled.
    let signs = written.chars().filter(|c| is_sign(*c)).count();
    let own = number.spelled.chars().count();
    let hidden = (signs.saturating_sub(own) + head)..signs.saturating_sub(tail);
    let mut at = 0;
    for c in written.chars() {
        if !is_sign(c) {
            out.push(c);
            continue;
        }
        let star = if c.is_ascii() || !is_wide(c) { '*' } else { '＊' };
        out.push(if hidden.contains(&at) { star } else { c });
        at += 1;
    }
}

fn is_sign(c: char) -> bool {
    digits::digit(c).is_some() || c.is_alphabetic()
}

fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c).unwrap_or(1) > 1
}

/// An entry of an allow-list as numbers are spelled.
pub fn spelled(entry: &str) -> String {
    let own = |c: char| labelled::sign(c).or_else(|| c.is_alphabetic().then_some(c));
    let spelled: String = entry.chars().filter_map(own).collect();
    match spelled.strip_prefix("86") {
        Some(mobile) if mobile.len() == 11 => mobile.to_owned(),
        _ => spelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected);
        assert_eq!(masked(expected), expected, "masking what is masked changes nothing");
        assert_eq!(text.chars().count(), expected.chars().count());
    }

    #[test]
    fn the_middle_of_each_number_is_masked() {
        check("李四 11010519491231002X 13912345678", "李四 110***********002X 139****5678");
        check("电话：+86 139 1234 5678。", "电话：+86 139 **** 5678。");
        check("电话：8613912345678", "电话：86139****5678");
        check("１３９１２３４５６７８", "１３９＊＊＊＊５６７８");
        check("卡号6222021302011234563", "卡号6222***********4563");
        check("证件110105491231002", "证件110********1002");
        check("护照号码：E12345678", "护照号码：E1*****78");
        check("警号012345", "警号0***45");
        check("车牌豫L·A1234警", "车牌豫L·***34警");
        let cells = |text: &str| text.chars().map(String::from).collect::<Vec<_>>().join("\t");
        check(&cells("11010519491231002X"), &cells("110***********002X"));
        check("110 1051949 1 23100 2X", "110 ******* * ***00 2X");
        check("139 - 1234 - 5678，139\u{200B}12345678", "139 - **** - 5678，139\u{200B}****5678");
        check("\u{1D7D9}3912345678", "\u{1D7D9}39****5678");
        check("138\t1234\t5678\t110105\t19491231\t0021", "138\t1234\t5678\t110105\t19491231\t0021");
        check("会议3月8日召开，反馈15条", "会议3月8日召开，反馈15条");
    }
}
