//! TIFF (TIFF 6.0) and JPEG XR (ITU-T T.832, annex A) pictures without notes.
//!
//! A directory of tags says where everything lies. Only tags that a decoder
//! needs stay, and every byte that none of these refers to becomes zero, so
//! nothing is moved.
//!
//! **Invariant:** the file keeps its length; what can't be followed to its end
//! is left to the caller as `None`.

use std::ops::Range;

/// Tags that TIFF decoders need (TIFF 6.0, sections 8 to 22).
const NEEDED: [u16; 40] = [
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
    290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 338, 339, 347, 529,
];

/// More of them, of YCbCr (section 21).
const NEEDED_TOO: [u16; 3] = [530, 531, 532];

/// Tags of JPEG XR that decoders need.
const NEEDED_BY_XR: [u16; 14] = [
    0xBC01, 0xBC02, 0xBC03, 0xBC04, 0xBC80, 0xBC81, 0xBC82, 0xBC83, 0xBCC0, 0xBCC1, 0xBCC2, 0xBCC3, 0xBCC4,
    0xBCC5,
];

/// Tags that say where pixels lie, and those that say how many bytes they are.
const PIXELS: [(u16, u16); 4] = [(273, 279), (324, 325), (0xBCC0, 0xBCC1), (0xBCC2, 0xBCC3)];

/// The most directories of a file: its pages.
const MAX_PAGES: usize = 500;

/// The most pieces that a file's pixels lie in.
const MAX_PIECES: usize = 1_000_000;

/// The picture without notes; `None` where it is none of these, or can't be
/// followed.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = match bytes.get(..4)? {
        b"II*\0" => File { bytes, little: true, xr: false },
        b"MM\0*" => File { bytes, little: false, xr: false },
        [b'I', b'I', 0xBC, _] => File { bytes, little: true, xr: true },
        _ => return None,
    };
    let mut kept: Vec<Range<usize>> = std::iter::once(0..8).collect();
    let mut out = bytes.to_vec();
    let mut at = file.long(4)?;
    let mut pages = 0;
    while at != 0 {
        pages += 1;
        if pages > MAX_PAGES || kept.len() > MAX_PIECES {
            return None;
        }
        at = file.page(at, &mut out, &mut kept)?;
    }
    kept.sort_by_key(|range| range.start);
    let mut from = 0;
    for range in kept {
        if range.start > from {
            out.get_mut(from..range.start)?.fill(0);
        }
        from = from.max(range.end);
    }
    if let Some(rest) = out.get_mut(from..) {
        rest.fill(0);
    }
    Some(out)
}

/// A file being followed.
#[derive(Clone, Copy)]
struct File<'b> {
    bytes: &'b [u8],
    little: bool,
    xr: bool,
}

impl File<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let pair = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
        usize::try_from(value).ok()
    }

    /// Writes one directory again with the tags that are needed, notes the
    /// bytes that these refer to, and gives the place of the next one.
    fn page(self, at: usize, out: &mut [u8], kept: &mut Vec<Range<usize>>) -> Option<usize> {
        let count = usize::from(self.short(at)?);
        let first = at.checked_add(2)?;
        let next = self.long(first.checked_add(count.checked_mul(12)?)?)?;
        let mut to = first;
        for entry in (0..count).map(|number| first + number * 12) {
            let tag = self.short(entry)?;
            if !self.needs(tag) {
                continue;
            }
            let (place, size) = self.value(entry)?;
            self.bytes.get(place..place.checked_add(size)?)?;
            if size > 4 {
                kept.push(place..place + size);
            }
            out.get_mut(to..to + 12)?.copy_from_slice(self.bytes.get(entry..entry + 12)?);
            to += 12;
            if let Some((_, sizes)) = PIXELS.iter().find(|(offsets, _)| *offsets == tag) {
                let offsets = self.numbers(entry)?;
                let sizes = (0..count).map(|n| first + n * 12).find(|e| self.short(*e) == Some(*sizes))?;
                for (from, len) in offsets.into_iter().zip(self.numbers(sizes)?) {
                    kept.push(from..from.checked_add(len)?.min(self.bytes.len()));
                }
            }
        }
        let entries = u16::try_from((to - first) / 12).ok()?;
        let entries = if self.little { entries.to_le_bytes() } else { entries.to_be_bytes() };
        out.get_mut(at..first)?.copy_from_slice(&entries);
        let next_bytes = u32::try_from(next).ok()?;
        let next_bytes = if self.little { next_bytes.to_le_bytes() } else { next_bytes.to_be_bytes() };
        out.get_mut(to..to + 4)?.copy_from_slice(&next_bytes);
        kept.push(at..to + 4);
        Some(next)
    }

    fn needs(self, tag: u16) -> bool {
        if self.xr { NEEDED_BY_XR.contains(&tag) } else { NEEDED.contains(&tag) || NEEDED_TOO.contains(&tag) }
    }

    /// Where the value of an entry lies and how many bytes it has.
    fn value(self, entry: usize) -> Option<(usize, usize)> {
        let width = match self.short(entry + 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let size = self.long(entry + 4)?.checked_mul(width)?;
        Some(if size > 4 { (self.long(entry + 8)?, size) } else { (entry + 8, size) })
    }

    /// The numbers of an entry.
    fn numbers(self, entry: usize) -> Option<Vec<usize>> {
        let (place, size) = self.value(entry)?;
        let width = if self.short(entry + 2)? == 3 { 2 } else { 4 };
        let places = (0..size / width).map(|number| place + number * width);
        places.map(|at| if width == 2 { self.short(at).map(usize::from) } else { self.long(at) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey picture of one pixel, its artist, and notes of a camera.
    fn sample(little: bool) -> Vec<u8> {
        let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut out = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        out.extend(long(8));
        let entries: [(u16, u16, u32, u32); 7] = [
            (256, 4, 1, 1),
            (257, 4, 1, 1),
            (273, 4, 1, 130),
            (279, 4, 1, 1),
            (315, 2, 9, 110),
            (34665, 4, 1, 120),
            (282, 5, 1, 140),
        ];
        out.extend(short(7));
        for (tag, kind, count, value) in entries {
            out.extend([short(tag), short(kind)].concat());
            out.extend([long(count), long(value)].concat());
        }
        out.extend(long(0));
        out.resize(110, 0);
        out.extend(b"zhangsan\0");
        out.resize(120, 0);
        out.extend(b"lisi");
        out.resize(130, 0);
        out.push(0x7F);
        out.resize(140, 0);
        out.extend(b"\x48\0\0\0\x01\0\0\0");
        out
    }

    #[test]
    fn only_what_decoders_need_is_left() {
        for little in [true, false] {
            let bytes = sample(little);
            let clean = clean(&bytes).expect("a TIFF");
            assert_eq!(clean.len(), bytes.len());
            for gone in [b"zhangsan".as_slice(), b"lisi"] {
                assert!(memchr::memmem::find(&clean, gone).is_none());
            }
            assert_eq!((clean[130], clean[140]), (0x7F, 0x48));
            assert_eq!(super::clean(&clean), Some(clean));
        }
    }

    #[test]
    fn what_can_not_be_followed_is_left_to_the_caller() {
        let whole = sample(true);
        for len in 0..whole.len() {
            let _ = clean(&whole[..len]);
        }
        let mut circle = whole.clone();
        circle[94..98].copy_from_slice(&8_u32.to_le_bytes());
        assert_eq!(clean(&circle), None);
    }
}
