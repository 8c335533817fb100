//! The lists of successive keys as one file of the index.

use std::ops::Range;

use super::bit_writer::Bits;
use super::grams::{Gram, longer, units};
use super::postings::{Lists, Run, TITLE, is_own};

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

impl Chunk {
    /// That of the lists in `range`.
    pub(super) fn new(lists: &Lists, range: Range<usize>) -> Option<Self> {
        let runs = lists.runs(range);
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
                numbers.clear();
                titles.clear();
                lists.each(run, |place| {
                    if run.completed && !is_own(place) {
                        return;
                    }
                    if place & TITLE != 0 {
                        titles.push(length(numbers.len()));
                    }
                    numbers.push(place >> 2);
                });
                list(&mut bits, run, &numbers, &titles, lists.end());
            }
            before = one;
        }
        Some(Self { first, bits: bits.finish() })
    }
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
