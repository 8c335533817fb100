//! Numbers of people and secrecy marks in an attached file: where each stands,
//! what an editor hears of them, and the text that may be shown without them.
//!
//! The rules run while a file is read, over all of its text, also over what is
//! too much to be kept. What the config allows is not known then: so each
//! number is remembered as it is spelled, and [`faults`] and [`shown`] are told
//! what is allowed.
//!
//! **Invariant:** a paragraph with a number that is not allowed is never part of
//! what [`shown`] gives, whether an editor has reviewed the file or not.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::inspection::Inspection;
use super::text::Text;
use crate::diagnostic::{MaterialPlace, SensitiveFault};
use crate::sensitive::{self, PersonalKind};

/// The most that is remembered of one file: nobody goes through more.
const MOST: usize = 20_000;

/// The most places that are named for one kind; the rest are counted.
const MOST_PLACES: usize = 20;

/// A number or a mark in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spotted {
    kind: Kind,
    /// A number as it is spelled, a mark as it is written.
    spelled: String,
    /// As it may be shown.
    shown: String,
    place: MaterialPlace,
    /// The paragraph of the kept text, where it is in one.
    paragraph: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Kind {
    Number(PersonalKind),
    Mark { legal: bool },
}

/// All that was spotted in a file so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Spots(Vec<Spotted>);

impl Spots {
    /// Looks through `text`, which stands at `place` and in that paragraph of
    /// the kept text.
    pub(super) fn look(&mut self, text: &str, place: &MaterialPlace, paragraph: Option<u32>) {
        let put = |all: &mut Vec<Spotted>, kind, spelled, shown| {
            if all.len() < MOST {
                all.push(Spotted { kind, spelled, shown, place: place.clone(), paragraph });
            }
        };
        for number in sensitive::numbers(text) {
            let shown = number.shown();
            put(&mut self.0, Kind::Number(number.kind), number.spelled, shown);
        }
        for mark in sensitive::secrecy_marks(text) {
            let written = text.get(mark.range).unwrap_or_default().to_owned();
            put(&mut self.0, Kind::Mark { legal: mark.legal }, written.clone(), written);
        }
    }

    /// The same where nothing of the text is kept, as in comments: what stands
    /// elsewhere in the file too is known already.
    pub(super) fn look_beside(&mut self, text: &str, place: &MaterialPlace) {
        let mut beside = Self::default();
        beside.look(text, place, None);
        for one in beside.0 {
            if self.0.len() < MOST && !self.0.iter().any(|known| known.spelled == one.spelled) {
                self.0.push(one);
            }
        }
    }

    /// Takes over what was spotted in a file of an archive, whose paragraphs
    /// begin with number `first` of the archive's.
    pub(super) fn take_in(&mut self, inner: Self, member: &str, first: u32) {
        let room = MOST.saturating_sub(self.0.len());
        self.0.extend(inner.0.into_iter().take(room).map(|spotted| Spotted {
            place: MaterialPlace::Member { name: member.to_owned(), place: Box::new(spotted.place) },
            paragraph: spotted.paragraph.map(|at| at.saturating_add(first)),
            ..spotted
        }));
    }

    /// Those that are not allowed.
    fn asked<'s>(&'s self, allow: &'s [String]) -> impl Iterator<Item = &'s Spotted> {
        self.0.iter().filter(move |spotted| match spotted.kind {
            Kind::Number(_) => !allow.iter().any(|entry| sensitive::spelled(entry) == spotted.spelled),
            Kind::Mark { .. } => !allow.contains(&spotted.spelled),
        })
    }
}

/// What is to be said of what was spotted and is not in `allow`: one finding
/// for each kind and place.
pub fn faults(study: &Inspection, allow: &[String]) -> Vec<SensitiveFault> {
    let mut groups: BTreeMap<(Kind, MaterialPlace), (&Spotted, u32)> = BTreeMap::new();
    for spotted in study.spots.asked(allow) {
        let place = spotted.place.container();
        groups.entry((spotted.kind, place)).or_insert((spotted, 0)).1 += 1;
    }
    let mut faults = Vec::new();
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for ((kind, _), (first, count)) in groups {
        let places = counts.entry(kind).or_default();
        *places += 1;
        if *places <= MOST_PLACES {
            let (shown, place) = (first.shown.clone(), first.place.clone());
            faults.push(match kind {
                Kind::Number(kind) => SensitiveFault::NumberInFile { kind, number: shown, count, place },
                Kind::Mark { legal } => SensitiveFault::MarkInFile { mark: shown, legal, place },
            });
        }
    }
    faults
}

/// The text of a file as a preview and the search index may show it: without
/// the paragraphs that hold a number of a person.
pub fn shown(study: &Inspection, allow: &[String]) -> Arc<Text> {
    let is_number = |spotted: &&Spotted| matches!(spotted.kind, Kind::Number(_));
    let mut hidden: Vec<u32> =
        study.spots.asked(allow).filter(is_number).filter_map(|spotted| spotted.paragraph).collect();
    if hidden.is_empty() {
        return Arc::clone(&study.text);
    }
    hidden.sort_unstable();
    let numbered = (0_u32..).zip(&study.text.paragraphs);
    let kept = numbered.filter(|(at, _)| hidden.binary_search(at).is_err());
    Arc::new(Text { state: study.text.state, paragraphs: kept.map(|(_, text)| text.clone()).collect() })
}
