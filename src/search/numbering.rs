//! A number for each piece.
//!
//! Pieces are numbered month by month, so that a higher number is a later
//! month and a year is a range. Each month has some numbers more than pieces,
//! and within a month the place is by the hash of the piece's path: so a new
//! piece moves a neighbour or two, and not all that follow.

use std::collections::BTreeMap;

use crate::memo::Key;

/// Numbers of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// Year × 12 + month − 1; 0 for pieces without a date.
    pub(super) month: u32,
    /// How many numbers it has.
    pub(super) size: u32,
}

/// Who has which number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// In the order of the numbers.
    pub(super) regions: Vec<Region>,
    /// The number of each piece, in the order in which they were given.
    pub(super) numbers: Vec<u32>,
    /// One past the last number.
    pub(super) end: u32,
}

/// Numbers for pieces, of each the month and a name that no other has; they
/// begin at `start`.
pub(super) fn place<'p>(pieces: impl Iterator<Item = (u32, &'p str)>, start: u32) -> Places {
    let mut months: BTreeMap<u32, Vec<(u64, &'p str, usize)>> = BTreeMap::new();
    let mut count = 0;
    for (at, (month, name)) in pieces.enumerate() {
        months.entry(month).or_default().push((hash(name), name, at));
        count = at + 1;
    }
    let mut places = Places { regions: Vec::new(), numbers: vec![0; count], end: start };
    for (month, mut members) in months {
        members.sort_unstable();
        let size = roomy(members.len());
        let homes: Vec<u64> = members.iter().map(|(hash, ..)| *hash).collect();
        for ((.., at), slot) in members.iter().zip(slots(&homes, size)) {
            if let Some(number) = places.numbers.get_mut(*at) {
                *number = places.end + slot;
            }
        }
        places.regions.push(Region { month, size });
        places.end += size;
    }
    places
}

fn hash(name: &str) -> u64 {
    let key = Key::hash(name.as_bytes());
    u64::from_le_bytes(key.as_bytes().first_chunk::<8>().copied().unwrap_or_default())
}

/// How many numbers `count` pieces get: about a sixth more, in steps of at
/// least eight, so that one piece more seldom needs another size.
fn roomy(count: usize) -> u32 {
    let count = u32::try_from(count).unwrap_or(u32::MAX / 2);
    let step = (count / 8).next_power_of_two().max(8);
    (count + count / 10 + 1).next_multiple_of(step)
}

/// A slot below `size` for each of some ascending hashes, ascending too: where
/// the hash falls, or as near behind it as there is room.
fn slots(hashes: &[u64], size: u32) -> Vec<u32> {
    let mut next = 0;
    let mut slots: Vec<u32> = hashes
        .iter()
        .map(|hash| {
            let home = u32::try_from((u128::from(*hash) * u128::from(size)) >> 64).unwrap_or(0);
            let slot = home.max(next);
            next = slot + 1;
            slot
        })
        .collect();
    // What ran over the end is pushed back from there.
    let mut limit = size;
    for slot in slots.iter_mut().rev() {
        if *slot < limit {
            break;
        }
        // The one before must stay below this one.
        limit = limit.saturating_sub(1);
        *slot = limit;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(names: &[String]) -> Places {
        place(names.iter().map(|name| (24_254, name.as_str())), 0)
    }

    #[test]
    fn numbers_differ_and_lie_in_their_month() {
        for count in [1, 2, 3, 10, 100, 1000] {
            let names: Vec<String> = (0..count).map(|n| format!("news/{n}.html")).collect();
            let places = placed(&names);
            let mut numbers = places.numbers.clone();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
            assert!(numbers.iter().all(|n| *n < places.end));
            assert!(places.end as usize <= count * 3 / 2 + 8, "{} for {count}", places.end);
        }
    }

    #[test]
    fn one_piece_more_moves_few() {
        let names: Vec<String> = (0..500).map(|n| format!("news/{n}.html")).collect();
        let mut more = names.clone();
        more.insert(250, "news/new.html".to_owned());
        let (before, mut after) = (placed(&names), placed(&more));
        after.numbers.remove(250);
        let moved = before.numbers.iter().zip(&after.numbers).filter(|(a, b)| a != b).count();
        assert!(before.regions == after.regions && moved < 25, "{moved} moved");
    }

    #[test]
    fn what_falls_behind_the_end_is_pushed_back() {
        assert_eq!(slots(&[u64::MAX - 2, u64::MAX - 1, u64::MAX], 4), [1, 2, 3]);
        assert_eq!(slots(&[0, 0, u64::MAX], 3), [0, 1, 2]);
    }
}
