//! A theme: templates, settings, stylesheets and scripts, compiled.
//!
//! `compile` reads the files of `themes/<name>/` and of the themes it
//! extends, and gives a [`Theme`] together with its findings. A theme that
//! `extends: gazette` has only the files that differ. `gazette` itself is
//! built into the program, so that a column needs no copy; a folder
//! `themes/gazette/` wins over the built-in one, file by file. Its words are in
//! `i18n/`, a file a language.
//!
//! **Invariant:** a template may call only pure filters; nothing it can reach
//! knows the clock, the environment or another page.

mod builtin;
mod files;
mod filters;
mod linking;
mod manifest;
mod settings;
mod speaking;
mod style;
mod templates;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Checked;
use crate::memo::{Key, Memo};
use crate::path::{OutputPath, SourcePath};
use crate::source::SourceTree;
use crate::wording::Wording;

pub use builtin::{builtin_files, builtin_text};
pub use style::ASSETS;
pub use templates::{RenderFault, Templates};
pub use wording::builtin_wording;

/// Compiled templates, as they are remembered.
type Compiled = Arc<Checked<Arc<Templates>>>;

/// A compiled theme.
#[derive(Debug)]
pub struct Theme {
    /// The templates.
    pub templates: Arc<Templates>,
    /// The templates of the WeChat edition, a set of its own: `wechat/`.
    pub wechat: Arc<Templates>,
    /// The settings: the schema's defaults, the column's values over them.
    pub settings: serde_json::Value,
    /// Its words in the column's language.
    pub wording: Arc<Wording>,
    /// Files for `assets/`, by their plain name (`gazette.css`).
    pub assets: BTreeMap<String, ThemeAsset>,
    /// Its `theme.yaml`, or where that would stand: for what is said of the
    /// theme as a whole.
    pub manifest: SourcePath,
    /// What [`Memory`] knows of it.
    #[expect(dead_code, reason = "held so that it stays remembered")]
    remembered: (Compiled, Compiled, Vec<Arc<Checked<String>>>),
}

/// What compiling remembers: a stylesheet is edited far more often than the
/// templates beside it, and one sheet at a time.
#[derive(Debug, Default)]
pub struct Memory {
    templates: Memo<Checked<Arc<Templates>>>,
    sheets: Memo<Checked<String>>,
}

impl Memory {
    /// Ends a round: forgets what no theme that is remembered is made of. The
    /// themes are to be swept first.
    pub fn sweep(&self) {
        self.templates.sweep();
        self.sheets.sweep();
    }
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
        config.language.clone().into_bytes(),
        format!("{:?}", config.language_span).into_bytes(),
    ];
    for (path, source) in tree.under("themes") {
        parts.push(path.as_str().as_bytes().to_vec());
        parts.push(source.key.as_bytes().to_vec());
    }
    Key::hash_parts(parts.iter().map(Vec::as_slice))
}

/// Compiles the theme that the config names.
///
/// With `fingerprint` the assets carry a hash of their content in their names.
/// `memory` only saves work.
pub fn compile(
    tree: &SourceTree,
    blobs: &dyn crate::source::Blobs,
    config: &Config,
    fingerprint: bool,
    memory: &Memory,
) -> Checked<Theme> {
    let mut found = Vec::new();
    let mut layers = files::gather(tree, blobs, config).keep(&mut found);
    let wording = wording::resolve(&layers, config).keep(&mut found);
    speaking::put(&mut layers, &wording).keep(&mut found);
    let settings = settings::resolve(&layers, config).keep(&mut found);
    let mut set = |layers: &[files::Layer], folder: &str| {
        let compile = || templates::compile(layers, folder, &wording);
        let compiled = memory.templates.get_or(templates::key(layers, folder, &wording), compile);
        found.extend(compiled.diagnostics.iter().cloned());
        compiled
    };
    let compiled = set(&layers, "templates/");
    let is_own = layers.iter().flat_map(|layer| layer.files.keys()).any(|name| name.starts_with("wechat/"));
    let stand_in = if is_own { Vec::new() } else { vec![files::builtin_layer()] };
    let wechat = set(if is_own { &layers } else { &stand_in }, "wechat/");
    let templates = Arc::clone(&compiled.value);
    let mut sheets = Vec::new();
    let assets = style::assets(&layers, fingerprint, &memory.sheets, &mut sheets).keep(&mut found);
    let manifest = layers.first().and_then(files::Layer::manifest_path).unwrap_or_else(config_path);
    let editions = Arc::clone(&wechat.value);
    let remembered = (compiled, wechat, sheets);
    let theme = Theme { templates, wechat: editions, settings, wording, assets, manifest, remembered };
    Checked { value: theme, diagnostics: found }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::config;
    use crate::source::{Blobs, Source};

    struct NoBlobs;

    impl Blobs for NoBlobs {
        fn read(&self, path: &SourcePath) -> io::Result<Arc<[u8]>> {
            Err(io::Error::new(io::ErrorKind::NotFound, path.to_string()))
        }
    }

    #[test]
    fn an_edited_stylesheet_is_lowered_alone() {
        let memory = Memory::default();
        let theme = |css: &str| {
            let mut tree = SourceTree::default();
            tree.insert(SourcePath::config(), Source::text("title: 专栏".as_bytes()));
            let path = SourcePath::new("themes/gazette/assets/base.css").unwrap();
            tree.insert(path, Source::text(css.as_bytes()));
            let config = config::read(&tree, None).value;
            compile(&tree, &NoBlobs, &config, false, &memory).value
        };
        let before = theme(".a { color: red }");
        assert!(memory.sheets.sweep().made > 1);
        // Builds that need no theme made anew come in between.
        memory.sweep();
        let after = theme(".a { color: blue }");
        assert_eq!(memory.sheets.sweep().made, 1);
        assert!(Arc::ptr_eq(&before.templates, &after.templates));
        let differ = before.assets.iter().filter(|(name, asset)| after.assets.get(*name) != Some(asset));
        assert_eq!(differ.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["gazette.css"]);
        let css = after.assets.get("gazette.css").map(|asset| asset.bytes.to_vec()).unwrap();
        assert!(String::from_utf8(css).unwrap().contains(".a{color:#00f}"));
    }
}
