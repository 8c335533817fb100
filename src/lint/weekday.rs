//! **`wrong-weekday`** (warning): a date and the weekday beside it disagree.
//!
//! 3月9日（周一）, where the day was a Tuesday. The year is the one written,
//! else that of the day nearest to the piece's own date; without either
//! nothing is said, nor where 去年 or the like stands before it.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::{Context, Found, Rule, digits_before};
use crate::diagnostic::TextFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    triggers: &["日（周", "日(周", "日（星期", "日(星期", "日星期", "日周", "日，星期", "日 星期"],
    judge,
};

fn judge(context: &Context<'_>, _: usize, trigger: Range<usize>) -> Option<Found> {
    let written = context.after(trigger.end).chars().next()?;
    let weekday = weekday(written)?;
    let before = context.before(trigger.start);
    let day = digits_before(before, 2);
    let before = before.strip_suffix(day)?.strip_suffix('月')?;
    let month = digits_before(before, 2);
    let before = before.strip_suffix(month)?;
    let year = before.strip_suffix('年').map(|before| digits_before(before, 4));
    let (month_number, day_number) = (month.parse().ok()?, day.parse().ok()?);
    let date = match year {
        Some(year) if year.len() == 4 => Date::new(year.parse().ok()?, month_number, day_number).ok()?,
        None if !OTHER_YEARS.iter().any(|word| before.ends_with(word)) => {
            let own = context.document.front.date.as_ref()?.value.civil.date();
            nearest(own, month_number, day_number)?
        }
        _ => return None,
    };
    if date.weekday() == weekday {
        return None;
    }
    let start = before.len() - year.map_or(0, |year| year.len() + '年'.len_utf8());
    let fault = TextFault::Weekday {
        date: date.to_string(),
        written: written.to_string(),
        right: name(date.weekday()).to_string(),
    };
    Some((Span::new(start, trigger.end + written.len_utf8()), fault))
}

/// Words after which a day is not one of the year around.
const OTHER_YEARS: [&str; 6] = ["去年", "前年", "明年", "上年", "次年", "当年"];

fn weekday(written: char) -> Option<Weekday> {
    Some(match written {
        '一' => Weekday::Monday,
        '二' => Weekday::Tuesday,
        '三' => Weekday::Wednesday,
        '四' => Weekday::Thursday,
        '五' => Weekday::Friday,
        '六' => Weekday::Saturday,
        '日' | '天' => Weekday::Sunday,
        _ => return None,
    })
}

fn name(weekday: Weekday) -> char {
    match weekday {
        Weekday::Monday => '一',
        Weekday::Tuesday => '二',
        Weekday::Wednesday => '三',
        Weekday::Thursday => '四',
        Weekday::Friday => '五',
        Weekday::Saturday => '六',
        Weekday::Sunday => '日',
    }
}

/// The day of that month nearest to `own`.
fn nearest(own: Date, month: i8, day: i8) -> Option<Date> {
    let years = [own.year() - 1, own.year(), own.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| (*date - own).get_days().abs())
}
