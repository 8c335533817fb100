//! An OFD's text and pages, and what is hidden in it (GB/T 33190-2016).
//!
//! An OFD is a ZIP of XML: `OFD.xml` names documents, a document names pages,
//! templates (letterheads, forms), resources, annotations and attachments. What
//! stands on a page are texts at places in millimetres.
//!
//! Programs differ in prefixes (`ofd:`, another, none), in the namespace, in
//! slashes and in the case of names: so elements go by their local names and
//! parts by [`parts::Parts::find`].
//!
//! **Invariant:** at most [`parts::MAX_XML`] bytes of XML are unpacked, each part
//! once, and at most [`page::MAX_GLYPHS`] characters are placed.

mod notes;
mod objects;
mod page;
mod parts;

use super::text::Collector;
use super::{Broken, Extract, layout};
use crate::diagnostic::{MaterialFault, PagedFault};
use crate::office::Package;

use page::Placer;
use parts::{Document, Parts};

pub(super) use notes::SEEN;
pub(super) use parts::{Role, roles};

/// The most pages whose text is read.
const MAX_PAGES: usize = 3_000;

/// What every OFD begins with.
const ROOT: &str = "OFD.xml";

/// Whether a package is an OFD.
pub(super) fn is(package: &Package<'_>) -> bool {
    package.names().any(|name| name.eq_ignore_ascii_case(ROOT))
}

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Broken> {
    if package
        .names()
        .any(|name| matches!(name.rsplit('/').next(), Some("encryptions.xml" | "decryptseed.dat")))
    {
        return Err(Broken::Encrypted);
    }
    let mut parts = Parts::new(package);
    let documents = parts.documents()?;
    let mut reading = Extract { signed: is_signed(&mut parts, &documents)?, ..Extract::default() };
    let mut placer = Placer::default();
    let mut pages = 0_usize;
    for document in &documents {
        pages += document.pages.len();
        place(&mut parts, document, &mut placer, &mut reading.text)?;
    }
    reading.pages = u32::try_from(pages).ok().filter(|pages| *pages > 0);
    if reading.pages.is_none() {
        return Err(Broken::Damaged);
    }
    notes::report(&mut parts, &documents, &placer.links, &mut reading.faults)?;
    if placer.cropped > 0 {
        reading.faults.push(PagedFault::Cropped { count: placer.cropped }.into());
    }
    if placer.lost == 0 && reading.text.is_empty() {
        reading.faults.push(MaterialFault::NoText);
    }
    reading.faults.extend(layout::undecodable(placer.read, placer.lost));
    if reading.signed {
        reading.faults.push(MaterialFault::Signed);
    }
    reading.faults.push(PagedFault::Ofd.into());
    Ok(reading)
}

/// The pages of a document, one after the other.
fn place(
    parts: &mut Parts<'_, '_>,
    document: &Document,
    placer: &mut Placer,
    text: &mut Collector,
) -> Result<(), Broken> {
    placer.begin(parts, document)?;
    for (number, page) in (1_u32..).zip(document.pages.iter().take(MAX_PAGES)) {
        if text.is_full() {
            break;
        }
        if let Some(part) = page {
            placer.page(parts, document, part)?;
            placer.layout.number = number;
            placer.layout.finish(text);
        }
    }
    layout::flush(&mut placer.layout, text);
    Ok(())
}

/// Whether somebody signed it: a list of signatures with one in it, or values
/// of signatures that no list names.
fn is_signed(parts: &mut Parts<'_, '_>, documents: &[Document]) -> Result<bool, Broken> {
    for list in documents.iter().filter_map(|document| document.signatures.as_deref()) {
        match parts.find("", list) {
            Some(part) if !parts.has_element(&part, b"Signature")? => {}
            _ => return Ok(true),
        }
    }
    Ok(parts.names().any(|name| name.ends_with("/signedvalue.dat")))
}
