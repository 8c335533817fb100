//! **`citizen-id`** (error), **`citizen-id-like`**, **`mobile-number`**,
//! **`bank-card`**, **`passport-number`**, **`badge-number`**,
//! **`number-plate`** (warnings): a number that belongs to a person.
//!
//! Two lists of staff with their numbers were enough for a public reprimand.
//! Numbers that are meant for the public stand in the config:
//! `allow: [13800000000]`. Landlines of offices are public and not looked for.
//! What each number is known by stands in [`crate::sensitive`].

use super::{MOST, Options};
use crate::diagnostic::SensitiveFault;
use crate::sensitive;
use crate::text::Span;

pub(super) fn check(text: &str, options: &Options, found: &mut Vec<(Span, SensitiveFault)>) {
    let numbers = sensitive::numbers(text).into_iter();
    let unasked = numbers.filter(|number| !options.allow_spelled.contains(&number.spelled));
    found.extend(unasked.take(MOST).map(|number| {
        let fault = SensitiveFault::Number { kind: number.kind, number: number.shown() };
        (Span::new(number.range.start, number.range.end), fault)
    }));
}
