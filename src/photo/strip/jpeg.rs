//! JPEG (ITU-T T.81): segments, each a marker and a length, then scans.

use memchr::memchr;

use super::{Copied, take};

/// What is known of a JPEG before it is unpacked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::photo) struct Header {
    /// 1 for grey, 3 for colours, 4 for a press's inks.
    pub components: u8,
    /// Whether it comes in several scans.
    pub progressive: bool,
    /// How many scans, as far as they were counted.
    pub scans: usize,
    /// Whether brightness and colours come one after the other, each in scans
    /// of its own.
    pub non_interleaved: bool,
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
    /// Whether the end marker has come.
    ended: bool,
}

impl<'b> Parts<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 2, in_scan: false, ended: false }
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
            self.ended = true;
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
            0xDA => {
                header.scans += 1;
                let of = body.get(2).copied().unwrap_or(0);
                let first = body.get(3 + 2 * usize::from(of)).copied();
                // The finer parts of a progressive one always come so.
                header.non_interleaved |= of < header.components && first == Some(0);
            }
            // All frames but tables (C4), reserved (C8) and conditioning (CC).
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                header.progressive = matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE);
                header.components = body.get(7).copied().unwrap_or(0);
            }
            _ => {}
        }
    }
    header
}

/// Without comments and applications' segments, but for the two that say what
/// the colours mean: Adobe's and the profile.
pub(super) fn clean(bytes: &[u8]) -> Option<Copied> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xFF, 0xD8]);
    let mut scanned = false;
    let mut parts = Parts::new(bytes);
    for part in parts.by_ref() {
        match part {
            Part::Scan(data) => {
                out.extend_from_slice(data);
                scanned = true;
            }
            Part::Segment(marker, body) if is_needed(marker, body) => {
                out.extend([0xFF, marker]);
                out.extend_from_slice(body);
            }
            Part::Segment(..) => {}
        }
    }
    out.extend([0xFF, 0xD9]);
    scanned.then_some(Copied { bytes: out, pictures: 1, end: parts.at, whole: parts.ended })
}

fn is_needed(marker: u8, body: &[u8]) -> bool {
    let begins = |word: &[u8]| body.get(2..).is_some_and(|body| body.starts_with(word));
    match marker {
        0xE2 => begins(b"ICC_PROFILE\0"),
        0xEE => begins(b"Adobe"),
        // Applications' segments and comments; reserved markers have no meaning
        // for any decoder.
        0x01..=0xBF | 0xE0..=0xFE => false,
        _ => true,
    }
}
