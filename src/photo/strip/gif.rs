//! GIF (version 89a): a screen, then blocks up to a trailer.

use super::{Copied, Notes, take};

/// How a block with an XMP packet begins: an application's block of eleven
/// bytes, whose data are not in blocks (XMP, part 3, 1.1.2).
const XMP: &[u8] = b"\x21\xFF\x0BXMP DataXMP";

/// Without comments, texts and applications' blocks, but for the one that says
/// how often a moving picture is repeated.
pub(super) fn clean(bytes: &[u8]) -> Option<Copied> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut notes = Notes::default();
    let mut at = head(bytes)?;
    out.extend_from_slice(bytes.get(..at)?);
    let mut pictures = 0;
    loop {
        let from = at;
        match bytes.get(at) {
            Some(0x21) => {
                let label = *bytes.get(at + 1)?;
                at = blocks(bytes, at + 2)?;
                let extension = bytes.get(from..at)?;
                if label == 0xF9 || (label == 0xFF && repeats(extension)) {
                    out.extend_from_slice(extension);
                }
                if let Some(packet) = extension.strip_prefix(XMP) {
                    // Behind it stand 258 bytes that end it for any reader.
                    notes.see_xmp(packet.get(..packet.len().saturating_sub(258)).unwrap_or_default());
                }
            }
            Some(0x2C) => {
                let flags = *bytes.get(at + 9)?;
                let (_, data) = take(bytes, at + 10, table(flags))?;
                // One byte says how long the first codes are.
                at = blocks(bytes, data + 1)?;
                out.extend_from_slice(bytes.get(from..at)?);
                pictures += 1;
            }
            Some(0x3B) => {
                at += 1;
                break;
            }
            // Many files lack the trailer, and browsers don't mind.
            None => break,
            Some(_) => return None,
        }
    }
    out.push(0x3B);
    (pictures > 0).then_some(Copied { bytes: out, pictures, end: at, notes })
}

/// The file with an XMP packet behind its screen.
pub(super) fn with_xmp(bytes: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let at = head(bytes)?;
    let mut out = Vec::with_capacity(bytes.len() + packet.len() + 280);
    // Blocks of applications came with version 89a.
    out.extend(b"GIF89a");
    out.extend_from_slice(bytes.get(6..at)?);
    out.extend_from_slice(XMP);
    out.extend_from_slice(packet);
    // Wherever a reader that takes the text for blocks comes here, it is led to
    // the end.
    out.push(1);
    out.extend((0..=255u8).rev());
    out.push(0);
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

/// Where the screen and its colours end.
fn head(bytes: &[u8]) -> Option<usize> {
    let (screen, at) = take(bytes, 0, 13)?;
    take(bytes, at, table(*screen.get(10)?)).map(|(_, end)| end)
}

/// The length of a table of colours, by the flags before it.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the row of data blocks ends that begins at `at`.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += length + 1;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Whether an application's block says how often to repeat.
fn repeats(extension: &[u8]) -> bool {
    let name = extension.get(3..14);
    // Exactly one block of three bytes: nothing else is hidden in it.
    (name == Some(b"NETSCAPE2.0") || name == Some(b"ANIMEXTS1.0")) && extension.len() == 19
}
