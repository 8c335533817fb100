//! A theme: templates, settings, stylesheets and scripts, compiled.
//!
//! `compile` reads the files of `themes/<name>/` and of the themes it
//! extends, and gives a [`Theme`] together with its findings. A theme that
//! `extends: gazette` has only the files that differ. `gazette` itself is
//! built into the program, so that a column needs no copy; a folder
//! `themes/gazette/` wins over the built-in one, file by file.
//!
//! **Invariant:** a template may call only pure filters; nothing it can reach
//! knows the clock, the environment or another page.

mod builtin;
mod files;
mod manifest;
mod settings;
mod style;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Checked;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::source::SourceTree;

pub use builtin::{builtin_files, builtin_text};
pub use style::ASSETS;
pub use templates::{RenderFault, Templates};

/// A compiled theme.
#[derive(Debug)]
pub struct Theme {
    /// The templates.
    pub templates: Templates,
    /// The settings: the schema's defaults, the column's values over them.
    pub settings: serde_json::Value,
    /// Files for `assets/`, by their plain name (`gazette.css`).
    pub assets: BTreeMap<String, ThemeAsset>,
    /// Its `theme.yaml`, or where that would stand: for what is said of the
    /// theme as a whole.
    pub manifest: SourcePath,
}

/// A stylesheet, script, font or picture of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeAsset {
    /// Where it is published.
    pub path: OutputPath,
    /// The hash of its bytes.
    pub key: Key,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The stylesheet for EPUBs, by its plain name: it goes into books and is not
/// published by itself. A theme need not have one.
pub const EPUB_STYLE: &str = "booklet-epub.css";

impl Theme {
    /// The assets that the site has as files of its own.
    pub fn published(&self) -> impl Iterator<Item = &ThemeAsset> {
        self.assets.iter().filter(|(name, _)| *name != EPUB_STYLE).map(|(_, asset)| asset)
    }
}

/// Where the config stands; a theme named there that is absent is its fault.
fn config_path() -> SourcePath {
    SourcePath::config()
}

/// The key of everything that [`compile`] reads.
pub fn key(tree: &SourceTree, config: &Config, fingerprint: bool) -> Key {
    let mut parts: Vec<Vec<u8>> = vec![
        config.theme.value.clone().into_bytes(),
        serde_json::to_vec(&config.settings).unwrap_or_default(),
        format!("{:?}", config.settings_span).into_bytes(),
        vec![u8::from(fingerprint)],
    ];
    for (path, source) in tree.under("themes") {
        parts.push(path.as_str().as_bytes().to_vec());
        parts.push(source.key.as_bytes().to_vec());
    }
    Key::of_parts(parts.iter().map(Vec::as_slice))
}

/// Compiles the theme that the config names.
///
/// With `fingerprint` the assets carry a hash of their content in their names.
pub fn compile(
    tree: &SourceTree,
    blobs: &dyn crate::source::Blobs,
    config: &Config,
    fingerprint: bool,
) -> Checked<Theme> {
    let mut found = Vec::new();
    let layers = files::gather(tree, blobs, config).keep(&mut found);
    let settings = settings::resolve(&layers, config).keep(&mut found);
    let templates = templates::compile(&layers).keep(&mut found);
    let assets = style::assets(&layers, fingerprint).keep(&mut found);
    let manifest = layers.first().and_then(files::Layer::manifest_path).unwrap_or_else(config_path);
    Checked { value: Theme { templates, settings, assets, manifest }, diagnostics: found }
}
