//! The filters of our own that templates have besides the engine's.
//!
//! **Invariant:** a filter is pure: what it gives depends on what it is given.

use std::cell::RefCell;
use std::collections::HashMap;

use tera::{Kwargs, State, Tera, Value};

use crate::html::breakable;
use crate::text::words;

/// Adds them to `tera`.
///
/// - `{{ text | breakable }}`: plain text as HTML with its places to break: for
///   every title, caption and name that no view gives as HTML already.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("breakable", |text: &str, _: Kwargs, _: &State<'_>| {
        KNOWN.with_borrow_mut(|known| {
            if let Some(value) = known.get(text) {
                return value.clone();
            }
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            let value = Value::safe_string(&breakable(&words(text)));
            known.insert(text.to_owned(), value.clone());
            value
        })
    });
}

/// So many texts are remembered on a thread.
const MOST_KNOWN: usize = 1024;

thread_local! {
    /// Texts that were broken last: names of topics, phases and headings come
    /// again on page after page, and words are looked up in a dictionary.
    static KNOWN: RefCell<HashMap<String, Value>> = RefCell::default();
}
