//! The search index among the files of a site: left for when it is asked for, or
//! made at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::former_site::FormerSite;
use super::memory::Memory;
use super::press::Files;
use super::{Artifact, Content, Lazy, Spool};
use crate::memo::Key;
use crate::path::OutputPath;
use crate::render::Bytes;
use crate::search;
use crate::site::Site;
use crate::theme::Theme;

/// The search index, for when it is asked for.
pub(super) fn late(site: &Arc<Site>, theme: &Theme, memory: &Memory) -> Lazy {
    if !site.has_search() {
        return Lazy::default();
    }
    let names = facet_names(theme);
    let (site, memory) = (Arc::clone(site), Arc::clone(&memory.search));
    Lazy::new("search/", move || -> BTreeMap<OutputPath, Artifact> {
        search::Index::new(&site, &names, &memory).files.into_iter().map(artifact).collect()
    })
}

/// What hits can be narrowed to, in the theme's words.
fn facet_names(theme: &Theme) -> [String; 3] {
    ["sections", "phase", "units"].map(|key| theme.wording.text(key).into_owned())
}

/// The same, each file handed over as soon as it is finished, but for those that
/// the published site has.
pub(super) fn spooled(site: &Site, theme: &Theme, memory: &Memory, spool: Spool<'_>) -> Files {
    if !site.has_search() {
        return Files::new();
    }
    let files = Former { site: FormerSite::new(memory), spool };
    let former = search::Former { store: files.site.store, site: &files };
    let index = search::Index::spooled(site, &facet_names(theme), spool, former);
    index.files.into_iter().map(artifact).collect()
}

/// Files of the index that need not be made.
struct Former<'f> {
    site: FormerSite<'f>,
    spool: Spool<'f>,
}

impl search::FormerFiles for Former<'_> {
    fn has(&self, path: &OutputPath, key: Key) -> bool {
        self.site.has(path, key)
    }

    fn find(&self, path: &OutputPath, key: Key, len: u64) -> Option<search::Found> {
        match self.site.find(path, key)?.taken(path, key, len, self.spool) {
            Bytes::Here(bytes) => Some(search::Found::Here(bytes)),
            Bytes::Spooled(_) => Some(search::Found::Elsewhere),
        }
    }

    fn keep(&self, key: Key, bytes: &[u8]) {
        self.site.keep(key, bytes);
    }
}

fn artifact(file: search::File) -> (OutputPath, Artifact) {
    let content = file.bytes.map_or(Content::Spooled(file.len), Content::Bytes);
    (file.path, Artifact { key: file.key, content })
}
