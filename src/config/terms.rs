//! Units, phases and topics of the config.

use super::read::Sink;
use super::shape::{PhaseShape, UnitShape};
use super::{Phase, Topic, Topics, Unit, check};
use crate::diagnostic::ConfigFault;
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
            sink.at(shape.span, ConfigFault::Required { key: "name" });
            continue;
        };
        if names.name(&name, sink) {
            let slug = names.slug(&name.value, slug, pinyin, sink);
            units.push(Unit { name: name.value, short, slug });
        }
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
        let PhaseShape { name, slug, start, end, goals } = shape.value;
        let Some(name) = name else {
            sink.at(shape.span, ConfigFault::Required { key: "name" });
            continue;
        };
        let (Some(start), Some(end)) = (&start, &end) else {
            let key = if start.is_none() { "start" } else { "end" };
            sink.at(name.span, ConfigFault::Required { key });
            continue;
        };
        if end.value < start.value {
            sink.at(end.span, ConfigFault::EndBeforeStart);
            continue;
        }
        if phases.last().is_some_and(|before| start.value.0 <= before.end) {
            sink.at(start.span, ConfigFault::PhasesOverlap);
        }
        if names.name(&name, sink) {
            let slug = names.slug(&name.value, slug, pinyin, sink);
            let goals = goals.map(|goals| goals.0).unwrap_or_default();
            phases.push(Phase { name: name.value, slug, start: start.value.0, end: end.value.0, goals });
        }
    }
    phases
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
        if names.name(&At::new(title.clone(), slug.span), sink) {
            topics.push(Topic { slug: slug.value, title });
        }
    }
    Topics::Closed(topics)
}

/// Names and slugs taken so far, with their places.
#[derive(Default)]
struct Names {
    names: Vec<At<String>>,
    slugs: Vec<At<String>>,
}

impl Names {
    /// Takes a name; `false`, with a finding, where it is taken already.
    fn name(&mut self, name: &At<String>, sink: &mut Sink<'_>) -> bool {
        if let Some(first) = self.names.iter().find(|known| known.value == name.value) {
            sink.also(name.span, ConfigFault::Twice { key: "name", value: name.value.clone() }, first.span);
            return false;
        }
        self.names.push(name.clone());
        true
    }

    /// The slug as written, else from pinyin; of two alike, the later gets a
    /// short hash of its name.
    fn slug(
        &mut self,
        name: &str,
        written: Option<At<String>>,
        pinyin: &[(String, String)],
        sink: &mut Sink<'_>,
    ) -> String {
        let written = written.filter(|slug| check::slug(slug, sink));
        let given = written.is_some();
        let slug = written.unwrap_or_else(|| At::new(slug::from_text(name, pinyin), Span::default()));
        match self.slugs.iter().find(|known| known.value == slug.value) {
            Some(first) if given => {
                sink.also(
                    slug.span,
                    ConfigFault::Twice { key: "slug", value: slug.value.clone() },
                    first.span,
                );
                format!("{}-{}", slug.value, Key::of(name.as_bytes()).short(6))
            }
            Some(_) => format!("{}-{}", slug.value, Key::of(name.as_bytes()).short(6)),
            None => {
                self.slugs.push(slug.clone());
                slug.value
            }
        }
    }
}
