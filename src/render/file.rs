//! A file that no template writes: its key now, its bytes when asked for.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::Rendered;
use crate::memo::{Key, Memo};
use crate::path::OutputPath;

/// A feed, a sitemap, a stylesheet of one rule.
///
/// **Invariant:** equal keys mean equal bytes: the key is the hash of the
/// file's parts, and the bytes are written by a function of these alone.
pub struct File<'c> {
    /// Where it is written.
    pub path: OutputPath,
    /// The key of all that it is written from.
    pub key: Key,
    write: Box<dyn Fn() -> Vec<u8> + Send + Sync + 'c>,
}

impl<'c> File<'c> {
    /// A file that `write` writes from `parts`; `format` tells apart what is
    /// written from equal parts.
    pub(crate) fn new<P: Serialize + Send + Sync + 'c>(
        path: OutputPath,
        format: &str,
        parts: P,
        write: fn(&P) -> Vec<u8>,
    ) -> Self {
        let key = Key::hash_value(&(format, &path, &parts));
        Self { path, key, write: Box::new(move || write(&parts)) }
    }

    /// Writes the file.
    pub fn bytes(&self) -> Vec<u8> {
        (self.write)()
    }
}

impl fmt::Debug for File<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("path", &self.path).field("key", &self.key).finish_non_exhaustive()
    }
}

/// The bytes of `file`, or remembers them.
pub fn file(file: &File<'_>, memo: &Memo<Rendered>) -> Arc<Rendered> {
    memo.get_or(file.key, || {
        let bytes = file.bytes();
        Rendered { key: Some(Key::hash(&bytes)), bytes: Arc::from(bytes) }
    })
}
