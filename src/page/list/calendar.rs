//! The study calendar: the months of the campaign as grids of days.
//!
//! Takes the phases and what their page tells; gives, for each month that a
//! phase with study days touches, its weeks. A day that has events leads to the first of them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::memo::Fact;
use crate::view::{CalendarDay, CalendarMonth, PhaseView};

use crate::page::frame::facts::PhaseFacts;
use crate::page::frame::local::Local;

/// The most months that are drawn; the first of them.
const MOST: usize = 24;

/// The months that phases with study days touch; none where there are none.
pub(crate) fn months(
    phases: &[Fact<PhaseFacts>],
    told: &[PhaseView],
    today: Date,
    local: &Local,
) -> Vec<CalendarMonth> {
    let studying = || phases.iter().filter(|phase| !phase.study_days.is_empty());
    let first = studying().map(|phase| phase.start).min();
    let last = studying().map(|phase| phase.end).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for event in told.iter().flat_map(|phase| &phase.events) {
        *counts.entry(&event.date.date).or_default() += 1;
    }
    let touched =
        |month: &Date| studying().any(|phase| phase.start <= month.last_of_month() && *month <= phase.end);
    let all = first.first_of_month().series(1.month()).take_while(|month| *month <= last);
    let day = |day: Date| calendar_day(day, phases, &counts, today, local);
    all.filter(touched)
        .take(MOST)
        .map(|month| CalendarMonth {
            title: local.month(month.year(), month.month()),
            weeks: weeks(month, day),
        })
        .collect()
}

/// The weeks of the month that begins with `first`.
fn weeks(first: Date, day: impl Fn(Date) -> CalendarDay) -> Vec<Vec<CalendarDay>> {
    let before = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let mut days = vec![CalendarDay::default(); before];
    days.extend(first.series(1.day()).take(usize::from(first.days_in_month().unsigned_abs())).map(day));
    days.resize(days.len().div_ceil(7) * 7, CalendarDay::default());
    days.chunks(7).map(<[_]>::to_vec).collect()
}

fn calendar_day(
    day: Date,
    phases: &[Fact<PhaseFacts>],
    counts: &BTreeMap<&str, usize>,
    today: Date,
    local: &Local,
) -> CalendarDay {
    let date = day.to_string();
    let count = counts.get(date.as_str()).copied().unwrap_or_default();
    let state = match day.cmp(&today) {
        std::cmp::Ordering::Less => "past",
        std::cmp::Ordering::Equal => "today",
        std::cmp::Ordering::Greater => "ahead",
    };
    CalendarDay {
        day: day.day(),
        said: local.day(day),
        state: state.to_owned(),
        inside: phases.iter().any(|phase| phase.day(day) > 0),
        study: phases.iter().any(|phase| phase.studies_on(day)),
        count,
        anchor: if count > 0 { format!("day-{date}") } else { String::new() },
        date,
    }
}
