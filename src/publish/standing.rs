//! The published site, for a build that need not make again what stands there.

use std::collections::BTreeMap;

use super::Place;
use super::manifest::Manifest;
use crate::build::{Former, Site};
use crate::memo::Key;
use crate::path::OutputPath;

/// What the manifest says of the site's files. Whether they still are so is
/// seen when the site is published.
#[derive(Debug, Default)]
pub struct Standing(BTreeMap<OutputPath, Key>);

impl Standing {
    /// The files of `manifest`.
    pub(super) fn new(manifest: Option<&Manifest>) -> Self {
        let site = manifest.filter(|manifest| !manifest.damaged).into_iter().flat_map(Manifest::site);
        Self(site.map(|(path, fact)| (path.clone(), fact.key)).collect())
    }
}

impl Site for Standing {
    fn has(&self, path: &OutputPath, key: Key) -> bool {
        self.0.get(path) == Some(&key)
    }
}

/// The site at `place`, for who publishes nothing and so takes no lock: what
/// it was made of, where that is certain, and what stands there.
pub fn published(place: &Place) -> (Option<Former>, Standing) {
    let manifest = place.found().and_then(|store| Manifest::load(&store.manifest()));
    (manifest.as_ref().and_then(Manifest::former), Standing::new(manifest.as_ref()))
}
