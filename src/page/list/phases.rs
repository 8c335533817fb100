//! The campaign: where the build's date stands in its phases, and their page.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::markdown::{Block, Timeline};
use crate::memo::Fact;
use crate::path::OutputPath;
use crate::site::{Article, Taxonomy};
use crate::view::{CalendarMonth, EventView, PhaseView, PhasesPage, StudyDays, Today};

use crate::page::body::links::Target;
use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::{PhaseFacts, days_between, small};
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::index::Index;
use crate::page::key::{Page, View};
use crate::page::list::calendar;
use crate::page::list::ledgers;
use crate::page::summary::Flag;

/// Pieces that stand as events of a phase beside its timelines; the newest.
/// All of them are on the phase's own page.
const MOST_PIECES: usize = 40;
/// Events of the current phase on the home page.
const HOME_EVENTS: usize = 3;

#[derive(Debug, Serialize)]
struct PhasesParts<'c> {
    frame: Frame<'c>,
    phases: Vec<PhaseView>,
    today: Today,
    calendar: Vec<CalendarMonth>,
}

/// The build's date in the campaign. Of `now` only the day counts, so that a
/// build of the same day is the same.
pub(crate) fn today(index: &Index<'_>) -> Today {
    let day = index.site.now.date();
    let phases = &index.phases;
    let (state, current) = standing(phases, day);
    let done = phases.iter().filter(|phase| phase.end < day).count();
    let all = phases.len().max(1);
    Today {
        date: Stamp::of_day(day).view(&index.local()),
        text: text(&index.local(), phases, state, current, day),
        state: state.to_owned(),
        phase: current.map_or(-1, |phase| phase.index),
        day: current.map_or(0, |phase| phase.day(day)),
        left: current.map_or(0, |phase| days_between(day, phase.end)),
        mark: current.map_or(small((done * 1000 + all / 2) / all), |phase| phase.mark(day)),
    }
}

fn standing(phases: &[Fact<PhaseFacts>], day: Date) -> (&'static str, Option<&PhaseFacts>) {
    let current = phases.iter().find(|phase| phase.start <= day && day <= phase.end);
    let state = match current {
        _ if phases.is_empty() => "",
        Some(_) => "during",
        None if phases.iter().all(|phase| day < phase.start) => "before",
        None if phases.iter().all(|phase| phase.end < day) => "after",
        None => "between",
    };
    (state, current.map(|phase| &**phase))
}

/// 学习教育，第15天，共39天.
fn text(
    local: &Local,
    phases: &[Fact<PhaseFacts>],
    state: &str,
    current: Option<&PhaseFacts>,
    day: Date,
) -> String {
    let next = || phases.iter().filter(|phase| day < phase.start).min_by_key(|phase| phase.start);
    let last = || phases.iter().filter(|phase| phase.end < day).max_by_key(|phase| phase.end);
    let wait = || {
        next().map_or(String::new(), |next| {
            let days = days_between(day, next.start);
            local.fill("phase.said_wait", &[("title", &next.link.title), ("n", &days)])
        })
    };
    match (state, current) {
        (_, Some(phase)) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("title", &phase.link.title), ("day", &phase.day(day)), ("n", &phase.days())];
            local.fill("phase.said", &values)
        }
        ("before", None) => wait(),
        ("between", None) => {
            let last = last().map_or("", |last| &last.link.title);
            local.fill("phase.said_between", &[("title", &last), ("next", &wait())])
        }
        ("after", None) => local.text("phase.ended"),
        _ => String::new(),
    }
}

/// The page of all phases; none where there are no phases.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let index = &column.index;
    if index.phases.is_empty() {
        return None;
    }
    let told = told(column);
    let phases: Vec<PhaseView> = index.phases.iter().map(|phase| phase_view(column, phase, &told)).collect();
    let calendar = calendar::months(&index.phases, &phases, index.site.now.date(), &index.local());
    let newest = column.summaries().find_map(|(_, summary)| summary.date);
    let parts = PhasesParts { frame: column.frame(), phases, today: today(index), calendar };
    Some(Page::new(OutputPath::new(labels::PHASES_PATH)?, "phases.html", parts, view).listed(newest))
}

/// The current phase, else the next, as home shows it; `None` without phases
/// and after the last.
pub(crate) fn current(column: &Column<'_>) -> Option<PhaseView> {
    let today = column.site().now.date();
    let phase = column.index.phases.iter().find(|phase| today <= phase.end)?;
    let mut view = phase_view(column, phase, &told(column));
    // Pieces stand above it on the page anyway.
    view.events.retain(|event| !event.piece && event.date.date <= today.to_string());
    view.events.drain(..view.events.len().saturating_sub(HOME_EVENTS));
    Some(view)
}

