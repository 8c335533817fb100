//! Values that carry their key, and are hashed once.

use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::Key;

/// A value with its key, made once and read by many pages.
#[derive(Debug, Clone)]
pub(crate) struct Fact<T> {
    key: Key,
    value: T,
}

impl<T: Serialize> Fact<T> {
    /// Hashes `value`.
    pub(crate) fn new(value: T) -> Self {
        Self { key: Key::hash_value(&value), value }
    }
}

impl<T> Fact<T> {
    /// The key of the value.
    pub(crate) fn key(&self) -> Key {
        self.key
    }

    /// To be read where it lies.
    pub(crate) fn keyed(&self) -> Keyed<'_, T> {
        Keyed::with(self.key, &self.value)
    }
}

impl<T> Deref for Fact<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Something that is read where it lies, with its key: it serialises as the
/// key alone.
#[derive(Debug)]
pub(crate) struct Keyed<'s, T: ?Sized> {
    key: Key,
    value: &'s T,
}

impl<'s, T: ?Sized> Keyed<'s, T> {
    /// `value`, whose key is known: equal keys must mean equal values.
    pub(crate) fn with(key: Key, value: &'s T) -> Self {
        Self { key, value }
    }

    /// The key of the value.
    pub(crate) fn key(self) -> Key {
        self.key
    }

    /// The value for as long as it lies there.
    pub(crate) fn get(self) -> &'s T {
        self.value
    }
}

impl<T: ?Sized> Clone for Keyed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Keyed<'_, T> {}

impl<T: ?Sized> Deref for Keyed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: ?Sized> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}
