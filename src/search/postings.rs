//! Which pieces have which key: all lists, in files cut by size.
//!
//! A piece that has 育整 has 育: so the list of 育 names only the pieces that
//! none of the lists of 育… names, where these are few files to read.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::bits::Bits;
use super::gram::{Gram, is_longer, longer, units};

/// A piece as lists name it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posted<'p> {
    /// Its number.
    pub(super) number: u32,
    /// Its keys, ascending.
    pub(super) grams: &'p [Gram],
    /// Those of its title.
    pub(super) titles: &'p [Gram],
    /// Those that follow from longer ones.
    pub(super) implied: &'p [Gram],
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

/// How many shares the work is cut into.
const SHARES: usize = 16;

/// Keys that are looked at to cut the work into equal shares.
const SAMPLE: usize = 1 << 16;

/// One key in one piece: key, number, whether its title has it, and whether it
/// follows from a longer one; in the order of which all are sorted.
type Pair = u64;

const TITLE: Pair = 2;
const IMPLIED: Pair = 1;

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
pub(super) fn chunks(pieces: &[Posted<'_>], end: u32, size: u64) -> Vec<Chunk> {
    let pivots = pivots(pieces);
    let parted: Vec<Parted<'_>> =
        pieces.par_iter().with_min_len(64).map(|piece| Parted::new(piece, &pivots)).collect();
    let shares: Vec<Vec<Pair>> =
        (0..=pivots.len()).into_par_iter().map(|share| pairs(&parted, share)).collect();
    let runs: Vec<Vec<Run>> =
        shares.par_iter().enumerate().map(|(share, pairs)| runs_of(share, pairs)).collect();
    let mut runs: Vec<Run> = runs.into_iter().flatten().collect();
    complete(&mut runs, end, size);
    let cut = cut(&runs, end, size);
    cut.into_par_iter().filter_map(|range| chunk(runs.get(range)?, &shares, end)).collect()
}

/// Keys that cut all into shares of about the same size.
fn pivots(pieces: &[Posted<'_>]) -> Vec<Gram> {
    let all: usize = pieces.iter().map(|piece| piece.grams.len()).sum();
    let every = (all / SAMPLE).max(1);
    let mut sample: Vec<Gram> =
        pieces.iter().flat_map(|piece| piece.grams.iter().copied().step_by(every)).collect();
    sample.sort_unstable();
    let mut pivots: Vec<Gram> =
        (1..SHARES).filter_map(|at| sample.get(at * sample.len() / SHARES).copied()).collect();
    pivots.dedup();
    pivots
}

/// A piece's keys, cut into shares.
struct Parted<'p> {
    number: u32,
    /// Of each share the keys of the page, those of its title, and those that
    /// follow from others.
    shares: Vec<[&'p [Gram]; 3]>,
}

impl<'p> Parted<'p> {
    fn new(piece: &Posted<'p>, pivots: &[Gram]) -> Self {
        let mut rest = [piece.grams, piece.titles, piece.implied];
        let mut shares = Vec::with_capacity(pivots.len() + 1);
        for pivot in pivots {
            let before = |all: &'p [Gram]| all.split_at(all.partition_point(|gram| gram < pivot));
            let cut = rest.map(before);
            shares.push(cut.map(|(here, _)| here));
            rest = cut.map(|(_, later)| later);
        }
        shares.push(rest);
        Self { number: piece.number, shares }
    }
}

/// The pairs of the share `share`, sorted.
fn pairs(pieces: &[Parted<'_>], share: usize) -> Vec<Pair> {
    let of = |piece: &Parted<'_>| piece.shares.get(share).map_or(0, |[grams, ..]| grams.len());
    let mut pairs = Vec::with_capacity(pieces.iter().map(of).sum());
    for piece in pieces {
        let Some([grams, titles, implied]) = piece.shares.get(share) else { continue };
        let number = u64::from(piece.number) << 2;
        let (mut titles, mut implied) = (titles.iter().peekable(), implied.iter().peekable());
        for gram in *grams {
            let title = titles.next_if_eq(&gram).map_or(0, |_| TITLE);
            let implied = implied.next_if_eq(&gram).map_or(0, |_| IMPLIED);
            pairs.push(u64::from(*gram) << 32 | number | title | implied);
        }
    }
    pairs.sort_unstable();
    pairs
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
    let mut weights: BTreeMap<u16, u64> = BTreeMap::new();
    for run in runs.iter().filter(|run| is_longer(run.gram)) {
        *weights.entry(units(run.gram).0).or_default() += weight(run.range.len(), end);
    }
    for run in runs {
        let others = longer(run.gram).and_then(|first| weights.get(&first));
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
    bits.gamma(length(groups().count()));
    for group in groups() {
        let one = group.first().map_or(0, |run| units(run.gram).0);
        let seconds: Vec<u32> = group.iter().map(|run| u32::from(units(run.gram).1)).collect();
        bits.gamma(u32::from(one - before) + 1);
        bits.gamma(length(seconds.len()));
        bits.list(&seconds, 1 << 16);
        for run in group {
            list(&mut bits, run, shares.get(run.share)?.get(run.range.clone())?, end);
        }
        before = one;
    }
    Some(Chunk { first, bits: bits.finish() })
}

fn list(bits: &mut Bits, run: &Run, pairs: &[Pair], end: u32) {
    let written = || pairs.iter().filter(|pair| !run.completed || *pair & IMPLIED == 0);
    let number = |pair: &Pair| u32::try_from((pair & 0xFFFF_FFFF) >> 2).unwrap_or(0);
    let numbers: Vec<u32> = written().map(number).collect();
    let titles: Vec<u32> =
        written().zip(0..).filter(|(pair, _)| *pair & TITLE != 0).map(|(_, at)| at).collect();
    let count = length(numbers.len());
    if longer(run.gram).is_some() {
        bits.gamma(1 + u32::from(run.completed));
        bits.gamma(count + 1);
    } else {
        bits.gamma(count);
    }
    bits.gamma(length(titles.len()) + 1);
    bits.list(&numbers, end);
    bits.list(&titles, count);
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}
