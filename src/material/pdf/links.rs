//! What the links and actions of a PDF lead to (ISO 32000-2, 12.6).

use lopdf::{Dictionary, Document, Object};

use super::super::{executable, names};
use super::strings;

/// Where an action leads.
pub(super) enum Leads {
    /// To a file on somebody's computer, of this name.
    Local(String),
    /// To a program that it starts, of this name.
    Program(String),
}

/// Where an action that a reader clicks on leads, where that is not into the
/// network or to a place in the document.
pub(super) fn leads(document: &Document, action: &Dictionary) -> Option<Leads> {
    let kind = action.get_deref(b"S", document).and_then(Object::as_name).ok()?;
    match kind {
        b"Launch" => {
            let name = launched(document, action)?;
            let named = names::local_name(&name).unwrap_or(name);
            let is_program = executable::by_name(&named) || has_parameters(document, action);
            Some(if is_program { Leads::Program(named) } else { Leads::Local(named) })
        }
        b"URI" => {
            let target = action.get_deref(b"URI", document).ok().and_then(strings::text)?;
            names::local_name(&target).map(Leads::Local)
        }
        b"GoToR" | b"GoToE" | b"ImportData" | b"SubmitForm" | b"Thread" => {
            let target = action.get_deref(b"F", document).ok().and_then(|file| file_name(document, file))?;
            names::local_name(&target).map(Leads::Local)
        }
        _ => None,
    }
}

/// What a launch action opens, as it is written.
pub(in crate::material) fn launched(document: &Document, action: &Dictionary) -> Option<String> {
    let file = action.get_deref(b"F", document).ok().and_then(|file| file_name(document, file));
    file.or_else(|| windows(document, action)?.get_deref(b"F", document).ok().and_then(strings::text))
}

fn has_parameters(document: &Document, action: &Dictionary) -> bool {
    windows(document, action).is_some_and(|windows| windows.has(b"P"))
}

fn windows<'d>(document: &'d Document, action: &'d Dictionary) -> Option<&'d Dictionary> {
    action.get_deref(b"Win", document).and_then(Object::as_dict).ok()
}

/// The name of a file specification (7.11): a string, or a dictionary with one.
fn file_name(document: &Document, file: &Object) -> Option<String> {
    let Ok(file) = file.as_dict() else { return strings::text(file) };
    let of = |key: &[u8]| file.get_deref(key, document).ok().and_then(strings::text);
    of(b"UF").or_else(|| of(b"F"))
}
