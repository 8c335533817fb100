//! Office files of before 2007 (compound files, MS-CFB): they are looked at
//! for what must not be published; their text is not read.

use std::io::{Cursor, Read as _};

use super::{Broken, Extract, executable};
use crate::diagnostic::MaterialFault;

/// The most of an embedded object that is looked at, in bytes.
const MAX_OBJECT: u64 = 32 << 20;

/// The most entries of a compound file.
const MAX_ENTRIES: usize = 10_000;

/// Looks at the file's directory and at its embedded objects.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Broken> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let mut objects = Vec::new();
    let mut reading = Extract { unread: true, ..Extract::default() };
    for entry in file.walk().take(MAX_ENTRIES) {
        match entry.name() {
            "EncryptedPackage" | "EncryptionInfo" | "EncryptedSummary" => return Err(Broken::Encrypted),
            "VBA" | "Macros" | "_VBA_PROJECT_CUR" => reading.faults = vec![MaterialFault::Macros],
            "\u{1}Ole10Native" => objects.push(entry.path().to_owned()),
            _ => {}
        }
    }
    for path in objects {
        let mut object = Vec::new();
        let stream = file.open_stream(&path).map_err(|_| Broken::Damaged)?;
        stream.take(MAX_OBJECT).read_to_end(&mut object).map_err(|_| Broken::Damaged)?;
        if executable::by_bytes(&object) {
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

/// Whether a Word document's header says so (MS-DOC 2.5.2, `fEncrypted`).
fn is_encrypted_document(file: &mut cfb::CompoundFile<Cursor<&[u8]>>) -> bool {
    let mut header = [0_u8; 12];
    let read = file.open_stream("/WordDocument").and_then(|mut stream| stream.read_exact(&mut header));
    let [.., flags] = header;
    read.is_ok() && flags & 1 != 0
}
