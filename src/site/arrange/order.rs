//! Sections' lists, neighbours, and the newest pieces of all.

use std::cmp::Reverse;

use super::{Piece, Shelf, number};
use crate::config::{Config, Kind, Sort};
use crate::site::{ArticleId, List};

/// Each piece's rank among all: 0 is the newest, those without a date come
/// last; ties go by path.
pub(super) fn ranks(pieces: &[Piece<'_>]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|at| (Reverse(pieces.get(*at).and_then(|piece| piece.class.date)), *at));
    let mut ranks = vec![0; pieces.len()];
    for (rank, at) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = number(rank);
        }
    }
    ranks
}

/// `ids` sorted by rank, the newest first.
pub(super) fn by_rank(ids: &mut [ArticleId], ranks: &[u32]) {
    ids.sort_unstable_by_key(|id| ranks.get(id.0 as usize));
}

/// The newest pieces of the sections, pages left out.
pub(super) fn newest(pieces: &[Piece<'_>], ranks: &[u32]) -> Vec<ArticleId> {
    let mut ids: Vec<ArticleId> = ids(pieces)
        .filter(|(_, piece)| piece.place.section.is_some() && piece.place.kind != Kind::Page)
        .map(|(id, _)| id)
        .collect();
    by_rank(&mut ids, ranks);
    ids
}

fn ids<'a, 'p>(pieces: &'a [Piece<'p>]) -> impl Iterator<Item = (ArticleId, &'a Piece<'p>)> {
    pieces.iter().enumerate().map(|(at, piece)| (ArticleId(number(at)), piece))
}

/// The sections' lists; neighbours are written into the shelves.
pub(super) fn sections(
    pieces: &[Piece<'_>],
    ranks: &[u32],
    config: &Config,
    shelves: &mut [Shelf],
) -> Vec<List> {
    let mut lists: Vec<Vec<ArticleId>> = vec![Vec::new(); config.sections.len()];
    for (id, piece) in ids(pieces) {
        if let Some(list) = piece.place.section.and_then(|at| lists.get_mut(at)) {
            list.push(id);
        }
    }
    let sorted = config.sections.iter().zip(lists).enumerate().map(|(section, (described, mut items))| {
        sort(&mut items, described.sort, pieces, ranks);
        neighbours(&items, described.sort, shelves);
        // Sorting by a flag is stable: the rest keeps its order.
        items.sort_by_key(|id| pieces.get(id.0 as usize).is_some_and(|piece| !piece.class.front.pinned));
        List { section, items }
    });
    sorted.collect()
}

fn sort(items: &mut [ArticleId], by: Sort, pieces: &[Piece<'_>], ranks: &[u32]) {
    let class = |id: &ArticleId| pieces.get(id.0 as usize).map(|piece| piece.class);
    match by {
        Sort::DateDesc => by_rank(items, ranks),
        Sort::Date => items.sort_by_key(|id| {
            let date = class(id).and_then(|class| class.date);
            (date.is_none(), date, *id)
        }),
        Sort::Title => items.sort_by_key(|id| (class(id).map(|class| class.title), *id)),
        Sort::Order => items.sort_by_key(|id| {
            let order = class(id).and_then(|class| class.front.order);
            (order.is_none(), order, class(id).map(|class| class.title), *id)
        }),
    }
}

/// Previous is earlier in time, or above in an order that is not by time.
fn neighbours(items: &[ArticleId], by: Sort, shelves: &mut [Shelf]) {
    for pair in items.windows(2) {
        let [above, below] = *pair else { continue };
        let (earlier, later) = if by == Sort::DateDesc { (below, above) } else { (above, below) };
        if let Some(shelf) = shelves.get_mut(earlier.0 as usize) {
            shelf.next = Some(later);
        }
        if let Some(shelf) = shelves.get_mut(later.0 as usize) {
            shelf.previous = Some(earlier);
        }
    }
}
