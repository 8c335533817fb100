//! Pieces on the same matters.
//!
//! Candidates are, for each topic, unit and phase of a piece, the 50 pieces
//! nearest to it in that term's list by date: so the work is linear in the
//! number of pieces, however many share a term. The score counts what is
//! shared; of equals the nearest in time stands first.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::{Piece, RELATED, Shelf, number};
use crate::config::Kind;
use crate::site::{ArticleId, Taxonomy, Term};

/// Candidates taken from one term.
const NEAR: usize = 50;

/// What a shared term counts. People don't count: who wrote a piece says
/// little of what it is about.
const WEIGHTS: [(Taxonomy, u32); 3] = [(Taxonomy::Topics, 4), (Taxonomy::Units, 3), (Taxonomy::Phases, 1)];

/// Writes each piece's related pieces into its shelf.
pub(super) fn relate(
    pieces: &[Piece<'_>],
    ranks: &[u32],
    taxonomies: &BTreeMap<Taxonomy, Vec<Term>>,
    shelves: &mut [Shelf],
) {
    // To be of one phase by date alone says nothing that the dates don't say.
    let names_phase =
        |id: &&ArticleId| pieces.get(id.0 as usize).is_some_and(|piece| piece.class.front.phase.is_some());
    let of_term = |taxonomy: Taxonomy, term: &Term| -> Vec<ArticleId> {
        term.items.iter().filter(|id| taxonomy != Taxonomy::Phases || names_phase(id)).copied().collect()
    };
    let items: Vec<(Vec<ArticleId>, u32)> = WEIGHTS
        .iter()
        .filter_map(|(taxonomy, weight)| Some((*taxonomy, taxonomies.get(taxonomy)?, *weight)))
        .flat_map(|(taxonomy, terms, weight)| {
            terms.iter().map(move |term| (of_term(taxonomy, term), weight)).collect::<Vec<_>>()
        })
        .collect();
    let lists: Vec<(&[ArticleId], u32)> =
        items.iter().map(|(items, weight)| (items.as_slice(), *weight)).collect();
    let mut named: Vec<Vec<u32>> = vec![Vec::new(); pieces.len()];
    for (at, (items, _)) in lists.iter().enumerate() {
        for id in *items {
            if let Some(terms) = named.get_mut(id.0 as usize) {
                terms.push(number(at));
            }
        }
    }
    let times: Vec<i64> = pieces.iter().map(|piece| minutes(piece)).collect();
    let field = Field { pieces, ranks, lists: &lists, named: &named, times: &times };
    shelves.par_iter_mut().with_min_len(128).enumerate().for_each(|(at, shelf)| {
        SCRATCH.with_borrow_mut(|scratch| shelf.related = field.near(at, scratch));
    });
}

/// Minutes since some moment long ago; without a date, far from everything.
fn minutes(piece: &Piece<'_>) -> i64 {
    let at = piece.class.date.and_then(|date| TimeZone::UTC.to_timestamp(date).ok());
    at.map_or(i64::MIN / 4, |at| at.as_second() / 60)
}

/// Everything that scores are made of.
struct Field<'a> {
    pieces: &'a [Piece<'a>],
    ranks: &'a [u32],
    /// Each term's pieces and what the term counts.
    lists: &'a [(&'a [ArticleId], u32)],
    /// Each piece's terms.
    named: &'a [Vec<u32>],
    times: &'a [i64],
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = const { RefCell::new(Scratch { weights: Vec::new(), seen: Vec::new(), round: 0 }) };
}

/// How near a candidate is, the smaller the nearer: what is shared, the time
/// between, and its number.
type Value = (Reverse<u32>, u64, u32);

/// Room for one piece's work, used again for the next.
struct Scratch {
    /// What each term counts for the piece at hand; 0 for all others.
    weights: Vec<u32>,
    /// The round in which a candidate was last looked at.
    seen: Vec<u32>,
    round: u32,
}

impl Field<'_> {
    fn near(&self, at: usize, scratch: &mut Scratch) -> Vec<ArticleId> {
        let (Some(own), Some(rank)) = (self.named.get(at), self.ranks.get(at)) else { return Vec::new() };
        if own.is_empty() {
            return Vec::new();
        }
        scratch.weights.resize(self.lists.len(), 0);
        scratch.seen.resize(self.pieces.len(), 0);
        scratch.round = scratch.round.wrapping_add(1);
        if scratch.round == 0 {
            scratch.seen.fill(0);
            scratch.round = 1;
        }
        for term in own {
            if let (Some(slot), Some((_, weight))) =
                (scratch.weights.get_mut(*term as usize), self.lists.get(*term as usize))
            {
                *slot = *weight;
            }
        }
        let mut best = Vec::with_capacity(RELATED + 1);
        for term in own {
            let Some((items, _)) = self.lists.get(*term as usize) else { continue };
            for id in self.window(items, *rank) {
                self.consider(at, *id, scratch, &mut best);
            }
        }
        for term in own {
            if let Some(slot) = scratch.weights.get_mut(*term as usize) {
                *slot = 0;
            }
        }
        best.into_iter().map(|(_, id)| id).collect()
    }

    /// The pieces of a term's list nearest to the place of `rank` in it.
    fn window<'i>(&self, items: &'i [ArticleId], rank: u32) -> &'i [ArticleId] {
        let middle = items.partition_point(|id| self.ranks.get(id.0 as usize).is_some_and(|r| *r < rank));
        let start = middle.saturating_sub(NEAR / 2).min(items.len().saturating_sub(NEAR + 1));
        items.get(start..(start + NEAR + 1).min(items.len())).unwrap_or(items)
    }

    fn consider(&self, own: usize, id: ArticleId, scratch: &mut Scratch, best: &mut Vec<(Value, ArticleId)>) {
        let other = id.0 as usize;
        let (Some(seen), Some(piece)) = (scratch.seen.get_mut(other), self.pieces.get(other)) else { return };
        if *seen == scratch.round || other == own || piece.place.kind == Kind::Page {
            return;
        }
        *seen = scratch.round;
        let terms = self.named.get(other).into_iter().flatten();
        let score: u32 = terms.filter_map(|term| scratch.weights.get(*term as usize)).sum();
        let time = |at: usize| self.times.get(at).copied().unwrap_or(0);
        let value = (Reverse(score), time(own).abs_diff(time(other)), id.0);
        let place = best.partition_point(|(better, _)| *better < value);
        if place < RELATED {
            best.insert(place, (value, id));
            best.truncate(RELATED);
        }
    }
}
