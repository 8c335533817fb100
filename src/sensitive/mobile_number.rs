//! **`mobile-number`**: a mobile telephone number.
//!
//! Eleven digits from 13 to 19, with or without +86, together or as 3-4-4. Two
//! lists of staff with their numbers were enough for a public reprimand.
//! Numbers that are meant for the public stand in the config:
//! `allow: [13800000000]`. Landlines of offices are public and not looked for.

use super::PersonalKind;
use super::digits::Number;

pub(super) fn judge(number: Number<'_>) -> Option<(PersonalKind, usize)> {
    let layouts: [&[usize]; 6] = [&[11], &[3, 4, 4], &[13], &[2, 11], &[2, 3, 4, 4], &[4, 3, 4]];
    if !layouts.iter().any(|layout| number.is_grouped(layout)) {
        return None;
    }
    let own = match number.digits.len() {
        13 => number.digits.strip_prefix(b"86")?,
        _ => number.digits,
    };
    let mobile = matches!(own, [b'1', b'3'..=b'9', ..]);
    mobile.then_some((PersonalKind::Mobile, own.len()))
}
