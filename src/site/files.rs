//! The files below `content/`, as links find them.
//!
//! A path is found as it is spelled; else in the other Unicode form, since a
//! Mac stores `é` and many Chinese compatibility characters taken apart (NFD)
//! and an editor types them whole (NFC).

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::arrange::{Arranged, Place, Role};
use super::select::Selection;
use super::{ArticleId, State};
use crate::config::Config;
use crate::document::Document;
use crate::path::{Route, SourcePath};
use crate::source::{Source, SourceTree};

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// The document of that index.
    Document(u32),
    /// The file of that index.
    File(u32),
}

/// Everything that a link can mean.
pub(super) struct Files<'a> {
    /// All documents, by path.
    pub documents: &'a [Arc<Document>],
    /// By document.
    pub states: &'a [State],
    /// Their places.
    pub arranged: &'a Arranged,
    /// The config.
    pub config: &'a Config,
    /// Every other file below `content/`, by path.
    pub others: Vec<(&'a SourcePath, &'a Source)>,
    entries: HashMap<&'a str, Entry>,
    /// NFC spelling → the spelling of the file, where they differ.
    composed: HashMap<String, &'a str>,
    /// A section's folder → its index in the config.
    sections: HashMap<&'a str, usize>,
}

impl<'a> Files<'a> {
    pub(super) fn new(
        tree: &'a SourceTree,
        documents: &'a [Arc<Document>],
        selection: &'a Selection,
        arranged: &'a Arranged,
        config: &'a Config,
    ) -> Self {
        let mut entries = HashMap::with_capacity(documents.len() * 2);
        for (at, document) in documents.iter().enumerate() {
            entries.insert(document.path.as_str(), Entry::Document(number(at)));
        }
        let mut others = Vec::new();
        for (path, source) in tree.under("content") {
            entries.entry(path.as_str()).or_insert_with(|| {
                others.push((path, source));
                Entry::File(number(others.len() - 1))
            });
        }
        let composed = entries.keys().filter(|path| !path.is_ascii() && !is_nfc(path));
        let composed = composed.map(|path| (path.nfc().collect(), *path)).collect();
        let sections = config.sections.iter().enumerate().map(|(at, s)| (s.folder.as_str(), at)).collect();
        Self { documents, states: &selection.states, arranged, config, others, entries, composed, sections }
    }

    /// What stands at `path`, `content/…`.
    pub(super) fn get(&self, path: &str) -> Option<Entry> {
        if let Some(entry) = self.entries.get(path) {
            return Some(*entry);
        }
        if path.is_ascii() {
            return None;
        }
        let whole: String = path.nfc().collect();
        let spelled = self.composed.get(&whole).copied().unwrap_or(&whole);
        self.entries.get(spelled).copied()
    }

    /// All paths, in no order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a str> {
        self.documents
            .iter()
            .map(|document| document.path.as_str())
            .chain(self.others.iter().map(|(path, _)| path.as_str()))
    }

    /// Whether a file lies below `folder`.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let document = self.documents.partition_point(|document| document.path.as_str() < inside.as_str());
        let file = self.others.partition_point(|(path, _)| path.as_str() < inside.as_str());
        self.documents.get(document).is_some_and(|document| document.path.as_str().starts_with(&inside))
            || self.others.get(file).is_some_and(|(path, _)| path.as_str().starts_with(&inside))
    }

    /// The section whose folder is `content/<folder>`.
    pub(super) fn section(&self, folder: &str) -> Option<usize> {
        self.sections.get(folder.strip_prefix("content/")?).copied()
    }

    /// Whether a section has a page: for want of pieces it may have none.
    pub(super) fn has_page(&self, section: usize) -> bool {
        let filled = self.arranged.sections.get(section).is_some_and(|list| !list.items.is_empty());
        filled || self.intro(section).is_some()
    }

    /// The shown introduction of a section.
    pub(super) fn intro(&self, section: usize) -> Option<u32> {
        let folder = &self.config.sections.get(section)?.folder;
        let entry = self.get(&format!("content/{folder}/index.md"))?;
        match entry {
            Entry::Document(at) if self.place(at).is_some_and(|place| place.shown) => Some(at),
            _ => None,
        }
    }

    /// Where a document belongs.
    pub(super) fn place(&self, document: u32) -> Option<&'a Place> {
        self.arranged.places.get(document as usize)
    }

    /// The document of that index.
    pub(super) fn document(&self, document: u32) -> Option<&'a Document> {
        self.documents.get(document as usize).map(Arc::as_ref)
    }

    /// The article that a document became.
    pub(super) fn article(&self, document: u32) -> Option<ArticleId> {
        self.arranged.id_of(document as usize)
    }

    /// The page of a section.
    pub(super) fn section_route(&self, section: usize) -> Option<Route> {
        Route::new(&format!("{}/index.html", self.config.sections.get(section)?.folder))
    }

    /// Whether a document's page is that of a piece, not of an introduction.
    pub(super) fn is_piece(&self, document: u32) -> bool {
        self.place(document).is_some_and(|place| place.role == Role::Piece)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
