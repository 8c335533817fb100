//! A project in memory: files in, a tree and its blobs out.
//!
//! ```ignore
//! let project = Project::new().column("sections: [{folder: news, title: 新闻}]").file("content/news/a.md", "…");
//! ```
//!
//! It sorts files into text and blobs as the shell does, so that a test sees
//! what a real scan would see.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use zhuanlan::build::{Now, Options};
use zhuanlan::memo::Key;
use zhuanlan::path::SourcePath;
use zhuanlan::source::{Blobs, MAX_TEXT, Refusal, Source, SourceTree, is_text};

/// The input files of a column, by path from the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Project {
    files: BTreeMap<SourcePath, Arc<[u8]>>,
}

/// A path of a test, which is always a good one.
pub(crate) fn source(path: &str) -> SourcePath {
    SourcePath::new(path).expect("a path inside the project")
}

/// The options of a published site at noon of a day in the first phase.
pub(crate) fn options() -> Options {
    Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    }
}

impl Project {
    /// No file at all, not even `column.yaml`.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file, of text or of bytes.
    #[must_use]
    pub(crate) fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// `column.yaml` of a title and these further lines.
    #[must_use]
    pub(crate) fn column(self, lines: &str) -> Self {
        self.file("column.yaml", format!("title: 教育整顿进行时\n{lines}\n"))
    }

    /// The files below a real folder: `column.yaml`, `content/` and `themes/`.
    pub(crate) fn from_folder(root: &std::path::Path) -> Self {
        let mut project = Self::new();
        let mut waiting: Vec<String> =
            ["addresses.yaml", "column.yaml", "content", "themes"].map(str::to_owned).into();
        while let Some(path) = waiting.pop() {
            let place = root.join(&path);
            if place.is_dir() {
                let entries = std::fs::read_dir(&place).expect("a folder that can be read");
                let names = entries.map(|entry| entry.expect("an entry").file_name());
                waiting
                    .extend(names.map(|name| format!("{path}/{}", name.to_str().expect("a Unicode name"))));
            } else if place.is_file() {
                project.write(&path, std::fs::read(&place).expect("a file that can be read"));
            }
        }
        project
    }

    /// The sample column of this repository.
    pub(crate) fn sample() -> Self {
        Self::from_folder(std::path::Path::new(env!("CARGO_MANIFEST_DIR")))
    }

    /// Adds or replaces a file in place.
    pub(crate) fn write(&mut self, path: &str, content: impl AsRef<[u8]>) {
        self.files.insert(source(path), content.as_ref().into());
    }

    /// Takes a file away; nothing happens where there is none.
    pub(crate) fn remove(&mut self, path: &str) {
        self.files.remove(&source(path));
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(&source(path)).map(Arc::clone)
    }

    /// Writes all files below a real folder.
    pub(crate) fn write_to(&self, root: &std::path::Path) {
        for (path, bytes) in &self.files {
            let file = root.join(path.as_str());
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder of the project");
            std::fs::write(file, bytes).expect("a file of the project");
        }
    }

    /// What a scan of these files gives.
    pub(crate) fn tree(&self) -> SourceTree {
        let mut tree = SourceTree::default();
        for (path, bytes) in &self.files {
            let len = bytes.len() as u64;
            if !is_text(path) {
                tree.insert(path.clone(), Source { key: Key::hash(bytes), len, bytes: None });
            } else if len > MAX_TEXT {
                tree.refuse(path.clone(), Refusal::TooLarge(len));
            } else {
                tree.insert(path.clone(), Source::text(Arc::clone(bytes)));
            }
        }
        tree
    }
}

impl Blobs for Project {
    fn read(&self, path: &SourcePath) -> io::Result<Arc<[u8]>> {
        self.files.get(path).map(Arc::clone).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
