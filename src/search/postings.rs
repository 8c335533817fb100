//! Which pieces have which key: all lists, in files cut by size.
//!
//! A piece that has 育整 has 育: so the list of 育 names only the pieces that
//! none of the lists of 育… names, where these are few files to read.
//!
//! Lists are made of all pieces, or of those that an earlier process kept and of
//! the pieces that came since; a list is the same either way.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::grams::{Gram, is_longer, longer, units};
use super::kept_lists::{Head, Place, Value, each_place, heads};
use super::keys::{self, Keys};

/// A piece as lists name it.
#[derive(Debug)]
pub(super) struct Posted {
    /// Its number.
    pub(super) number: u32,
    /// Its keys.
    pub(super) keys: Arc<Keys>,
}

/// How many shares the work is cut into: so that the pairs of one stay near the
/// processor while they are sorted.
const SHARES: usize = 256;

/// One key in one piece: key, and place; in the order of which all are sorted.
/// A place is a number, whether the piece's title has the key, and whether it
/// follows from a longer one.
type Pair = u64;

/// Of a place: the piece's title has the key.
pub(super) const TITLE: Place = keys::TITLE as Place;
const IMPLIED: Place = keys::IMPLIED as Place;

/// Whether the key does not follow from a longer one of the piece.
pub(super) fn is_own(place: Place) -> bool {
    place & IMPLIED == 0
}

/// All lists, those of successive keys together.
#[derive(Debug)]
pub(super) struct Lists {
    shares: Vec<Share>,
    /// In the order of the keys.
    runs: Vec<Run>,
    /// One past the highest number.
    end: u32,
}

/// Where the places of some lists are.
#[derive(Debug, Default)]
struct Share {
    /// As an earlier process kept them.
    kept: Vec<u8>,
    /// How many lists these are.
    count: usize,
    /// Of pieces that came, sorted.
    fresh: Vec<Pair>,
}

/// A key and its list.
#[derive(Debug)]
pub(super) struct Run {
    /// The key.
    pub(super) gram: Gram,
    share: u32,
    list: List,
    /// How many places there are.
    count: u32,
    /// How many of them do not follow from longer keys.
    own: u32,
    /// Whether only those are written.
    pub(super) completed: bool,
    /// Where the list is as it was kept: whether only those were written.
    was_completed: Option<bool>,
}

/// The places of one key, ascending.
#[derive(Debug)]
enum List {
    /// Bytes of [`Share::kept`].
    Kept(Range<usize>),
    /// Pairs of [`Share::fresh`].
    Fresh(Range<usize>),
    /// Here.
    Merged(Vec<Place>),
}

impl Run {
    /// How many places are written.
    fn written(&self) -> u32 {
        if self.completed { self.own } else { self.count }
    }
}

/// A value of the store, and the heads of its lists.
type KeptShare = (Vec<u8>, Vec<Head>);

/// The lists that an earlier process kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// In the order of their keys.
    shares: Vec<KeptShare>,
    /// By the number that a piece had: the one that it has now.
    numbers: Vec<Option<u32>>,
    /// By the same: whether it has that one still.
    stands: Vec<bool>,
}

impl Kept {
    /// Those of `values`, where they can be read. Pieces are no longer known
    /// by the number that they had, but by `numbers`.
    pub(super) fn new(values: Vec<Vec<u8>>, numbers: Vec<Option<u32>>) -> Option<Self> {
        let read = |value: Vec<u8>| heads(&value).map(|heads| (value, heads));
        let shares: Vec<_> = values.into_par_iter().map(read).collect::<Option<_>>()?;
        let stands = (0..).zip(&numbers).map(|(number, now)| *now == Some(number)).collect();
        (!shares.is_empty()).then_some(Self { shares, numbers, stands })
    }

    /// The place as it is now; `None` where the piece is gone.
    fn moved(&self, place: Place) -> Option<Place> {
        let number = self.numbers.get((place >> 2) as usize).copied().flatten()?;
        Some(number << 2 | place & 3)
    }

