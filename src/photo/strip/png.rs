//! PNG (W3C Recommendation): chunks, each a length, a name, a body, a checksum.

use std::io::{Read as _, Write as _};

use flate2::Crc;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::{Copied, Notes, Wish, profile, take};
use crate::photo::colours::Colours;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that change what is seen, moving pictures' included. A profile does
/// too, but it is written anew.
const NEEDED: [&[u8; 4]; 14] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD",
    b"acTL", b"fcTL", b"fdAT",
];

/// The most that a colour profile or a text holds, unpacked; a printer's
/// profiles have up to 2 MB.
const UNPACKED: u64 = 4 << 20;

/// Texts that programs which draw by AI leave: their settings and the words
/// that they were given.
const GENERATORS: [&str; 4] = ["parameters", "prompt", "workflow", "Dream"];

/// A chunk: its name, its body, and all of its bytes.
struct Chunk<'b> {
    name: &'b [u8],
    body: &'b [u8],
    whole: &'b [u8],
    end: usize,
}

impl Chunk<'_> {
    /// Whether its checksum is right.
    fn is_sound(&self) -> bool {
        let sum = self.whole.last_chunk::<4>().copied().map(u32::from_be_bytes);
        sum == Some(checksum(self.name, self.body))
    }

    /// Whether a picture can be shown without it (PNG, third edition, 5.4): of
    /// these, readers leave out what is damaged. A moving picture's are not
    /// counted among them.
    fn is_ancillary(&self) -> bool {
        self.name.first().is_some_and(u8::is_ascii_lowercase)
            && !matches!(self.name, b"acTL" | b"fcTL" | b"fdAT")
    }
}

/// The checksum of a chunk.
fn checksum(name: &[u8], body: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(body);
    sum.sum()
}

/// The chunk at `at`.
fn chunk(bytes: &[u8], at: usize) -> Option<Chunk<'_>> {
    let (length, after) = take(bytes, at, 4)?;
    let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
    let (name, body_at) = take(bytes, after, 4)?;
    let (body, _) = take(bytes, body_at, length)?;
    let (whole, end) = take(bytes, at, length.checked_add(12)?)?;
    Some(Chunk { name, body, whole, end })
}

/// Without texts, times, EXIF and private chunks; it ends at its end. `None`
/// where its profile is none, but a bomb.
pub(super) fn clean(bytes: &[u8], wish: Wish) -> Option<Copied> {
    let mut pictures = 0;
    let mut notes = Notes::default();
    let mut out = Vec::with_capacity(bytes.len());
    let (signature, mut at) = take(bytes, 0, SIGNATURE.len())?;
    out.extend_from_slice(signature);
    let mut header = out.len();
    let mut end = None;
    while end.is_none() {
        let part = chunk(bytes, at)?;
        at = part.end;
        if part.is_ancillary() && !part.is_sound() {
            continue;
        }
        match part.name {
            b"fcTL" => pictures += 1,
            b"iCCP" => add_profile(&mut out, part.body)?,
            b"eXIf" => notes.see_exif(part.body),
            b"caBX" => notes.see_c2pa(part.body),
            b"tEXt" | b"zTXt" | b"iTXt" => see_text(part.name, part.body, &mut notes),
            b"IEND" => end = Some(at),
            _ => {}
        }
        if NEEDED.iter().any(|needed| needed.as_slice() == part.name) {
            out.extend_from_slice(part.whole);
        }
        if part.name == b"IHDR" {
            header = out.len();
        }
    }
    if let Some(exif) = notes.upright(wish) {
        // It may stand behind the pixels too, but not all readers look there.
        let mut first = out.get(..header)?.to_vec();
        add(&mut first, *b"eXIf", &exif)?;
        first.extend_from_slice(out.get(header..)?);
        out = first;
    }
    Some(Copied { bytes: out, pictures, end: end?, notes })
}

/// What its colours mean, where that is not sRGB, by the strongest of what it
/// says (PNG, third edition, 4.3).
pub(in crate::photo) fn colours(bytes: &[u8]) -> Option<Colours> {
    let (mut gamma, mut places, mut code, mut profile) = (None, None, None, None);
    let mut standard = false;
    let mut at = SIGNATURE.len();
    while let Some(part) = chunk(bytes, at) {
        at = part.end;
        if part.is_ancillary() && !part.is_sound() {
            continue;
        }
        let number = |n: usize| {
            let four = part.body.get(4 * n..4 * n + 4)?;
            Some(f64::from(u32::from_be_bytes(four.try_into().ok()?)) / 100_000.0)
        };
        match part.name {
            b"gAMA" => gamma = number(0).filter(|gamma| *gamma > 0.0),
            b"cHRM" => places = (0..8).map(number).collect::<Option<Vec<_>>>()?.try_into().ok(),
            b"cICP" => code = part.body.first_chunk::<2>().copied(),
            b"iCCP" => profile = unpacked_profile(part.body).flatten(),
            b"sRGB" => standard = true,
            b"IDAT" | b"IEND" => break,
            _ => {}
        }
    }
    match (code, profile, standard) {
        (Some([primaries, transfer]), _, _) => Some(Colours::Code { primaries, transfer }),
        (None, Some(profile), _) => Some(Colours::Profile(profile)),
        (None, None, false) if gamma.is_some() || places.is_some() => Some(Colours::Gamma { gamma, places }),
        (None, None, _) => None,
    }
}

