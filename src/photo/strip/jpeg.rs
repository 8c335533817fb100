//! JPEG (ITU-T T.81): segments, each a marker and a length, then scans.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufReader, Read};

use memchr::memchr;

use super::{Copied, Notes, Wish, profile, take};

/// What is known of a JPEG before it is unpacked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::photo) struct Header {
    /// Pixels as stored.
    pub width: u16,
    /// Pixels as stored.
    pub height: u16,
    /// 1 for grey, 3 for colours, 4 for a press's inks; 0 where there is no
    /// frame that a decoder knows: baseline, extended or progressive, of 8 bits.
    pub components: u8,
    /// Whether it comes in several scans, each finer than the last.
    pub progressive: bool,
    /// How many scans, as far as they were counted.
    pub scans: usize,
    /// Samples of all channels for a hundred pixels: 100 to 400.
    pub samples: u16,
    /// Whether its three channels are red, green and blue.
    pub rgb: bool,
    /// Whether it has a JFIF header, which says that they are not.
    jfif: bool,
    /// What Adobe's segment says of them: 0, 1 or 2.
    adobe: Option<u8>,
    /// The names of the channels.
    names: [u8; 3],
}

/// A part of the file.
enum Part<'b> {
    /// A marker with what follows it: its length and its content.
    Segment(u8, &'b [u8]),
    /// Scanned data up to the next segment.
    Scan(&'b [u8]),
}

/// The parts from the start marker to the end marker, which are not among
/// them. Ends early where the file does.
struct Parts<'b> {
    bytes: &'b [u8],
    at: usize,
    in_scan: bool,
}

impl<'b> Parts<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 2, in_scan: false }
    }

    fn scan(&mut self) -> Option<Part<'b>> {
        let from = self.at;
        let mut at = from;
        // Within a scan 0xFF stands before 0 and before restart markers.
        let end = loop {
            let Some(found) = memchr(0xFF, self.bytes.get(at..)?) else { break self.bytes.len() };
            at += found;
            match self.bytes.get(at + 1) {
                Some(0 | 0xD0..=0xD7) => at += 2,
                Some(0xFF) => at += 1,
                Some(_) => break at,
                None => break self.bytes.len(),
            }
        };
        self.at = end;
        self.in_scan = false;
        Some(Part::Scan(self.bytes.get(from..end)?))
    }
}

impl<'b> Iterator for Parts<'b> {
    type Item = Part<'b>;

    fn next(&mut self) -> Option<Part<'b>> {
        if self.in_scan {
            return self.scan();
        }
        // A marker may have more than one 0xFF before it.
        let rest = self.bytes.get(self.at..)?;
        let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
        let marker = *rest.get(fill).filter(|_| fill > 0)?;
        self.at += fill + 1;
        if marker == 0xD9 {
            return None;
        }
        if let 0x01 | 0xD0..=0xD7 = marker {
            return Some(Part::Segment(marker, &[]));
        }
        let length = self.bytes.get(self.at..self.at + 2)?;
        let length = usize::from(u16::from_be_bytes([*length.first()?, *length.last()?]));
        let (body, end) = take(self.bytes, self.at, length)?;
        self.at = end;
        self.in_scan = marker == 0xDA;
        Some(Part::Segment(marker, body))
    }
}

/// Reads all of the markers.
pub(in crate::photo) fn header(bytes: &[u8]) -> Header {
    let mut header = Header::default();
    for part in Parts::new(bytes) {
        let Part::Segment(marker, body) = part else { continue };
        match marker {
            0xDA => header.scans += 1,
            0xE0 => header.jfif |= begins(body, b"JFIF\0"),
            0xEE if begins(body, b"Adobe") => header.adobe = body.get(13).copied(),
            // All frames but tables (C4), reserved (C8) and conditioning (CC).
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                header.frame(marker, body).unwrap_or_default();
            }
            _ => {}
        }
    }
    header.rgb = header.is_rgb();
    header
}

