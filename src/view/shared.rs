//! Parts of views that are hashed once, however many pages show them.

use serde::{Serialize, Serializer};

use crate::memo::Key;

/// A part that was turned into a template's value once, with its key.
///
/// For a template it is its value (a clone of an `Arc`); for the key of the
/// view around it, it is its key.
#[derive(Debug, Clone)]
pub struct Shared {
    key: Key,
    value: tera::Value,
}

impl Shared {
    /// Hashes and converts `part`.
    pub fn new<T: Serialize>(part: &T) -> Self {
        Self { key: Key::hash_value(part), value: tera::Value::from_serializable(part) }
    }

    /// Converts `part`, whose key is known: equal keys must mean equal parts.
    pub(crate) fn with<T: Serialize>(key: Key, part: &T) -> Self {
        Self { key, value: tera::Value::from_serializable(part) }
    }

    /// The key of the part.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The part as a template sees it.
    pub fn value(&self) -> &tera::Value {
        &self.value
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.value.serialize(serializer)
        } else {
            self.key.serialize(serializer)
        }
    }
}

/// JSON of no fixed shape: a theme's settings, a piece's `extra`.
///
/// For a key it is its text, because the encoding of keys says no types:
/// `true` and `1` would be one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Json(pub serde_json::Value);

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.0.serialize(serializer)
        } else {
            self.0.to_string().serialize(serializer)
        }
    }
}
