//! What a PDF carries besides its pages: signatures, scripts, comments,
//! attached files.

use std::collections::BTreeSet;
use std::io::Write;

use lopdf::{DecompressError, Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::super::{Broken, executable, people};
use super::budget::Meter;
use super::links::{self, Leads};
use super::strings;
use super::whole::is_whole;
use crate::diagnostic::{MaterialFault, PagedFault};

/// What all streams together may unpack to, pictures left out, in bytes.
pub(in crate::material) const MAX_UNPACKED: usize = 96 << 20;

/// What all pages and forms may unpack to, in bytes: fonts are not among them.
const MAX_CONTENT: usize = 40 << 20;

/// What one stream of objects may unpack to, in bytes.
const MAX_STREAM: usize = 32 << 20;

/// What was seen.
pub(super) struct Carried {
    pub(super) faults: Vec<MaterialFault>,
    pub(super) signed: bool,
}

/// Opens the file's objects within bounds. Where the empty password opens it,
/// it is decrypted: then only printing or copying was restricted.
pub(in crate::material) fn load(bytes: &[u8]) -> Result<Document, Broken> {
    // What every PDF ends with; without it the rest is missing.
    if memchr::memmem::rfind(bytes, b"startxref").is_none() {
        return Err(Broken::Damaged);
    }
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| broken(&error))?;
    // What still has its key is locked.
    match document.trailer.has(b"Encrypt") {
        true => Err(Broken::Encrypted),
        false if !is_whole(&document) => Err(Broken::Damaged),
        false => Ok(document),
    }
}

fn broken(error: &lopdf::Error) -> Broken {
    match error {
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Broken::Bomb,
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Broken::Encrypted,
        _ => Broken::Damaged,
    }
}

/// Looks at every object.
pub(super) fn look(document: &Document) -> Result<Carried, Broken> {
    let mut seen = Seen::new(document);
    for (id, object) in &document.objects {
        seen.at = *id;
        seen.visit(object, 0);
    }
    let drawn = seen.drawn();
    let mut budget = Budget { left: MAX_UNPACKED, meter: Meter::new(MAX_CONTENT) };
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object {
            budget.spend(stream, drawn.contains(id))?;
        }
    }
    Ok(seen.carried())
}

/// What may still be unpacked, and what drawing has cost so far.
struct Budget {
    left: usize,
    meter: Meter,
}

impl Budget {
    /// Unpacks a stream into nothing; what is `drawn` is measured besides.
    /// Pictures are passed over: reading text does not unpack them.
    fn spend(&mut self, stream: &Stream, drawn: bool) -> Result<(), Broken> {
        if drawn || is_drawing(&stream.dict) {
            self.meter.begin();
            let most = self.meter.left;
            let read = stream.decompress_to_writer(&mut self.meter, most);
            if self.meter.is_exceeded() || is_too_much(&read) {
                return Err(Broken::Bomb);
            }
        }
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image") {
            return Ok(());
        }
        let mut counted = Counted { bytes: 0 };
        // What can't be unpacked for another reason is the reader's matter.
        if is_too_much(&stream.decompress_to_writer(&mut counted, self.left)) {
            return Err(Broken::Bomb);
        }
        self.left = self.left.saturating_sub(counted.bytes);
        if self.left == 0 { Err(Broken::Bomb) } else { Ok(()) }
    }
}

/// Whether unpacking ended because there was more than allowed.
fn is_too_much<T>(unpacked: &lopdf::Result<T>) -> bool {
    matches!(
        unpacked,
        Err(lopdf::Error::Decompress(
            DecompressError::MemoryLimitExceeded { .. } | DecompressError::TooManyFilters { .. }
        ))
    )
}

/// Whether a stream is a form or a pattern, which is drawn like a page.
fn is_drawing(dictionary: &Dictionary) -> bool {
    dictionary.has(b"BBox") || dictionary.has(b"PatternType")
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

struct Seen<'d> {
    document: &'d Document,
    /// The object that is being looked at.
    at: ObjectId,
    signed: bool,
    script: bool,
    comments: u32,
    authors: BTreeSet<String>,
    enclosed: u32,
    program: Option<String>,
    /// Files on somebody's computer that links lead to.
    local: BTreeSet<String>,
    /// A program that a link starts.
    started: Option<String>,
    /// Actions that somebody clicks on.
    clicked: BTreeSet<ObjectId>,
    /// Objects with actions that open something.
    launching: BTreeSet<ObjectId>,
    /// What pages and drawn fonts refer to as their content.
    contents: BTreeSet<ObjectId>,
}

/// How deep objects within an object are looked at; `lopdf` reads no deeper.
const DEPTH: usize = 100;

