//! A document as it outlives the process: all but its prose.
//!
//! [`shortened`] writes it and [`recalled`] reads it. What makes a document long
//! is its HTML and its plain text; they take longer to store and to load than to
//! parse again for the few documents whose page is rendered.
//!
//! **Invariant:** what is recalled equals what `parse` gives of the same bytes.

use std::sync::Arc;

use super::{Document, Options, parse};
use crate::markdown::Prose;
use crate::memo::Key;
use crate::source::Text;

/// `document` without its prose, as bytes.
pub fn shortened(document: &Document) -> Option<Vec<u8>> {
    postcard::to_stdvec(document).ok()
}

/// The document that [`shortened`] wrote, if it is the one of `key`; its prose
/// will be parsed from `source`, the bytes of its file.
pub fn recalled(bytes: &[u8], key: Key, source: Text, options: &Arc<Options>) -> Option<Document> {
    let mut document: Document =
        postcard::from_bytes(bytes).ok().filter(|known: &Document| known.key == key)?;
    let (path, options) = (document.path.clone(), Arc::clone(options));
    let make = move || parse(&path, &source.bytes(), key, &options).value.body.prose.into_written();
    document.body.prose = Prose::later(std::mem::take(&mut document.body.prose), make);
    Some(document)
}

/// JSON as its text: its types are not known before it is read.
pub(super) mod json {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_json::{Map, Value};

    pub(crate) fn serialize<S: Serializer>(map: &Map<String, Value>, s: S) -> Result<S::Ok, S::Error> {
        let text =
            if map.is_empty() { String::new() } else { serde_json::to_string(map).unwrap_or_default() };
        s.serialize_str(&text)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Map<String, Value>, D::Error> {
        let text = <&str>::deserialize(d)?;
        if text.is_empty() {
            return Ok(Map::new());
        }
        serde_json::from_str(text).map_err(D::Error::custom)
    }
}

/// Notes of photos with their places, which their own form leaves out: it is
/// for keys.
pub(super) mod notes {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use crate::document::PhotoNote;
    use crate::text::Span;

    type Notes = BTreeMap<String, PhotoNote>;

    pub(crate) fn serialize<S: Serializer>(notes: &Notes, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(notes.iter().map(|(name, note)| (name, note.span, note)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Notes, D::Error> {
        let notes = Vec::<(String, Span, PhotoNote)>::deserialize(d)?;
        Ok(notes.into_iter().map(|(name, span, note)| (name, PhotoNote { span, ..note })).collect())
    }
}