    /// Whether no place of the list is another now.
    fn stays(&self, list: &[u8]) -> bool {
        let mut stays = true;
        each_place(list, |place| {
            stays &= self.stands.get((place >> 2) as usize).copied().unwrap_or(false);
        });
        stays
    }
}

impl Lists {
    /// Those of `pieces`, whose numbers are below `end`.
    pub(super) fn new(mut pieces: Vec<Posted>, end: u32) -> Self {
        let share_of = share_of(&pieces);
        let each = pieces.len().div_ceil(PARTS).max(1);
        let mut some: Vec<Vec<Posted>> = Vec::with_capacity(PARTS);
        while !pieces.is_empty() {
            some.push(pieces.split_off(pieces.len().saturating_sub(each)));
        }
        // Keys that stand in a share go: with them the index is at its largest.
        let mut parts: Vec<std::vec::IntoIter<Vec<Pair>>> =
            some.into_par_iter().map(|some| parted(&some, &share_of).into_iter()).collect();
        let mut shares: Vec<Vec<Vec<Pair>>> = Vec::with_capacity(SHARES);
        shares.resize_with(SHARES, || parts.iter_mut().filter_map(Iterator::next).collect());
        let share = |(at, parts): (usize, Vec<Vec<Pair>>)| {
            let mut fresh = parts.concat();
            drop(parts);
            fresh.sort_unstable();
            (fresh_runs(at, &fresh).collect(), Share { fresh, ..Share::default() })
        };
        Self::joined(shares.into_par_iter().enumerate().map(share).collect(), end)
    }

    /// The `kept` ones, without the pieces that are gone, and with `pieces` that
    /// came; all numbers are below `end`.
    pub(super) fn after(mut kept: Kept, pieces: &[Posted], end: u32) -> Self {
        let mut pairs: Vec<Pair> = pieces.iter().flat_map(pairs).collect();
        pairs.par_sort_unstable();
        let all = std::mem::take(&mut kept.shares);
        let firsts: Vec<Gram> =
            all.iter().skip(1).map(|(_, heads)| heads.first().map_or(0, |head| head.gram)).collect();
        let mut came: Vec<Vec<Pair>> = Vec::with_capacity(all.len());
        // What comes before the first key of a value belongs to those before it.
        for first in firsts.iter().rev() {
            came.push(pairs.split_off(pairs.partition_point(|pair| gram_of(*pair) < *first)));
        }
        came.push(pairs);
        came.reverse();
        let share = |(at, ((bytes, heads), fresh)): (usize, (KeptShare, Vec<Pair>))| {
            let share = Share { kept: bytes, count: heads.len(), fresh };
            (merged_runs(at, &share, heads, &kept), share)
        };
        let shares: Vec<_> = all.into_iter().zip(came).collect();
        Self::joined(shares.into_par_iter().enumerate().map(share).collect(), end)
    }

    fn joined(made: Vec<(Vec<Run>, Share)>, end: u32) -> Self {
        let (runs, shares): (Vec<Vec<Run>>, Vec<Share>) = made.into_iter().unzip();
        Self { shares, runs: runs.into_iter().flatten().collect(), end }
    }

    /// One past the highest number.
    pub(super) fn end(&self) -> u32 {
        self.end
    }

    /// Some of the keys.
    pub(super) fn runs(&self, range: Range<usize>) -> &[Run] {
        self.runs.get(range).unwrap_or_default()
    }

    /// Where chunks of about `size` bytes begin and end.
    ///
    /// That depends on the keys near it, and not on how many chunks come before:
    /// so a change of one list changes its own chunk and seldom the next.
    pub(super) fn cut(&mut self, size: u64) -> Vec<Range<usize>> {
        complete(&mut self.runs, self.end, size);
        cut(&self.runs, self.end, size)
    }

    /// Which of the values that were kept has just the lists in `range`, all as
    /// they are to be written.
    pub(super) fn kept_as(&self, range: Range<usize>) -> Option<usize> {
        let runs = self.runs(range);
        let share = runs.first()?.share;
        let stays = |run: &Run| run.share == share && run.was_completed == Some(run.completed);
        let share = share as usize;
        let is_whole = self.shares.get(share)?.count == runs.len();
        (is_whole && runs.iter().all(stays)).then_some(share)
    }

