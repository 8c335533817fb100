//! Moments in the forms that pages use.

use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};
use serde::{Serialize, Serializer};

use crate::document::Moment;
use crate::view::DateView;
use crate::yaml::Period;

/// A moment that keys can hold: it serialises as a few small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub Moment);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let civil = self.0.civil;
        let day = (civil.year(), civil.month(), civil.day());
        (day, (civil.hour(), civil.minute(), civil.second()), self.0.has_time).serialize(serializer)
    }
}

impl Stamp {
    /// The beginning of `day`.
    pub(crate) fn of_day(day: Date) -> Self {
        Self(Moment { civil: day.to_datetime(jiff::civil::Time::midnight()), has_time: false })
    }

    /// The day.
    pub(crate) fn day(self) -> Date {
        self.0.civil.date()
    }

    /// RFC 3339 with the offset of `zone`: `2021-03-19T09:40:00+08:00`.
    pub(crate) fn rfc3339(self, zone: &TimeZone) -> String {
        let civil = self.0.civil;
        let seconds = offset(self, zone).seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
        format!(
            "{}T{:02}:{:02}:{:02}{sign}{hours:02}:{minutes:02}",
            civil.date(),
            civil.hour(),
            civil.minute(),
            civil.second()
        )
    }

    /// `2021-03-19 09:40`, a time always.
    pub(crate) fn minutes(self) -> String {
        let civil = self.0.civil;
        format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute())
    }

    /// Every form that pages use.
    pub(crate) fn view(self, zone: &TimeZone) -> DateView {
        let day = self.day();
        DateView {
            iso: self.rfc3339(zone),
            date: day.to_string(),
            full: if self.0.has_time { self.minutes() } else { day.to_string() },
            day: format!("{}月{}日", day.month(), day.day()),
            long: format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            weekday: weekday(day.weekday()).to_owned(),
            year: day.year(),
            month: day.month(),
        }
    }
}

/// A period in the forms of its first day, with words for the whole.
pub(crate) fn period_view(period: Period, zone: &TimeZone) -> DateView {
    let Period { start, end, by_month } = period;
    let mut view = Stamp::of_day(start).view(zone);
    let same_month = (start.year(), start.month()) == (end.year(), end.month());
    if by_month {
        view.day = format!("{}月", start.month());
        if same_month {
            view.date = format!("{:04}-{:02}", start.year(), start.month());
        }
    }
    let until = match (by_month, start == end || (by_month && same_month)) {
        (_, true) => String::new(),
        (true, _) if start.year() == end.year() => format!("—{}月", end.month()),
        (true, _) => format!("—{}年{}月", end.year(), end.month()),
        (false, _) if same_month => format!("—{}日", end.day()),
        (false, _) if start.year() == end.year() => format!("—{}月{}日", end.month(), end.day()),
        (false, _) => format!("—{}年{}月{}日", end.year(), end.month(), end.day()),
    };
    view.day += &until;
    view.long = format!("{}年{}", start.year(), view.day);
    view.full.clone_from(&view.long);
    view
}

/// The offset of `zone` at a local time; where the clocks are set forward or
/// back, as RFC 5545 has it.
fn offset(stamp: Stamp, zone: &TimeZone) -> Offset {
    zone.to_ambiguous_timestamp(stamp.0.civil)
        .compatible()
        .map_or(Offset::UTC, |timestamp| zone.to_offset(timestamp))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}
