//! Views: what a site made by hand shows on each page.

mod bodies;
mod campaign;
mod document;
mod feeds;
mod hand;
mod heads;
mod keys;
mod lists;
mod lively;
mod names;

use hand::Hand;
use serde_json::Value;

/// The texts at `pointer` of every item of the list at `list`.
fn texts(view: &Value, list: &str, pointer: &str) -> Vec<String> {
    let items = view.pointer(list).and_then(Value::as_array).cloned().unwrap_or_default();
    items.iter().map(|item| text(item, pointer)).collect()
}

/// The text at `pointer`; other values as JSON.
fn text(view: &Value, pointer: &str) -> String {
    match view.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => format!("nothing at {pointer}"),
    }
}
