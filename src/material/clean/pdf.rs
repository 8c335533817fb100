//! PDFs, written anew with what readers see and nothing else (ISO 32000-2).
//!
//! A PDF that was changed holds its former states too; only what the last one
//! refers to is written. Each dictionary keeps the keys that [`schema`] lists.

mod schema;

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};

use super::super::pdf::{launched, load, string_object, string_text};
use super::super::{Broken, names};
use crate::photo;
use schema::{Keys, Role, STRINGS};

/// The cleaned document.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut document = load(bytes)?;
    let info = info(&document);
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| Broken::Damaged)?;
    // Neither the identifier, which is made of the time and the path, nor what
    // was needed to open it, nor what programs note.
    document.trailer = Dictionary::new();
    document.trailer.set("Root", root);
    document.encryption_state = None;
    let mut cleaner = Cleaner::new(&mut document);
    cleaner.run(root, Role::Catalog);
    cleaner.sweep();
    document.prune_objects();
    // So that a clean document is written as it is.
    document.max_id = document.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
    if !info.is_empty() {
        let id = document.add_object(info);
        document.trailer.set("Info", id);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let options = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    document.save_with_options(&mut out, options).map_err(|_| Broken::Damaged)?;
    Ok(out)
}

/// What stays of the document's information: the title, which programs show,
/// where it is not a file's name.
fn info(document: &Document) -> Dictionary {
    let mut kept = Dictionary::new();
    let Ok(info) = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict) else {
        return kept;
    };
    let title = info.get_deref(b"Title", document).ok();
    if let Some(title) = title.and_then(string_text).filter(|title| !names::is_file_name(title)) {
        kept.set("Title", string_object(title.trim()));
    }
    kept
}

/// How deep objects within an object are looked at; `lopdf` reads no deeper.
const DEPTH: usize = 100;

/// Keys that go wherever they stand: properties (XMP), private data of the
/// programs that made it, small pictures of pages, what a figure's file said.
fn is_private(key: &[u8]) -> bool {
    matches!(key, b"Metadata" | b"PieceInfo" | b"Thumb" | b"LastModified" | b"OPI")
        || key.starts_with(b"PTEX.")
}

/// The way through the document, each object once in each role.
struct Cleaner<'d> {
    document: &'d mut Document,
    seen: BTreeSet<(ObjectId, Role)>,
    ahead: Vec<(ObjectId, Role)>,
}

impl<'d> Cleaner<'d> {
    fn new(document: &'d mut Document) -> Self {
        Self { document, seen: BTreeSet::new(), ahead: Vec::new() }
    }

    /// Cleans an object and all that it leads to.
    fn run(&mut self, from: ObjectId, role: Role) {
        self.ahead.push((from, role));
        while let Some((id, role)) = self.ahead.pop() {
            if !self.seen.insert((id, role)) {
                continue;
            }
            // Taken out meanwhile, since other objects are looked up.
            let Some(mut object) = self.document.objects.remove(&id) else { continue };
            self.object(&mut object, role, 0);
            self.document.objects.insert(id, object);
        }
    }

    /// Cleans what is led to by no way of the standard's. A page that is not
    /// among the pages was deleted: only a link holds it.
    fn sweep(&mut self) {
        self.document.prune_objects();
        let seen: BTreeSet<ObjectId> = self.seen.iter().map(|(id, _)| *id).collect();
        let left: Vec<ObjectId> =
            self.document.objects.keys().filter(|id| !seen.contains(id)).copied().collect();
        for id in left {
            match self.document.objects.get_mut(&id) {
                Some(page) if page.as_dict().is_ok_and(|page| page.has_type(b"Page")) => *page = Object::Null,
                _ => self.run(id, Role::Any),
            }
        }
    }

    fn object(&mut self, object: &mut Object, role: Role, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match object {
            // What stands elsewhere has its turn there.
            Object::Reference(_) if role == Role::Leaf => {}
            Object::Reference(id) => self.ahead.push((*id, role)),
            // A place in the document, which begins with a page.
            Object::Array(_) if role == Role::Opening => {}
            Object::Array(items) => items.iter_mut().for_each(|item| self.object(item, role, depth + 1)),
            Object::Dictionary(dictionary) => self.dictionary(dictionary, role, depth),
            Object::Stream(stream) => {
                // An appearance for all states.
                let role = if role == Role::Appearance { Role::Drawing } else { role };
                self.dictionary(&mut stream.dict, role, depth);
                strip_photo(stream);
            }
            Object::String(..) if role == Role::File => cut(object),
            _ => {}
        }
    }

