//! An edition as a folder of files for an editor, and the index of all of them.
//!
//! [`files`] gives `article.html` (the copy page), `fields.txt` and the pictures
//! of one piece; [`index`] the page that lists the pieces, and the record by
//! which the next run tells what has changed. They are values: the shell writes
//! them, or answers with them.
//!
//! **Invariant:** what is given follows from the editions and the record alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::copy_page;
use super::edition::{Edition, Origin};
use crate::path::OutputPath;

/// The record's name, beside the index.
pub const RECORD: &str = "editions.json";

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// From the folder's root: `news/x/article.html`.
    pub path: OutputPath,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A picture.
    Picture(Origin),
}

/// What was made of the pieces before, by their files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// By source path.
    pub pieces: BTreeMap<String, Made>,
}

/// What was made of one piece.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    /// The edition's key.
    pub key: String,
    /// The piece's date, `YYYY-MM-DD`; may be empty.
    pub date: String,
}

impl Record {
    /// Reads `json`; what can't be read is as if nothing had been made.
    pub fn read(json: &[u8]) -> Self {
        serde_json::from_slice(json).unwrap_or_default()
    }

    /// How `edition` stands to what was made before.
    pub fn change(&self, edition: &Edition) -> Change {
        match self.pieces.get(edition.source.as_str()) {
            None => Change::New,
            Some(made) if made.key == edition.key.to_string() => Change::Same,
            Some(_) => Change::Changed,
        }
    }

    /// The newest date of a piece that was made; empty where none has one.
    pub fn newest(&self) -> &str {
        self.pieces.values().map(|made| made.date.as_str()).max().unwrap_or_default()
    }

    /// The same with `edition` of the piece of `date` in it.
    pub fn add(&mut self, edition: &Edition, date: &str) {
        let made = Made { key: edition.key.to_string(), date: date.to_owned() };
        self.pieces.insert(edition.source.to_string(), made);
    }

    /// As it is kept.
    pub fn write(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

/// How an edition stands to what was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was never made.
    New,
    /// It is other than what was made.
    Changed,
    /// It is what was made.
    Same,
}

/// The folder of a piece whose page is `page`: `news/x`.
pub fn folder_of(page: &str) -> &str {
    page.strip_suffix(".html").unwrap_or(page)
}

/// All files of the piece's folder. `published` says that readers see the piece,
/// so that the account can fetch its pictures.
pub fn files(edition: &Edition, published: bool) -> Vec<FolderFile> {
    let folder = folder_of(&edition.page);
    let at = |name: &str| OutputPath::new(&format!("{folder}/{name}"));
    let text = |name: &str, text: String| {
        Some(FolderFile { path: at(name)?, content: Content::Bytes(text.into_bytes().into()) })
    };
    let mut files = Vec::new();
    files.extend(text("article.html", copy_page::page(edition, published)));
    files.extend(text("fields.txt", copy_page::fields_text(edition)));
    for picture in edition.all_pictures() {
        let content = Content::Picture(picture.origin.clone());
        files.extend(at(&picture.file).map(|path| FolderFile { path, content }));
    }
    files
}

/// An edition as the index lists it.
#[derive(Debug)]
pub struct Listed<'e> {
    /// The edition.
    pub edition: &'e Edition,
    /// `YYYY-MM-DD`; may be empty.
    pub date: &'e str,
    /// How it stands to what was made before.
    pub change: Change,
    /// How its draft in an account stands to it; `None` where none is known.
    pub draft: Option<DraftAge>,
}

/// How a draft in an account stands to the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftAge {
    /// It is of the piece as it is now.
    AsPiece,
    /// The piece changed since.
    Older,
}

/// `index.html` of the column called `title`, the pieces in this order.
pub fn index(title: &str, listed: &[Listed<'_>]) -> Option<FolderFile> {
    let html = copy_page::index(title, listed);
    Some(FolderFile {
        path: OutputPath::new("index.html")?,
        content: Content::Bytes(html.into_bytes().into()),
    })
}
