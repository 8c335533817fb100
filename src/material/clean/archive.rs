//! Files packed together (ZIP), each cleaned as if it were attached by itself.

use std::io::Cursor;
use std::sync::Arc;

use zip::ZipWriter;

use super::whole;
use crate::material::archive::{extension, is_left_out, is_picture, picture};
use crate::material::extract::guarded;
use crate::material::read::read_within;
use crate::office::package::{Package, options, put};
use crate::office::{Broken, names};

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
    match guarded(|| read_within(&extension, &shared, depth + 1)) {
        Ok(reading) if !reading.signed && (!reading.unread || reading.packed) => {
            Ok(whole(&bytes, depth + 1)?.unwrap_or(bytes))
        }
        _ => Ok(bytes),
    }
}
