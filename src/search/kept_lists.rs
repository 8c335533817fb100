//! Lists as an earlier process kept them: those of one file of the index in one
//! value of the store.
//!
//! ```text
//! value = list*
//! list  = gram count own length places
//! ```
//!
//! All are numbers of seven bits a byte, the lowest first (LEB128): how far the
//! key is from the one before, how many places the list has, twice how many of
//! these do not follow from longer keys (and one, where only those are
//! published), how many bytes the places take, and the places, each as how far
//! it is from the one before.
//!
//! **Invariant:** what is cut short or makes no sense is no list; it is never
//! read past its end.

use std::ops::Range;

use super::grams::Gram;

/// Where a key has its number and its marks: see [`super::postings`].
pub(super) type Place = u32;

/// What stands before the places of a list.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Its key.
    pub(super) gram: Gram,
    /// How many places there are.
    pub(super) count: u32,
    /// How many of them do not follow from longer keys.
    pub(super) own: u32,
    /// Whether only those were published.
    pub(super) completed: bool,
    /// Which bytes of the value the places take.
    pub(super) places: Range<usize>,
}

/// The heads of all lists in `value`, in the order of their keys.
pub(super) fn heads(value: &[u8]) -> Option<Vec<Head>> {
    let (mut heads, mut gram, mut rest) = (Vec::new(), 0_u32, value);
    while !rest.is_empty() {
        gram = gram.checked_add(number(&mut rest)?)?;
        let (count, own) = (number(&mut rest)?, number(&mut rest)?);
        let len = number(&mut rest)? as usize;
        let start = value.len() - rest.len();
        rest = rest.get(len..)?;
        heads.push(Head { gram, count, own: own >> 1, completed: own & 1 == 1, places: start..start + len });
    }
    Some(heads)
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Calls `visit` with each place of a list.
pub(super) fn each_place(list: &[u8], mut visit: impl FnMut(Place)) {
    let (mut place, mut part, mut shift) = (0_u32, 0_u32, 0);
    for byte in list {
        // Most are short: pieces beside each other.
        if shift == 0 && *byte < 0x80 {
            place = place.wrapping_add(u32::from(*byte));
            visit(place);
            continue;
        }
        part |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            place = place.wrapping_add(part);
            visit(place);
            (part, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
}

/// A value as it is written, list by list.
#[derive(Debug, Default)]
pub(super) struct Value {
    bytes: Vec<u8>,
    list: Vec<u8>,
    before: Gram,
}

impl Value {
    /// Appends a list: its head, whose range means nothing, and its places,
    /// which `each` gives.
    pub(super) fn list(&mut self, head: &Head, each: impl FnOnce(&mut dyn FnMut(Place))) {
        self.list.clear();
        let (list, mut before) = (&mut self.list, 0);
        each(&mut |place| {
            push(list, place.wrapping_sub(before));
            before = place;
        });
        push(&mut self.bytes, head.gram.wrapping_sub(self.before));
        push(&mut self.bytes, head.count);
        push(&mut self.bytes, head.own << 1 | u32::from(head.completed));
        push(&mut self.bytes, u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.bytes.extend_from_slice(&self.list);
        self.before = head.gram;
    }

    /// Its bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

fn push(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7F) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value() -> (Vec<u8>, Vec<(Gram, Vec<Place>)>) {
        let lists = vec![
            (0x4E2D_0020, vec![0, 1, 127, 128, 40_000]),
            (0x4E2D_6587, vec![u32::MAX]),
            (0xE000_0061, vec![]),
        ];
        let mut value = Value::default();
        for (gram, places) in &lists {
            let count = u32::try_from(places.len()).unwrap();
            let head = Head { gram: *gram, count, own: count / 2, completed: count > 1, places: 0..0 };
            value.list(&head, |visit| places.iter().for_each(|place| visit(*place)));
        }
        (value.finish(), lists)
    }

    #[test]
    fn what_was_kept_is_read() {
        let (value, lists) = value();
        let read: Vec<(Gram, Vec<Place>)> = heads(&value)
            .unwrap()
            .into_iter()
            .map(|head| {
                let mut places = Vec::new();
                each_place(&value[head.places.clone()], |place| places.push(place));
                assert_eq!((head.count as usize, head.own), (places.len(), head.count / 2));
                assert_eq!(head.completed, head.count > 1);
                (head.gram, places)
            })
            .collect();
        assert_eq!(read, lists);
        assert_eq!(heads(&[]).map(|heads| heads.len()), Some(0));
    }

    #[test]
    fn what_is_cut_short_is_no_list() {
        let (value, lists) = value();
        let whole: Vec<usize> = heads(&value).unwrap().iter().map(|head| head.places.end).collect();
        for end in 1..value.len() {
            let read = heads(&value[..end]);
            assert_eq!(read.is_some(), whole.contains(&end), "{end}");
        }
        assert_eq!(lists.len(), whole.len());
        assert!(heads(&[0xFF; 9]).is_none());
    }
}
