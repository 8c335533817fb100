//! Looking again at some of the files, in place.
//!
//! What a watcher hears of is looked at again, and what was there before is
//! handed over: so a save costs the reading of one file, not a walk over ten
//! thousand.

use std::path::PathBuf;

use super::{INPUTS, Snapshot, canonical, look, starts};
use crate::disk::Result;
use crate::disk::hashes::Hashes;
use crate::path::SourcePath;
use crate::source::{Refused, Source, SourceTree};

/// How two pictures differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// The files that differ, each with what was there before; by path.
    pub files: Vec<(SourcePath, Option<Source>)>,
    /// Whether other files are refused than before, or for other reasons.
    pub refused: bool,
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.refused
    }
}

impl Snapshot {
    /// Looks again at `paths` (absolute, or relative to the root) and at what
    /// lies below them; the rest stays as it was. The result is the same as a
    /// new scan's.
    ///
    /// # Errors
    /// Where the root is gone; then nothing has changed.
    pub fn rescan_paths(&mut self, paths: &[PathBuf]) -> Result<Differences> {
        let root = canonical(&self.root)?;
        let starts = starts(&root, paths);
        if starts.is_empty() {
            return Ok(Differences::default());
        }
        // A linked file changes under two names: then only a whole look is right.
        if self.linked || starts.iter().any(|start| INPUTS.contains(&start.as_str())) {
            return self.rescan_all();
        }
        let names: Vec<&str> = starts.iter().map(String::as_str).collect();
        let known = names.iter().fold(Hashes::default(), |mut known, name| {
            known.extend(self.hashes.at_or_below(name));
            known
        });
        let part = look(root, &names, known, Some(&self.tree)).finish();
        let refused: Vec<Refused> = self.tree.refused().to_vec();
        let mut before = SourceTree::default();
        for name in &names {
            for (path, source) in self.tree.at_or_below(name) {
                before.insert(path.clone(), source.clone());
            }
            self.forget(name);
        }
        let files = differing(&before, &part.tree);
        self.add(part);
        Ok(Differences { files, refused: refused != self.tree.refused() })
    }

    /// Looks at everything again; of files that did not change, only the stamp.
    ///
    /// # Errors
    /// As [`Snapshot::rescan_paths`].
    pub fn rescan_all(&mut self) -> Result<Differences> {
        let root = canonical(&self.root)?;
        let after = look(root, &INPUTS, self.hashes.clone(), Some(&self.tree)).finish();
        let files = differing(&self.tree, &after.tree);
        let refused = self.tree.refused() != after.tree.refused();
        *self = after;
        Ok(Differences { files, refused })
    }
}

/// The files that differ between two trees, with what was in `before`.
fn differing(before: &SourceTree, after: &SourceTree) -> Vec<(SourcePath, Option<Source>)> {
    let differs = |one: &Source, other: Option<&Source>| other.is_none_or(|other| one.key != other.key);
    let mut files: Vec<(SourcePath, Option<Source>)> = before
        .iter()
        .filter(|(path, source)| differs(source, after.get(path)))
        .map(|(path, source)| (path.clone(), Some(source.clone())))
        .collect();
    let new = after.iter().filter(|(path, _)| before.get(path).is_none());
    files.extend(new.map(|(path, _)| (path.clone(), None)));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}
