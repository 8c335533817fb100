//! The files below `content/`, as links find them.
//!
//! A path is found as it is spelled; else in the other Unicode form, since a
//! Mac stores `é` and many Chinese compatibility characters taken apart (NFD)
//! and an editor types them whole (NFC).

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::arrange::{Arranged, Place, Role};
use super::visibility::Selection;
use super::{ArticleId, State};
use crate::config::Config;
use crate::document::Document;
use crate::memo::{Key, KeyBuilder, Memo};
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

/// The paths of all files, to be found by; remembered while none comes or goes.
#[derive(Debug, Default)]
pub(super) struct Names {
    entries: HashMap<SourcePath, Entry>,
    /// NFC spelling → the spelling of the file, where they differ.
    composed: HashMap<String, SourcePath>,
}

impl Names {
    fn new(documents: &[Arc<Document>], others: &[(&SourcePath, &Source)]) -> Self {
        let documents = documents.iter().enumerate().map(|(at, d)| (&d.path, Entry::Document(number(at))));
        let others = others.iter().enumerate().map(|(at, (path, _))| (*path, Entry::File(number(at))));
        let entries: HashMap<SourcePath, Entry> =
            documents.chain(others).map(|(path, entry)| (path.clone(), entry)).collect();
        let composed = entries.keys().filter(|path| !path.as_str().is_ascii() && !is_nfc(path.as_str()));
        let composed = composed.map(|path| (path.as_str().nfc().collect(), path.clone())).collect();
        Self { entries, composed }
    }

    /// What stands at `path`, as it is spelled or in the other Unicode form.
    fn get(&self, path: &str) -> Option<Entry> {
        if let Some(entry) = self.entries.get(path) {
            return Some(*entry);
        }
        if path.is_ascii() {
            return None;
        }
        let whole: String = path.nfc().collect();
        let spelled = self.composed.get(&whole).map_or(whole.as_str(), SourcePath::as_str);
        self.entries.get(spelled).copied()
    }
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
    /// The key of all that a path can mean: documents, their places, other
    /// files' paths. Titles, anchors and the moments of states are not in it.
    pub key: Key,
    names: Arc<Names>,
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
        memo: &Memo<Names>,
    ) -> Self {
        let others = others(tree, documents);
        let mut parts = KeyBuilder::with_capacity(64 * others.len() + 32);
        parts.key(arranged.key);
        parts.count(others.len());
        for (path, _) in &others {
            parts.text(path.as_str());
        }
        // A book's page may be linked though no piece is in it yet.
        for booklet in &config.booklets {
            parts.text(&booklet.slug);
        }
        let key = parts.finish();
        let names = memo.get_or(key, || Names::new(documents, &others));
        let sections = config.sections.iter().enumerate().map(|(at, s)| (s.folder.as_str(), at)).collect();
        Self { documents, states: &selection.states, arranged, config, others, key, names, sections }
    }

    /// What stands at `path`, `content/…`.
    pub(super) fn get(&self, path: &str) -> Option<Entry> {
        self.names.get(path)
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

/// The files below `content/` that are no documents. Both lists are sorted by
/// path, so one walk finds them.
fn others<'a>(tree: &'a SourceTree, documents: &[Arc<Document>]) -> Vec<(&'a SourcePath, &'a Source)> {
    let mut documents = documents.iter().map(|document| &document.path).peekable();
    let mut is_other = |path: &SourcePath| {
        while documents.next_if(|document| *document < path).is_some() {}
        documents.next_if_eq(&path).is_none()
    };
    tree.under("content").filter(|(path, _)| is_other(path)).collect()
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
