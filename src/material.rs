//! Study materials: what is known of one attached file.
//!
//! [`probe`] names a file's type by its name and first bytes; [`examine`] opens a
//! document and gives its text, its pages, and what must not be published
//! unseen; [`sha256`] computes the sum that readers check a download with.
//!
//! **Invariant:** whatever the bytes are, a study takes bounded time and
//! memory, and nothing panics.

mod archive;
mod beside;
mod clean;
mod docx;
mod embedded;
mod epub;
mod executable;
mod extract;
mod figures;
mod format;
mod inspection;
mod layout;
mod names;
mod numerals;
mod odf;
mod ofd;
mod ole;
mod packed;
mod pdf;
mod pptx;
mod radicals;
mod read;
mod spots;
mod spotted;
mod text;
mod text_flow;
mod xlsx;

use sha2::{Digest, Sha256};

use crate::diagnostic::AssetFault;
use crate::office::Broken;
use crate::path::{SourcePath, UNKNOWN, media_type};
use crate::photo;
use crate::source::Blobs;
use crate::text::hex;

use extract::{Extract, people};

pub use format::Static;
pub use inspection::{Copy, Inspection, MAX_INSPECTED, cleaned, copy_of, examine};
pub use spotted::{faults, shown};
pub use text::{MAX_CHARS, MAX_PARAGRAPHS, Text, TextState};

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// What a reader calls its type: `PDF`, `DOC`, `XLS`, `PPT`, `OFD`, `TXT`,
    /// `ZIP`, `图片`, or the extension in capitals.
    pub mark: String,
    /// Its MIME type.
    pub mime: &'static str,
    /// Pages, where known.
    pub pages: Option<u32>,
}

/// What a look at a file showed. It holds no path, so that it can be
/// remembered by the file's content and extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The file, also where something is wrong with it.
    pub material: Material,
    /// Whether it begins as pictures do, whatever its name says.
    pub picture: bool,
    /// Whether it begins as programs do.
    pub program: bool,
    /// What is wrong.
    pub faults: Vec<AssetFault>,
}

/// Bytes that are read to tell a file's type.
pub const HEAD: usize = 512;

/// Looks at the file at `path`.
pub fn probe(path: &SourcePath, blobs: &dyn Blobs) -> Probe {
    let extension = path.extension();
    match blobs.head(path, HEAD) {
        Ok(head) => inspect(&extension, &head),
        Err(error) => Probe {
            material: named(&extension),
            picture: false,
            program: false,
            faults: vec![AssetFault::Unreadable { reason: error.to_string() }],
        },
    }
}

/// What the first bytes of a file say, which was named with `extension`
/// (lower case).
pub fn inspect(extension: &str, head: &[u8]) -> Probe {
    let material = named(extension);
    let mut faults = Vec::new();
    if head.is_empty() {
        faults.push(AssetFault::EmptyFile);
    } else if let Some((actual, right)) = magic(head)
        && !fits(&material.mark, right)
    {
        faults.push(AssetFault::WrongExtension {
            named: extension.to_owned(),
            actual: actual.to_owned(),
            right: right.to_owned(),
        });
    }
    let program = executable::by_magic(head).is_some();
    Probe { material, picture: photo::begins_picture(head), program, faults }
}

/// The SHA-256 (FIPS 180-4) of a file in lower-case hexadecimal, as
/// `certutil -hashfile` and `sha256sum` print it; `None` where it can't be
/// read.
pub fn sha256(path: &SourcePath, blobs: &dyn Blobs) -> Option<String> {
    let mut hasher = Sha256::new();
    blobs.stream(path, &mut |part| hasher.update(part)).ok()?;
    Some(hex(&hasher.finalize()))
}

/// The SHA-256 of `bytes`, as [`sha256`] gives it.
pub fn sha256_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The type that a name promises.
fn named(extension: &str) -> Material {
    let mark = match extension {
        "7z" | "rar" => "ZIP".to_owned(),
        "" => "文件".to_owned(),
        _ if photo::is_picture(extension) => "图片".to_owned(),
        other => other.to_uppercase(),
    };
    Material { mark, mime: media_type(extension).unwrap_or(UNKNOWN), pages: None }
}

/// What the first bytes are and the extension that goes with them, where that
/// is beyond doubt.
fn magic(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let text = head.trim_ascii_start();
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
    Some(match () {
        () if starts(b"%PDF-") => ("PDF", "pdf"),
        () if starts(b"PK\x03\x04") => ("ZIP", "zip"),
        () if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => ("Office 97–2003", "doc"),
        () if starts(b"Rar!\x1A\x07") => ("RAR", "rar"),
        () if starts(b"7z\xBC\xAF\x27\x1C") => ("7z", "7z"),
        () if starts(b"\x89PNG\r\n\x1A\n") => ("PNG", "png"),
        () if starts(b"\xFF\xD8\xFF") => ("JPEG", "jpg"),
        () if starts(b"MZ") => ("EXE", "exe"),
        () if begins(b"<!doctype html") || begins(b"<html") => ("HTML", "html"),
        () => return None,
    })
}

/// Whether a file marked `mark` may hold what goes with the extension `right`.
/// Only the types that people read are held to it; of an unknown type nothing
/// is known.
fn fits(mark: &str, right: &str) -> bool {
    match mark {
        "PDF" => right == "pdf",
        // The new Office formats are ZIP files, the old ones compound files;
        // WPS writes either under its own extensions.
        "DOC" | "DOCX" | "WPS" | "XLS" | "XLSX" | "ET" | "PPT" | "PPTX" | "DPS" => {
            matches!(right, "zip" | "doc" | "html")
        }
        "OFD" | "EPUB" | "ODT" | "ODS" | "ODP" => right == "zip",
        "ZIP" => matches!(right, "zip" | "rar" | "7z"),
        "图片" => matches!(right, "png" | "jpg"),
        "TXT" | "CSV" => !matches!(right, "pdf" | "zip" | "doc" | "exe"),
        _ => true,
    }
}
