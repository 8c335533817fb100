//! A document without what it says of the people and computers behind it.
//!
//! What readers see stays: text, pictures, comments that an editor let pass.
//! What goes: authors and companies, who saved it last, editing sessions,
//! thumbnails, paths on somebody's computer, printers. Each format has lists of
//! what may stay; what stands on none goes, or is said.
//!
//! **Invariant:** the same bytes give the same clean bytes, and cleaning what
//! is clean changes nothing that a reader could see.

mod epub;
mod metafile;
mod odf;
mod ofd;
mod office;
mod part;
mod paths;
mod pdf;
mod properties;
mod tiff;
mod word;

use std::sync::Arc;

use super::{archive, format, guarded, inspection, ole};
use crate::office::package::{Fate, Package};
use crate::office::{Broken, xml};
use crate::photo;

/// Who wrote a comment, for readers.
const SOMEBODY: &str = "作者";

/// The property that says that a text was generated (GB 45438-2025, annex E).
/// The rule forbids taking it out.
pub(super) const AI_LABEL: &str = "AIGC";

/// How many containers deep documents are opened and cleaned: a workbook in a
/// text in an archive is three. What lies deeper is said to be unopened.
pub(super) const DEPTH: usize = 4;

/// The cleaned document; `None` where there is nothing to take out of a
/// document of its kind.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    whole(bytes, 0)
}

/// As [`clean`], `depth` containers deep.
pub(super) fn whole(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    match document(bytes, depth)? {
        None if bytes.starts_with(b"PK\x03\x04") && depth < DEPTH => archive::cleaned(bytes, depth).map(Some),
        clean => Ok(clean),
    }
}

/// The cleaned document; `None` also for files that are packed together.
pub(super) fn document(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    if format::is_pdf(bytes) {
        return pdf::clean(bytes).map(Some);
    }
    if bytes.starts_with(b"PK\x03\x04") && depth < DEPTH {
        if let Some(clean) = office::clean(bytes, depth)? {
            return Ok(Some(clean));
        }
        if let Some(clean) = odf::clean(bytes, depth)? {
            return Ok(Some(clean));
        }
        return match ofd::clean(bytes, depth)? {
            Some(clean) => Ok(Some(clean)),
            None => epub::clean(bytes),
        };
    }
    Ok(None)
}

/// What becomes of a document within a document. One that is signed or can't be
/// opened stays as it is, which its findings say.
fn nested(bytes: &[u8], depth: usize) -> Fate {
    if depth >= DEPTH {
        return Fate::Copy;
    }
    // An object is the wrapping of a file, no container of its own; one within
    // another is none that programs write.
    if bytes.starts_with(ole::MAGIC) {
        let inner = |object: &[u8]| match nested(object, depth) {
            Fate::Replace(clean) if !object.starts_with(ole::MAGIC) => Some(clean),
            _ => None,
        };
        return ole::with_packages(bytes, inner).map_or(Fate::Copy, Fate::Replace);
    }
    let shared: Arc<[u8]> = Arc::from(bytes);
    let opens = guarded(|| inspection::read_within("", &shared, depth)).is_ok_and(|reading| !reading.signed);
    let clean = if opens { guarded(|| whole(bytes, depth)).ok().flatten() } else { None };
    clean.map_or(Fate::Copy, Fate::Replace)
}

/// Whether a part is named with that extension.
fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit('.').next() == Some(extension)
}

/// What becomes of a picture in a document.
fn picture(bytes: &[u8]) -> Fate {
    let clean = picture_without_notes(bytes).filter(|clean| clean.as_slice() != bytes);
    clean.map_or(Fate::Copy, Fate::Replace)
}

/// The picture without notes; `None` where it is of a kind that is not known,
/// or broken.
pub(super) fn picture_without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    photo::without_notes(bytes).or_else(|| metafile::clean(bytes)).or_else(|| tiff::clean(bytes))
}

/// Whether every part of the package `clean` that differs from `original` can
/// be read again: XML is well-formed, checksums are right, and packages within
/// it open too.
pub(super) fn reads_again(original: &[u8], clean: &[u8]) -> Result<(), Broken> {
    if !clean.starts_with(b"PK\x03\x04") {
        return Ok(());
    }
    let before = Package::open(original)?.sums()?;
    let mut package = Package::open(clean)?;
    for (name, sum) in package.sums()? {
        if before.get(&name) == Some(&sum) || name.ends_with('/') {
            continue;
        }
        let head = package.head(&name, 4)?;
        let extension = name.rsplit('.').next().unwrap_or_default();
        if matches!(extension, "xml" | "rels" | "rdf") && !head.is_empty() {
            package.walk(&name, |_| {})?;
            continue;
        }
        let bytes = package.part(&name)?.unwrap_or_default();
        if extension == "svg" {
            xml::walk(&bytes, |_| {})?;
        } else if bytes.starts_with(b"PK\x03\x04") {
            Package::open(&bytes)?;
        }
    }
    Ok(())
}
