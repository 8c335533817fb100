//! Layers of a PDF (optional content, ISO 32000-2, 8.11) that are not shown.

use lopdf::{Dictionary, Document, Object};

/// Makes all layers of `document` shown; whether one was not.
pub(super) fn reveal(document: &mut Document) -> bool {
    let hidden = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"OCProperties", document))
        .and_then(Object::as_dict)
        .is_ok_and(|layers| hides(document, layers));
    // Without the list of layers there is nothing to be hidden by.
    hidden && document.catalog_mut().is_ok_and(|catalog| catalog.remove(b"OCProperties").is_some())
}

/// Whether the default configuration hides a layer.
fn hides(document: &Document, layers: &Dictionary) -> bool {
    let Ok(shown) = layers.get_deref(b"D", document).and_then(Object::as_dict) else { return false };
    let off = shown.get_deref(b"OFF", document).and_then(Object::as_array);
    off.is_ok_and(|off| !off.is_empty())
        || shown
            .get_deref(b"BaseState", document)
            .and_then(Object::as_name)
            .is_ok_and(|state| state == b"OFF")
}
