//! PDFs, written anew without their properties (ISO 32000-2, 14.3).
//!
//! A PDF that was changed holds its former states too; only what the last one
//! refers to is written.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};

use super::super::Broken;
use super::super::pdf::load;
use crate::photo;

/// Keys that go wherever they stand: properties (XMP), private data of the
/// programs that made it, small pictures of pages.
const GONE: [&[u8]; 4] = [b"Metadata", b"PieceInfo", b"Thumb", b"LastModified"];

/// The cleaned document.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut document = load(bytes)?;
    let title = title(&document);
    document.trailer.remove(b"Info");
    // Made of the time and the path, and needed for encryption alone.
    document.trailer.remove(b"ID");
    let metadata: Vec<ObjectId> = document.objects.iter().filter(is_metadata).map(|(id, _)| *id).collect();
    for id in metadata {
        document.objects.remove(&id);
    }
    document.objects.values_mut().for_each(|object| strip(object, 0));
    if let Some(title) = title {
        let mut info = Dictionary::new();
        info.set("Title", title);
        let id = document.add_object(info);
        document.trailer.set("Info", id);
    }
    document.prune_objects();
    let mut out = Vec::with_capacity(bytes.len());
    let options = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    document.save_with_options(&mut out, options).map_err(|_| Broken::Damaged)?;
    Ok(out)
}

/// The title, which programs show; not where it is a file's name.
fn title(document: &Document) -> Option<Object> {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok()?;
    let title = info.get_deref(b"Title", document).ok()?;
    let bytes = title.as_str().ok()?;
    // `Microsoft Word - 张三的稿子.doc`, in UTF-16 or not.
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let named_after_file = memchr::memmem::find(&plain, b"Microsoft Word - ").is_some()
        || plain.windows(2).any(|pair| pair == b":\\");
    (!bytes.is_empty() && !named_after_file).then(|| title.clone())
}

fn is_metadata((_, object): &(&ObjectId, &Object)) -> bool {
    let Object::Stream(stream) = object else { return false };
    stream.dict.get_type().is_ok_and(|kind| kind == b"Metadata")
}

/// How deep objects within an object are looked at; `lopdf` reads no deeper.
const DEPTH: usize = 100;

fn strip(object: &mut Object, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match object {
        Object::Dictionary(dictionary) => strip_dictionary(dictionary, depth),
        Object::Stream(stream) => {
            strip_dictionary(&mut stream.dict, depth);
            strip_photo(stream);
        }
        Object::Array(items) => items.iter_mut().for_each(|item| strip(item, depth + 1)),
        _ => {}
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

fn strip_dictionary(dictionary: &mut Dictionary, depth: usize) {
    for key in GONE {
        dictionary.remove(key);
    }
    // A remark's author; the `T` of a form's field is its name.
    if dictionary.has(b"Rect") && !dictionary.has(b"FT") && dictionary.has(b"Subtype") {
        let is_field =
            dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Widget");
        if !is_field {
            dictionary.remove(b"T");
        }
    }
    dictionary.iter_mut().for_each(|(_, value)| strip(value, depth + 1));
}
