//! Which pieces have which key: all lists, in files cut by size.

use std::ops::Range;

use rayon::prelude::*;

use super::bits::Bits;
use super::gram::Gram;

/// A piece as lists name it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posted<'p> {
    /// Its number.
    pub(super) number: u32,
    /// Its keys, ascending.
    pub(super) grams: &'p [Gram],
    /// Those of its title.
    pub(super) titles: &'p [Gram],
}

/// The lists of some successive keys: one file.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The first key.
    pub(super) first: Gram,
    /// The keys: of each first unit the unit, its second units, and `!`.
    pub(super) keys: Vec<u16>,
    /// The lists: of each key how many pieces have it, how many titles (and
    /// one), the pieces' numbers, and which of these have it in their title.
    pub(super) bits: String,
}

/// What separates the keys of one first unit from those of the next: never a
/// part of a key itself.
const END: u16 = b'!' as u16;

/// How many shares the work is cut into.
const SHARES: usize = 16;

/// Keys that are looked at to cut the work into equal shares.
const SAMPLE: usize = 1 << 16;

/// One key in one piece: key, number, and whether its title has it, in the
/// order of which all are sorted.
type Pair = u64;

/// A key and where its pairs are: in which share, and from where to where.
struct Run {
    gram: Gram,
    share: usize,
    range: Range<usize>,
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
    let runs: Vec<Run> = runs.into_iter().flatten().collect();
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
    /// Of each share the keys of the page, and those of its title.
    shares: Vec<(&'p [Gram], &'p [Gram])>,
}

impl<'p> Parted<'p> {
    fn new(piece: &Posted<'p>, pivots: &[Gram]) -> Self {
        let (mut grams, mut titles) = (piece.grams, piece.titles);
        let mut shares = Vec::with_capacity(pivots.len() + 1);
        for pivot in pivots {
            let before = |all: &'p [Gram]| all.split_at(all.partition_point(|gram| gram < pivot));
            let ((here, later), (here_titles, later_titles)) = (before(grams), before(titles));
            shares.push((here, here_titles));
            (grams, titles) = (later, later_titles);
        }
        shares.push((grams, titles));
        Self { number: piece.number, shares }
    }
}

/// The pairs of the share `share`, sorted.
fn pairs(pieces: &[Parted<'_>], share: usize) -> Vec<Pair> {
    let of = |piece: &Parted<'_>| piece.shares.get(share).map_or(0, |(grams, _)| grams.len());
    let mut pairs = Vec::with_capacity(pieces.iter().map(of).sum());
    for piece in pieces {
        let Some((grams, titles)) = piece.shares.get(share) else { continue };
        let number = u64::from(piece.number) << 1;
        let mut titles = titles.iter().peekable();
        for gram in *grams {
            let title = titles.next_if_eq(&gram).is_some();
            pairs.push(u64::from(*gram) << 32 | number | u64::from(title));
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
            Run { gram: gram_of(run.first().copied().unwrap_or(0)), share, range }
        })
        .collect()
}

fn gram_of(pair: Pair) -> Gram {
    u32::try_from(pair >> 32).unwrap_or(0)
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
        bits += weight(run.range.len(), end);
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
    let (mut keys, mut bits, mut group) = (Vec::new(), Bits::default(), None);
    for run in runs {
        let (one, two) = ((run.gram >> 16) as u16, (run.gram & 0xFFFF) as u16);
        if group != Some(one) {
            keys.extend(group.map(|_| END));
            keys.push(one);
            group = Some(one);
        }
        keys.push(two);
        let pairs = shares.get(run.share)?.get(run.range.clone())?;
        list(&mut bits, pairs, end);
    }
    Some(Chunk { first, keys, bits: bits.finish() })
}

fn list(bits: &mut Bits, pairs: &[Pair], end: u32) {
    let number = |pair: &Pair| u32::try_from((pair & 0xFFFF_FFFF) >> 1).unwrap_or(0);
    let numbers: Vec<u32> = pairs.iter().map(number).collect();
    let titles: Vec<u32> =
        pairs.iter().zip(0..).filter(|(pair, _)| **pair & 1 == 1).map(|(_, at)| at).collect();
    let count = |list: &[u32]| u32::try_from(list.len()).unwrap_or(u32::MAX - 1);
    bits.gamma(count(&numbers));
    bits.gamma(count(&titles) + 1);
    bits.list(&numbers, end);
    bits.list(&titles, count(&numbers));
}
