//! PNG (W3C Recommendation): chunks, each a length, a name, a body, a checksum.

use super::take;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that change what is seen, moving pictures' included.
const NEEDED: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT",
    b"bKGD", b"acTL", b"fcTL", b"fdAT",
];

/// Without texts, times, EXIF and private chunks; it ends at its end.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let (signature, mut at) = take(bytes, 0, SIGNATURE.len())?;
    out.extend_from_slice(signature);
    loop {
        let (length, after) = take(bytes, at, 4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let (name, _) = take(bytes, after, 4)?;
        let (chunk, end) = take(bytes, at, length.checked_add(12)?)?;
        if NEEDED.iter().any(|needed| needed.as_slice() == name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}
