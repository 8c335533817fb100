//! **`no-such-date`** (warning): a day that no calendar has.
//!
//! 2月30日, 4月31日, 13月5日; 2月29日 only with a year written that is no leap
//! year.

use std::ops::Range;

use jiff::civil::Date;

use super::{Context, Found, Rule, digits_after, digits_before};
use crate::diagnostic::TextFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule { triggers: &["月"], judge };

fn judge(context: &Context<'_>, _: usize, trigger: Range<usize>) -> Option<Found> {
    let day = digits_after(context.after(trigger.end), 3);
    let before = context.before(trigger.start);
    let month = digits_before(before, 3);
    // 3月8日, not 2021年1—3月 nor 3月300人.
    if !(1..=2).contains(&day.len()) || !(1..=2).contains(&month.len()) {
        return None;
    }
    let unit = context.after(trigger.end + day.len()).chars().next().filter(|c| matches!(c, '日' | '号'))?;
    let before = before.strip_suffix(month)?;
    let year =
        before.strip_suffix('年').map(|before| digits_before(before, 4)).filter(|year| year.len() == 4);
    // A leap year, where none is written.
    let calendar = year.map_or(Ok(2000), str::parse).ok()?;
    if Date::new(calendar, month.parse().ok()?, day.parse().ok()?).is_ok() {
        return None;
    }
    let start = before.len() - year.map_or(0, |year| year.len() + '年'.len_utf8());
    let span = Span::new(start, trigger.end + day.len() + unit.len_utf8());
    let date = context.text.get(start..span.end as usize)?.to_owned();
    Some((span, TextFault::NoSuchDate { date }))
}
