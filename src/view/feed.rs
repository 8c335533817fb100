//! Feeds, whatever their format; no template sees them.

use std::sync::Arc;

/// A feed, whatever its format. All addresses are full ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// The page whose pieces it has.
    pub home: String,
    /// The folder of the feed files: the base URL, or a section's folder.
    pub folder: String,
    /// Its language.
    pub language: String,
    /// Who publishes it.
    pub publisher: String,
    /// When the newest change was made, RFC 3339.
    pub updated: String,
    /// The newest first.
    pub entries: Vec<Arc<FeedEntry>>,
}

/// A piece in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its title.
    pub title: String,
    /// Its address, which is its id too.
    pub url: String,
    /// RFC 3339.
    pub published: String,
    /// When it was last changed, RFC 3339.
    pub updated: String,
    /// Its language.
    pub language: String,
    /// Those who wrote it; may be empty.
    pub authors: Vec<String>,
    /// Its section and topics.
    pub categories: Vec<String>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The address of its picture; may be empty.
    pub image: String,
    /// The whole text.
    pub html: String,
}
