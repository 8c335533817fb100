//! What is wrong with an arrangement, without places in files: those are
//! looked up in the documents of the day.

use std::sync::Arc;

use super::Arranged;
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::document::Document;
use crate::site::at;
use crate::text::{At, Span};

/// A fault of one document.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    /// The document's index.
    pub document: u32,
    /// Which part of it.
    pub field: Field,
    /// What.
    pub kind: SiteFault,
    /// Another document that belongs to it.
    pub other: Option<u32>,
}

/// A part of a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// Its name in addresses: `slug` where given, else the file.
    Slug,
    /// The file itself.
    File,
    /// A topic, by its number.
    Topic(usize),
    /// A unit, by its number.
    Unit(usize),
    /// The phase.
    Phase,
}

impl Field {
    fn span(self, document: &Document) -> Option<Span> {
        let span = |at: &At<String>| at.span;
        let front = &document.front;
        match self {
            Self::Slug => front.slug.as_ref().map(span),
            Self::File => None,
            Self::Topic(n) => front.topics.get(n).map(span),
            Self::Unit(n) => front.units.get(n).map(span),
            Self::Phase => front.phase.as_ref().map(span),
        }
    }
}

impl Arranged {
    /// The findings, at their places in `documents`.
    pub(in crate::site) fn diagnostics(&self, documents: &[Arc<Document>]) -> Vec<Diagnostic> {
        let finding = |fault: &Fault| {
            let document = documents.get(fault.document as usize)?;
            let found = at(document, fault.field.span(document), fault.kind.clone());
            let other = fault.other.and_then(|other| documents.get(other as usize));
            Some(match other {
                Some(other) => found.and(&other.path, Field::Slug.span(other)),
                None => found,
            })
        };
        self.faults.iter().filter_map(finding).collect()
    }
}