/// Reads a text: a name, a zero, and what is packed or not behind it.
fn see_text(kind: &[u8], body: &[u8], notes: &mut Notes) {
    let Some(zero) = body.iter().position(|byte| *byte == 0) else { return };
    let (name, rest) = (body.get(..zero).unwrap_or_default(), body.get(zero + 1..).unwrap_or_default());
    let generator = GENERATORS.into_iter().find(|known| known.as_bytes() == name);
    notes.generator = notes.generator.or(generator);
    let wanted = name == b"AIGC" || name == b"XML:com.adobe.xmp";
    let text = match (kind, rest.split_first()) {
        _ if !wanted => return,
        (b"tEXt", _) => Some(rest.to_vec()),
        (b"zTXt", Some((0, packed))) => unpack(packed),
        (b"iTXt", Some((packed, rest))) => international(*packed == 1, rest),
        _ => None,
    };
    match text {
        Some(text) if name == b"AIGC" => {
            notes.label.get_or_insert_with(|| String::from_utf8_lossy(&text).into_owned());
        }
        Some(text) => notes.see_xmp(&text),
        None => {}
    }
}

/// The text of an iTXt chunk from its method on: a language and a translated
/// name stand before it, each with a zero behind.
fn international(packed: bool, rest: &[u8]) -> Option<Vec<u8>> {
    let mut parts = rest.get(1..)?.splitn(3, |byte| *byte == 0);
    let text = parts.nth(2)?;
    if packed { unpack(text) } else { Some(text.to_vec()) }
}

/// What zlib's stream holds; `None` where that is broken or too much.
fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    ZlibDecoder::new(packed).take(UNPACKED + 1).read_to_end(&mut out).ok()?;
    (out.len() as u64 <= UNPACKED).then_some(out)
}

/// The profile of an iCCP chunk: a name, a zero, the method (0), then zlib's
/// stream. The outer `None` where it unpacks to more than profiles have; the
/// inner one where it is none for any decoder.
#[expect(clippy::option_option, reason = "two ways of having none, of which one refuses the file")]
fn unpacked_profile(body: &[u8]) -> Option<Option<Vec<u8>>> {
    let packed = body.iter().position(|byte| *byte == 0).and_then(|name| body.get(name + 2..));
    let Some(packed) = packed else { return Some(None) };
    let mut out = Vec::new();
    let read = ZlibDecoder::new(packed).take(UNPACKED + 1).read_to_end(&mut out);
    match read {
        Ok(_) if out.len() as u64 > UNPACKED => None,
        Ok(_) => Some(Some(out)),
        Err(_) => Some(None),
    }
}

/// Writes the profile of an iCCP chunk anew. `None` where it is a bomb.
fn add_profile(out: &mut Vec<u8>, body: &[u8]) -> Option<()> {
    let Some(profile) = unpacked_profile(body)?.and_then(|profile| profile::neutral(&profile)) else {
        return Some(());
    };
    let mut packed = b"ICC\0\0".to_vec();
    let mut encoder = ZlibEncoder::new(&mut packed, flate2::Compression::best());
    encoder.write_all(&profile).ok()?;
    encoder.finish().ok()?;
    add(out, *b"iCCP", &packed)
}

/// Writes a chunk.
fn add(out: &mut Vec<u8>, name: [u8; 4], body: &[u8]) -> Option<()> {
    out.extend(u32::try_from(body.len()).ok()?.to_be_bytes());
    out.extend(name);
    out.extend_from_slice(body);
    out.extend(checksum(&name, body).to_be_bytes());
    Some(())
}

/// The file with an XMP packet behind its header.
pub(super) fn with_xmp(bytes: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let header = chunk(bytes, SIGNATURE.len())?.end;
    let mut out = Vec::with_capacity(bytes.len() + packet.len() + 64);
    out.extend_from_slice(bytes.get(..header)?);
    // Not packed, without a language and a translated name.
    add(&mut out, *b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", packet].concat())?;
    out.extend_from_slice(bytes.get(header..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of one white pixel with these chunks between its header and it.
    fn png(chunks: &[u8]) -> Vec<u8> {
        let mut bytes = SIGNATURE.to_vec();
        add(&mut bytes, *b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]).unwrap();
        bytes.extend_from_slice(chunks);
        let mut packer = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(&[0, 255]).unwrap();
        add(&mut bytes, *b"IDAT", &packer.finish().unwrap()).unwrap();
        add(&mut bytes, *b"IEND", b"").unwrap();
        bytes
    }

    #[test]
    fn what_is_damaged_and_not_needed_goes() {
        let mut gamma = Vec::new();
        add(&mut gamma, *b"gAMA", &[0, 1, 0x86, 0xA0]).unwrap();
        assert_eq!(clean(&png(&gamma), Wish::Upright).unwrap().bytes, png(&gamma));
        assert!(colours(&png(&gamma)).is_some());
        gamma[8] = 9;
        assert_eq!(clean(&png(&gamma), Wish::Upright).unwrap().bytes, png(b""));
        assert!(colours(&png(&gamma)).is_none());
    }
}
