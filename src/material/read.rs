//! A document's bytes to the reader of its format.
//!
//! Takes the bytes and the extension that the file was named with; gives the
//! text, the pages and what is to be said of it, of documents within it too.
//! `archive` and `embedded` come back here for these.

use std::sync::Arc;

use super::extract::{AI_LABEL, Extract};
use super::format::{self, Format};
use super::packed::{self, Packed};
use super::{archive, beside, docx, embedded, epub, executable, odf, ofd, ole, pdf, pptx, xlsx};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::office::Broken;
use crate::office::package::Package;
use crate::office::xml::Node;
use crate::source::decoded;

/// Reads the file of these bytes. They decide what it is; `extension` (lower
/// case) only says what is missing where they are of no known kind.
pub(super) fn read(extension: &str, bytes: &Arc<[u8]>) -> Result<Extract, Broken> {
    read_within(extension, bytes, 0)
}

/// As [`read`], of a document that stands in `depth` others.
pub(super) fn read_within(extension: &str, bytes: &Arc<[u8]>, depth: usize) -> Result<Extract, Broken> {
    let is_text = matches!(extension, "txt" | "csv");
    match Format::of(bytes) {
        Format::Pdf => pdf::read(bytes),
        Format::Zip => zipped(extension, bytes, depth),
        Format::Compound => ole::read(bytes),
        // No system runs what is called a text.
        Format::Text | Format::Marked(_) if is_text => Ok(plain(bytes)),
        Format::Program(_) if is_text && executable::by_magic(bytes).is_none() => Ok(plain(bytes)),
        Format::Program(what) => Ok(refused(what)),
        _ if executable::by_name(&format!("x.{extension}")) => Ok(refused(&extension.to_uppercase())),
        Format::Text | Format::Unknown(_) | Format::Picture if is_document(extension) => Err(Broken::Damaged),
        Format::Picture => Ok(Extract::unread(Vec::new())),
        Format::Marked(name) => Ok(marked(name, bytes)),
        Format::Closed(name) => Ok(unopened(name)),
        Format::Text => {
            let mut reading = Extract::unread(Vec::new());
            for (number, line) in (1_u32..).zip(decoded(bytes).lines()) {
                reading.text.look_beside(line, &MaterialPlace::Line(number));
            }
            Ok(reading)
        }
        Format::Unknown(seems) => Ok(Extract::unread(vec![MaterialFault::UnknownFormat { seems }])),
    }
}

/// Whether a name promises a document of today, which has a form to be held to.
fn is_document(extension: &str) -> bool {
    const DOCUMENTS: [&str; 13] =
        ["pdf", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "ofd", "epub", "xlsb"];
    DOCUMENTS.contains(&extension)
}

/// An office document of today, an OFD, an EPUB, or files packed together.
fn zipped(extension: &str, bytes: &Arc<[u8]>, depth: usize) -> Result<Extract, Broken> {
    let mut package = Package::open(bytes)?;
    let mut reading = match package.main_part() {
        Ok(main) => office(&mut package, &main, depth)?,
        Err(_) if odf::is(&mut package)? => {
            let mut reading = odf::read(&mut package)?;
            reading.faults.extend(embedded::examine(&mut package, depth)?);
            reading
        }
        Err(_) if ofd::is(&package) => with_programs(ofd::read(&mut package)?, &package),
        // Scripts are no part of the copy.
        Err(_) if epub::is(&mut package)? => match epub::read(&mut package)? {
            Some(reading) => reading,
            None => with_programs(unopened("EPUB"), &package),
        },
        Err(_) => match packed::kind(&package) {
            Packed::Document(name) => with_programs(unopened(name), &package),
            Packed::Program(what) => return Ok(refused(what)),
            Packed::Files if is_document(extension) => return Err(Broken::Damaged),
            Packed::Files => archive::read(&mut package, depth)?,
        },
    };
    let may_run = matches!(extension, "docm" | "xlsm" | "pptm" | "dotm" | "xlam" | "ppsm");
    if may_run && !reading.faults.contains(&MaterialFault::Macros) {
        reading.faults.push(MaterialFault::Macros);
    }
    if package.names().any(|name| name.starts_with("_xmlsignatures/")) {
        reading.signed = true;
        reading.faults.push(MaterialFault::Signed);
    }
    Ok(reading)
}

/// An office document by its main part.
fn office(package: &mut Package<'_>, main: &str, depth: usize) -> Result<Extract, Broken> {
    let mut reading = match main.split('/').next() {
        _ if main.rsplit('.').next() == Some("bin") => unopened("XLSB"),
        Some("word") => docx::read(package, main)?,
        Some("xl") => xlsx::read(package, main)?,
        Some("ppt") => pptx::read(package, main)?,
        Some("visio") => unopened("Visio"),
        _ => unopened("OOXML"),
    };
    let custom = package.relations("")?.into_iter().filter(|relation| relation.kind == "custom-properties");
    let mut labelled = false;
    for relation in custom {
        package.walk(&relation.target, |node| {
            labelled |= matches!(node, Node::Start(element)
                if element.attribute("name").is_some_and(|name| name == AI_LABEL));
        })?;
    }
    if labelled {
        reading.faults.push(MaterialFault::AiLabel);
    }
    reading.faults.extend(embedded::examine(package, depth)?);
    Ok(reading)
}

/// What was found, with the first part that is a program by its name.
fn with_programs(mut reading: Extract, package: &Package<'_>) -> Extract {
    if !reading.faults.iter().any(|fault| matches!(fault, MaterialFault::Program { .. })) {
        reading.faults.extend(embedded::program(package));
    }
    reading
}

/// A file that is not opened, by its kind's name.
fn unopened(kind: &str) -> Extract {
    Extract::unread(vec![MaterialFault::Unopened { kind: kind.to_owned() }])
}

/// A document that is not opened but whose words can be looked through.
fn marked(kind: &str, bytes: &[u8]) -> Extract {
    let mut reading = unopened(kind);
    for line in format::words(kind, bytes).lines() {
        reading.text.look_beside(line, &MaterialPlace::Whole);
    }
    reading
}

/// A program.
fn refused(what: &str) -> Extract {
    Extract::unread(vec![MaterialFault::IsProgram { what: what.to_owned() }])
}

/// A text file, in whatever encoding it was saved.
fn plain(bytes: &[u8]) -> Extract {
    let mut reading = Extract::default();
    for (number, line) in (1_u32..).zip(decoded(bytes).lines()) {
        if reading.text.is_full() {
            break;
        }
        reading.text.at(MaterialPlace::Line(number));
        reading.text.add(line);
    }
    reading.unread = true;
    reading
}

/// A file that is too large to be opened.
pub(super) fn unchecked(bytes: &[u8], size: u64) -> Extract {
    match Format::of(bytes) {
        Format::Program(what) => refused(what),
        _ => Extract::unread(vec![MaterialFault::Unchecked { size }]),
    }
}

/// Looks for numbers of people where a reader of the document does not look.
pub(super) fn look_beside(bytes: &[u8], is_copied: bool, reading: &mut Extract) {
    if matches!(Format::of(bytes), Format::Zip) {
        if reading.unread {
            beside::look_whole(bytes, &mut reading.text);
        } else {
            beside::look(bytes, is_copied, &mut reading.text);
        }
    }
}