    /// The lists in `range`, to be kept.
    pub(super) fn value(&self, range: Range<usize>) -> Vec<u8> {
        let mut value = Value::default();
        for run in self.runs(range) {
            let Run { gram, count, own, completed, .. } = *run;
            let head = Head { gram, count, own, completed, places: 0..0 };
            value.list(&head, |visit| self.each(run, visit));
        }
        value.finish()
    }

    /// Calls `visit` with each place of the list of `run`.
    pub(super) fn each(&self, run: &Run, mut visit: impl FnMut(Place)) {
        let Some(share) = self.shares.get(run.share as usize) else { return };
        match &run.list {
            List::Kept(range) => each_place(share.kept.get(range.clone()).unwrap_or_default(), visit),
            List::Fresh(range) => {
                let pairs = share.fresh.get(range.clone()).unwrap_or_default();
                for pair in pairs {
                    visit(place_of(*pair));
                }
            }
            List::Merged(places) => places.iter().for_each(|place| visit(*place)),
        }
    }
}

/// How many parts the pieces are taken in.
const PARTS: usize = 16;

/// The share of each first unit: successive ones, all with about as many pairs.
fn share_of(pieces: &[Posted]) -> Vec<u8> {
    let counted = |mut counts: Vec<u32>, piece: &Posted| {
        for key in piece.keys.all() {
            if let Some(count) = counts.get_mut(usize::from(units(*key).0)) {
                *count += 1;
            }
        }
        counts
    };
    let none = || vec![0_u32; 1 << 16];
    let sum = |a: Vec<u32>, b: Vec<u32>| a.iter().zip(&b).map(|(a, b)| a + b).collect();
    let counts = pieces.par_iter().with_min_len(512).fold(none, counted).reduce(none, sum);
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut before = 0;
    let share = |count: &u32| {
        let share = before * SHARES as u64 / all.max(1);
        before += u64::from(*count);
        u8::try_from(share.min(SHARES as u64 - 1)).unwrap_or(0)
    };
    counts.iter().map(share).collect()
}

/// The pairs of `pieces`, by share.
fn parted(pieces: &[Posted], share_of: &[u8]) -> Vec<Vec<Pair>> {
    let share_of = |key: Gram| usize::from(share_of.get(usize::from(units(key).0)).copied().unwrap_or(0));
    let mut counts = vec![0; SHARES];
    for key in pieces.iter().flat_map(|piece| piece.keys.all()) {
        if let Some(count) = counts.get_mut(share_of(*key)) {
            *count += 1;
        }
    }
    let mut shares: Vec<Vec<Pair>> = counts.into_iter().map(Vec::with_capacity).collect();
    pieces.iter().flat_map(pairs).for_each(|pair| {
        if let Some(pairs) = shares.get_mut(share_of(gram_of(pair))) {
            pairs.push(pair);
        }
    });
    shares
}

/// The pairs of one piece.
fn pairs(piece: &Posted) -> impl Iterator<Item = Pair> + '_ {
    let number = u64::from(piece.number) << 2;
    piece.keys.by_marks().flat_map(move |(marks, some)| {
        let low = number | u64::from(marks);
        some.iter().map(move |key| u64::from(*key) << 32 | low)
    })
}

/// The lists of `pairs`, of which nothing was kept.
fn fresh_runs(share: usize, pairs: &[Pair]) -> impl Iterator<Item = Run> + '_ {
    let mut start = 0;
    pairs.chunk_by(|a, b| a >> 32 == b >> 32).map(move |run| {
        let range = start..start + run.len();
        start = range.end;
        let own = run.iter().filter(|pair| is_own(place_of(**pair))).count();
        let gram = gram_of(run.first().copied().unwrap_or(0));
        changed(share, gram, List::Fresh(range), (run.len(), own))
    })
}

fn changed(share: usize, gram: Gram, list: List, (count, own): (usize, usize)) -> Run {
    let share = u32::try_from(share).unwrap_or(u32::MAX);
    let (count, own) = (length(count), length(own));
    Run { gram, share, list, count, own, completed: false, was_completed: None }
}

