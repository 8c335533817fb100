//! Documents that are read when they are wanted: few of ten thousand are.
//!
//! **Invariant:** what is given has the hash that the picture says. That a file
//! had other bytes is never forgotten.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Seen, read_file};
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Texts;

/// Reads the documents of one picture.
#[derive(Debug)]
pub struct LateTexts {
    root: PathBuf,
    changed: AtomicBool,
}

impl LateTexts {
    /// Those below `root`.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), changed: AtomicBool::new(false) }
    }

    /// Whether a document was no longer what it was.
    pub fn have_changed(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }
}

impl Texts for LateTexts {
    fn text(&self, path: &SourcePath, key: Key) -> Option<Arc<[u8]>> {
        let read = read_file(&self.root.join(path.as_str()), true).ok();
        let bytes = read.and_then(|Seen { key: found, bytes, .. }| bytes.filter(|_| found == Some(key)));
        if bytes.is_none() {
            self.changed.store(true, Ordering::Relaxed);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_changed_is_told_of() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("content/a.md"), "正文").unwrap();
        let late = LateTexts::new(root.path());
        let path = SourcePath::new("content/a.md").unwrap();
        let key = Key::hash("正文".as_bytes());
        assert_eq!(late.text(&path, key).as_deref(), Some("正文".as_bytes()));
        assert!(!late.have_changed());
        std::fs::write(root.path().join("content/a.md"), "改了").unwrap();
        assert!(late.text(&path, key).is_none() && late.have_changed());
        assert!(late.text(&SourcePath::new("content/b.md").unwrap(), key).is_none());
    }
}
