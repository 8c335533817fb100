//! Entities that a drawing declares for itself: Illustrator writes addresses
//! and styles so.
//!
//! **Invariant:** an entity stands for plain text alone, without markup and
//! without other entities, so nothing grows by more than [`LONGEST`] bytes a
//! reference, and [`REFERENCES`] of them are resolved at most.

use std::cell::Cell;
use std::collections::BTreeMap;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::BytesRef;

/// The longest text of an entity, in bytes.
const LONGEST: usize = 1000;

/// The most entities that a drawing declares.
const MOST: usize = 200;

/// The most references that are resolved: a drawing of Illustrator's has one a
/// shape.
const REFERENCES: usize = 50_000;

/// The entities of a drawing.
#[derive(Default)]
pub(super) struct Entities {
    meanings: BTreeMap<String, String>,
    resolved: Cell<usize>,
}

impl Entities {
    /// Reads the declarations in the drawing's document type. What is no plain
    /// text is not declared.
    pub(super) fn of(text: &str) -> Self {
        let mut entities = Self::default();
        let subset = text.split_once("<!DOCTYPE").and_then(|(_, after)| {
            let open = after.find('[')?;
            let close = after.find(']')?;
            after.get(open..close)
        });
        let declared = subset.unwrap_or_default().split("<!ENTITY").skip(1).take(MOST);
        for declaration in declared {
            let Some((name, meaning)) = declaration.trim_start().split_once(char::is_whitespace) else {
                continue;
            };
            let meaning = meaning.trim_start();
            let Some(quote) = meaning.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some((meaning, _)) = meaning.get(1..).and_then(|rest| rest.split_once(quote)) else {
                continue;
            };
            if meaning.len() <= LONGEST && !meaning.contains(['<', '&', '%']) {
                entities.meanings.entry(name.to_owned()).or_insert_with(|| meaning.to_owned());
            }
        }
        entities
    }

    /// What a name stands for.
    fn resolve(&self, name: &str) -> Option<&str> {
        let predefined = resolve_predefined_entity(name);
        predefined.or_else(|| {
            let count = self.resolved.get() + 1;
            self.resolved.set(count);
            self.meanings.get(name).filter(|_| count <= REFERENCES).map(String::as_str)
        })
    }

    /// An attribute's value with its entities resolved; `None` where one is
    /// not declared.
    pub(super) fn value(&self, raw: &[u8]) -> Option<String> {
        let raw = std::str::from_utf8(raw).ok()?;
        Some(unescape_with(raw, |name| self.resolve(name)).ok()?.into_owned())
    }

    /// What a reference within text stands for.
    pub(super) fn meaning(&self, name: &BytesRef<'_>) -> Option<String> {
        let name = name.decode().ok()?;
        Some(unescape_with(&format!("&{name};"), |name| self.resolve(name)).ok()?.into_owned())
    }
}
