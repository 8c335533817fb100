//! Moments in the forms that pages use.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Moment;
use crate::markdown::EventDate;
use crate::view::DateView;

use super::local::Local;

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

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        type Parts = ((i16, i8, i8), (i8, i8, i8), bool);
        let ((year, month, day), (hour, minute, second), has_time) = Parts::deserialize(deserializer)?;
        let civil = DateTime::new(year, month, day, hour, minute, second, 0).map_err(D::Error::custom)?;
        Ok(Self(Moment { civil, has_time }))
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
    pub(crate) fn view(self, local: &Local) -> DateView {
        let day = self.day();
        DateView {
            iso: self.rfc3339(&local.zone),
            date: day.to_string(),
            full: if self.0.has_time { self.minutes() } else { day.to_string() },
            day: local.day(day),
            long: local.full(day),
            weekday: local.text(&format!("weekday.{}", day.weekday().to_monday_one_offset())),
            year: day.year(),
            month: day.month(),
        }
    }
}

/// A date of a timeline in the forms of its first day, with words for the whole: `3月12日—16日`.
pub(crate) fn period_view(date: EventDate, local: &Local) -> DateView {
    let EventDate { start, end, by_month } = date;
    let mut view = Stamp::of_day(start).view(local);
    let same_month = (start.year(), start.month()) == (end.year(), end.month());
    if by_month {
        view.day = local.month_name(start.month());
        view.long = local.month(start.year(), start.month());
        if same_month {
            view.date = format!("{:04}-{:02}", start.year(), start.month());
        }
    }
    if start != end && !(by_month && same_month) {
        let same_year = start.year() == end.year();
        let until = match (by_month, same_year) {
            (true, true) => local.month_name(end.month()),
            (true, false) => local.month(end.year(), end.month()),
            (false, true) => local.day(end),
            (false, false) => local.full(end),
        };
        // Where the month's name comes first, it is said once.
        let month = view.day.find('月').map(|at| at + '月'.len_utf8()).filter(|_| same_month && !by_month);
        let shared = month.and_then(|at| view.day.get(..at)).unwrap_or_default();
        let until = until.strip_prefix(shared).unwrap_or(&until);
        view.day = format!("{}—{until}", view.day);
        view.long = format!("{}—{until}", view.long);
    }
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
