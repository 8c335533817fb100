//! **`citizen-id`**: a citizen's ID number; **`citizen-id-like`**: a number that
//! is one but for its check digit, or one of 15 digits.
//!
//! GB 11643-1999: six digits of area, the date of birth, three of order, and a
//! check digit by ISO 7064 MOD 11-2, of which ten is written X. With a date
//! that exists and the right check digit it is no accident. Publish
//! `410***********1234`, or nothing; 《个人信息保护法》 leaves no other choice.
//! Until 1999 (GB 11643-1989) numbers had a year of two digits and no check
//! digit: one number of 15 digits in about a hundred looks like one.

use jiff::civil::Date;

use super::PersonalKind;
use super::digits::Number;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const CHECK: [u8; 11] = *b"10X98765432";

pub(super) fn judge(number: Number<'_>) -> Option<(PersonalKind, usize)> {
    let digits = number.digits;
    let last = match digits.len() {
        15 => return is_old(number).then_some((PersonalKind::OldCitizenId, 15)),
        18 => *digits.last()?,
        17 if number.cross => b'X',
        _ => return None,
    };
    if !is_area(digits) || !is_birthday(digits) {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECK.get(sum as usize % 11) == Some(&last) {
        return Some((PersonalKind::CitizenId, digits.len()));
    }
    // Groups that merely add up to eighteen digits prove nothing.
    (number.groups.len() == 1).then_some((PersonalKind::CitizenIdLike, digits.len()))
}

/// Fifteen digits without a check digit: area, year of two digits, month, day,
/// order. In one group, so that sums and tables are left alone.
fn is_old(number: Number<'_>) -> bool {
    let digits = number.digits;
    let area = digits.get(2..6).is_some_and(|rest| rest.iter().any(|digit| *digit != b'0'));
    let order = digits.get(12..).is_some_and(|order| order != b"000");
    number.groups.len() == 1
        && is_area(digits)
        && area
        && order
        && is_day(1900 + value(digits, 6, 8), value(digits, 8, 10), value(digits, 10, 12))
}

/// The first two digits are a province's.
fn is_area(digits: &[u8]) -> bool {
    let Some([tens, ones]) = digits.first_chunk::<2>() else { return false };
    matches!((tens - b'0') * 10 + (ones - b'0'),
        11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Digits 7 to 14 are a day on which somebody now alive, or nearly, was born.
fn is_birthday(digits: &[u8]) -> bool {
    let year = value(digits, 6, 10);
    (1900..=2049).contains(&year) && is_day(year, value(digits, 10, 12), value(digits, 12, 14))
}

/// The number that these digits are.
fn value(digits: &[u8], from: usize, to: usize) -> i16 {
    let part = digits.get(from..to).unwrap_or_default();
    part.iter().fold(0_i16, |number, digit| number * 10 + i16::from(digit - b'0'))
}

fn is_day(year: i16, month: i16, day: i16) -> bool {
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    Date::new(year, month, day).is_ok()
}
