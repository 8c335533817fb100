//! PDF and OFD: what stands on their pages, what hides beside them, and what
//! is published of them.

mod ofd;
mod pdf;
mod planted;

use std::sync::Arc;

use zhuanlan::diagnostic::{MaterialFault, PagedFault};
use zhuanlan::material::{Inspection, cleaned, examine};

/// A file of a case, by its path in `tests/fixtures/cases/`.
fn case(path: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/cases/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn studied(bytes: &[u8]) -> Inspection {
    examine(if bytes.starts_with(b"PK") { "ofd" } else { "pdf" }, &Arc::from(bytes))
}

/// The document's paragraphs, and what is said of it but that it is an OFD.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<MaterialFault>) {
    let study = studied(bytes);
    let faults = study.faults.into_iter().filter(|fault| *fault != PagedFault::Ofd.into()).collect();
    (study.text.paragraphs.clone(), faults)
}

fn paragraphs(bytes: &[u8]) -> Vec<String> {
    read(bytes).0
}

fn faults(bytes: &[u8]) -> Vec<MaterialFault> {
    read(bytes).1
}

/// The copy that is published; it opens, says the same, and cleaning it again
/// changes nothing.
fn published(bytes: &[u8]) -> Vec<u8> {
    let study = studied(bytes);
    let copy = study.copy.clone().unwrap_or_else(|| panic!("no copy: {:?}", study.faults));
    let clean = cleaned(bytes).expect("a copy");
    assert_eq!(copy.sha256, zhuanlan::material::sha256_of(&clean));
    let again = studied(&clean);
    assert_eq!((&again.text, again.pages), (&study.text, study.pages));
    assert!(cleaned(&clean).is_some_and(|again| again == clean), "what is clean is written as it is");
    clean
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
