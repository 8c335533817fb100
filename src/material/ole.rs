//! Compound files (MS-CFB): Office files of before 2007, and objects within
//! newer ones. They are looked into for what must not be published; their text
//! is not read.

use std::io::{Cursor, Read, Write as _};
use std::path::PathBuf;

use cfb::CompoundFile;

use super::{Broken, Extract, executable};
use crate::diagnostic::MaterialFault;

/// What every compound file begins with.
pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The most of a stream that is looked at, in bytes.
const MAX_OBJECT: u64 = 32 << 20;

/// The most entries of a compound file.
const MAX_ENTRIES: usize = 10_000;

/// The most bytes that a file is made longer by, so that it opens.
const MAX_PADDING: usize = 16 << 20;

/// Streams that hold a whole file of another format, as an object does.
const PACKAGES: [&str; 2] = ["Package", "CONTENTS"];

/// Looks at the file's directory and at its embedded objects.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Broken> {
    let mut file = open(bytes.to_vec()).ok_or(Broken::Damaged)?;
    let mut objects = Vec::new();
    let mut reading = Extract { unread: true, ..Extract::default() };
    let entries: Vec<(String, PathBuf)> = file
        .walk()
        .take(MAX_ENTRIES)
        .map(|entry| (entry.name().to_owned(), entry.path().to_owned()))
        .collect();
    for (name, path) in entries {
        match name.as_str() {
            "EncryptedPackage" | "EncryptionInfo" | "EncryptedSummary" => return Err(Broken::Encrypted),
            "VBA" | "Macros" | "_VBA_PROJECT_CUR" => reading.faults = vec![MaterialFault::Macros],
            "\u{1}Ole10Native" => objects.push(path),
            "Workbook" | "Book" if is_locked_workbook(&stream(&mut file, &path)?) => {
                return Err(Broken::Encrypted);
            }
            _ => {}
        }
    }
    for path in objects {
        if executable::by_bytes(&stream(&mut file, &path)?) {
            let name = path.display().to_string().replace('\u{1}', "");
            reading.faults.push(MaterialFault::Program { name });
        }
    }
    if is_encrypted_document(&mut file) {
        return Err(Broken::Encrypted);
    }
    reading.faults.push(MaterialFault::OldFormat);
    Ok(reading)
}

/// Opens the file. Some programs write an allocation table for more sectors
/// than the file has, which office programs open: then the missing ones
/// are added, empty.
fn open(mut bytes: Vec<u8>) -> Option<CompoundFile<Cursor<Vec<u8>>>> {
    if let Ok(file) = CompoundFile::open(Cursor::new(bytes.clone())) {
        return Some(file);
    }
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let tables = usize::try_from(number(0x2C)?).ok()?;
    let sector = if number(0x1E)? & 0xFFFF == 12 { 4096_usize } else { 512 };
    let sectors = tables.checked_mul(sector / 4)?;
    let len = sectors.checked_add(1)?.checked_mul(sector)?;
    if len <= bytes.len() || len - bytes.len() > MAX_PADDING {
        return None;
    }
    bytes.resize(len, 0);
    CompoundFile::open(Cursor::new(bytes)).ok()
}

fn stream(file: &mut CompoundFile<Cursor<Vec<u8>>>, path: &PathBuf) -> Result<Vec<u8>, Broken> {
    let mut bytes = Vec::new();
    let stream = file.open_stream(path).map_err(|_| Broken::Damaged)?;
    stream.take(MAX_OBJECT).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
    Ok(bytes)
}

/// What an object within a document is.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// Whether it is a file that was put in as it was; it notes its path.
    pub(super) packaged: bool,
    /// Whether it is a document of before 2007, or one that says who wrote it.
    pub(super) document: bool,
    /// Files of other formats that stand in it.
    pub(super) packages: Vec<Vec<u8>>,
}

/// Looks into an object; `None` where it can't be opened.
pub(super) fn object(bytes: &[u8]) -> Option<Object> {
    let mut file = open(bytes.to_vec())?;
    let mut object = Object::default();
    let entries: Vec<(String, PathBuf)> = file
        .walk()
        .take(MAX_ENTRIES)
        .map(|entry| (entry.name().to_owned(), entry.path().to_owned()))
        .collect();
    for (name, path) in entries {
        match name.as_str() {
            "\u{1}Ole10Native" => object.packaged = true,
            "WordDocument"
            | "Workbook"
            | "Book"
            | "PowerPoint Document"
            | "\u{5}SummaryInformation"
            | "EncryptedPackage" => {
                object.document = true;
            }
            name if PACKAGES.contains(&name) => object.packages.push(stream(&mut file, &path).ok()?),
            _ => {}
        }
    }
    Some(object)
}

/// The object with the files that stand in it made anew by `clean`; `None`
/// where none of them changes. Nothing of the former ones is left behind.
pub(super) fn with_packages(bytes: &[u8], clean: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut file = open(bytes.to_vec())?;
    let is_package = |entry: &cfb::Entry| PACKAGES.contains(&entry.name());
    let paths: Vec<PathBuf> =
        file.walk().take(MAX_ENTRIES).filter(is_package).map(|entry| entry.path().to_owned()).collect();
    let mut changed = false;
    for path in paths {
        let Some(new) = clean(&stream(&mut file, &path).ok()?) else { continue };
        file.create_stream(&path).and_then(|mut stream| stream.write_all(&new)).ok()?;
        changed = true;
    }
    if !changed {
        return None;
    }
    let copy = file.copy_to(Cursor::new(Vec::new())).ok()?;
    Some(copy.into_inner().into_inner())
}

/// Whether a workbook's stream is encrypted: `FilePass` stands among its first
/// records (MS-XLS 2.4.117).
fn is_locked_workbook(stream: &[u8]) -> bool {
    const FILE_PASS: u16 = 0x002F;
    const EOF: u16 = 0x000A;
    let mut rest = stream;
    while let [a, b, c, d, after @ ..] = rest {
        match u16::from_le_bytes([*a, *b]) {
            FILE_PASS => return true,
            EOF => return false,
            _ => {}
        }
        let Some(next) = after.get(usize::from(u16::from_le_bytes([*c, *d]))..) else { return false };
        rest = next;
    }
    false
}

/// Whether a Word document's header says so (MS-DOC 2.5.2, `fEncrypted`).
fn is_encrypted_document(file: &mut CompoundFile<Cursor<Vec<u8>>>) -> bool {
    let mut header = [0_u8; 12];
    let read = file.open_stream("/WordDocument").and_then(|mut stream| stream.read_exact(&mut header));
    let [.., flags] = header;
    read.is_ok() && flags & 1 != 0
}
