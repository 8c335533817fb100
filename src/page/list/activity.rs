//! How many pieces appeared week by week, or month by month.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::view::Period;

use crate::page::frame::facts::days_between;
use crate::page::frame::local::Local;

/// So many weeks stand side by side; where there are more it is months.
const WEEKS: i32 = 16;
/// The most periods that are shown; the last of them.
const MOST: usize = 24;

/// The periods between the first and the last of some days.
#[derive(Debug)]
pub(crate) struct Activity {
    weekly: bool,
    /// The first day of each period, ascending, without gaps.
    starts: Vec<Date>,
}

impl Activity {
    /// The periods that `days` lie in; `None` without days.
    pub(crate) fn from_days(days: impl Iterator<Item = Date>) -> Option<Self> {
        let (first, last) = days.fold(None, |range: Option<(Date, Date)>, day| {
            Some(range.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        })?;
        let monday = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
        let weekly = days_between(monday, last) < WEEKS * 7;
        let mut starts: Vec<Date> = if weekly {
            monday.series(1.week()).take_while(|start| *start <= last).collect()
        } else {
            first.first_of_month().series(1.month()).take_while(|start| *start <= last).collect()
        };
        starts.drain(..starts.len().saturating_sub(MOST));
        Some(Self { weekly, starts })
    }

    /// How many of `days` lie in each period.
    pub(crate) fn counts(&self, days: impl Iterator<Item = Date>) -> Vec<usize> {
        let mut counts = vec![0; self.starts.len()];
        for day in days {
            let at = self.starts.partition_point(|start| *start <= day);
            if let Some(count) = at.checked_sub(1).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        counts
    }

    /// The periods in words.
    pub(crate) fn periods(&self, local: &Local) -> Vec<Period> {
        let period = |start: &Date| {
            if self.weekly {
                let long = local.fill("date.week", &[("day", &local.full(*start))]);
                Period { title: local.day(*start), long }
            } else {
                let long = local.month(start.year(), start.month());
                Period { title: local.month_name(start.month()), long }
            }
        };
        self.starts.iter().map(period).collect()
    }
}
