//! Picture files without what is personal, their pixels untouched: a camera's
//! notes, places, names, comments, thumbnails, and whatever follows the end.
//!
//! Each container is copied part by part, and only parts that a browser needs
//! to show the picture are copied: what we don't know does not go out.

mod gif;
mod icon;
pub(super) mod jpeg;
mod png;
pub(super) mod svg;
mod webp;

use image::metadata::Orientation;

use super::{Format, open};

/// A file that was copied without anything personal.
pub(super) struct Copied {
    /// The copy.
    pub bytes: Vec<u8>,
    /// How many pictures follow each other, as far as they are told apart.
    pub pictures: usize,
    /// Where the picture ends in the file.
    pub end: usize,
    /// Whether it ends as it should: decoders show what there is of a JPEG
    /// that breaks off, and grey for the rest.
    pub whole: bool,
}

/// The picture file of that format again, part by part. `None` where it is
/// broken, or where it is a drawing.
pub(super) fn copy(bytes: &[u8], format: Format) -> Option<Copied> {
    match format {
        Format::Jpeg => jpeg::clean(bytes),
        Format::Png => png::clean(bytes),
        Format::Gif => gif::clean(bytes),
        Format::Webp => webp::clean(bytes),
        Format::Svg => None,
    }
}

/// The file again without anything personal. `None` where it is no picture
/// that is known here, where it is broken, or where only its notes would set
/// it upright: then it has to be unpacked.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    if open::open(bytes)
        .is_some_and(|opened| opened.orientation != Orientation::NoTransforms && !opened.animated)
    {
        return None;
    }
    without_notes(bytes)
}

/// As [`clean`], but for places where a picture's own notes never set it
/// upright: every pixel stays where it is.
pub(super) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    if let Some(opened) = open::open(bytes) {
        return copy(bytes, opened.format).map(|copied| copied.bytes);
    }
    let drawing = || svg::clean(bytes).filter(|drawing| !drawing.unfolds);
    icon::clean(bytes).or_else(|| drawing().map(|drawing| drawing.bytes))
}

/// The part of `bytes` from `at` on that is `length` long, and where it ends.
fn take(bytes: &[u8], at: usize, length: usize) -> Option<(&[u8], usize)> {
    let end = at.checked_add(length)?;
    Some((bytes.get(at..end)?, end))
}
