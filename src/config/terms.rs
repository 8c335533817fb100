//! Units, phases and topics of the config.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use super::shape::{PhaseShape, UnitShape};
use super::sink::Sink;
use super::{Phase, Topic, Topics, Unit, check};
use crate::diagnostic::{ConfigFault, nearest};
use crate::memo::Key;
use crate::text::{At, Span, slug};
use crate::yaml::Entries;

/// The units, each with a name of its own in addresses.
pub(super) fn units(
    shapes: Vec<At<UnitShape>>,
    pinyin: &[(String, String)],
    sink: &mut Sink<'_>,
) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut names = Names::default();
    for shape in shapes {
        let UnitShape { name, short, slug } = shape.value;
        let Some(name) = name else {
            sink.required(shape.span, shape.span, "name");
            continue;
        };
        if names.name(&name, slug, sink) {
            units.push(Unit { name: name.value, short, slug: String::new() });
        }
    }
    for (unit, slug) in units.iter_mut().zip(names.slugs(pinyin, sink)) {
        unit.slug = slug;
    }
    units
}

/// The phases, in the order written; those without both days are left out.
pub(super) fn phases(
    shapes: Vec<At<PhaseShape>>,
    pinyin: &[(String, String)],
    sink: &mut Sink<'_>,
) -> Vec<Phase> {
    let mut phases: Vec<Phase> = Vec::new();
    let mut names = Names::default();
    for shape in shapes {
        let PhaseShape { name, slug, start, end, goals, study_days } = shape.value;
        let Some(name) = name else {
            sink.required(shape.span, shape.span, "name");
            continue;
        };
        let (Some(start), Some(end)) = (&start, &end) else {
            let key = if start.is_none() { "start" } else { "end" };
            sink.required(shape.span, name.span, key);
            continue;
        };
        if end.value < start.value {
            sink.at(end.span, ConfigFault::EndBeforeStart);
            continue;
        }
        if phases.last().is_some_and(|before| start.value.0 <= before.end) {
            sink.at(start.span, ConfigFault::PhasesOverlap);
        }
        if names.name(&name, slug, sink) {
            let goals = goals.map(|goals| goals.0).unwrap_or_default();
            let (start, end) = (start.value.0, end.value.0);
            let study_days = weekdays(study_days.map(|days| days.0).unwrap_or_default(), sink);
            phases.push(Phase { name: name.value, slug: String::new(), start, end, goals, study_days });
        }
    }
    for (phase, slug) in phases.iter_mut().zip(names.slugs(pinyin, sink)) {
        phase.slug = slug;
    }
    phases
}

/// The days of a week as `study_days:` writes them.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("周一", Weekday::Monday),
    ("周二", Weekday::Tuesday),
    ("周三", Weekday::Wednesday),
    ("周四", Weekday::Thursday),
    ("周五", Weekday::Friday),
    ("周六", Weekday::Saturday),
    ("周日", Weekday::Sunday),
];

/// The days that `written` names, from Monday on, each once; 星期二 and 礼拜二
/// are 周二, and 周天 is 周日.
fn weekdays(written: Vec<At<String>>, sink: &mut Sink<'_>) -> Vec<Weekday> {
    let mut named = [false; 7];
    for At { value, span } in written {
        let plain = value.trim().replace("星期", "周").replace("礼拜", "周").replace("周天", "周日");
        let day = WEEKDAYS.iter().position(|(name, _)| *name == plain);
        if let Some(named) = day.and_then(|day| named.get_mut(day)) {
            *named = true;
            continue;
        }
        let near = nearest(&plain, WEEKDAYS.iter().map(|(name, _)| *name)).map(str::to_owned);
        let known = WEEKDAYS.map(|(name, _)| name).join("、");
        sink.at(span, ConfigFault::UnknownChoice { key: "study_days", value, near, known });
    }
    WEEKDAYS.iter().zip(named).filter(|(_, named)| *named).map(|((_, day), _)| *day).collect()
}

/// A closed list where the config has one.
pub(super) fn topics(entries: Option<Entries<String>>, sink: &mut Sink<'_>) -> Topics {
    let Some(entries) = entries else { return Topics::Free };
    let mut names = Names::default();
    let mut topics = Vec::new();
    for (slug, title) in entries.0 {
        if !check::slug(&slug, sink) {
            continue;
        }
        if names.name(&At::new(title.clone(), slug.span), None, sink) {
            topics.push(Topic { slug: slug.value, title });
        }
    }
    Topics::Closed(topics)
}

/// Names taken so far, with their places and the slugs written beside them.
#[derive(Default)]
struct Names {
    all: Vec<(At<String>, Option<At<String>>)>,
}

impl Names {
    /// Takes a name; `false`, with a finding, where it is taken already.
    fn name(&mut self, name: &At<String>, slug: Option<At<String>>, sink: &mut Sink<'_>) -> bool {
        if let Some((first, _)) = self.all.iter().find(|(known, _)| known.value == name.value) {
            sink.also(name.span, ConfigFault::Twice { key: "name", value: name.value.clone() }, first.span);
            return false;
        }
        let slug = slug.filter(|slug| check::slug(slug, sink));
        self.all.push((name.clone(), slug));
        true
    }

    /// The slug of each name: as written, else from pinyin; of two alike, the
    /// later by code point gets a short hash of its name, so that the order of
    /// the file does not matter.
    fn slugs(&self, pinyin: &[(String, String)], sink: &mut Sink<'_>) -> Vec<String> {
        let mut taken: BTreeMap<String, Span> = BTreeMap::new();
        for slug in self.all.iter().filter_map(|(_, slug)| slug.as_ref()) {
            if let Some(first) = taken.get(&slug.value) {
                sink.also(slug.span, ConfigFault::Twice { key: "slug", value: slug.value.clone() }, *first);
            } else {
                taken.insert(slug.value.clone(), slug.span);
            }
        }
        let mut unnamed: Vec<&str> =
            self.all.iter().filter(|(_, slug)| slug.is_none()).map(|(name, _)| name.value.as_str()).collect();
        unnamed.sort_unstable();
        let mut made: BTreeMap<&str, String> = BTreeMap::new();
        for name in unnamed {
            let slug = match slug::from_text(name, pinyin) {
                empty if empty.is_empty() => slug::short_hash(name),
                slug if taken.contains_key(&slug) => {
                    format!("{slug}-{}", Key::hash(name.as_bytes()).short(6))
                }
                slug => slug,
            };
            taken.insert(slug.clone(), Span::default());
            made.insert(name, slug);
        }
        let slug_of = |(name, slug): &(At<String>, Option<At<String>>)| match slug {
            Some(slug) => slug.value.clone(),
            None => made.get(name.value.as_str()).cloned().unwrap_or_default(),
        };
        self.all.iter().map(slug_of).collect()
    }
}
