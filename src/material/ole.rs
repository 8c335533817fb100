//! Office files of before 2007 (compound files, MS-CFB): they are looked at
//! for what must not be published; their text is not read, only looked through
//! for numbers of people.

mod workbook;

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::text::Collector;
use super::{Broken, Extract, beside, executable};
use crate::diagnostic::{MaterialFault, MaterialPlace};

/// What every compound file begins with.
pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The most bytes that a file is made longer by, so that it opens.
const MAX_PADDING: usize = 16 << 20;

/// Streams that hold a whole file of another format, as an object does.
const PACKAGES: [&str; 2] = ["Package", "CONTENTS"];

/// The most of a stream that is looked at, in bytes.
const MAX_STREAM: u64 = 32 << 20;

/// The most of all streams that is looked through for numbers, in bytes.
const MAX_LOOKED: u64 = 96 << 20;

/// The most entries of a compound file.
const MAX_ENTRIES: usize = 10_000;

type File = cfb::CompoundFile<Cursor<Vec<u8>>>;

/// Looks at the file's directory, its embedded objects and its text.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Broken> {
    let mut file = open(bytes.to_vec()).ok_or(Broken::Damaged)?;
    let mut reading = Extract { unread: true, ..Extract::default() };
    let mut kind = None;
    let mut streams = Vec::new();
    for entry in file.walk().take(MAX_ENTRIES) {
        match entry.name() {
            "EncryptedPackage" | "EncryptionInfo" | "EncryptedSummary" => return Err(Broken::Encrypted),
            "VBA" | "Macros" | "_VBA_PROJECT_CUR" => reading.faults = vec![MaterialFault::Macros],
            "WordDocument" | "Workbook" | "Book" | "PowerPoint Document" if kind.is_none() => {
                kind = Some(Kind::Office);
            }
            "VisioDocument" => kind = Some(Kind::Other("Visio")),
            "__properties_version1.0" if entry.path().parent().is_some_and(|up| up.parent().is_none()) => {
                kind = Some(Kind::Other("MSG"));
            }
            _ => {}
        }
        if entry.is_stream() {
            streams.push((entry.path().to_owned(), entry.len()));
        }
    }
    if is_installer(&file) {
        reading.faults.push(MaterialFault::Program { name: "MSI".to_owned() });
    }
    if is_encrypted_document(&mut file) {
        return Err(Broken::Encrypted);
    }
    look_through(&mut file, streams, &mut reading)?;
    reading.faults.push(match kind {
        Some(Kind::Office) => MaterialFault::OldFormat,
        Some(Kind::Other(name)) => MaterialFault::Unopened { kind: name.to_owned() },
        None => MaterialFault::UnknownFormat { seems: Some("OLE".to_owned()) },
    });
    Ok(reading)
}

/// What a compound file is.
enum Kind {
    /// A document of Word, Excel or `PowerPoint`, or of WPS.
    Office,
    /// Another; its name among people.
    Other(&'static str),
}

/// Whether the file is an installer for Windows (MSI), by the class of its root.
fn is_installer(file: &File) -> bool {
    matches!(file.root_entry().clsid().as_u128(), 0x000C_1084_0000_0000_C000_0000_0000_0046)
}

/// Looks through every stream: for programs in objects, for a workbook's
/// password, and for numbers of people.
fn look_through(file: &mut File, streams: Vec<(PathBuf, u64)>, reading: &mut Extract) -> Result<(), Broken> {
    let mut looked = 0;
    for (path, length) in streams {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_object = name == "\u{1}Ole10Native";
        let is_workbook = matches!(name, "Workbook" | "Book");
        looked += length.min(MAX_STREAM);
        if looked > MAX_LOOKED && !is_object && !is_workbook {
            continue;
        }
        let mut bytes = Vec::new();
        let stream = file.open_stream(&path).map_err(|_| Broken::Damaged)?;
        stream.take(MAX_STREAM).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
        if is_object && executable::by_bytes(&bytes) {
            let name = path.display().to_string().replace('\u{1}', "");
            reading.faults.push(MaterialFault::Program { name });
        }
        if is_workbook {
            if workbook::is_encrypted(&bytes) {
                return Err(Broken::Encrypted);
            }
            let numbers = workbook::numbers(&bytes).into_iter().filter_map(beside::whole);
            numbers.for_each(|number| reading.text.look_beside(&number, &MaterialPlace::Whole));
        }
        look_at_text(&bytes, &mut reading.text);
    }
    Ok(())
}

/// Looks for numbers in what may be text: these formats have it in bytes
/// (windows-1252, GBK) and in UTF-16, at even and at odd places.
fn look_at_text(bytes: &[u8], text: &mut Collector) {
    let mut look = |line: &str| {
        if line.bytes().filter(u8::is_ascii_digit).count() >= 11 {
            text.look_beside(line, &MaterialPlace::Whole);
        }
    };
    let narrow: String =
        bytes.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '\n' }).collect();
    narrow.lines().for_each(&mut look);
    for begin in 0..2 {
        let units = bytes.get(begin..).unwrap_or_default().chunks_exact(2);
        let units = units.map(|pair| match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => 0,
        });
        let wide: String =
            char::decode_utf16(units).map(|c| c.ok().filter(|c| !c.is_control()).unwrap_or('\n')).collect();
        wide.lines().for_each(&mut look);
    }
}

/// Whether a Word document's header says so (MS-DOC 2.5.2, `fEncrypted`).
fn is_encrypted_document(file: &mut File) -> bool {
    let mut header = [0_u8; 12];
    let read = file.open_stream("/WordDocument").and_then(|mut stream| stream.read_exact(&mut header));
    let [.., flags] = header;
    read.is_ok() && flags & 1 != 0
}

/// Opens the file. Some programs write an allocation table for more sectors
/// than the file has, which office programs open: then the missing ones
/// are added, empty.
fn open(mut bytes: Vec<u8>) -> Option<File> {
    if let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes.clone())) {
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
    cfb::CompoundFile::open(Cursor::new(bytes)).ok()
}

fn stream(file: &mut File, path: &Path) -> Result<Vec<u8>, Broken> {
    let mut bytes = Vec::new();
    let stream = file.open_stream(path).map_err(|_| Broken::Damaged)?;
    stream.take(MAX_STREAM).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
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
