//! Pictures within documents, without the notes of cameras and programs.

use super::{metafile, tiff};
use crate::office::package::Fate;
use crate::photo;

/// What becomes of a picture in a document.
pub(super) fn cleaned(bytes: &[u8]) -> Fate {
    let clean = without_notes(bytes).filter(|clean| clean.as_slice() != bytes);
    clean.map_or(Fate::Copy, Fate::Replace)
}

/// The picture without notes; `None` where it is of a kind that is not known,
/// or broken.
pub(in crate::material) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    photo::without_notes(bytes).or_else(|| metafile::clean(bytes)).or_else(|| tiff::clean(bytes))
}
