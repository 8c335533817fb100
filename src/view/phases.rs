//! The phases of the campaign. Only home and the phases page know the date.

use serde::Serialize;

use super::{DateView, PageView, Shared};

/// `phases.html` at `phases/index.html`: the campaign as a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct PhasesPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The phases, in order.
    pub phases: Vec<PhaseView>,
    /// The build's date.
    pub today: Today,
    /// The months that phases with study days touch, as grids of days; at most
    /// 24, and none where no phase has study days.
    pub calendar: Vec<CalendarMonth>,
}

/// A month of the study calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonth {
    /// 2021年3月.
    pub title: String,
    /// Its weeks from Monday on, seven days each.
    pub weeks: Vec<Vec<CalendarDay>>,
}

/// A day of the study calendar.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CalendarDay {
    /// The day of the month; 0 for a place before its first or after its last
    /// day, where everything else is empty.
    pub day: i8,
    /// `2021-03-09`.
    pub date: String,
    /// 3月9日.
    pub said: String,
    /// `past`, `today` or `ahead`, at the build's date.
    pub state: String,
    /// Whether it lies in a phase.
    pub inside: bool,
    /// Whether people study together on it.
    pub study: bool,
    /// Events and pieces of the day on the page.
    pub count: usize,
    /// The anchor of the first of them on the phases page: `day-2021-03-09`;
    /// empty where there is none.
    pub anchor: String,
}

/// The build's date in the campaign.
#[derive(Debug, Clone, Serialize)]
pub struct Today {
    /// The date.
    pub date: DateView,
    /// 学习教育，第15天，共39天; empty where there are no phases.
    pub text: String,
    /// `before`, `during`, `between`, `after`; empty where there are no phases.
    pub state: String,
    /// The index of the current phase in `phases`; -1 where there is none.
    pub phase: i32,
    /// The day of the current phase, from 1; 0 where there is none.
    pub day: i32,
    /// Days left in the current phase; 0 where there is none.
    pub left: i32,
    /// How far along the whole phase line, in thousandths.
    pub mark: i32,
}

/// A phase in full.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseView {
    /// 学习教育.
    pub title: String,
    /// Its page; while no piece belongs to it, `phases/index.html`.
    pub path: String,
    /// The first day.
    pub start: DateView,
    /// The last day.
    pub end: DateView,
    /// Days, first and last included.
    pub days: i32,
    /// `done`, `now` or `ahead`, at the build's date.
    pub state: String,
    /// Days until it begins, where it is ahead; else 0.
    pub starts_in: i32,
    /// What it is to reach.
    pub goals: Vec<String>,
    /// Events from the `timeline` blocks of all pieces, and the pieces
    /// themselves, by date.
    pub events: Vec<EventView>,
    /// Pieces in it.
    pub count: usize,
    /// When people study together in it; `null` where the config says nothing.
    pub study: Option<StudyDays>,
}

/// The regular study days of a phase.
#[derive(Debug, Clone, Serialize)]
pub struct StudyDays {
    /// 周二、周四.
    pub days: String,
    /// How many there are in the phase.
    pub total: usize,
    /// How many of them have come by the build's date, that day included.
    pub done: usize,
}

/// Something that happened, or a piece that appeared.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// The day.
    pub date: DateView,
    /// What happened.
    pub title: String,
    /// May be empty.
    pub text: String,
    /// The piece, from the root; may be empty.
    pub path: String,
    /// Whether it is a piece that appeared; else an event that a timeline
    /// tells.
    pub piece: bool,
}
