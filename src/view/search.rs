//! The search page.

use serde::Serialize;

use super::{PageView, Shared};

/// `search.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The column.
    pub site: Shared,
    /// What leads to the root.
    pub root: &'static str,
    /// The page.
    pub page: PageView,
    /// The topics, for readers who don't know what to type.
    pub topics: Vec<SearchTerm>,
}

/// A topic, as search offers it.
#[derive(Debug, Clone, Serialize)]
pub struct SearchTerm {
    /// Its name.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Pieces.
    pub count: usize,
    /// How it is spelled: `jiao yu zheng dun`, a syllable a character.
    pub spelling: String,
}
