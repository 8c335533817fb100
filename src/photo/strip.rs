//! Picture files without what is personal, their pixels untouched: a camera's
//! notes, places, names, comments, thumbnails, and whatever follows the end.
//!
//! Each container is copied part by part, and only parts that a browser needs
//! to show the picture are copied: what we don't know does not go out.

mod gif;
mod icon;
pub(super) mod jpeg;
mod png;
mod svg;
mod webp;

use image::metadata::Orientation;

use super::open;

/// The file again without anything personal. `None` where it is no picture
/// that is known here, where it is broken, or where only its notes would set
/// it upright: then it has to be unpacked.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    if open::open(bytes)
        .is_some_and(|opened| opened.orientation != Orientation::NoTransforms && !opened.moving)
    {
        return None;
    }
    without_notes(bytes)
}

/// As [`clean`], but for places where a picture's own notes never set it
/// upright: every pixel stays where it is.
pub(super) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    if let Some(opened) = open::open(bytes) {
        return match opened.format {
            super::Format::Jpeg => jpeg::clean(bytes),
            super::Format::Png => png::clean(bytes),
            super::Format::Gif => gif::clean(bytes),
            super::Format::Webp => webp::clean(bytes),
            super::Format::Svg => None,
        };
    }
    icon::clean(bytes).or_else(|| svg::clean(bytes))
}

/// The part of `bytes` from `at` on that is `length` long, and where it ends.
fn take(bytes: &[u8], at: usize, length: usize) -> Option<(&[u8], usize)> {
    let end = at.checked_add(length)?;
    Some((bytes.get(at..end)?, end))
}
