//! **`citizen-id`** (error): a citizen's ID number in a text; and
//! **`citizen-id-like`** (warning): a number that is one but for its check
//! digit.
//!
//! GB 11643-1999: six digits of area, the date of birth, three of order, and a
//! check digit by ISO 7064 MOD 11-2, of which ten is written X. With a date
//! that exists and the right check digit it is no accident. Publish
//! `410***********1234`, or nothing; 《个人信息保护法》 leaves no other choice.

use jiff::civil::Date;

use super::digits::{Number, masked};
use crate::diagnostic::TextFault;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const CHECK: [u8; 11] = *b"10X98765432";

pub(super) fn judge(number: Number<'_>) -> Option<TextFault> {
    let last = match number.digits.len() {
        18 => *number.digits.last()?,
        17 if number.cross => b'X',
        _ => return None,
    };
    if !is_area(number.digits) || !is_birthday(number.digits) {
        return None;
    }
    let sum: u32 =
        number.digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let mut shown = number.digits.to_vec();
    if last == b'X' {
        shown.push(b'X');
    }
    let number_shown = masked(&shown, 3, 4);
    if CHECK.get(sum as usize % 11) == Some(&last) {
        return Some(TextFault::CitizenId { number: number_shown });
    }
    // Groups that merely add up to eighteen digits prove nothing.
    (number.groups.len() == 1).then_some(TextFault::CitizenIdLike { number: number_shown })
}

/// The first two digits are a province's.
fn is_area(digits: &[u8]) -> bool {
    let Some([tens, ones]) = digits.first_chunk::<2>() else { return false };
    matches!((tens - b'0') * 10 + (ones - b'0'),
        11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Digits 7 to 14 are a day on which somebody now alive, or nearly, was born.
fn is_birthday(digits: &[u8]) -> bool {
    let number = |from: usize, to: usize| {
        let part = digits.get(from..to).unwrap_or_default();
        part.iter().fold(0_i16, |number, digit| number * 10 + i16::from(digit - b'0'))
    };
    let (Ok(month), Ok(day)) = (i8::try_from(number(10, 12)), i8::try_from(number(12, 14))) else {
        return false;
    };
    (1900..=2049).contains(&number(6, 10)) && Date::new(number(6, 10), month, day).is_ok()
}
