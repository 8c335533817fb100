//! What is wrong with an arrangement, without places in files: those are
//! looked up in the documents of the day.

use std::sync::Arc;

use super::Arranged;
use crate::diagnostic::{Diagnostic, Edit, Fix, SiteFault};
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

/// The terms that were probably meant, in place of what is written.
fn fix(kind: &SiteFault, span: Option<Span>, document: &Document) -> Option<Fix> {
    let front = &document.front;
    let (nearest, several, listed) = match kind {
        SiteFault::UnknownTopic { nearest, several, .. } => (nearest, several.as_slice(), front.topics.len()),
        SiteFault::UnknownUnit { nearest, several, .. } => (nearest, several.as_slice(), front.units.len()),
        SiteFault::UnknownPhase { nearest, .. } => (nearest, &[][..], 1),
        _ => return None,
    };
    let new = match (several, listed, nearest) {
        ([_, ..], 1, _) => format!("[{}]", several.join(", ")),
        ([], _, Some(nearest)) => nearest.clone(),
        _ => return None,
    };
    let span = span?;
    let edit = Edit::new(span.start as usize, span.end as usize, new);
    // Two names in brackets are the same two names.
    Some(if several.is_empty() { Fix::offered(vec![edit]) } else { Fix::safe(vec![edit]) })
}

impl Arranged {
    /// The findings, at their places in `documents`.
    pub(in crate::site) fn diagnostics(&self, documents: &[Arc<Document>]) -> Vec<Diagnostic> {
        let finding = |fault: &Fault| {
            let document = documents.get(fault.document as usize)?;
            let span = fault.field.span(document);
            let found = at(document, span, fault.kind.clone()).with_fix(fix(&fault.kind, span, document));
            let other = fault.other.and_then(|other| documents.get(other as usize));
            Some(match other {
                Some(other) => found.and(&other.path, Field::Slug.span(other)),
                None => found,
            })
        };
        self.faults.iter().filter_map(finding).collect()
    }
}
