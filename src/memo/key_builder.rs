//! The bytes of a key, put together by hand: where a `Serialize` would say too
//! much, or would be asked for ten thousand times.
//!
//! **Invariant:** every part goes with its length or has a fixed one, so that
//! two different lists of parts never give the same bytes.

use super::Key;

/// What a key is to be made of.
#[derive(Debug, Default)]
pub struct KeyBuilder(Vec<u8>);

impl KeyBuilder {
    /// Room for `bytes` bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// A text, with its length.
    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text that may be absent.
    pub fn option(&mut self, text: Option<&str>) {
        self.bool(text.is_some());
        self.text(text.unwrap_or(""));
    }

    /// A length or an index.
    pub fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&(count as u64).to_le_bytes());
    }

    /// A number.
    pub fn number(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Yes or no.
    pub fn bool(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    /// One of a few.
    pub fn u8(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Another key.
    pub fn key(&mut self, key: Key) {
        self.0.extend_from_slice(key.as_bytes());
    }

    /// A key that may be absent.
    pub fn option_key(&mut self, key: Option<Key>) {
        self.bool(key.is_some());
        if let Some(key) = key {
            self.key(key);
        }
    }

    /// The key of all of them.
    pub fn finish(&self) -> Key {
        Key::hash(&self.0)
    }
}
