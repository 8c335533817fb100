//! Which number each piece and each part of an attached text has, and which
//! pieces share a file of texts.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::numbering::{Places, place};

/// Which piece has which number, and which numbers share a file of texts.
pub(super) struct Shelves {
    /// The numbers, in the site's order.
    pub(super) pieces: Places,
    /// By file: the numbers and the places of its pieces.
    pub(super) files: BTreeMap<u32, Vec<(u32, usize)>>,
    /// How many files there may be.
    pub(super) count: u32,
}

impl Shelves {
    /// So many numbers, `slots`, share a file.
    pub(super) fn new(entries: &[Entry<'_>], slots: u32) -> Self {
        let names = entries.iter().map(|entry| (entry.month(), entry.article.route.as_str()));
        let pieces = place(names, 0);
        let mut files: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (at, number) in pieces.numbers.iter().enumerate() {
            files.entry(number / slots).or_default().push((*number, at));
        }
        for members in files.values_mut() {
            members.sort_unstable();
        }
        let count = pieces.end.div_ceil(slots);
        Self { pieces, files, count }
    }

    /// The number of a piece.
    pub(super) fn number(&self, piece: usize) -> u32 {
        self.pieces.numbers.get(piece).copied().unwrap_or(0)
    }
}

/// A part of an attached text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    /// Its number.
    pub(super) number: u32,
    /// The piece that has it, by its place.
    pub(super) piece: usize,
    /// Which of the piece's parts it is.
    pub(super) n: usize,
}

/// The parts of attached texts, behind the pieces.
pub(super) struct Extras {
    /// By piece, and part.
    pub(super) all: Vec<Numbered>,
    /// One past the last number of all.
    pub(super) end: u32,
}

impl Extras {
    /// `counts` says how many parts each piece has.
    pub(super) fn new(entries: &[Entry<'_>], shelves: &Shelves, counts: &[usize]) -> Self {
        let owners: Vec<(usize, usize)> =
            counts.iter().enumerate().flat_map(|(at, count)| (0..*count).map(move |n| (at, n))).collect();
        let route = |at: usize| entries.get(at).map_or("", |entry| entry.article.route.as_str());
        let names: Vec<String> = owners.iter().map(|(at, n)| format!("{}#{n}", route(*at))).collect();
        let places = place(names.iter().map(|name| (0, name.as_str())), shelves.pieces.end);
        let numbered = |(number, (piece, n)): (&u32, &(usize, usize))| Numbered {
            number: *number,
            piece: *piece,
            n: *n,
        };
        Self { all: places.numbers.iter().zip(&owners).map(numbered).collect(), end: places.end }
    }

    /// For each number behind the pieces', the number of the piece whose file it
    /// is of; −1 where there is none.
    pub(super) fn owners(&self, shelves: &Shelves) -> String {
        let first = shelves.pieces.end;
        let mut owners = vec!["-1".to_owned(); (self.end - first) as usize];
        for extra in &self.all {
            if let Some(owner) = owners.get_mut((extra.number - first) as usize) {
                *owner = shelves.number(extra.piece).to_string();
            }
        }
        owners.join(",")
    }
}
