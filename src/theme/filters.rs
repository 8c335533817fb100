//! The filters of our own that templates have besides the engine's.
//!
//! **Invariant:** a filter is pure: what it gives depends on what it is given
//! and on the theme's words, whose key is in the templates'.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::html::breakable;
use crate::text::{ems, words};
use crate::wording::Wording;

/// Adds them to `tera`.
///
/// - `{{ text | breakable }}`: plain text as HTML with its places to break: for
///   every title, caption and name that no view gives as HTML already.
/// - `{{ line | ems }}`: how wide a text is, in characters of Chinese.
/// - `{{ "pieces" | t(n=count) }}`: a word of the theme, its blanks filled.
pub(super) fn register(tera: &mut Tera, wording: &Arc<Wording>) {
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
    tera.register_filter("ems", |text: &str, _: Kwargs, _: &State<'_>| ems(text));
    let wording = Arc::clone(wording);
    tera.register_filter("t", move |key: &str, values: Kwargs, _: &State<'_>| said(&wording, key, &values));
}

/// The word `key` with its blanks filled by `values`.
fn said(wording: &Wording, key: &str, values: &Kwargs) -> TeraResult<String> {
    let value = |name: &str| values.get::<&Value>(name).ok().flatten().map(ToString::to_string);
    let phrase = wording
        .phrase(key, value("n").as_deref())
        .ok_or_else(|| Error::message(format!("`i18n/` has no word `{key}`")))?;
    phrase.filled(value).map_err(|name| Error::message(format!("the word `{key}` wants a value `{name}`")))
}

/// So many texts are remembered on a thread.
const MOST_KNOWN: usize = 1024;

thread_local! {
    /// Texts that were broken last: names of topics, phases and headings come
    /// again on page after page, and words are looked up in a dictionary.
    static KNOWN: RefCell<HashMap<String, Value>> = RefCell::default();
}
