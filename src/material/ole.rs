//! Office files of before 2007 (compound files, MS-CFB): they are looked at
//! for what must not be published; their text is not read, only looked through
//! for numbers of people.

mod workbook;

use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use super::text::Collector;
use super::{Broken, Extract, beside, executable};
use crate::diagnostic::{MaterialFault, MaterialPlace};

/// The most of a stream that is looked at, in bytes.
const MAX_STREAM: u64 = 32 << 20;

/// The most of all streams that is looked through for numbers, in bytes.
const MAX_LOOKED: u64 = 96 << 20;

/// The most entries of a compound file.
const MAX_ENTRIES: usize = 10_000;

type File<'b> = cfb::CompoundFile<Cursor<&'b [u8]>>;

/// Looks at the file's directory, its embedded objects and its text.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Broken> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
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
fn is_installer(file: &File<'_>) -> bool {
    matches!(file.root_entry().clsid().as_u128(), 0x000C_1084_0000_0000_C000_0000_0000_0046)
}

/// Looks through every stream: for programs in objects, for a workbook's
/// password, and for numbers of people.
fn look_through(
    file: &mut File<'_>,
    streams: Vec<(PathBuf, u64)>,
    reading: &mut Extract,
) -> Result<(), Broken> {
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
fn is_encrypted_document(file: &mut File<'_>) -> bool {
    let mut header = [0_u8; 12];
    let read = file.open_stream("/WordDocument").and_then(|mut stream| stream.read_exact(&mut header));
    let [.., flags] = header;
    read.is_ok() && flags & 1 != 0
}
