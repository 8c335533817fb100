//! The files of a theme and of the themes it extends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builtin::builtin_files;
use super::manifest::{self, Manifest};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, nearest};
use crate::path::SourcePath;
use crate::source::{Blobs, SourceTree};
use crate::text::Span;

/// One theme of the chain.
#[derive(Debug)]
pub(super) struct Layer {
    /// `gazette`.
    pub(super) name: String,
    /// Its `theme.yaml`.
    pub(super) manifest: Manifest,
    /// Its files by their path in it.
    pub(super) files: BTreeMap<String, File>,
}

impl Layer {
    /// Where its `theme.yaml` is; beside its first file where it has none.
    pub(super) fn manifest_path(&self) -> Option<SourcePath> {
        self.files.get("theme.yaml").or_else(|| self.files.values().next()).map(|file| file.path.clone())
    }
}

/// A file of a theme.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Where it is, or would be if it were not built in.
    pub(super) path: SourcePath,
    /// Its bytes.
    pub(super) bytes: Arc<[u8]>,
}

impl File {
    /// Its text; what is not UTF-8 becomes replacement characters.
    pub(super) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

/// The chain of themes, the one that the config names first.
pub(super) fn gather(tree: &SourceTree, blobs: &dyn Blobs, config: &Config) -> Checked<Vec<Layer>> {
    let mut found = Vec::new();
    let mut layers: Vec<Layer> = Vec::new();
    let mut wanted = Some((config.theme.value.clone(), super::config_path(), config.theme.span));
    while let Some((name, from, span)) = wanted.take() {
        // Behind a fault stands the built-in theme, so that everything else can
        // be checked all the same.
        let stand_in = |layers: &[Layer]| {
            let is_there = layers.iter().any(|layer| layer.name == "gazette");
            (!is_there).then(|| ("gazette".to_owned(), super::config_path(), Span::default()))
        };
        if layers.iter().any(|layer| layer.name == name) {
            found.push(Diagnostic::at(&from, span, ThemeFault::Cycle { name }));
            wanted = stand_in(&layers);
            continue;
        }
        let files = files_of(tree, blobs, &name, &mut found);
        if files.is_empty() {
            let known = known_themes(tree);
            let near = nearest(&name, known.iter().map(String::as_str)).map(str::to_owned);
            found.push(Diagnostic::at(&from, span, ThemeFault::Missing { name, near }));
            wanted = stand_in(&layers);
            continue;
        }
        let manifest = manifest::read(&name, files.get("theme.yaml")).keep(&mut found);
        if let Some(parent) = &manifest.extends {
            let path = files.get("theme.yaml").map_or_else(super::config_path, |file| file.path.clone());
            wanted = Some((parent.value.clone(), path, parent.span));
        }
        layers.push(Layer { name, manifest, files });
    }
    Checked { value: layers, diagnostics: found }
}

/// The built-in theme alone: for what a theme need not have.
pub(super) fn builtin_layer() -> Layer {
    let name = "gazette".to_owned();
    let mut files = BTreeMap::new();
    for (file, bytes) in builtin_files(&name) {
        if let Some(path) = SourcePath::new(&format!("themes/{name}/{file}")) {
            files.insert((*file).to_owned(), File { path, bytes: Arc::from(*bytes) });
        }
    }
    Layer { name, manifest: Manifest::default(), files }
}

/// The themes that there are: folders below `themes/`, and the built-in one.
fn known_themes(tree: &SourceTree) -> Vec<String> {
    let mut names: Vec<String> = tree
        .under("themes")
        .filter_map(|(path, _)| path.as_str().split('/').nth(1).map(str::to_owned))
        .chain(["gazette".to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The files of one theme; those on disk win over the built-in ones.
fn files_of(
    tree: &SourceTree,
    blobs: &dyn Blobs,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    for (file, bytes) in builtin_files(name) {
        if let Some(path) = SourcePath::new(&format!("themes/{name}/{file}")) {
            files.insert((*file).to_owned(), File { path, bytes: Arc::from(*bytes) });
        }
    }
    let folder = format!("themes/{name}");
    for (path, source) in tree.under(&folder) {
        let Some(file) = path.as_str().strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        let bytes = match &source.bytes {
            Some(bytes) => Ok(Arc::clone(bytes)),
            None => blobs.read(path),
        };
        match bytes {
            Ok(bytes) => {
                files.insert(file.to_owned(), File { path: path.clone(), bytes });
            }
            Err(error) => {
                found.push(Diagnostic::of_file(path, ThemeFault::Unreadable { why: error.to_string() }));
            }
        }
    }
    files
}
