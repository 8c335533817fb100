//! GIF (version 89a): a screen, then blocks up to a trailer.

use super::{Copied, take};

/// Without comments, texts and applications' blocks, but for the one that says
/// how often a moving picture is repeated.
pub(super) fn clean(bytes: &[u8]) -> Option<Copied> {
    let mut out = Vec::with_capacity(bytes.len());
    let (screen, mut at) = take(bytes, 0, 13)?;
    out.extend_from_slice(screen);
    let (colours, end) = take(bytes, at, table(*screen.get(10)?))?;
    out.extend_from_slice(colours);
    at = end;
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
    (pictures > 0).then_some(Copied { bytes: out, pictures, end: at, whole: true })
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
