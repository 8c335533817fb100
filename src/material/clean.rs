//! A document without what it says of the people and computers behind it.
//!
//! What readers see stays: text, pictures, comments that an editor let pass.
//! What goes: authors and companies, who saved it last, editing sessions,
//! thumbnails, paths on somebody's computer, printers.
//!
//! **Invariant:** the same bytes give the same clean bytes, and cleaning what
//! is clean changes nothing that a reader could see.

mod odf;
mod ofd;
mod office;
mod pdf;
mod word;

use super::{Broken, archive};

/// Who wrote a comment, for readers.
const SOMEBODY: &str = "作者";

/// How deep documents within documents are cleaned.
const DEPTH: usize = 2;

/// The cleaned document; `None` where there is nothing to take out of a
/// document of its kind.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    match document(bytes)? {
        None if bytes.starts_with(b"PK\x03\x04") => archive::cleaned(bytes).map(Some),
        clean => Ok(clean),
    }
}

/// The cleaned document; `None` also for files that are packed together.
pub(super) fn document(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    nested(bytes, 0)
}

fn nested(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    if super::format::is_pdf(bytes) {
        return pdf::clean(bytes).map(Some);
    }
    if bytes.starts_with(b"PK\x03\x04") && depth < DEPTH {
        if let Some(clean) = office::clean(bytes, depth)? {
            return Ok(Some(clean));
        }
        return match odf::clean(bytes)? {
            Some(clean) => Ok(Some(clean)),
            None => ofd::clean(bytes, depth),
        };
    }
    Ok(None)
}
