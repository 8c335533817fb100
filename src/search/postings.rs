//! Which pieces have which key: all lists, in files cut by size.
//!
//! A piece that has 育整 has 育: so the list of 育 names only the pieces that
//! none of the lists of 育… names, where these are few files to read.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::bit_writer::Bits;
use super::grams::{Gram, is_longer, longer, units};
use super::keys::{self, Keys};

/// A piece as lists name it.
#[derive(Debug)]
pub(super) struct Posted {
    /// Its number.
    pub(super) number: u32,
    /// Its keys.
    pub(super) keys: Arc<Keys>,
}

/// The lists of some successive keys: one file.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The first key.
    pub(super) first: Gram,
    /// How many first units there are, and of each: how far it is from the one
    /// before (of the first key, at first; and one), how many keys it has,
    /// their second units, and their lists.
    ///
    /// A list is how many pieces have the key, how many titles (and one), the
    /// pieces' numbers, and which of these have it in their title. Where longer
    /// keys may begin as this one, 1 stands before it, or 2 where their lists
    /// complete it, and there is one more than pieces have it.
    pub(super) bits: String,
}

/// How many shares the work is cut into: so that the pairs of one stay near the
/// processor while they are sorted.
const SHARES: usize = 256;

/// One key in one piece: key, number, whether its title has it, and whether it
/// follows from a longer one; in the order of which all are sorted.
type Pair = u64;

const TITLE: Pair = keys::TITLE as Pair;
const IMPLIED: Pair = keys::IMPLIED as Pair;

/// A key and where its pairs are: in which share, and from where to where.
struct Run {
    gram: Gram,
    share: usize,
    range: Range<usize>,
    /// How many of its pairs do not follow from longer keys.
    own: usize,
    /// Whether only those are written.
    completed: bool,
}

impl Run {
    /// How many pairs are written.
    fn written(&self) -> usize {
        if self.completed { self.own } else { self.range.len() }
    }
}

/// All lists of `pieces`, whose numbers are below `end`, in chunks of about
/// `size` bytes.
///
/// Where a chunk ends depends on the keys near it, and not on how many chunks
/// come before: so a change of one list changes its own chunk and seldom the
/// next.
pub(super) fn chunks(mut pieces: Vec<Posted>, end: u32, size: u64) -> Vec<Chunk> {
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
    let sorted = |parts: Vec<Vec<Pair>>| {
        let mut pairs = parts.concat();
        drop(parts);
        pairs.sort_unstable();
        pairs
    };
    let shares: Vec<Vec<Pair>> = shares.into_par_iter().map(sorted).collect();
    let runs: Vec<Vec<Run>> =
        shares.par_iter().enumerate().map(|(share, pairs)| runs_of(share, pairs)).collect();
    let mut runs: Vec<Run> = runs.into_iter().flatten().collect();
    complete(&mut runs, end, size);
    let cut = cut(&runs, end, size);
    cut.into_par_iter().filter_map(|range| chunk(runs.get(range)?, &shares, end)).collect()
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
    for piece in pieces {
        let number = u64::from(piece.number) << 2;
        for (marks, some) in piece.keys.by_marks() {
            let low = number | u64::from(marks);
            for key in some {
                if let Some(pairs) = shares.get_mut(share_of(*key)) {
                    pairs.push(u64::from(*key) << 32 | low);
                }
            }
        }
    }
    shares
}

fn runs_of(share: usize, pairs: &[Pair]) -> Vec<Run> {
    let mut start = 0;
    pairs
        .chunk_by(|a, b| a >> 32 == b >> 32)
        .map(|run| {
            let range = start..start + run.len();
            start = range.end;
            let own = run.iter().filter(|pair| *pair & IMPLIED == 0).count();
            Run { gram: gram_of(run.first().copied().unwrap_or(0)), share, range, own, completed: false }
        })
        .collect()
}

fn gram_of(pair: Pair) -> Gram {
    u32::try_from(pair >> 32).unwrap_or(0)
}

/// Finds the keys whose lists those of longer keys complete: where these are
/// together about one or two chunks, so that a query for one character reads
/// about three.
fn complete(runs: &mut [Run], end: u32, size: u64) {
    let mut weights = vec![0_u64; 1 << 16];
    for run in runs.iter().filter(|run| is_longer(run.gram)) {
        if let Some(all) = weights.get_mut(usize::from(units(run.gram).0)) {
            *all += weight(run.range.len(), end);
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
fn weight(count: usize, end: u32) -> u64 {
    let count = count.max(1) as u64;
    let each = u64::from((u64::from(end) / count).max(1).ilog2()) + 2;
    count * each + 2 * u64::from(count.ilog2()) + 16
}

fn chunk(runs: &[Run], shares: &[Vec<Pair>], end: u32) -> Option<Chunk> {
    let first = runs.first()?.gram;
    let groups = || runs.chunk_by(|a, b| units(a.gram).0 == units(b.gram).0);
    let (mut bits, mut before) = (Bits::default(), units(first).0);
    let (mut numbers, mut titles, mut seconds) = (Vec::new(), Vec::new(), Vec::new());
    bits.gamma(length(groups().count()));
    for group in groups() {
        let one = group.first().map_or(0, |run| units(run.gram).0);
        seconds.clear();
        seconds.extend(group.iter().map(|run| u32::from(units(run.gram).1)));
        bits.gamma(u32::from(one - before) + 1);
        bits.gamma(length(seconds.len()));
        bits.list(&seconds, 1 << 16);
        for run in group {
            let pairs = shares.get(run.share)?.get(run.range.clone())?;
            let written = pairs.iter().filter(|pair| !run.completed || *pair & IMPLIED == 0);
            numbers.clear();
            titles.clear();
            for pair in written {
                if pair & TITLE != 0 {
                    titles.push(length(numbers.len()));
                }
                numbers.push(u32::try_from((pair & 0xFFFF_FFFF) >> 2).unwrap_or(0));
            }
            list(&mut bits, run, &numbers, &titles, end);
        }
        before = one;
    }
    Some(Chunk { first, bits: bits.finish() })
}

/// One list: see [`Chunk::bits`].
fn list(bits: &mut Bits, run: &Run, numbers: &[u32], titles: &[u32], end: u32) {
    let count = length(numbers.len());
    if longer(run.gram).is_some() {
        bits.gamma(1 + u32::from(run.completed));
        bits.gamma(count + 1);
    } else {
        bits.gamma(count);
    }
    bits.gamma(length(titles.len()) + 1);
    bits.list(numbers, end);
    bits.list(titles, count);
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}
