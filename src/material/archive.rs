//! Files packed together (ZIP): what is among them is looked at as if each
//! were attached by itself.
//!
//! **Invariant:** at most [`MAX_FILES`] files of at most [`MAX_TOTAL`] bytes in
//! all are opened, archives within archives [`MAX_CONTAINERS`] deep.

use std::sync::Arc;

use super::extract::{Extract, MAX_CONTAINERS, fault_of, guarded};
use super::read::{look_beside, read_within};
use super::{embedded, executable};
use crate::diagnostic::{AssetFault, MaterialFault};
use crate::office::Broken;
use crate::office::package::{MAX_PART, Package};
use crate::photo::{self, Variant};

/// The most files that are opened.
const MAX_FILES: usize = 200;

/// What all files together may promise to unpack to, in bytes.
const MAX_TOTAL: u64 = 128 << 20;

/// Reads all files of an archive.
pub(super) fn read(package: &mut Package<'_>, depth: usize) -> Result<Extract, Broken> {
    let mut reading = Extract::unread(Vec::new());
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
pub(super) fn is_left_out(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("__MACOSX/") || matches!(file, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What is to be said of one file; its text goes to that of the archive.
fn look(name: &str, bytes: Vec<u8>, archive: &mut Extract, depth: usize) -> Vec<MaterialFault> {
    let extension = extension(name);
    if is_picture(&extension, &bytes) {
        return picture(&extension, &bytes).err().into_iter().collect();
    }
    if bytes.starts_with(b"PK\x03\x04") && depth + 1 >= MAX_CONTAINERS {
        return vec![MaterialFault::Unopened { kind: "ZIP".to_owned() }];
    }
    let bytes: Arc<[u8]> = Arc::from(bytes);
    match guarded(|| read_within(&extension, &bytes, depth + 1)) {
        Ok(mut reading) => {
            if !reading.packed {
                look_beside(&bytes, !reading.signed, &mut reading);
            }
            archive.text.take_in(reading.text, name);
            reading.faults
        }
        Err(broken) => vec![fault_of(broken)],
    }
}

pub(super) fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

pub(super) fn is_picture(extension: &str, bytes: &[u8]) -> bool {
    photo::is_picture(extension) || photo::begins_picture(bytes)
}

/// A picture without its notes.
pub(super) fn picture(extension: &str, bytes: &[u8]) -> Result<Vec<u8>, MaterialFault> {
    if let Some(clean) = photo::encode(bytes, &[Variant::Clean]).pop().flatten() {
        return Ok(clean);
    }
    Err(match photo::measure(extension, bytes).faults.first() {
        Some(AssetFault::UnsupportedPicture { format }) => MaterialFault::Unopened { kind: format.clone() },
        _ => MaterialFault::Damaged,
    })
}
