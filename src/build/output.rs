//! Output as a value, before it is files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::{Lazy, Sources, Validity};
use crate::config::Publishing;
use crate::material;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::photo::Recipe;
use crate::render::Bytes;
pub use crate::site::State;

/// The finished site: every file by its path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// By path.
    pub files: BTreeMap<OutputPath, Artifact>,
    /// Further files, made when somebody asks for them.
    pub late: Lazy,
    /// How much there is.
    pub stats: Stats,
    /// All pieces, withheld ones included, for `list` and the overview; by
    /// source path.
    pub pieces: Vec<Arc<Piece>>,
    /// The books that pieces are gathered into.
    pub booklets: Vec<Booklet>,
    /// The new text of `addresses.yaml`, to be written beside the sources when
    /// the site is published; `None` where it is as it should be.
    pub address_book: Option<String>,
    /// What the site was made of.
    pub sources: Sources,
    /// The next moment at which a piece appears or goes.
    pub next: Option<Next>,
    /// For how long the same inputs give this output.
    pub valid: Option<Validity>,
    /// Former addresses, and those that they lead to.
    pub redirects: Vec<(OutputPath, OutputPath)>,
    /// Files to be downloaded, and the names that they came with.
    pub downloads: Vec<(OutputPath, String)>,
    /// How the column wants it to be put into its folder.
    pub publishing: Publishing,
}

impl Output {
    /// Makes what was left for later, and puts it among the files: before they
    /// are published.
    pub fn complete(&mut self) {
        let late = std::mem::take(&mut self.late);
        self.files.extend(late.files().map(|(path, artifact)| (path.clone(), artifact.clone())));
    }
}

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Equal keys mean equal bytes.
    pub key: Key,
    /// Its bytes, or where they come from.
    pub content: Content,
}

impl Artifact {
    /// Of these bytes, whose hash is `key`.
    pub(super) fn of(key: Key, bytes: &Bytes) -> Self {
        let content = match bytes {
            Bytes::Here(bytes) => Content::Bytes(Arc::clone(bytes)),
            Bytes::Spooled(len) => Content::Spooled(*len),
        };
        Self { key, content }
    }
}

/// The bytes of an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Here.
    Bytes(Arc<[u8]>),
    /// Handed over as soon as they were finished (see [`Spool`]), and let go;
    /// how many they were. Whoever took them knows them by path and key.
    Spooled(u64),
    /// A source file, copied as it is; its length in bytes.
    Blob(SourcePath, u64),
    /// A picture, named by how it is made; it is made when it is wanted.
    Deferred(Arc<Recipe>),
    /// A document of the sources, cleaned when it is wanted.
    Cleaned(SourcePath, material::Copy),
}

/// Takes a file of the output as soon as it is finished: its path, its key and
/// its bytes. False where it could not be taken; then it stays in memory.
pub type Spool<'e> = &'e (dyn Fn(&OutputPath, Key, &[u8]) -> bool + Sync);

/// A book of the site, as a folder of its own has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booklet {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Pieces in it.
    pub pieces: usize,
    /// The page to be printed.
    pub page: OutputPath,
    /// The EPUB.
    pub epub: OutputPath,
    /// What the page shows and is styled by.
    pub needs: BTreeSet<OutputPath>,
}

/// Counts for the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// HTML pages, redirects included.
    pub pages: usize,
    /// Published pieces of every kind.
    pub articles: usize,
    /// Different photos used.
    pub photos: usize,
    /// Attached files.
    pub materials: usize,
}

/// A piece as editors ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its file.
    pub source: SourcePath,
    /// Its title.
    pub title: String,
    /// The section's title; empty for a page outside the sections.
    pub section: String,
    /// Its date as shown, `YYYY-MM-DD HH:MM`.
    pub date: Option<String>,
    /// Its page, where it has one.
    pub path: Option<String>,
    /// Whether readers see it.
    pub state: State,
    /// 汉字 and Latin words.
    pub words: u32,
    /// Minutes to read it, at least 1.
    pub minutes: u32,
}

/// The next moment at which a piece appears or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// In the column's zone.
    pub at: jiff::civil::DateTime,
    /// Which piece, by its file.
    pub source: SourcePath,
}

/// A published site.
pub trait Site: Send + Sync + fmt::Debug {
    /// Whether it has the artifact of this key at `path`, as far as is known.
    fn has(&self, path: &OutputPath, key: Key) -> bool;
}