/// The lists of one share: kept ones without what is gone, and what came.
fn merged_runs(at: usize, share: &Share, heads: Vec<Head>, kept: &Kept) -> Vec<Run> {
    let mut runs = Vec::with_capacity(heads.len());
    let mut came = fresh_runs(at, &share.fresh).peekable();
    for head in heads {
        while let Some(run) = came.next_if(|run| run.gram < head.gram) {
            runs.push(run);
        }
        let added = came.next_if(|run| run.gram == head.gram);
        runs.extend(merged_run(at, share, head, added, kept));
    }
    runs.extend(came);
    runs
}

fn merged_run(at: usize, share: &Share, head: Head, added: Option<Run>, kept: &Kept) -> Option<Run> {
    let list = share.kept.get(head.places.clone()).unwrap_or_default();
    let Head { gram, count, own, completed, places } = head;
    let stays = |places| {
        let run = changed(at, gram, List::Kept(places), (0, 0));
        Run { count, own, was_completed: Some(completed), ..run }
    };
    if added.is_none() && kept.stays(list) {
        return Some(stays(places));
    }
    let pairs = match added {
        Some(Run { list: List::Fresh(range), .. }) => share.fresh.get(range).unwrap_or_default(),
        _ => &[],
    };
    let mut came = pairs.iter().map(|pair| place_of(*pair)).peekable();
    // A place takes a byte at least.
    let room = list.len().min(count as usize);
    let (mut before, mut now) = (Vec::with_capacity(room), Vec::with_capacity(room + pairs.len()));
    each_place(list, |place| {
        before.push(place);
        let Some(place) = kept.moved(place) else { return };
        while let Some(new) = came.next_if(|new| *new < place) {
            now.push(new);
        }
        now.push(place);
    });
    now.extend(came);
    // Both were in order, and are so together unless pieces changed places.
    if !now.is_sorted() {
        now.sort_unstable();
    }
    if now == before {
        return Some(stays(places));
    }
    let counts = (now.len(), now.iter().filter(|place| is_own(**place)).count());
    (!now.is_empty()).then(|| changed(at, gram, List::Merged(now), counts))
}

fn gram_of(pair: Pair) -> Gram {
    u32::try_from(pair >> 32).unwrap_or(0)
}

fn place_of(pair: Pair) -> Place {
    u32::try_from(pair & 0xFFFF_FFFF).unwrap_or(0)
}

/// Finds the keys whose lists those of longer keys complete: where these are
/// together about one or two chunks, so that a query for one character reads
/// about three.
fn complete(runs: &mut [Run], end: u32, size: u64) {
    let mut weights = vec![0_u64; 1 << 16];
    for run in runs.iter().filter(|run| is_longer(run.gram)) {
        if let Some(all) = weights.get_mut(usize::from(units(run.gram).0)) {
            *all += weight(run.count, end);
        }
    }
    for run in runs {
        let others = longer(run.gram).and_then(|first| weights.get(usize::from(first)));
        let others = others.filter(|weight| **weight > 0);
        run.completed = others.is_some_and(|weight| *weight <= 12 * size);
    }
}

/// Where chunks begin and end.
fn cut(runs: &[Run], end: u32, size: u64) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let (mut start, mut bits) = (0, 0);
    for (at, run) in runs.iter().enumerate() {
        // One key in 64 is a place where a chunk may end.
        let here = run.gram.wrapping_mul(0x9E37_79B1) >> 26 == 0;
        if bits > 12 * size || (bits > 6 * size && here) {
            cuts.push(start..at);
            (start, bits) = (at, 0);
        }
        bits += weight(run.written(), end);
    }
    if start < runs.len() {
        cuts.push(start..runs.len());
    }
    cuts
}

/// About how many bits a list of `count` below `end` takes, its key included;
/// in whole numbers, so that it is the same everywhere.
fn weight(count: u32, end: u32) -> u64 {
    let count = u64::from(count.max(1));
    let each = u64::from((u64::from(end) / count).max(1).ilog2()) + 2;
    count * each + 2 * u64::from(count.ilog2()) + 16
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}
