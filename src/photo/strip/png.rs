//! PNG (W3C Recommendation): chunks, each a length, a name, a body, a checksum.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{Copied, take};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that change what is seen, moving pictures' included.
const NEEDED: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT",
    b"bKGD", b"acTL", b"fcTL", b"fdAT",
];

/// The most that a colour profile holds, unpacked; a printer's have up to 2 MB.
const PROFILE: u64 = 4 << 20;

/// Without texts, times, EXIF and private chunks; it ends at its end. `None`
/// where its profile is none, but a bomb.
pub(super) fn clean(bytes: &[u8]) -> Option<Copied> {
    let mut pictures = 0;
    let mut out = Vec::with_capacity(bytes.len());
    let (signature, mut at) = take(bytes, 0, SIGNATURE.len())?;
    out.extend_from_slice(signature);
    loop {
        let (length, after) = take(bytes, at, 4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let (name, _) = take(bytes, after, 4)?;
        let (chunk, end) = take(bytes, at, length.checked_add(12)?)?;
        match name {
            b"fcTL" => pictures += 1,
            b"iCCP" if unpacks_too_far(chunk) => return None,
            _ => {}
        }
        if NEEDED.iter().any(|needed| needed.as_slice() == name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(Copied { bytes: out, pictures, end, whole: true });
        }
        at = end;
    }
}

/// Whether a chunk with a profile holds more than profiles do: a name, a zero,
/// the method (0), then zlib's stream.
fn unpacks_too_far(chunk: &[u8]) -> bool {
    let packed = chunk.iter().skip(8).position(|byte| *byte == 0).and_then(|name| chunk.get(8 + name + 2..));
    let unpacked = packed
        .map(|packed| std::io::copy(&mut ZlibDecoder::new(packed).take(PROFILE + 1), &mut std::io::sink()));
    // What can't be unpacked is no profile for any decoder.
    matches!(unpacked, Some(Ok(length)) if length > PROFILE)
}
