//! WebP (RFC 9649): RIFF chunks, each a name, a length, a body, padded to even.

use super::{Copied, take};

/// Without EXIF, XMP and chunks that nobody knows.
pub(super) fn clean(bytes: &[u8]) -> Option<Copied> {
    let (head, at) = take(bytes, 0, 12)?;
    let length = usize::try_from(u32::from_le_bytes(head.get(4..8)?.try_into().ok()?)).ok()?;
    let (body, end) = take(bytes, at, length.checked_sub(4)?)?;
    let needed = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    let (chunks, pictures) = chunks(body, &needed)?;
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(chunks.len() + 4).ok()?.to_le_bytes());
    out.extend(b"WEBP");
    out.extend(chunks);
    Some(Copied { bytes: out, pictures, end, whole: true })
}

/// Those of the chunks in `body` that are `needed`, and how many of them are
/// pictures of a moving one.
fn chunks(body: &[u8], needed: &[&[u8; 4]]) -> Option<(Vec<u8>, usize)> {
    let mut pictures = 0;
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let (name, after) = take(body, at, 4)?;
        let (length, after) = take(body, after, 4)?;
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        let (content, end) = take(body, after, length)?;
        if needed.iter().any(|needed| needed.as_slice() == name) {
            let content = match name {
                b"VP8X" => without_flags(content)?,
                b"ANMF" => {
                    pictures += 1;
                    frame(content)?
                }
                _ => content.to_vec(),
            };
            out.extend_from_slice(name);
            out.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
            out.extend_from_slice(&content);
            out.extend((content.len() % 2 == 1).then_some(0));
        }
        // The padding of the last chunk is often forgotten.
        at = end + length % 2;
    }
    Some((out, pictures))
}

/// The header that no longer promises EXIF and XMP.
fn without_flags(header: &[u8]) -> Option<Vec<u8>> {
    let mut header = header.get(..10)?.to_vec();
    *header.first_mut()? &= !0b1100;
    Some(header)
}

/// One picture of a moving one: 16 bytes, then chunks.
fn frame(content: &[u8]) -> Option<Vec<u8>> {
    let (head, at) = take(content, 0, 16)?;
    let mut out = head.to_vec();
    out.extend(chunks(content.get(at..)?, &[b"ALPH", b"VP8 ", b"VP8L"])?.0);
    Some(out)
}
