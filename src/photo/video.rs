//! Whether a film says where it was taken. Films are published as they are, so
//! an editor has to know.
//!
//! Phones and cameras write MP4 and `QuickTime` (ISO 14496-12): boxes, each a
//! length and a name. What is known of the film stands in the box `moov`, in
//! front of the pictures or behind them, or as XMP in a box `uuid`; the
//! pictures are passed over.

use memchr::memmem;

use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Blobs;

/// How notes of a place begin: Android's, Apple's, 3GPP's, XMP's.
const PLACES: [&[u8]; 4] =
    [b"\xA9xyz\0", b"com.apple.quicktime.location.", b"loci\0\0\0\0", b"exif:GPSLatitude"];

/// The most that is read of notes: `moov` has a few bytes for each picture.
const MOST: usize = 32 << 20;

/// Whether the film at `path`, with the hash `content`, says where it was
/// taken. One that can't be read says nothing.
pub fn film_has_place(path: &SourcePath, content: Key, blobs: &dyn Blobs) -> bool {
    let key = Key::hash_parts([b"film 1".as_slice(), content.as_bytes()]);
    if let Some(kept) = blobs.recall(key) {
        return kept == b"1";
    }
    let mut walk = Walk::default();
    if blobs.stream(path, &mut |part| walk.take(part)).is_err() {
        return false;
    }
    let found = PLACES.iter().any(|place| memmem::find(&walk.notes, place).is_some());
    blobs.keep(key, if found { b"1" } else { b"0" });
    found
}

/// A walk over the outermost boxes of a file that comes in parts.
#[derive(Default)]
struct Walk {
    /// The head of the next box, as far as it has come.
    head: Vec<u8>,
    /// Bytes of the present box that have not come.
    left: u64,
    /// Whether the present box has notes.
    wanted: bool,
    notes: Vec<u8>,
    /// Whether it is no film of this kind.
    foreign: bool,
    begun: bool,
}

impl Walk {
    fn take(&mut self, mut part: &[u8]) {
        while !part.is_empty() && !self.foreign {
            if self.left == 0 {
                part = self.read_head(part);
                continue;
            }
            let here = usize::try_from(self.left).unwrap_or(usize::MAX).min(part.len());
            let (now, rest) = part.split_at_checked(here).unwrap_or((part, &[]));
            if self.wanted && self.notes.len() < MOST {
                self.notes.extend_from_slice(now);
            }
            self.left -= now.len() as u64;
            part = rest;
        }
    }

    /// Takes a byte of a head, and gives what is behind it.
    fn read_head<'p>(&mut self, part: &'p [u8]) -> &'p [u8] {
        let Some((byte, rest)) = part.split_first() else { return part };
        self.head.push(*byte);
        let number = |bytes: &[u8]| bytes.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        let short = self.head.get(..4).map(number);
        let (length, known) = match (short, self.head.len()) {
            // 1: the length is longer, and stands behind the name. 0: the box
            // goes on to the end.
            (Some(1), 16) => (self.head.get(8..).map_or(0, number), 16),
            (Some(0), 8) => (u64::MAX, 8),
            (Some(length), 8) if length != 1 => (length, 8),
            _ => return rest,
        };
        let name = self.head.get(4..8).unwrap_or_default();
        self.foreign =
            length < known || (!self.begun && name != b"ftyp" && name != b"moov" && name != b"wide");
        self.begun = true;
        self.wanted = name == b"moov" || name == b"uuid";
        self.left = length.saturating_sub(known);
        self.head.clear();
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &str, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap();
        [length.to_be_bytes().as_slice(), name.as_bytes(), body].concat()
    }

    fn moov(film: &[u8], part: usize) -> Vec<u8> {
        let mut walk = Walk::default();
        film.chunks(part).for_each(|part| walk.take(part));
        walk.notes
    }

    #[test]
    fn what_is_known_is_found_before_and_behind_the_pictures() {
        let (start, known, pictures) =
            (boxed("ftyp", b"isom"), boxed("moov", b"known"), boxed("mdat", b"moov"));
        let long = [[0u8, 0, 0, 1].as_slice(), b"mdat", &20u64.to_be_bytes(), b"1234"].concat();
        for part in [1, 3, 7, 1000] {
            assert_eq!(moov(&[&start[..], &known, &pictures].concat(), part), b"known");
            assert_eq!(moov(&[&start[..], &pictures, &known].concat(), part), b"known");
            assert_eq!(moov(&[&start[..], &long, &known].concat(), part), b"known");
            assert_eq!(moov(&[&start[..], &pictures, &known[..10]].concat(), part), b"kn");
            assert_eq!(moov(b"ID3\x04 moov is only a word here", part), b"");
            assert_eq!(moov(&[&start[..], &[0; 8], &known].concat(), part), b"");
        }
    }
}
