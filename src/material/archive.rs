//! Files packed together (ZIP): what is among them is looked at and cleaned as
//! if each were attached by itself.
//!
//! **Invariant:** at most [`MAX_FILES`] files of at most [`MAX_TOTAL`] bytes in
//! all are opened, archives within archives [`clean::DEPTH`] deep.

use std::io::Cursor;
use std::sync::Arc;

use zip::ZipWriter;

use super::{Broken, Extract, clean, embedded, executable, guarded, inspection};
use crate::diagnostic::{AssetFault, MaterialFault};
use crate::office::names;
use crate::office::package::{MAX_PART, Package, options, put};
use crate::photo::{self, Variant};

/// The most files that are opened.
const MAX_FILES: usize = 200;

/// What all files together may promise to unpack to, in bytes.
const MAX_TOTAL: u64 = 128 << 20;

/// Reads all files of an archive.
pub(super) fn read(package: &mut Package<'_>, depth: usize) -> Result<Extract, Broken> {
    let mut reading = Extract { unread: true, ..Extract::default() };
    let entries = package.entries()?;
    let size = entries.iter().map(|entry| entry.size).fold(0, u64::saturating_add);
    if entries.len() > MAX_FILES || size > MAX_TOTAL || entries.iter().any(|entry| entry.size > MAX_PART) {
        reading.faults.extend(embedded::program(package));
        reading.faults.push(MaterialFault::Unchecked { size });
        return Ok(reading);
    }
    if !entries.iter().all(|entry| entry.known) {
        reading.faults.extend(embedded::program(package));
        reading.faults.push(MaterialFault::Unopened { kind: "ZIP".to_owned() });
        return Ok(reading);
    }
    reading.packed = true;
    for entry in entries.iter().filter(|entry| !is_left_out(&entry.name)) {
        if executable::by_name(&entry.name) {
            reading.faults.push(MaterialFault::Program { name: entry.name.clone() });
            continue;
        }
        let faults = look(&entry.name, package.unpack(entry.at)?, &mut reading, depth);
        let inside = |fault| MaterialFault::Inside { name: entry.name.clone(), fault: Box::new(fault) };
        reading.faults.extend(faults.into_iter().map(inside));
    }
    Ok(reading)
}

/// Folders, and what systems leave in archives for themselves.
fn is_left_out(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("__MACOSX/") || matches!(file, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What is to be said of one file; its text goes to that of the archive.
fn look(name: &str, bytes: Vec<u8>, archive: &mut Extract, depth: usize) -> Vec<MaterialFault> {
    let extension = extension(name);
    if is_picture(&extension, &bytes) {
        return picture(&extension, &bytes).err().into_iter().collect();
    }
    if bytes.starts_with(b"PK\x03\x04") && depth + 1 >= clean::DEPTH {
        return vec![MaterialFault::Unopened { kind: "ZIP".to_owned() }];
    }
    let bytes: Arc<[u8]> = Arc::from(bytes);
    match guarded(|| inspection::read_within(&extension, &bytes, depth + 1)) {
        Ok(mut reading) => {
            if !reading.packed {
                inspection::look_beside(&bytes, !reading.signed, &mut reading);
            }
            archive.text.take_in(reading.text, name);
            reading.faults
        }
        Err(broken) => vec![inspection::fault_of(broken)],
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

/// The archive again, each file cleaned, under names that are safe to unpack;
/// without times, comments and fields of other programs.
pub(super) fn cleaned(bytes: &[u8], depth: usize) -> Result<Vec<u8>, Broken> {
    let mut package = Package::open(bytes)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let entries = package.entries()?;
    let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
    for (entry, name) in entries.iter().zip(names::safe(&names)) {
        if name.ends_with('/') {
            writer.add_directory(&name, options()).map_err(|_| Broken::Damaged)?;
        }
        if is_left_out(&name) {
            continue;
        }
        let file = clean_file(&name, package.unpack(entry.at)?, depth)?;
        put(&mut writer, &name, &file)?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|_| Broken::Damaged)
}

/// A file without what it says of people and computers; as it is, where it is
/// signed or can't be opened, which is said elsewhere.
fn clean_file(name: &str, bytes: Vec<u8>, depth: usize) -> Result<Vec<u8>, Broken> {
    let extension = extension(name);
    if is_picture(&extension, &bytes) {
        return Ok(picture(&extension, &bytes).unwrap_or(bytes));
    }
    let shared: Arc<[u8]> = Arc::from(bytes.as_slice());
    match guarded(|| inspection::read_within(&extension, &shared, depth + 1)) {
        Ok(reading) if !reading.signed && (!reading.unread || reading.packed) => {
            Ok(clean::whole(&bytes, depth + 1)?.unwrap_or(bytes))
        }
        _ => Ok(bytes),
    }
}
