//! Files that are made when somebody asks for them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Artifact;
use crate::path::OutputPath;

/// The files of one folder, made all at once when the first is asked for: the
/// search index, which no page shows and a preview seldom needs.
///
/// **Invariant:** what is made depends on the sources alone, as all output
/// does; it only happens later.
#[derive(Clone, Default)]
pub struct Lazy(Option<Arc<Shelf>>);

struct Shelf {
    /// With its final `/`.
    folder: &'static str,
    make: Box<dyn Fn() -> BTreeMap<OutputPath, Artifact> + Send + Sync>,
    done: OnceLock<BTreeMap<OutputPath, Artifact>>,
}

impl Lazy {
    /// The files that `make` makes, all below `folder`, which ends in `/`.
    pub(super) fn new(
        folder: &'static str,
        make: impl Fn() -> BTreeMap<OutputPath, Artifact> + Send + Sync + 'static,
    ) -> Self {
        Self(Some(Arc::new(Shelf { folder, make: Box::new(make), done: OnceLock::new() })))
    }

    /// The file at `path`; makes all where it lies in their folder.
    pub fn get(&self, path: &str) -> Option<(&OutputPath, &Artifact)> {
        let all = self.0.as_ref().filter(|all| path.starts_with(all.folder))?;
        all.files().get_key_value(path)
    }

    /// Makes all files, where they are not yet.
    pub(super) fn make(&self) {
        self.0.iter().for_each(|shelf| {
            shelf.files();
        });
    }

    /// All files, made where they are not yet.
    pub fn files(&self) -> impl Iterator<Item = (&OutputPath, &Artifact)> {
        self.0.iter().flat_map(|shelf| shelf.files())
    }
}

impl Shelf {
    fn files(&self) -> &BTreeMap<OutputPath, Artifact> {
        self.done.get_or_init(|| (self.make)())
    }
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.0.as_ref().map(|shelf| (shelf.folder, shelf.done.get().map(BTreeMap::len)));
        f.debug_tuple("Late").field(&told).finish()
    }
}

impl PartialEq for Lazy {
    /// Whether the files are equal; makes them.
    fn eq(&self, other: &Self) -> bool {
        self.files().eq(other.files())
    }
}

impl Eq for Lazy {}
