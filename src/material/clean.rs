//! A document without what it says of the people and computers behind it.
//!
//! What readers see stays: text, pictures, comments that an editor let pass.
//! What goes: authors and companies, who saved it last, editing sessions,
//! thumbnails, paths on somebody's computer, printers. Each format has lists of
//! what may stay; what stands on none goes, or is said.
//!
//! **Invariant:** the same bytes give the same clean bytes, and cleaning what
//! is clean changes nothing that a reader could see.

mod archive;
mod epub;
mod metafile;
mod odf;
mod ofd;
mod office;
mod part;
mod paths;
mod pdf;
mod picture;
mod properties;
mod tiff;
mod word;

use std::sync::Arc;

use super::extract::{AI_LABEL, MAX_CONTAINERS, guarded};
use super::read::read_within;
use super::{format, ole};
use crate::office::package::{Fate, Package};
use crate::office::{Broken, xml};

use picture::cleaned as picture;

pub(super) use picture::without_notes as picture_without_notes;

/// Who wrote a comment, for readers.
const SOMEBODY: &str = "作者";

/// The cleaned document; `None` where there is nothing to take out of a
/// document of its kind.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    whole(bytes, 0)
}

/// As [`clean`], `depth` containers deep.
pub(super) fn whole(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    match document(bytes, depth)? {
        None if bytes.starts_with(b"PK\x03\x04") && depth < MAX_CONTAINERS => {
            archive::cleaned(bytes, depth).map(Some)
        }
        clean => Ok(clean),
    }
}

/// The cleaned document; `None` also for files that are packed together.
fn document(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    if format::is_pdf(bytes) {
        return pdf::clean(bytes).map(Some);
    }
    if bytes.starts_with(b"PK\x03\x04") && depth < MAX_CONTAINERS {
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
    if depth >= MAX_CONTAINERS {
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
    let opens = guarded(|| read_within("", &shared, depth)).is_ok_and(|reading| !reading.signed);
    let clean = if opens { guarded(|| whole(bytes, depth)).ok().flatten() } else { None };
    clean.map_or(Fate::Copy, Fate::Replace)
}

/// Whether a part is named with that extension.
fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit('.').next() == Some(extension)
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
