//! What is in the files of `content/static/`: they are published as they are, so
//! each is looked at for what must not be published.
//!
//! What belongs there (web pages, scripts, fonts, texts, pictures, videos) is
//! only looked through for numbers of people. A document with an author belongs
//! beside the piece that offers it, where it is cleaned. What the column names
//! under `publish: {also: …}` is meant to go out as it is.

use super::Memory;
use super::assets::study_of;
use super::statics::is_allowed;
use crate::config::Config;
use crate::diagnostic::{AssetFault, Diagnostic, Kind};
use crate::material::{self, Static};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::source::{Blobs, Source, SourceTree};

/// What is to be said of these files; of pictures see `pictures::of_statics`.
pub(super) fn check(
    statics: &[(SourcePath, OutputPath)],
    tree: &SourceTree,
    config: &Config,
    blobs: &dyn Blobs,
    memory: &Memory,
) -> Vec<Diagnostic> {
    let files = statics.iter().filter_map(|(path, _)| Some((path, tree.get(path)?)));
    let said = |(path, source)| {
        let faults = faults(path, source, config, blobs, memory);
        faults.into_iter().map(move |fault| Diagnostic::of_file(path, fault))
    };
    files.flat_map(said).collect()
}

fn faults(
    path: &SourcePath,
    source: &Source,
    config: &Config,
    blobs: &dyn Blobs,
    memory: &Memory,
) -> Vec<Kind> {
    let name = path.as_str().strip_prefix("content/static/").unwrap_or_default();
    let is_meant = is_allowed(name, &config.publishing.also);
    let extension = path.extension();
    let key = Key::hash_parts([b"static".as_slice(), extension.as_bytes(), source.key.as_bytes()]);
    let look =
        || blobs.head(path, material::HEAD).map_or(Static::Plain, |head| Static::of(&extension, &head));
    let sort = (*memory.statics.get_or(key, look)).clone();
    let mut faults: Vec<Kind> = Vec::new();
    if let Static::Unseen { kind } = &sort
        && !is_meant
    {
        faults.push(AssetFault::StaticUnseen { kind: kind.clone() }.into());
    }
    if sort == Static::Plain || source.len > material::MAX_INSPECTED {
        return faults;
    }
    if let Some(study) = study_of(path, source.key, blobs, memory) {
        // What an editor could let pass beside a piece has no place to be let
        // pass here.
        let grave =
            study.faults.iter().filter(|fault| !fault.is_for_review() && sort != Static::Text && !is_meant);
        faults.extend(grave.cloned().map(Kind::from));
        faults.extend(material::faults(&study, &config.allow).into_iter().map(Kind::from));
    }
    faults
}
