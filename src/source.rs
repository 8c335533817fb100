//! A picture of the input files.
//!
//! The shell's `disk::scan` makes a [`SourceTree`]; tests make one in memory.
//! Text that the build reads (Markdown, YAML, templates, stylesheets, scripts)
//! is in the tree; photos and attachments are there by content hash only, and
//! their bytes come through [`Blobs`].

mod conflict;
mod encoding;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Bound;
use std::sync::Arc;

use resvg::usvg::fontdb::Database;

use crate::memo::Key;
use crate::path::SourcePath;

pub use encoding::{decode, decoded};

/// All input files: `column.yaml`, `content/…`, `themes/…`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, Source>,
    refused: Vec<Refused>,
    unread: Unread,
}

/// Reads documents that a scan did not read, since their hashes were known.
pub trait Texts: Send + Sync + fmt::Debug {
    /// The bytes of the file at `path`, whose hash is `key`. Where it has others
    /// by now they are `None`, and whoever scanned learns that the picture is no
    /// longer one: what is built of it does not count.
    fn text(&self, path: &SourcePath, key: Key) -> Option<Arc<[u8]>>;
}

/// Who reads what was not read; how files get into memory is no part of a tree.
#[derive(Debug, Clone, Default)]
struct Unread(Option<Arc<dyn Texts>>);

impl PartialEq for Unread {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Unread {}

/// The bytes of a document: here, or to be read.
#[derive(Debug, Clone)]
pub enum Text {
    /// Here.
    Here(Arc<[u8]>),
    /// Read when they are wanted: where, and the hash that they must have.
    Unread(Arc<dyn Texts>, SourcePath, Key),
}

impl Text {
    /// The bytes; none where the file is no longer what it was.
    pub fn bytes(&self) -> Arc<[u8]> {
        match self {
            Self::Here(bytes) => Arc::clone(bytes),
            Self::Unread(texts, path, key) => texts.text(path, *key).unwrap_or_default(),
        }
    }
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The hash of its bytes.
    pub key: Key,
    /// Its length in bytes.
    pub len: u64,
    /// Its bytes, where the build reads them as text; `None` for a blob, and for
    /// a document that was left unread.
    pub bytes: Option<Arc<[u8]>>,
}

/// A file that was found but must not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Which file.
    pub path: SourcePath,
    /// Why.
    pub why: Refusal,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A symbolic link that leads out of the project's folder.
    LeavesRoot,
    /// A symbolic link to a file or folder of the project that is not below the
    /// same input (`content/`, `themes/`); where it leads, from the root.
    LeavesInput(String),
    /// A symbolic link whose target does not exist; the target as the link has
    /// it.
    DanglingLink(String),
    /// A symbolic link to a folder that holds the link itself, or that stands
    /// in a folder reached by a link.
    NestedLink,
    /// A pipe, a socket or a device.
    NotRegular,
    /// A text file larger than [`MAX_TEXT`] bytes; its size.
    TooLarge(u64),
    /// The system would not let us read it; its words.
    Unreadable(String),
    /// Its name is not Unicode; the name with replacement characters.
    NameNotUnicode,
    /// A copy that a program made where two people saved one file.
    ConflictCopy,
}

impl Refusal {
    /// Whether it may pass by itself within a moment: programs that save leave
    /// a file locked, or a link whose target is about to come.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::DanglingLink(_))
    }
}

/// The largest text file that is read, in bytes: 4 MiB. The longest article of
/// a newspaper has some 100 KB.
pub const MAX_TEXT: u64 = 4 << 20;

/// Where the bytes of photos and attachments come from.
pub trait Blobs: Sync {
    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// What the system said, where the file is gone or can't be read.
    fn read(&self, path: &SourcePath) -> io::Result<Arc<[u8]>>;

    /// The first bytes of the file, at most `len`: enough for a header.
    ///
    /// # Errors
    /// As [`Blobs::read`].
    fn head(&self, path: &SourcePath, len: usize) -> io::Result<Arc<[u8]>> {
        let all = self.read(path)?;
        Ok(all.get(..len).map_or_else(|| Arc::clone(&all), Arc::from))
    }

    /// Hands the file's bytes to `sink`, part by part, so that a long one need
    /// not be in memory at once.
    ///
    /// # Errors
    /// As [`Blobs::read`]; `sink` may have seen some parts by then.
    fn stream(&self, path: &SourcePath, sink: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        sink(&self.read(path)?);
        Ok(())
    }

