//! Parts of views that many pages share.

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
        Self { key: Key::of_value(part), value: tera::Value::from_serializable(part) }
    }

    /// The key of the part.
    pub fn key(&self) -> Key {
        self.key
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
            self.key.as_bytes().serialize(serializer)
        }
    }
}
