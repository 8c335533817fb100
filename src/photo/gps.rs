//! Whether a picture says where it was taken.
//!
//! All such notes are taken out of what is published, whatever they say; this
//! only tells the editor what the original gives away.

use exif::{In, Reader, Tag};
use memchr::memmem;

use super::open;

/// How far XMP is looked for: it stands before the pixels.
const HEAD: usize = 1 << 20;

/// Whether the camera noted a place, in EXIF or in XMP.
pub(super) fn has_place(bytes: &[u8]) -> bool {
    in_exif(bytes).unwrap_or(false) || in_xmp(bytes)
}

fn in_exif(bytes: &[u8]) -> Option<bool> {
    let notes = open::open(bytes)?.exif()?;
    let read = Reader::new().continue_on_error(true).read_raw(notes);
    let exif = read.or_else(|error| error.distill_partial_result(|_| {})).ok()?;
    let places = [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude];
    Some(places.into_iter().any(|tag| exif.get_field(tag, In::PRIMARY).is_some()))
}

fn in_xmp(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    memmem::find(head, b"exif:GPSLatitude").is_some()
}