    fn dictionary(&mut self, dictionary: &mut Dictionary, role: Role, depth: usize) {
        let role = match role {
            Role::Any => Role::of(dictionary),
            Role::Opening => Role::Action,
            role => role,
        };
        match role {
            Role::Annotation => annotation(dictionary),
            Role::Action => action(self.document, dictionary),
            Role::File | Role::Any | Role::Leaf => {
                file(dictionary);
                describe(dictionary);
            }
            Role::Structure | Role::Layer => describe(dictionary),
            Role::Attributes if is(dictionary, b"O", b"UserProperties") => *dictionary = Dictionary::new(),
            _ => {}
        }
        let entries = dictionary.as_hashmap_mut();
        match role.keys() {
            Keys::Listed(list) => {
                entries.retain(|key, _| role_of(list, key).is_some());
                for (key, value) in entries {
                    self.object(value, role_of(list, key).unwrap_or(Role::Leaf), depth + 1);
                }
            }
            Keys::All(within) => entries.values_mut().for_each(|value| self.object(value, within, depth + 1)),
            Keys::Open => {
                entries.retain(|key, value| !is_private(key) && (!is_text(value) || is_known(key)));
                entries.values_mut().for_each(|value| self.object(value, role, depth + 1));
            }
        }
    }
}

/// Whether a value is a string, or a list with one in it.
fn is_text(value: &Object) -> bool {
    match value {
        Object::String(..) => true,
        Object::Array(items) => items.iter().any(|item| matches!(item, Object::String(..))),
        _ => false,
    }
}

/// Whether a string may stand under that key.
fn is_known(key: &[u8]) -> bool {
    STRINGS.iter().any(|known| known.as_bytes() == key)
}

fn role_of(list: &[(&[&str], Role)], key: &[u8]) -> Option<Role> {
    let listed = |keys: &&[&str]| keys.iter().any(|known| known.as_bytes() == key);
    list.iter().find(|(keys, _)| listed(keys)).map(|(_, role)| *role)
}

fn is(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|value| value == name)
}

/// A remark's author; the `T` of a form's field is its name.
fn annotation(dictionary: &mut Dictionary) {
    let is_field =
        !dictionary.has(b"Subtype") || dictionary.has(b"FT") || is(dictionary, b"Subtype", b"Widget");
    if !is_field {
        dictionary.remove(b"T");
    }
}

/// Of a path on somebody's computer the file's name stays. What would start
/// the file's program becomes a link: readers' programs warn of the former.
fn action(document: &Document, dictionary: &mut Dictionary) {
    if is(dictionary, b"S", b"Launch") {
        let name = launched(document, dictionary).unwrap_or_default();
        let name = names::local_name(&name).unwrap_or(name);
        let next = dictionary.remove(b"Next");
        *dictionary =
            Dictionary::from_iter([("S", Object::Name(b"URI".to_vec())), ("URI", string_object(&name))]);
        if let Some(next) = next {
            dictionary.set("Next", next);
        }
    }
    if let Ok(uri) = dictionary.get_mut(b"URI") {
        cut(uri);
    }
}

/// The file that a specification names.
fn file(dictionary: &mut Dictionary) {
    for key in ["F", "UF"] {
        if let Ok(name) = dictionary.get_mut(key.as_bytes()) {
            cut(name);
        }
    }
}

/// A description that is a path: only the file's name stays.
fn describe(dictionary: &mut Dictionary) {
    for key in ["Alt", "ActualText", "E", "Desc"] {
        let Ok(value) = dictionary.get_mut(key.as_bytes()) else { continue };
        if let Some(text) = string_text(value)
            && let Some(name) = names::described_name(&text)
        {
            *value = string_object(name);
        }
    }
}

/// A target on somebody's computer: only the file's name stays.
fn cut(target: &mut Object) {
    if let Some(name) = string_text(target).and_then(|text| names::local_name(&text)) {
        *target = string_object(&name);
    }
}

/// A photo stands in the file as the camera wrote it, with all its notes.
fn strip_photo(stream: &mut Stream) {
    let filter = stream.dict.get(b"Filter").map(|filter| match filter {
        Object::Array(all) if all.len() == 1 => all.first().unwrap_or(filter),
        filter => filter,
    });
    if filter.and_then(Object::as_name).is_ok_and(|name| name == b"DCTDecode")
        && let Some(clean) = photo::without_notes(&stream.content)
    {
        stream.set_content(clean);
    }
}
