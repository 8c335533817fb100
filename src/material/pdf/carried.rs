//! What a PDF carries besides its pages: signatures, scripts, comments,
//! attached files.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use lopdf::{DecompressError, Dictionary, Document, LoadOptions, Object, Stream};

use super::super::{Broken, people, program};
use crate::diagnostic::MaterialFault;

/// What all streams together may unpack to, pictures left out, in bytes.
pub(in crate::material) const MAX_UNPACKED: usize = 96 << 20;

/// What one stream of objects may unpack to, in bytes.
const MAX_STREAM: usize = 32 << 20;

/// What was seen.
pub(super) struct Carried {
    pub(super) faults: Vec<MaterialFault>,
    pub(super) signed: bool,
}

/// Opens the file's objects within bounds.
pub(in crate::material) fn load(bytes: &[u8]) -> Result<Document, Broken> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| broken(&error))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Broken::Encrypted);
    }
    Ok(document)
}

fn broken(error: &lopdf::Error) -> Broken {
    match error {
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Broken::Bomb,
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Broken::Encrypted,
        _ => Broken::Damaged,
    }
}

/// Looks at every object.
pub(super) fn look(bytes: &Arc<[u8]>) -> Result<Carried, Broken> {
    let document = load(bytes)?;
    let mut seen = Seen::default();
    let mut budget = Budget { left: MAX_UNPACKED };
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            budget.spend(stream)?;
        }
        seen.visit(object, 0);
    }
    Ok(seen.carried())
}

/// What may still be unpacked.
struct Budget {
    left: usize,
}

impl Budget {
    /// Unpacks a stream into nothing. Pictures are passed over: reading text
    /// does not unpack them.
    fn spend(&mut self, stream: &Stream) -> Result<(), Broken> {
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image") {
            return Ok(());
        }
        let mut counted = Counted { bytes: 0 };
        // What can't be unpacked for another reason is the reader's matter.
        if let Err(lopdf::Error::Decompress(
            DecompressError::MemoryLimitExceeded { .. } | DecompressError::TooManyFilters { .. },
        )) = stream.decompress_to_writer(&mut counted, self.left)
        {
            return Err(Broken::Bomb);
        }
        self.left = self.left.saturating_sub(counted.bytes);
        if self.left == 0 { Err(Broken::Bomb) } else { Ok(()) }
    }
}

/// A writer that counts.
struct Counted {
    bytes: usize,
}

impl Write for Counted {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        self.bytes += part.len();
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[derive(Default)]
struct Seen {
    signed: bool,
    script: bool,
    comments: u32,
    authors: BTreeSet<String>,
    enclosed: u32,
    program: Option<String>,
}

/// How deep objects within an object are looked at; `lopdf` reads no deeper.
const DEPTH: usize = 100;

/// Annotations that are an editor's remarks. Stamps and drawings are left to
/// the editor's eye: they are seen.
const REMARKS: [&[u8]; 7] =
    [b"Text", b"FreeText", b"Highlight", b"Underline", b"StrikeOut", b"Squiggly", b"Caret"];

impl Seen {
    fn visit(&mut self, object: &Object, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match object {
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth),
            Object::Stream(stream) => self.dictionary(&stream.dict, depth),
            Object::Array(items) => items.iter().for_each(|item| self.visit(item, depth + 1)),
            _ => {}
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize) {
        let is = |key: &[u8], wanted: &[u8]| {
            dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == wanted)
        };
        self.signed |= dictionary.has(b"ByteRange") && dictionary.has(b"Contents");
        self.script |= is(b"S", b"JavaScript") || is(b"S", b"Launch") || dictionary.has(b"JavaScript");
        if dictionary.has(b"EF") {
            self.enclosed += 1;
            let name = text(dictionary, b"UF").or_else(|| text(dictionary, b"F")).unwrap_or_default();
            if program::by_name(&name) {
                self.program.get_or_insert(name);
            }
        }
        if dictionary.has(b"Rect") && REMARKS.iter().any(|kind| is(b"Subtype", kind)) {
            self.comments += 1;
            self.authors.extend(text(dictionary, b"T"));
        }
        dictionary.iter().for_each(|(_, value)| self.visit(value, depth + 1));
    }

    fn carried(self) -> Carried {
        let mut faults = Vec::new();
        if self.script {
            faults.push(MaterialFault::Script);
        }
        if let Some(name) = self.program {
            faults.push(MaterialFault::Program { name });
        } else if self.enclosed > 0 {
            faults.push(MaterialFault::Enclosed { count: self.enclosed });
        }
        if self.comments > 0 {
            faults.push(MaterialFault::Comments { count: self.comments, authors: people(self.authors) });
        }
        if self.signed {
            faults.push(MaterialFault::Signed);
        }
        Carried { faults, signed: self.signed }
    }
}

/// A text string: UTF-16 behind its mark, else taken as it is.
fn text(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = dictionary.get(key).and_then(Object::as_str).ok()?;
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    };
    Some(text).filter(|text| !text.trim().is_empty())
}
