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

use super::inspection::Inspection;
use super::spots::{Kind, Spotted};
use super::text::Text;
use crate::diagnostic::{MaterialPlace, SensitiveFault};

/// The most places that are named for one kind; the rest are counted.
const MOST_PLACES: usize = 20;

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