    /// What was kept under `key`, perhaps by an earlier process: the result of
    /// a pure function whose every input is in the key, so that it is the same
    /// as if it were made now. `None` where nothing is kept.
    fn recall(&self, key: Key) -> Option<Vec<u8>> {
        let _ = key;
        None
    }

    /// Keeps `bytes` under `key` for later processes, where that is possible.
    fn keep(&self, key: Key, bytes: &[u8]) {
        let _ = (key, bytes);
    }

    /// The fonts that are installed, for the text of drawings (SVG) that are to
    /// be pixels.
    fn fonts(&self) -> Arc<Database> {
        Arc::default()
    }

    /// Whether the picture of the recipe with this key is kept.
    fn has_picture(&self, key: Key) -> bool {
        let _ = key;
        false
    }

    /// Keeps the picture of the recipe with this key, where that is possible,
    /// until it is published.
    fn keep_picture(&self, key: Key, picture: &[u8]) {
        let _ = (key, picture);
    }
}

/// Extensions whose files are in the tree as text.
const TEXT: [&str; 8] = ["md", "markdown", "yaml", "yml", "html", "css", "js", "xml"];

/// Whether a file at `path` is read as text by the build, not through [`Blobs`].
///
/// Files under `content/static/` are copied as they are, whatever their name.
pub fn is_text(path: &SourcePath) -> bool {
    !path.as_str().starts_with("content/static/") && TEXT.contains(&path.extension().as_str())
}

impl SourceTree {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SourcePath, source: Source) {
        self.files.insert(path, source);
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &SourcePath) -> Option<Source> {
        self.files.remove(path)
    }

    /// Notes a file that must not be used.
    pub fn refuse(&mut self, path: SourcePath, why: Refusal) {
        self.refused.push(Refused { path, why });
        self.refused.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Takes back what was noted of `path` and of what lies below it.
    pub fn forgive(&mut self, path: &str) {
        self.refused.retain(|refused| !refused.path.is_at_or_below(path));
    }

    /// Files that were found but must not be used, by path.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// The file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Source)> {
        self.files.iter()
    }

    /// The files below `folder` (without a trailing `/`), by path.
    pub fn under<'t>(&'t self, folder: &str) -> impl Iterator<Item = (&'t SourcePath, &'t Source)> + use<'t> {
        // `0` is the character after `/`: so the range ends with the folder.
        let (first, end) = (format!("{folder}/"), format!("{folder}0"));
        self.files.range::<str, _>((Bound::Included(first.as_str()), Bound::Excluded(end.as_str())))
    }

    /// The file at `path`, or the files below it.
    pub fn at_or_below<'t>(&'t self, path: &'t str) -> impl Iterator<Item = (&'t SourcePath, &'t Source)> {
        self.files.get_key_value(path).into_iter().chain(self.under(path))
    }

    /// The same tree, of whose documents those without bytes are read by `texts`.
    #[must_use]
    pub fn with_unread(mut self, texts: Arc<dyn Texts>) -> Self {
        self.unread = Unread(Some(texts));
        self
    }

    /// The bytes of the document at `path`, which is `source`.
    pub fn text(&self, path: &SourcePath, source: &Source) -> Option<Text> {
        match (&source.bytes, &self.unread.0) {
            (Some(bytes), _) => Some(Text::Here(Arc::clone(bytes))),
            (None, Some(texts)) => Some(Text::Unread(Arc::clone(texts), path.clone(), source.key)),
            (None, None) => None,
        }
    }

    /// Whether the bytes of `source` can be had, if it is a document.
    pub fn has_text(&self, source: &Source) -> bool {
        source.bytes.is_some() || self.unread.0.is_some()
    }

    /// Lets go of the bytes of those files that `which` picks.
    pub fn let_go(&mut self, which: impl Fn(&SourcePath) -> bool) {
        for (path, source) in &mut self.files {
            if which(path) {
                source.bytes = None;
            }
        }
    }

    /// The bytes of a text file.
    pub fn bytes(&self, path: &SourcePath) -> Option<&Arc<[u8]>> {
        self.files.get(path).and_then(|source| source.bytes.as_ref())
    }
}

impl Source {
    /// A text file of these bytes.
    pub fn text(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { key: Key::hash(&bytes), len: bytes.len() as u64, bytes: Some(bytes) }
    }
}
