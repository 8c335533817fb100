//! The filters of our own that templates have besides the engine's.
//!
//! **Invariant:** a filter is pure: what it gives depends on what it is given.

use tera::{Kwargs, State, Tera, Value};

use crate::html::breakable;
use crate::text::words;

/// Adds them to `tera`.
///
/// - `{{ text | breakable }}`: plain text as HTML with its places to break: for
///   every title, caption and name that no view gives as HTML already.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("breakable", |text: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&breakable(&words(text)))
    });
}
