//! **`bank-card`**: the number of a bank card.
//!
//! Sixteen to nineteen digits, together or in fours, that begin as `UnionPay`'s
//! (62), Visa's (4) or Mastercard's (51 to 55) do and pass the check of ISO/IEC
//! 7812 (Luhn).

use super::PersonalKind;
use super::digits::Number;

pub(super) fn judge(number: Number<'_>) -> Option<(PersonalKind, usize)> {
    let digits = number.digits;
    let known = match digits {
        [b'6', b'2', ..] => (16..=19).contains(&digits.len()),
        [b'4', ..] | [b'5', b'1'..=b'5', ..] => digits.len() == 16,
        _ => false,
    };
    let (last, fours) = number.groups.split_last()?;
    let grouped = fours.is_empty() || (fours.iter().all(|group| group.len() == 4) && last.len() <= 4);
    (known && grouped && is_luhn(digits)).then_some((PersonalKind::BankCard, digits.len()))
}

fn is_luhn(digits: &[u8]) -> bool {
    let doubled = digits.iter().rev().enumerate().map(|(at, digit)| {
        let value = u32::from(digit - b'0') << (at % 2);
        value / 10 + value % 10
    });
    doubled.sum::<u32>() % 10 == 0
}
