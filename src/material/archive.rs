//! Files packed together (ZIP): what is among them is looked at and cleaned as
//! if each were attached by itself.
//!
//! **Invariant:** archives within archives are not opened, and at most
//! [`MAX_FILES`] files of at most [`MAX_TOTAL`] bytes in all are.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::packed::{self, Packed};
use super::{Broken, Extract, clean, executable, guarded, inspection, odf, ofd};
use crate::diagnostic::{AssetFault, MaterialFault};
use crate::office::package::{Entry, MAX_PART, Package};
use crate::photo::{self, Variant};

/// The most files that are opened.
const MAX_FILES: usize = 200;

/// What all files together may promise to unpack to, in bytes.
const MAX_TOTAL: u64 = 128 << 20;

/// Reads all files of an archive.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Broken> {
    let mut reading = Extract { unread: true, ..Extract::default() };
    let entries = package.entries()?;
    let size = entries.iter().map(|entry| entry.size).fold(0, u64::saturating_add);
    if entries.len() > MAX_FILES || size > MAX_TOTAL || entries.iter().any(|entry| entry.size > MAX_PART) {
        reading.faults.push(MaterialFault::Unchecked { size });
        return Ok(reading);
    }
    if !entries.iter().all(|entry| entry.known) {
        reading.faults.push(MaterialFault::Unopened { kind: "ZIP".to_owned() });
        return Ok(reading);
    }
    reading.packed = true;
    for entry in entries.iter().filter(|entry| !is_left_out(entry) && !executable::by_name(&entry.name)) {
        let faults = look(&entry.name, package.unpack(entry.at)?, &mut reading);
        let inside = |fault| MaterialFault::Inside { name: entry.name.clone(), fault: Box::new(fault) };
        reading.faults.extend(faults.into_iter().map(inside));
    }
    Ok(reading)
}

/// Folders, and what systems leave in archives for themselves.
fn is_left_out(entry: &Entry) -> bool {
    let file = entry.name.rsplit('/').next().unwrap_or_default();
    entry.name.starts_with("__MACOSX/") || matches!(file, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What is to be said of one file; its text goes to that of the archive.
fn look(name: &str, bytes: Vec<u8>, archive: &mut Extract) -> Vec<MaterialFault> {
    let extension = extension(name);
    if is_picture(&extension, &bytes) {
        return picture(&extension, &bytes).err().into_iter().collect();
    }
    if is_archive(&bytes) {
        return vec![MaterialFault::Unopened { kind: "ZIP".to_owned() }];
    }
    let bytes: Arc<[u8]> = Arc::from(bytes);
    match guarded(|| inspection::read(&extension, &bytes)) {
        Ok(mut reading) => {
            inspection::look_beside(&bytes, !reading.signed, &mut reading);
            archive.text.take_in(reading.text, name);
            reading.faults
        }
        Err(Broken::Damaged) => vec![MaterialFault::Damaged],
        Err(Broken::Encrypted) => vec![MaterialFault::Encrypted],
        Err(Broken::Bomb) => vec![MaterialFault::Bomb],
    }
}

fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

fn is_picture(extension: &str, bytes: &[u8]) -> bool {
    photo::is_picture(extension) || photo::begins_picture(bytes)
}

/// A picture without its notes.
fn picture(extension: &str, bytes: &[u8]) -> Result<Vec<u8>, MaterialFault> {
    if let Some(clean) = photo::encode(bytes, &[Variant::Clean]).pop().flatten() {
        return Ok(clean);
    }
    Err(match photo::measure(extension, bytes).faults.first() {
        Some(AssetFault::UnsupportedPicture { format }) => MaterialFault::Unopened { kind: format.clone() },
        _ => MaterialFault::Damaged,
    })
}

/// Whether a file is an archive itself.
fn is_archive(bytes: &[u8]) -> bool {
    let is_files = |package: &mut Package<'_>| {
        package.main_part().is_err()
            && !odf::is(package).unwrap_or(false)
            && !ofd::is(package)
            && packed::kind(package).is_ok_and(|kind| kind == Packed::Files)
    };
    bytes.starts_with(b"PK\x03\x04") && Package::open(bytes).is_ok_and(|mut package| is_files(&mut package))
}

/// The archive again, each file cleaned; without times and comments.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut package = Package::open(bytes)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for entry in package.entries()? {
        if entry.name.ends_with('/') {
            writer.add_directory(&entry.name, options).map_err(|_| Broken::Damaged)?;
        }
        if is_left_out(&entry) {
            continue;
        }
        let file = package.unpack(entry.at)?;
        let file = clean_file(&entry.name, file)?;
        let written = writer.start_file(&entry.name, options).and_then(|()| Ok(writer.write_all(&file)?));
        written.map_err(|_| Broken::Damaged)?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|_| Broken::Damaged)
}

/// A file without what it says of people and computers; as it is, where it is
/// signed or can't be opened, which is said elsewhere.
fn clean_file(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Broken> {
    let extension = extension(name);
    if is_picture(&extension, &bytes) {
        return Ok(picture(&extension, &bytes).unwrap_or(bytes));
    }
    if is_archive(&bytes) {
        return Ok(bytes);
    }
    let shared: Arc<[u8]> = Arc::from(bytes.as_slice());
    match guarded(|| inspection::read(&extension, &shared)) {
        Ok(reading) if !reading.signed && !reading.unread => Ok(clean::document(&bytes)?.unwrap_or(bytes)),
        _ => Ok(bytes),
    }
}