impl Header {
    /// Reads a frame header (T.81, B.2.2); `body` begins with its length.
    fn frame(&mut self, marker: u8, body: &[u8]) -> Option<()> {
        let number = |at: usize| Some(u16::from_be_bytes([*body.get(at)?, *body.get(at + 1)?]));
        let known = matches!(marker, 0xC0..=0xC2) && *body.get(2)? == 8;
        (self.height, self.width) = (number(3)?, number(5)?);
        self.progressive = marker == 0xC2;
        let count = *body.get(7)?;
        let channel = |n: u8| body.get(8 + 3 * usize::from(n)..11 + 3 * usize::from(n));
        let (mut sum, mut most) = (0, (1, 1));
        for n in 0..count.min(4) {
            let [name, sampling, _] = *channel(n)? else { return None };
            let (across, down) = (u16::from(sampling >> 4), u16::from(sampling & 15));
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
                return None;
            }
            sum += across * down;
            most = (most.0.max(across), most.1.max(down));
            if let Some(slot) = self.names.get_mut(usize::from(n)) {
                *slot = name;
            }
        }
        self.samples = (100 * sum).div_ceil(most.0 * most.1);
        self.components = if known { count } else { 0 };
        Some(())
    }

    /// What libjpeg and so all browsers take three channels for.
    fn is_rgb(&self) -> bool {
        self.components == 3
            && !self.jfif
            && match self.adobe {
                Some(transform) => transform == 0,
                None => self.names == *b"RGB",
            }
    }
}

/// A JFIF header of no size and no thumbnail (ITU-T T.871).
const JFIF: &[u8] = b"\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

/// Without comments and applications' segments, but for those that say what
/// the colours mean, each written anew: JFIF's, Adobe's and the profile.
pub(super) fn clean(bytes: &[u8], wish: Wish) -> Option<Copied> {
    let mut rest = Vec::with_capacity(bytes.len());
    let mut notes = Notes::default();
    let (mut jfif, mut adobe, mut scanned) = (false, None, false);
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut parts = Parts::new(bytes);
    for part in parts.by_ref() {
        match part {
            Part::Scan(data) => {
                rest.extend_from_slice(data);
                scanned = true;
            }
            Part::Segment(0xE0, body) => jfif |= begins(body, b"JFIF\0"),
            Part::Segment(0xE1, body) => note(body, &mut notes),
            Part::Segment(0xE2, body) if begins(body, b"ICC_PROFILE\0") => {
                profile.push((*body.get(14)?, body.get(16..)?));
            }
            Part::Segment(0xEB, body) => notes.see_c2pa(body),
            Part::Segment(0xEE, body) if begins(body, b"Adobe") => adobe = body.get(..14),
            // Applications' segments and comments; reserved markers have no
            // meaning for any decoder.
            Part::Segment(0x01..=0xBF | 0xE0..=0xFE, _) => {}
            Part::Segment(marker, body) => {
                rest.extend([0xFF, marker]);
                rest.extend_from_slice(body);
            }
        }
    }
    let mut out = Vec::with_capacity(rest.len() + 256);
    out.extend([0xFF, 0xD8]);
    // Where both are there JFIF's counts for browsers, Adobe's for others.
    match (jfif, adobe) {
        (true, _) => out.extend_from_slice(JFIF),
        (false, Some(adobe)) => segment(&mut out, 0xEE, &[adobe.get(2..)?])?,
        (false, None) => {}
    }
    if let Some(exif) = notes.upright(wish) {
        segment(&mut out, 0xE1, &[b"Exif\0\0", &exif])?;
    }
    profile.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = profile.into_iter().flat_map(|(_, part)| part.iter().copied()).collect();
    if let Some(profile) = profile::neutral(&profile) {
        add_profile(&mut out, &profile)?;
    }
    out.append(&mut rest);
    out.extend([0xFF, 0xD9]);
    scanned.then_some(Copied { bytes: out, pictures: 1, end: parts.at, notes })
}

