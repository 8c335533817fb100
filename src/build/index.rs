//! The search index among the files of a site: left for when it is asked for, or
//! made at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::memory::Memory;
use super::press::Files;
use super::{Artifact, Content, Lazy, Spool};
use crate::path::OutputPath;
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

/// The same, each file handed over as soon as it is finished.
pub(super) fn spooled(site: &Site, theme: &Theme, spool: Spool<'_>) -> Files {
    if !site.has_search() {
        return Files::new();
    }
    search::Index::spooled(site, &facet_names(theme), spool).files.into_iter().map(artifact).collect()
}

fn artifact(file: search::File) -> (OutputPath, Artifact) {
    let content = file.bytes.map_or(Content::Spooled(file.len), Content::Bytes);
    (file.path, Artifact { key: file.key, content })
}
