//! The keys of one text, each once.

use std::cell::RefCell;

use super::grams::{Gram, is_longer, longer, units};

/// Of a key in one piece: its title has it.
pub(super) const TITLE: u8 = 2;
/// Of a key in one piece: it follows from a longer one there, of the page and
/// of the title alike.
pub(super) const IMPLIED: u8 = 1;

/// Keys, those of the same marks together; among these in no order that means
/// anything.
#[derive(Debug, Default)]
pub(super) struct Keys {
    all: Vec<Gram>,
    /// How many have each set of marks: none, [`IMPLIED`], [`TITLE`], both.
    counts: [usize; 4],
}

impl Keys {
    /// Those that `write` adds, and which of them are the `titles`.
    pub(super) fn new(write: impl FnOnce(&mut Scratch), titles: Vec<Gram>) -> Self {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.clear();
            write(scratch);
            scratch.marked(titles)
        })
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Gram] {
        &self.all
    }

    /// The marks and their keys.
    pub(super) fn by_marks(&self) -> impl Iterator<Item = (u8, &[Gram])> {
        let mut rest = self.all.as_slice();
        (0..).zip(self.counts).map(move |(marks, count)| {
            let (some, others) = rest.split_at(count.min(rest.len()));
            rest = others;
            (marks, some)
        })
    }
}

thread_local! {
    /// Kept from text to text.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// What is needed to find the keys of a text: a table of those seen, as short
/// as they are few, so that it stays near the processor.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Each once, as they came.
    keys: Vec<Gram>,
    /// The same by their hashes; 0, which is no key, where there is none. A
    /// power of two long, and at most half full.
    slots: Vec<Gram>,
    /// The units that are keys by themselves.
    single: Units,
    /// The first units of keys that are not the shortest with these.
    begins: Units,
    /// The marks of `keys`.
    marks: Vec<u8>,
}

/// How long [`Scratch::slots`] is at first.
const SLOTS: usize = 1 << 12;

impl Scratch {
    fn clear(&mut self) {
        self.keys.clear();
        self.slots.clear();
        self.slots.resize(SLOTS, 0);
        self.single.clear();
        self.begins.clear();
    }

    /// Adds a key; more than once is once.
    pub(super) fn add(&mut self, key: Gram) {
        let first = units(key).0;
        let is_new = if is_longer(key) { self.seat(key) } else { self.single.add(first) };
        if !is_new {
            return;
        }
        self.keys.push(key);
        if is_longer(key) {
            self.begins.add(first);
            if self.keys.len() * 2 > self.slots.len() {
                self.grow();
            }
        }
    }

    /// Puts a key into its slot; whether it was not there.
    fn seat(&mut self, key: Gram) -> bool {
        let bits = self.slots.len().trailing_zeros();
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize;
        while let Some(held) = self.slots.get_mut(slot) {
            if *held == key {
                return false;
            }
            if *held == 0 {
                *held = key;
                return true;
            }
            slot = (slot + 1) & mask;
        }
        false
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        self.slots.clear();
        self.slots.resize(size, 0);
        let keys = std::mem::take(&mut self.keys);
        for key in keys.iter().filter(|key| is_longer(**key)) {
            self.seat(*key);
        }
        self.keys = keys;
    }

    /// The keys with their marks. A key follows from longer ones where some
    /// begin with its units: then there is one with the first unit of these.
    fn marked(&mut self, mut titles: Vec<Gram>) -> Keys {
        titles.sort_unstable();
        let may_be_title = Sketch::new(&titles);
        let mut counts = [0; 4];
        self.marks.clear();
        for key in &self.keys {
            let longer = longer(*key);
            let mut mark = u8::from(longer.is_some_and(|first| self.begins.has(first))) * IMPLIED;
            if may_be_title.has(*key) && titles.binary_search(key).is_ok() {
                let begins = |first| titles.iter().any(|key| is_longer(*key) && units(*key).0 == first);
                let implied = longer.is_some_and(begins);
                mark = if implied { mark | TITLE } else { TITLE };
            }
            self.marks.push(mark);
            if let Some(count) = counts.get_mut(usize::from(mark)) {
                *count += 1;
            }
        }
        let mut all = vec![0; self.keys.len()];
        let mut next = 0;
        let mut places = counts.map(|count| {
            next += count;
            next - count
        });
        for (key, mark) in self.keys.iter().zip(&self.marks) {
            if let Some(place) = places.get_mut(usize::from(*mark)) {
                if let Some(own) = all.get_mut(*place) {
                    *own = *key;
                }
                *place += 1;
            }
        }
        Keys { all, counts }
    }
}

/// A few keys, by some bits of their hashes: what it does not have is none of
/// them.
struct Sketch([u64; 16]);

impl Sketch {
    fn new(keys: &[Gram]) -> Self {
        let mut bits = [0; 16];
        for key in keys {
            let (word, bit) = Self::place(*key);
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Self(bits)
    }

    fn has(&self, key: Gram) -> bool {
        let (word, bit) = Self::place(key);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(key: Gram) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9E37_79B1);
        ((hash >> 28) as usize, 1 << (hash >> 22 & 63))
    }
}

/// A set of units, which begins by being cleared.
#[derive(Debug, Default)]
struct Units(Vec<u64>);

impl Units {
    fn clear(&mut self) {
        self.0.clear();
        self.0.resize(1 << 10, 0);
    }

    /// Whether it was not there.
    fn add(&mut self, unit: u16) -> bool {
        let Some(word) = self.0.get_mut(usize::from(unit >> 6)) else { return false };
        let bit = 1 << (unit & 63);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    fn has(&self, unit: u16) -> bool {
        self.0.get(usize::from(unit >> 6)).is_some_and(|word| word >> (unit & 63) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grams::{of_text, units};
    use super::super::normalize::folded;
    use super::*;

    /// Marks and keys, sorted.
    fn keys(text: &str, title: &str) -> Vec<(u8, String)> {
        let mut titles = Vec::new();
        of_text(folded(title), |gram| titles.push(gram));
        let keys = Keys::new(|keys| of_text(folded(text), |gram| keys.add(gram)), titles);
        let said = |key: &Gram| String::from_utf16_lossy(&[units(*key).0, units(*key).1]);
        let mut all: Vec<_> = keys
            .by_marks()
            .flat_map(|(marks, some)| some.iter().map(move |key| (marks, said(key))))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn what_follows_from_longer_keys() {
        let implied = |text| {
            let of = keys(text, "").into_iter().filter(|(marks, _)| *marks == IMPLIED);
            of.map(|(_, key)| key).collect::<Vec<_>>()
        };
        assert_eq!(implied("教育，整 2021，12"), ["02", "20", "教 "]);
    }

    #[test]
    fn a_title_must_imply_it_too() {
        let marked = keys("教\n教育，教", "教");
        assert_eq!(marked, [(0, "教育".into()), (0, "育 ".into()), (TITLE, "教 ".into())]);
        let marked = keys("教育\n教育", "教育");
        assert_eq!(marked, [(TITLE, "教育".into()), (TITLE, "育 ".into()), (TITLE | IMPLIED, "教 ".into())]);
    }

    #[test]
    fn each_once_however_many() {
        let text: String = (0..9000_u32).filter_map(|n| char::from_u32(0x4E00 + n)).collect();
        let all = keys(&format!("{text}\n{text}"), "");
        assert_eq!(all.len(), 9000 + 8999);
    }
}
