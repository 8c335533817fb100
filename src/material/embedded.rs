//! What an office document carries besides its own text: macros, programs,
//! files and documents that were put into it.
//!
//! A document within a document is examined as if it were attached by itself;
//! its text is not the outer one's, since readers see a picture of it.
//!
//! **Invariant:** at most [`MAX_OBJECTS`] objects are opened, [`MAX_CONTAINERS`]
//! deep.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::extract::{MAX_CONTAINERS, fault_of, guarded};
use super::read::read_within;
use super::{Broken, clean, executable, format, ole};
use crate::diagnostic::MaterialFault;
use crate::office::Package;

/// The most objects of one document that are opened.
const MAX_OBJECTS: usize = 200;

/// Endings of parts that are no objects: the document's own XML, its fonts, and
/// what is played.
const OWN: [&str; 23] = [
    "xml", "rels", "vml", "rdf", "odttf", "fntdata", "ttf", "otf", "mp3", "mp4", "m4a", "m4v", "wav", "wma",
    "wmv", "avi", "mov", "mpg", "mpeg", "ogg", "webm", "glb", "aac",
];

/// Pictures that hold pixels alone.
const PLAIN_PICTURES: [&str; 3] = ["bmp", "dib", "ico"];

/// Finds all that the package carries.
pub(super) fn examine(package: &mut Package<'_>, depth: usize) -> Result<Vec<MaterialFault>, Broken> {
    let mut faults = Vec::new();
    let (mut files, mut opened) = (0, 0);
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    if has_macros(package)? {
        faults.push(MaterialFault::Macros);
    }
    faults.extend(program(package));
    for name in names.iter().filter(|name| !is_own(name) && !executable::by_name(name)) {
        let object = package.part(name)?.unwrap_or_default();
        if object.is_empty() || clean::picture_without_notes(&object).is_some() {
            continue;
        }
        if executable::by_bytes(&object) {
            faults.push(MaterialFault::Program { name: name.clone() });
            continue;
        }
        opened += 1;
        if opened > MAX_OBJECTS {
            faults.push(MaterialFault::Unchecked { size: 0 });
            break;
        }
        let found = within(name, &object, depth, &mut files);
        let inside = |fault| MaterialFault::Inside { name: file_name(name), fault: Box::new(fault) };
        faults.extend(found.into_iter().map(inside));
    }
    if files > 0 {
        faults.push(MaterialFault::Enclosed { count: files });
    }
    Ok(faults)
}

/// The first part that is a program by its name.
pub(super) fn program(package: &Package<'_>) -> Option<MaterialFault> {
    let name = package.names().find(|name| executable::by_name(name))?;
    Some(MaterialFault::Program { name: name.to_owned() })
}

fn file_name(part: &str) -> String {
    part.rsplit('/').next().unwrap_or(part).to_owned()
}

/// Whether a part is the document's own, judged by its name; parts that are
/// never published are passed over as well.
fn is_own(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    let packed =
        ["docprops/", "customxml/", "thumbnails/", "_xmlsignatures/", "meta-inf/", "configurations2/"];
    OWN.contains(&extension)
        || PLAIN_PICTURES.contains(&extension)
        || name.ends_with('/')
        || name == "mimetype"
        || name == "layout-cache"
        || name.contains("/printersettings")
        || packed.iter().any(|folder| name.starts_with(folder))
}

/// What is to be said of one object; counts files that were put in as they
/// were.
fn within(name: &str, object: &[u8], depth: usize, files: &mut u32) -> Vec<MaterialFault> {
    if object.starts_with(ole::MAGIC) {
        let Some(inner) = ole::object(object) else { return vec![MaterialFault::Damaged] };
        *files += u32::from(inner.packaged);
        let old = if inner.document { opened("doc", object, depth) } else { Vec::new() };
        return old
            .into_iter()
            .chain(inner.packages.iter().flat_map(|file| opened("", file, depth)))
            .collect();
    }
    let extension = name.rsplit('.').next().unwrap_or_default();
    if matches!(extension, "bin" | "data") && !object.starts_with(b"PK\x03\x04") && !format::is_pdf(object) {
        // Parts of Excel's own that are no XML; macros are said elsewhere.
        return Vec::new();
    }
    opened(extension, object, depth)
}

/// The findings of a document as if it were attached by itself.
fn opened(extension: &str, bytes: &[u8], depth: usize) -> Vec<MaterialFault> {
    let known = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(ole::MAGIC) || format::is_pdf(bytes);
    if !known || depth + 1 >= MAX_CONTAINERS {
        return vec![MaterialFault::Unopened { kind: extension.to_uppercase() }];
    }
    let shared: Arc<[u8]> = Arc::from(bytes);
    match guarded(|| read_within(extension, &shared, depth + 1)) {
        Ok(reading) => reading.faults,
        Err(broken) => vec![fault_of(broken)],
    }
}

/// Whether it carries macros or controls.
fn has_macros(package: &mut Package<'_>) -> Result<bool, Broken> {
    let named = |name: &str| {
        name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.contains("/activex/")
    };
    if package.names().any(named) {
        return Ok(true);
    }
    let mut types = BTreeSet::new();
    package.walk("[Content_Types].xml", |node| {
        if let crate::office::xml::Node::Start(element) = node {
            types.extend(element.attribute("ContentType"));
        }
    })?;
    // The type of every XLSB says so.
    Ok(types.iter().any(|kind| kind.contains("macroEnabled") && !kind.contains("binary")))
}
