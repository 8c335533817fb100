//! What a film or a sound says of itself: where it was taken, and that AI made
//! it. Both are published as they are, so an editor has to know.
//!
//! Phones and cameras write MP4 and `QuickTime` (ISO 14496-12): boxes, each a
//! length and a name. What is known of the film stands in the box `moov`, in
//! front of the pictures or behind them, or as XMP in a box `uuid`; the
//! pictures are passed over. WAV has chunks of the same kind (RIFF); MP3, FLAC
//! and Ogg say what they say at their beginning. The label of AI stands there
//! as TC260-PG-20257A (video) and 202510A (audio) have it.

use memchr::memmem;

use super::ai;
use crate::ai_label::AiLevel;
use crate::diagnostic::AssetFault;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Blobs;

/// How notes of a place begin: Android's, Apple's, 3GPP's, XMP's.
const PLACES: [&[u8]; 4] =
    [b"\xA9xyz\0", b"com.apple.quicktime.location.", b"loci\0\0\0\0", b"exif:GPSLatitude"];

/// The most that is read of notes: `moov` has a few bytes for each picture.
const MOST: usize = 32 << 20;

/// The most that is read of a file whose notes stand at its beginning.
const HEAD: usize = 1 << 20;

/// Chunks of a WAV that may hold notes.
const CHUNKS: [&[u8]; 5] = [b"AIGC", b"LIST", b"_PMX", b"id3 ", b"ID3 "];

/// What is found in a film or a sound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaNotes {
    /// What its label says of AI.
    pub ai: Option<AiLevel>,
    /// What an editor hears.
    pub faults: Vec<AssetFault>,
}

/// What the film or sound at `path`, with the hash `content`, says of itself.
/// One that can't be read says nothing.
pub fn media_notes(path: &SourcePath, content: Key, blobs: &dyn Blobs) -> MediaNotes {
    let key = Key::hash_parts([b"media 1".as_slice(), content.as_bytes()]);
    if let Some(kept) = blobs.recall(key) {
        return from_kept(&kept);
    }
    let mut walk = Walk::default();
    if blobs.stream(path, &mut |part| walk.take(part)).is_err() {
        return MediaNotes::default();
    }
    let place = PLACES.iter().any(|place| memmem::find(&walk.notes, place).is_some());
    // A digit for the place, then the label as it is.
    let mut kept = vec![if place { b'1' } else { b'0' }];
    kept.extend(label(&walk.notes).unwrap_or_default().as_bytes());
    blobs.keep(key, &kept);
    from_kept(&kept)
}

fn from_kept(kept: &[u8]) -> MediaNotes {
    let (place, label) = kept.split_first().unwrap_or((&b'0', &[]));
    let place = (*place == b'1').then_some(AssetFault::VideoPlace);
    let label = String::from_utf8_lossy(label);
    let signs = if label.is_empty() { ai::Signs::default() } else { ai::of_label(&label) };
    // A film keeps its label whatever it is.
    let told = signs.fault.filter(|fault| matches!(fault, AssetFault::AiLabelled { .. }));
    MediaNotes { ai: signs.level, faults: told.into_iter().chain(place).collect() }
}

/// The label among notes of any kind: the object around the word `"Label"`,
/// whose quotes may be escaped, in a text of bytes or of UTF-16.
fn label(notes: &[u8]) -> Option<String> {
    let found = |word: &[u8]| memmem::find(notes, word).is_some();
    if !found(b"AIGC") && !found(b"A\0I\0G\0C") {
        return None;
    }
    let plain: Vec<u8> = notes.iter().copied().filter(|byte| *byte != 0).collect();
    let words = [b"\"Label\"".as_slice(), b"&quot;Label&quot;"];
    let at = words.iter().find_map(|word| memmem::find(&plain, word))?;
    let begin = plain.get(..at)?.iter().rposition(|byte| *byte == b'{')?;
    let rest = plain.get(begin..)?;
    let end = rest.iter().take(2 * crate::ai_label::LONGEST).position(|byte| *byte == b'}')?;
    Some(String::from_utf8_lossy(rest.get(..=end)?).into_owned())
}