/// The events that the timelines of all pieces tell, by date; one that two
/// timelines tell stands once.
fn told(column: &Column<'_>) -> Vec<(Date, EventView)> {
    let mut events = Vec::new();
    for (article, _) in column.newest(|summary| summary.has(Flag::Timeline)) {
        for block in article.document.body.collected() {
            if let Block::Timeline(timeline) = block {
                events.extend(events_of(column, article, timeline));
            }
        }
    }
    events.sort_by_key(|(day, _)| *day);
    let mut seen = BTreeSet::new();
    events.retain(|(day, event)| seen.insert((*day, event.title.clone())));
    events
}

fn events_of(column: &Column<'_>, article: &Article, timeline: &Timeline) -> Vec<(Date, EventView)> {
    let parts = ledgers::at_root(column, article);
    let path = |link: Option<usize>| match link.and_then(|n| parts.links.get(n)) {
        Some(Target::Page(path, None)) => (*path).to_owned(),
        Some(Target::Page(path, Some(anchor))) => format!("{path}#{anchor}"),
        _ => article.route.to_string(),
    };
    let event = |item: &crate::markdown::TimelineItem| {
        let view = EventView {
            date: parts.period(item.date),
            title: item.title.clone(),
            text: item.text.clone().unwrap_or_default(),
            path: path(item.link),
            piece: false,
        };
        (item.date.start, view)
    };
    timeline.items.iter().map(event).collect()
}

fn phase_view(column: &Column<'_>, phase: &PhaseFacts, told: &[(Date, EventView)]) -> PhaseView {
    let index = &column.index;
    let (local, today) = (index.local(), index.site.now.date());
    let state = if phase.end < today {
        "done"
    } else if phase.start > today {
        "ahead"
    } else {
        "now"
    };
    let terms = index.site.taxonomies.get(&Taxonomy::Phases).into_iter().flatten();
    let pieces = terms.filter(|term| term.title == phase.link.title).flat_map(|term| &term.items);
    let pieces: Vec<_> = pieces.copied().collect();
    PhaseView {
        title: phase.link.title.clone(),
        path: phase.link.path.clone(),
        start: Stamp::of_day(phase.start).view(&local),
        end: Stamp::of_day(phase.end).view(&local),
        days: phase.days(),
        state: state.to_owned(),
        starts_in: days_between(today, phase.start).max(0),
        goals: phase.goals.clone(),
        events: events(column, phase, told, &pieces),
        count: pieces.len(),
        study: study(&local, phase, today),
    }
}

/// The phase's study days by `today`; `None` where it has none.
fn study(local: &Local, phase: &PhaseFacts, today: Date) -> Option<StudyDays> {
    let days = phase.start.series(1.day()).take_while(|day| *day <= phase.end);
    let days: Vec<Date> = days.filter(|day| phase.studies_on(*day)).collect();
    (!days.is_empty()).then(|| StudyDays {
        days: labels::weekdays(local, &phase.study_days),
        total: days.len(),
        done: days.iter().filter(|day| **day <= today).count(),
    })
}

/// What timelines tell of the phase's days, and the newest of its pieces; a
/// piece that a timeline leads to on the same day is not named twice.
fn events(
    column: &Column<'_>,
    phase: &PhaseFacts,
    told: &[(Date, EventView)],
    pieces: &[crate::site::ArticleId],
) -> Vec<EventView> {
    let mut events: Vec<(Date, EventView)> =
        told.iter().filter(|(day, _)| phase.day(*day) > 0).cloned().collect();
    let mut shown = 0;
    for id in pieces {
        let article = column.site().articles.get(id.0 as usize);
        let (Some(article), Some(listing)) = (article, column.listing(*id)) else { continue };
        let Some(date) = article.date.map(Stamp) else { continue };
        let path = article.route.as_str();
        let named = |(day, event): &(Date, EventView)| *day == date.day() && page_of(&event.path) == path;
        if shown == MOST_PIECES || events.iter().any(named) {
            continue;
        }
        shown += 1;
        let view = EventView {
            date: date.view(&column.index.local()),
            title: listing.title.title.clone(),
            text: String::new(),
            path: path.to_owned(),
            piece: true,
        };
        events.push((date.day(), view));
    }
    events.sort_by_key(|(day, _)| *day);
    events.into_iter().map(|(_, event)| event).collect()
}

/// `path` without its anchor.
fn page_of(path: &str) -> &str {
    path.split('#').next().unwrap_or(path)
}

fn view(parts: &PhasesParts<'_>) -> View {
    let names: Vec<&str> = parts.phases.iter().map(|phase| phase.title.as_str()).collect();
    let (local, titles) = (parts.frame.local, names.join(&parts.frame.local.text("comma")));
    View::Phases(PhasesPage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "phases",
            title: parts.frame.title_of(labels::PHASES_PATH),
            description: local
                .fill("phases.description", &[("name", &parts.frame.facts.title), ("titles", &titles)]),
            path: labels::PHASES_PATH,
            ..Head::default()
        }),
        phases: parts.phases.clone(),
        today: parts.today.clone(),
        calendar: parts.calendar.clone(),
    })
}
