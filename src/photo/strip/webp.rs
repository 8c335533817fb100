//! WebP (RFC 9649): RIFF chunks, each a name, a length, a body, padded to even.

use super::{Copied, Notes, Wish, profile, take};

/// Flags of the header VP8X: what else there is.
const HAS_PROFILE: u8 = 1 << 5;
const HAS_ALPHA: u8 = 1 << 4;
const HAS_EXIF: u8 = 1 << 3;
const HAS_XMP: u8 = 1 << 2;

/// A chunk: its name and its body.
type Chunk<'b> = (&'b [u8], &'b [u8]);

/// Without EXIF, XMP and chunks that nobody knows.
pub(super) fn clean(bytes: &[u8], wish: Wish) -> Option<Copied> {
    let (all, end) = chunks_of(bytes)?;
    let mut notes = Notes::default();
    let mut pictures = 0;
    let mut kept: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for (name, body) in all {
        match name {
            b"VP8X" => kept.push((name, body.get(..10)?.to_vec())),
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" => kept.push((name, body.to_vec())),
            b"ANMF" => {
                pictures += 1;
                kept.push((name, frame(body)?));
            }
            b"ICCP" => kept.extend(profile::neutral(body).map(|profile| (name, profile))),
            b"EXIF" => notes.see_exif(body),
            b"XMP " => notes.see_xmp(body),
            b"C2PA" => notes.see_c2pa(body),
            _ => {}
        }
    }
    let exif = notes.upright(wish);
    let has_profile = kept.iter().any(|(name, _)| *name == b"ICCP");
    if let Some((_, header)) = kept.iter_mut().find(|(name, _)| *name == b"VP8X") {
        let flags = header.first_mut()?;
        *flags &= !(HAS_PROFILE | HAS_EXIF | HAS_XMP);
        *flags |= if has_profile { HAS_PROFILE } else { 0 };
        *flags |= if exif.is_some() { HAS_EXIF } else { 0 };
        kept.extend(exif.map(|exif| (b"EXIF".as_slice(), exif.to_vec())));
    }
    let parts: Vec<Chunk<'_>> = kept.iter().map(|(name, body)| (*name, body.as_slice())).collect();
    Some(Copied { bytes: file(&parts)?, pictures, end, notes })
}

/// Whether its pixels are kept without loss.
pub(in crate::photo) fn is_lossless(bytes: &[u8]) -> bool {
    chunks_of(bytes).is_some_and(|(all, _)| all.iter().any(|(name, _)| *name == b"VP8L"))
}

/// The file with an XMP packet at its end, and a header that says so.
pub(super) fn with_xmp(bytes: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let (mut all, _) = chunks_of(bytes)?;
    let mut header = match *all.first()? {
        (b"VP8X", header) => header.get(..10)?.to_vec(),
        (name, body) => {
            let (width, height, alpha) = size(name, body)?;
            let [w0, w1, w2, _] = width.checked_sub(1)?.to_le_bytes();
            let [h0, h1, h2, _] = height.checked_sub(1)?.to_le_bytes();
            vec![if alpha { HAS_ALPHA } else { 0 }, 0, 0, 0, w0, w1, w2, h0, h1, h2]
        }
    };
    *header.first_mut()? |= HAS_XMP;
    all.retain(|(name, _)| *name != b"VP8X");
    all.insert(0, (b"VP8X", &header));
    all.push((b"XMP ", packet));
    file(&all)
}

/// The size of a simple file's picture, and whether it may be transparent.
fn size(name: &[u8], body: &[u8]) -> Option<(u32, u32, bool)> {
    match name {
        b"VP8 " => {
            // Three bytes of a frame's tag and three of a start code, then two
            // numbers of 14 bits.
            let number =
                |at: usize| Some(u32::from(u16::from_le_bytes([*body.get(at)?, *body.get(at + 1)?])));
            Some((number(6)? & 0x3FFF, number(8)? & 0x3FFF, false))
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(body.get(1..5)?.try_into().ok()?);
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bits >> 28 & 1 == 1))
        }
        _ => None,
    }
}

/// A file of these chunks.
fn file(chunks: &[Chunk<'_>]) -> Option<Vec<u8>> {
    let body = written(chunks)?;
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(body.len() + 4).ok()?.to_le_bytes());
    out.extend(b"WEBP");
    out.extend(body);
    Some(out)
}

fn written(chunks: &[Chunk<'_>]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(chunks.iter().map(|(_, body)| body.len() + 9).sum());
    for (name, body) in chunks {
        out.extend_from_slice(name);
        out.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
        out.extend_from_slice(body);
        out.extend((body.len() % 2 == 1).then_some(0));
    }
    Some(out)
}

/// The chunks of a file, and where it ends.
fn chunks_of(bytes: &[u8]) -> Option<(Vec<Chunk<'_>>, usize)> {
    let (head, at) = take(bytes, 0, 12)?;
    let length = usize::try_from(u32::from_le_bytes(head.get(4..8)?.try_into().ok()?)).ok()?;
    let (body, end) = take(bytes, at, length.checked_sub(4)?)?;
    Some((chunks(body)?, end))
}

fn chunks(body: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let (name, after) = take(body, at, 4)?;
        let (length, after) = take(body, after, 4)?;
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        let (content, end) = take(body, after, length)?;
        out.push((name, content));
        // The padding of the last chunk is often forgotten.
        at = end + length % 2;
    }
    Some(out)
}

/// One picture of a moving one: 16 bytes, then chunks.
fn frame(content: &[u8]) -> Option<Vec<u8>> {
    let (head, at) = take(content, 0, 16)?;
    let mut parts = chunks(content.get(at..)?)?;
    parts.retain(|(name, _)| matches!(*name, b"ALPH" | b"VP8 " | b"VP8L"));
    let mut out = head.to_vec();
    out.extend(written(&parts)?);
    Some(out)
}