/// A walk over the outermost boxes of a file that comes in parts.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four facts of a walk, each for itself")]
struct Walk {
    /// The head of the next box, as far as it has come.
    head: Vec<u8>,
    /// Bytes of the present box that have not come.
    left: u64,
    /// Whether the present box has notes.
    wanted: bool,
    notes: Vec<u8>,
    /// Whether it is no file of boxes: then its beginning is kept.
    foreign: bool,
    begun: bool,
    /// Whether its boxes are chunks: a name, then a length, padded to even.
    chunks: bool,
}

impl Walk {
    fn take(&mut self, mut part: &[u8]) {
        if !self.begun && self.notes.is_empty() && part.starts_with(b"RIFF") {
            // The file's own chunk has a kind behind its length.
            (self.begun, self.chunks, self.left) = (true, true, 12);
        }
        if self.foreign {
            self.keep_head(part);
        }
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

    /// Keeps the beginning of a file that has no boxes.
    fn keep_head(&mut self, part: &[u8]) {
        let room = HEAD.saturating_sub(self.notes.len());
        self.notes.extend_from_slice(part.get(..room).unwrap_or(part));
    }

    /// Takes a byte of a chunk's head, and gives what is behind it.
    fn read_chunk_head<'p>(&mut self, rest: &'p [u8]) -> &'p [u8] {
        if let Some((name, length)) = self.head.split_at_checked(4).filter(|(_, length)| length.len() == 4) {
            let length = length.iter().rev().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
            self.wanted = CHUNKS.contains(&name);
            self.notes.extend_from_slice(if self.wanted { name } else { &[] });
            self.left = length + length % 2;
            self.head.clear();
        }
        rest
    }

    /// Takes a byte of a head, and gives what is behind it.
    fn read_head<'p>(&mut self, part: &'p [u8]) -> &'p [u8] {
        let Some((byte, rest)) = part.split_first() else { return part };
        self.head.push(*byte);
        if self.chunks {
            return self.read_chunk_head(rest);
        }
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
        self.wanted = name == b"moov" || name == b"uuid";
        self.begun = true;
        if self.foreign {
            let head = std::mem::take(&mut self.head);
            self.keep_head(&head);
            self.keep_head(rest);
        }
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
            assert_eq!(moov(&[&start[..], &[0; 8], &known].concat(), part), b"");
        }
    }

    #[test]
    fn a_label_is_found_in_all_kinds() {
        const JSON: &str = r#"{"Label":"1","ContentProducer":"demo"}"#;
        let check = |film: &[u8]| {
            for part in [1, 7, 1000] {
                assert_eq!(label(&moov(film, part)).as_deref(), Some(JSON), "{film:?} by {part}");
            }
        };
        let start = boxed("ftyp", b"isom");
        check(
            &[&start[..], &boxed("mdat", b"x"), &boxed("moov", format!("keys AIGC ilst{JSON}").as_bytes())]
                .concat(),
        );
        check(&[b"ID3\x04\0\0TXXX\x01".as_slice(), &utf16("AIGC\0"), &utf16(JSON)].concat());
        check(format!("fLaC\0\0\0\x22........AIGC={JSON}").as_bytes());
        let chunk = |name: &str, body: &[u8]| {
            let length = u32::try_from(body.len()).unwrap().to_le_bytes();
            [name.as_bytes(), &length, body, &[0][..body.len() % 2]].concat()
        };
        check(
            &[b"RIFF\0\0\0\0WAVE".as_slice(), &chunk("data", b"123"), &chunk("AIGC", JSON.as_bytes())]
                .concat(),
        );
        assert_eq!(label(&moov(b"ID3 \"Label\" {} of a record company", 7)), None);
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_film_that_breaks_off_says_what_it_can() {
        for part in [1, 1000] {
            assert_eq!(moov(&boxed("ftyp", b"isom")[..6], part), b"");
        }
    }
}
