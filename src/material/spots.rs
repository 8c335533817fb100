//! Numbers of people and secrecy marks, as they are met in an attached file.

use serde::{Deserialize, Serialize};

use crate::diagnostic::MaterialPlace;
use crate::sensitive::{self, PersonalKind};

/// The most that is remembered of one file: nobody goes through more.
const MOST: usize = 20_000;

/// A number or a mark in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spotted {
    pub(super) kind: Kind,
    /// A number as it is spelled, a mark as it is written.
    pub(super) spelled: String,
    /// As it may be shown.
    pub(super) shown: String,
    pub(super) place: MaterialPlace,
    /// The paragraph of the kept text, where it is in one.
    pub(super) paragraph: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
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
    pub(super) fn asked<'s>(&'s self, allow: &'s [String]) -> impl Iterator<Item = &'s Spotted> {
        self.0.iter().filter(move |spotted| match spotted.kind {
            Kind::Number(_) => !allow.iter().any(|entry| sensitive::spelled(entry) == spotted.spelled),
            Kind::Mark { .. } => !allow.contains(&spotted.spelled),
        })
    }
}
