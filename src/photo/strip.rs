//! Picture files without what is personal, their pixels untouched: a camera's
//! notes, places, names, comments, thumbnails, and whatever follows the end.
//!
//! Each container is copied part by part, and only parts that a browser needs
//! to show the picture are copied: what we don't know does not go out. On the
//! way what the file says of itself is read ([`Notes`]); of it only how the
//! camera was held goes out again, and the label of AI ([`with_label`]).

mod gif;
mod icon;
pub(super) mod jpeg;
pub(super) mod notes;
pub(super) mod png;
mod profile;
pub(super) mod svg;
pub(super) mod webp;

pub(super) use notes::{Notes, Wish};

use super::{Format, ai, open};

/// A file that was copied without anything personal.
pub(super) struct Copied {
    /// The copy.
    pub bytes: Vec<u8>,
    /// How many pictures follow each other, as far as they are told apart.
    pub pictures: usize,
    /// Where the picture ends in the file.
    pub end: usize,
    /// What the file says of itself.
    pub notes: Notes,
}

/// The picture file of that format again, part by part. `None` where it is
/// broken, or where it is a drawing.
pub(super) fn copy(bytes: &[u8], format: Format, wish: Wish) -> Option<Copied> {
    match format {
        Format::Jpeg => jpeg::clean(bytes, wish),
        Format::Png => png::clean(bytes, wish),
        Format::Gif => gif::clean(bytes),
        Format::Webp => webp::clean(bytes, wish),
        Format::Svg => None,
    }
}

/// The file again without anything personal, as it looks in a browser. `None`
/// where it is no picture that is known here, or where it is broken.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    cleaned(bytes, Wish::Upright)
}

/// As [`clean`], but for places where a picture's own notes never set it
/// upright.
pub(super) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    cleaned(bytes, Wish::AsStored)
}

fn cleaned(bytes: &[u8], wish: Wish) -> Option<Vec<u8>> {
    if let Some(format) = open::format(bytes) {
        let Copied { bytes, notes, .. } = copy(bytes, format, wish)?;
        return Some(with_label(bytes, format, ai::label(&notes).as_deref()));
    }
    icon::clean(bytes).or_else(|| drawing(bytes).map(|drawing| drawing.bytes))
}

/// The drawing (SVG) again, without anything personal; `None` where it is none,
/// or does not go out.
pub(super) fn drawing(bytes: &[u8]) -> Option<svg::Drawing> {
    svg::clean(bytes).filter(|drawing| !drawing.unfolds)
}

/// A picture file with the label `json` in a packet of its own; as it is where
/// there is none, or no place for it.
pub(super) fn with_label(bytes: Vec<u8>, format: Format, json: Option<&str>) -> Vec<u8> {
    let Some(packet) = json.map(ai::packet) else { return bytes };
    let made = match format {
        Format::Jpeg => jpeg::with_xmp(&bytes, packet.as_bytes()),
        Format::Png => png::with_xmp(&bytes, packet.as_bytes()),
        Format::Gif => gif::with_xmp(&bytes, packet.as_bytes()),
        Format::Webp => webp::with_xmp(&bytes, packet.as_bytes()),
        // A drawing's sieve writes it: see `svg`.
        Format::Svg => None,
    };
    made.unwrap_or(bytes)
}

/// The part of `bytes` from `at` on that is `length` long, and where it ends.
fn take(bytes: &[u8], at: usize, length: usize) -> Option<(&[u8], usize)> {
    let end = at.checked_add(length)?;
    Some((bytes.get(at..end)?, end))
}