/// Annotations that are an editor's remarks. Stamps and drawings are left to
/// the editor's eye: they are seen.
const REMARKS: [&[u8]; 7] =
    [b"Text", b"FreeText", b"Highlight", b"Underline", b"StrikeOut", b"Squiggly", b"Caret"];

impl<'d> Seen<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            document,
            at: (0, 0),
            signed: false,
            script: false,
            comments: 0,
            authors: BTreeSet::new(),
            enclosed: 0,
            program: None,
            local: BTreeSet::new(),
            started: None,
            clicked: BTreeSet::new(),
            launching: BTreeSet::new(),
            contents: BTreeSet::new(),
        }
    }

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
        self.script |= is(b"S", b"JavaScript") || dictionary.has(b"JavaScript");
        if is(b"S", b"Launch") {
            self.launching.insert(self.at);
        }
        if dictionary.has(b"EF") {
            self.enclosed += 1;
            let name = text(dictionary, b"UF").or_else(|| text(dictionary, b"F")).unwrap_or_default();
            if executable::by_name(&name) {
                self.program.get_or_insert(name);
            }
        }
        if dictionary.has(b"Rect") && REMARKS.iter().any(|kind| is(b"Subtype", kind)) {
            self.comments += 1;
            self.authors.extend(text(dictionary, b"T"));
        }
        if let Ok(contents) = dictionary.get(b"Contents") {
            self.contents.extend(references(contents));
        }
        if let Ok(glyphs) = dictionary.get(b"CharProcs") {
            self.contents.extend(references(glyphs));
        }
        // Links, buttons, and the entries of the outline.
        let clickable = dictionary.has(b"Rect") || (dictionary.has(b"Title") && dictionary.has(b"Parent"));
        for (key, value) in dictionary {
            if clickable && key == b"A" {
                self.click(value);
            } else {
                self.visit(value, depth + 1);
            }
        }
    }

    /// An action that a reader starts by a click.
    fn click(&mut self, action: &Object) {
        let document = self.document;
        let Ok((id, action)) = document.dereference(action) else { return };
        let Ok(action) = action.as_dict() else { return };
        self.clicked.extend(id);
        match links::leads(document, action) {
            Some(Leads::Local(name)) => {
                self.local.insert(name);
            }
            Some(Leads::Program(name)) => {
                self.started.get_or_insert(name);
            }
            None => {
                self.script |=
                    action.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"JavaScript");
            }
        }
    }

    /// The streams that are drawn: those that are referred to as content, be it
    /// by way of a list.
    fn drawn(&self) -> BTreeSet<ObjectId> {
        let listed = self.contents.iter().filter_map(|id| self.document.objects.get(id)).flat_map(references);
        self.contents.iter().copied().chain(listed).collect()
    }

    fn carried(self) -> Carried {
        let mut faults = Vec::new();
        if self.script || self.launching.difference(&self.clicked).next().is_some() {
            faults.push(MaterialFault::Script);
        }
        if let Some(name) = self.started {
            faults.push(PagedFault::StartsProgram { name }.into());
        }
        if let Some(name) = self.program {
            faults.push(MaterialFault::Program { name });
        } else if self.enclosed > 0 {
            faults.push(MaterialFault::Enclosed { count: self.enclosed });
        }
        if self.comments > 0 {
            faults.push(MaterialFault::Comments { count: self.comments, authors: people(self.authors) });
        }
        if !self.local.is_empty() {
            faults.push(PagedFault::LocalLinks { names: self.local.into_iter().take(5).collect() }.into());
        }
        if is_form_of_xfa(self.document) {
            faults.push(PagedFault::DynamicForm.into());
        }
        if self.document.was_encrypted() && !self.signed {
            faults.push(PagedFault::Restricted.into());
        }
        if self.signed {
            faults.push(MaterialFault::Signed);
        }
        Carried { faults, signed: self.signed }
    }
}

/// Whether the pages are made by a form of XFA when they are opened, which only
/// one program does: others show a page that asks to wait.
fn is_form_of_xfa(document: &Document) -> bool {
    let catalog = document.catalog();
    catalog
        .and_then(|catalog| catalog.get_deref(b"NeedsRendering", document))
        .is_ok_and(|needs| matches!(needs, Object::Boolean(true)))
}

/// What an object refers to: itself, or what stands in it.
fn references(object: &Object) -> Vec<ObjectId> {
    match object {
        Object::Reference(id) => vec![*id],
        Object::Array(items) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
        Object::Dictionary(entries) => {
            entries.iter().filter_map(|(_, value)| value.as_reference().ok()).collect()
        }
        _ => Vec::new(),
    }
}

/// The text of a dictionary's entry.
fn text(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    dictionary.get(key).ok().and_then(strings::text)
}