/// The file as a decoder gets it: what is not needed is left out, and ones
/// stand behind each scan. No code consists of ones alone (T.81, C.2), so a
/// scan that breaks off is an error and not a grey rest, while one that lacks
/// nothing but the end marker is whole.
pub(in crate::photo) fn guarded(bytes: &[u8]) -> impl Read {
    const ONES: &[u8] = &[0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0];
    let mut pieces = VecDeque::from([Cow::Borrowed([0xFF, 0xD8].as_slice())]);
    for part in Parts::new(bytes) {
        match part {
            Part::Scan(data) => {
                // A file may end within the two bytes of a marker.
                pieces.push_back(data.strip_suffix(&[0xFF]).unwrap_or(data).into());
                pieces.push_back(ONES.into());
            }
            Part::Segment(0x01..=0xBF | 0xE0..=0xFE, _) => {}
            Part::Segment(marker, body) => {
                pieces.push_back(vec![0xFF, marker].into());
                pieces.push_back(body.into());
            }
        }
    }
    pieces.push_back([0xFF, 0xD9].as_slice().into());
    // Decoders take byte by byte.
    BufReader::with_capacity(64 << 10, Pieces { pieces, at: 0 })
}

/// Reads one piece after the other: of a large file there is no second copy.
struct Pieces<'b> {
    pieces: VecDeque<Cow<'b, [u8]>>,
    /// How much of the first one was read.
    at: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.pieces.front() {
            let mut rest = piece.get(self.at..).unwrap_or_default();
            let len = rest.read(buf)?;
            if len > 0 || buf.is_empty() {
                self.at += len;
                return Ok(len);
            }
            self.pieces.pop_front();
            self.at = 0;
        }
        Ok(0)
    }
}

/// The colour profile, from its parts.
pub(in crate::photo) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = Parts::new(bytes)
        .filter_map(|part| match part {
            Part::Segment(0xE2, body) if begins(body, b"ICC_PROFILE\0") => {
                Some((*body.get(14)?, body.get(16..)?))
            }
            _ => None,
        })
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let whole: Vec<u8> = parts.into_iter().flat_map(|(_, part)| part.iter().copied()).collect();
    (!whole.is_empty()).then_some(whole)
}

/// What the camera and others noted.
pub(in crate::photo) fn notes(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    for part in Parts::new(bytes) {
        match part {
            Part::Segment(0xE1, body) => note(body, &mut notes),
            // They stand before the pixels.
            Part::Scan(_) => break,
            Part::Segment(..) => {}
        }
    }
    notes
}

/// Reads an APP1 segment: EXIF or XMP.
fn note(body: &[u8], notes: &mut Notes) {
    let Some(body) = body.get(2..) else { return };
    if let Some(tiff) = body.strip_prefix(b"Exif\0") {
        notes.see_exif(tiff.get(1..).unwrap_or_default());
    } else if let Some(packet) = body.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
        notes.see_xmp(packet);
    }
}

/// Writes a segment; `None` where it is too long for one.
pub(super) fn segment(out: &mut Vec<u8>, marker: u8, body: &[&[u8]]) -> Option<()> {
    let length: usize = body.iter().map(|part| part.len()).sum();
    out.extend([0xFF, marker]);
    out.extend(u16::try_from(length + 2).ok()?.to_be_bytes());
    for part in body {
        out.extend_from_slice(part);
    }
    Some(())
}

/// Writes a profile in as many segments as it needs (ICC.1, B.4).
fn add_profile(out: &mut Vec<u8>, profile: &[u8]) -> Option<()> {
    let parts = profile.chunks(60_000);
    let count = u8::try_from(parts.len()).ok()?;
    for (number, part) in (1u8..).zip(parts) {
        segment(out, 0xE2, &[b"ICC_PROFILE\0", &[number, count], part])?;
    }
    Some(())
}

/// The file with an XMP packet behind its start and its JFIF header.
pub(super) fn with_xmp(bytes: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let head = if bytes.get(2..4) == Some(&[0xFF, 0xE0]) {
        4 + usize::from(u16::from_be_bytes([*bytes.get(4)?, *bytes.get(5)?]))
    } else {
        2
    };
    let mut out = Vec::with_capacity(bytes.len() + packet.len() + 64);
    out.extend_from_slice(bytes.get(..head)?);
    segment(&mut out, 0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", packet])?;
    out.extend_from_slice(bytes.get(head..)?);
    Some(out)
}

/// Whether a segment's content begins with a word.
fn begins(body: &[u8], word: &[u8]) -> bool {
    body.get(2..).is_some_and(|body| body.starts_with(word))
}
