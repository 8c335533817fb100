//! One document opened: its text, its pages, and what hides in it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::format::{self, Format};
use super::packed::{self, Packed};
use super::spotted::Spots;
use super::text::{Collector, Text, TextState};
use super::{archive, beside, clean, docx, embedded, epub, executable, odf, ofd, ole, pdf, pptx, xlsx};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::memo::Key;
use crate::office::Broken;
use crate::office::package::Package;
use crate::office::xml::Node;
use crate::source::decoded;

/// The largest file that is opened, in bytes. Larger ones are scans of books.
pub const MAX_INSPECTED: u64 = 64 << 20;

/// What was learned from a document. It holds no path, so that it can be
/// remembered by the file's content and extension, in memory and on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Its text.
    pub text: Arc<Text>,
    /// Its pages, slides; for DOCX as the program that saved it counted.
    pub pages: Option<u32>,
    /// What must not be published, or not unseen.
    pub faults: Vec<MaterialFault>,
    /// The copy that is published in its place; `None` where it is published
    /// as it is.
    pub copy: Option<Copy>,
    /// Numbers of people and secrecy marks.
    pub(super) spots: Spots,
}

/// A cleaned copy of a document, as it is told before it is made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Its length in bytes.
    pub len: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Copy {
    /// The key of its bytes.
    pub fn key(&self) -> Key {
        Key::hash(self.sha256.as_bytes())
    }
}

/// The copy of a file that is published in its place, where there is one.
pub fn copy_of(study: &Option<Arc<Inspection>>) -> Option<&Copy> {
    study.as_ref()?.copy.as_ref()
}

/// Changes with what [`examine`] finds, so that no former finding is recalled.
const EDITION: &str = "9";

impl Inspection {
    /// The key of a study: of all that [`examine`] depends on. `content` is the
    /// key of the file's bytes.
    pub fn key(extension: &str, content: Key) -> Key {
        let parts = [b"study".as_slice(), EDITION.as_bytes(), extension.as_bytes(), content.as_bytes()];
        Key::hash_parts(parts)
    }

    /// The study as bytes, to be kept; empty in the case, which does not
    /// occur, that it can't be written.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The study that [`Inspection::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// What a reader of one format found.
#[derive(Debug, Default)]
pub(super) struct Extract {
    pub(super) text: Collector,
    pub(super) pages: Option<u32>,
    pub(super) faults: Vec<MaterialFault>,
    /// Whether it bears a signature, which a changed byte would break.
    pub(super) signed: bool,
    /// Whether its text is not looked for.
    pub(super) unread: bool,
    /// Whether it is files packed together, which are cleaned each for itself.
    pub(super) packed: bool,
}

/// Studies the document of these bytes, which was named with `extension`
/// (lower case). Its first bytes decide what it is, where they can.
pub fn examine(extension: &str, bytes: &Arc<[u8]>) -> Inspection {
    let result = match bytes.len() as u64 {
        0 => Ok(Extract { unread: true, ..Extract::default() }),
        size if size > MAX_INSPECTED => Ok(unchecked(bytes, size)),
        _ => guarded(|| read(extension, bytes)),
    };
    match result {
        Ok(mut reading) => {
            let empty = if reading.unread { TextState::Unread } else { TextState::Pictures };
            let is_copied = !reading.signed && (!reading.unread || reading.packed);
            if !reading.packed {
                look_beside(bytes, is_copied, &mut reading);
            }
            let (text, spots) = std::mem::take(&mut reading.text).finish(empty);
            let (pages, faults) = (reading.pages, reading.faults);
            let mut study = Inspection { text: Arc::new(text), pages, faults, copy: None, spots };
            if is_copied {
                copy(extension, bytes, &mut study);
            }
            study
        }
        Err(broken) => {
            let (text, spots) = Default::default();
            Inspection { text, pages: None, faults: vec![fault_of(broken)], copy: None, spots }
        }
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

/// What is said of a document that can't be read.
pub(super) fn fault_of(broken: Broken) -> MaterialFault {
    match broken {
        Broken::Damaged => MaterialFault::Damaged,
        Broken::Encrypted => MaterialFault::Encrypted,
        Broken::Bomb => MaterialFault::Bomb,
    }
}

/// Makes the copy that is to be published and holds it against the original.
fn copy(extension: &str, bytes: &Arc<[u8]>, study: &mut Inspection) {
    let clean: Arc<[u8]> = match guarded(|| clean::clean(bytes)) {
        Ok(Some(clean)) => clean.into(),
        Ok(None) => return,
        Err(_) => return study.faults.push(MaterialFault::Unclean),
    };
    let whole = guarded(|| clean::reads_again(bytes, &clean)).is_ok();
    let same = whole
        && guarded(|| read(extension, &clean)).is_ok_and(|reading| {
            let (text, _) = reading.text.finish(study.text.state);
            text == *study.text && reading.pages == study.pages
        });
    if same {
        study.copy = Some(Copy { len: clean.len() as u64, sha256: super::sha256_of(&clean) });
    } else {
        study.faults.push(MaterialFault::Unclean);
    }
}

/// The document without what it says of people and computers; `None` where
/// nothing is taken out of a document of its kind.
pub fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    guarded(|| clean::clean(bytes)).ok().flatten()
}

/// Runs a reader. One that gives up in the middle, or meets what its author
/// did not think of, counts as a document that can't be opened.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Err(panic.downcast_ref::<Broken>().copied().unwrap_or(Broken::Damaged)))
}

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
        Format::Picture => Ok(Extract { unread: true, ..Extract::default() }),
        Format::Marked(name) => Ok(marked(name, bytes)),
        Format::Closed(name) => Ok(unopened(name)),
        Format::Text => {
            let mut reading = Extract { unread: true, ..Extract::default() };
            for (number, line) in (1_u32..).zip(decoded(bytes).lines()) {
                reading.text.look_beside(line, &MaterialPlace::Line(number));
            }
            Ok(reading)
        }
        Format::Unknown(seems) => {
            let faults = vec![MaterialFault::UnknownFormat { seems }];
            Ok(Extract { unread: true, faults, ..Extract::default() })
        }
    }
}

/// Whether a name promises a document of today, which has a form to be held to.
fn is_document(extension: &str) -> bool {
    matches!(
        extension,
        "pdf"
            | "docx"
            | "xlsx"
            | "pptx"
            | "docm"
            | "xlsm"
            | "pptm"
            | "odt"
            | "ods"
            | "odp"
            | "ofd"
            | "epub"
            | "xlsb"
    )
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
                if element.attribute("name").is_some_and(|name| name == clean::AI_LABEL));
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
    let faults = vec![MaterialFault::Unopened { kind: kind.to_owned() }];
    Extract { unread: true, faults, ..Extract::default() }
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
    let faults = vec![MaterialFault::IsProgram { what: what.to_owned() }];
    Extract { unread: true, faults, ..Extract::default() }
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
fn unchecked(bytes: &[u8], size: u64) -> Extract {
    match Format::of(bytes) {
        Format::Program(what) => refused(what),
        _ => Extract { unread: true, faults: vec![MaterialFault::Unchecked { size }], ..Extract::default() },
    }
}

/// Names of authors to be shown: at most five, none empty.
pub(super) fn people(names: BTreeSet<String>) -> Vec<String> {
    names.into_iter().filter(|name| !name.trim().is_empty()).take(5).collect()
}
