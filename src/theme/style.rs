//! Stylesheets, scripts, fonts and pictures of a theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use super::ThemeAsset;
use super::files::{File, Layer};
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, nearest};
use crate::memo::Key;
use crate::path::OutputPath;
use crate::text::{LineIndex, Span};

/// The browsers that a stylesheet is lowered for: readers' office PCs and
/// `WeChat`'s engine. lightningcss counts `major << 16 | minor << 8`.
const TARGETS: Browsers = Browsers {
    android: Some(86 << 16),
    chrome: Some(86 << 16),
    edge: Some(86 << 16),
    firefox: Some(78 << 16),
    ie: None,
    ios_saf: Some(13 << 16),
    opera: None,
    safari: Some(13 << 16),
    samsung: None,
};

/// Everything below `assets/` of the chain, ready to be published.
///
/// The stylesheets named in `styles` become one bundle `<theme>.css`, after
/// the theme at the end of the chain, so that its name is stable for children.
pub(super) fn assets(layers: &[Layer], fingerprint: bool) -> Checked<BTreeMap<String, ThemeAsset>> {
    let mut found = Vec::new();
    let mut assets = BTreeMap::new();
    let files = overlay(layers);
    for (name, file) in files.iter().filter(|(name, _)| !is_style(name)) {
        match published(name, &file.bytes, fingerprint) {
            Some(asset) => {
                assets.insert((*name).to_owned(), asset);
            }
            None => found.push(Diagnostic::of_file(&file.path, ThemeFault::AssetName)),
        }
    }
    let bundle = bundle(layers, &files, &assets).keep(&mut found);
    if let Some(root) = layers.last() {
        let name = format!("{}.css", root.name);
        if let Some(asset) = published(&name, bundle.as_bytes(), fingerprint) {
            assets.insert(name, asset);
        }
    }
    Checked { value: assets, diagnostics: found }
}

/// Files below `assets/` by their path in it; a child's wins.
fn overlay(layers: &[Layer]) -> BTreeMap<&str, &File> {
    let mut files = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (name, file) in &layer.files {
            if let Some(name) = name.strip_prefix("assets/") {
                files.insert(name, file);
            }
        }
    }
    files
}

fn is_style(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("css"))
}

/// The asset under `assets/`, its folders joined by `-`, with a hash in its
/// name where wanted.
fn published(name: &str, bytes: &[u8], fingerprint: bool) -> Option<ThemeAsset> {
    let key = Key::of(bytes);
    let flat = name.replace('/', "-");
    let path = match (fingerprint, flat.rsplit_once('.')) {
        (true, Some((stem, extension))) => format!("assets/{stem}.{}.{extension}", key.short(8)),
        (true, None) => format!("assets/{flat}.{}", key.short(8)),
        (false, _) => format!("assets/{flat}"),
    };
    Some(ThemeAsset { path: OutputPath::new(&path)?, key, bytes: Arc::from(bytes) })
}

/// All stylesheets of the chain, the parent's first, lowered and minified.
fn bundle(
    layers: &[Layer],
    files: &BTreeMap<&str, &File>,
    assets: &BTreeMap<String, ThemeAsset>,
) -> Checked<String> {
    let mut found = Vec::new();
    let mut css = String::new();
    for layer in layers.iter().rev() {
        for style in &layer.manifest.styles {
            let Some(file) = files.get(style.value.as_str()) else {
                if let Some(manifest) = layer.files.get("theme.yaml") {
                    let near = nearest(&style.value, files.keys().copied()).map(str::to_owned);
                    let fault = ThemeFault::NoSuchStyle { name: style.value.clone(), near };
                    found.push(Diagnostic::at(&manifest.path, style.span, fault));
                }
                continue;
            };
            css += &lowered(file, assets).keep(&mut found);
        }
    }
    Checked { value: css, diagnostics: found }
}

/// One stylesheet with the published names of what it refers to.
fn lowered(file: &File, assets: &BTreeMap<String, ThemeAsset>) -> Checked<String> {
    let source = file.text();
    let options = ParserOptions { filename: file.path.as_str().to_owned(), ..ParserOptions::default() };
    let targets = Targets { browsers: Some(TARGETS), ..Targets::default() };
    let mut sheet = match StyleSheet::parse(&source, options) {
        Ok(sheet) => sheet,
        Err(error) => {
            let place = error.loc.as_ref().map_or(Span::default(), |loc| {
                let index = LineIndex::new(&source);
                let start = index.offset(loc.line + 1, loc.column);
                Span::new(start, start + 1)
            });
            let fault = ThemeFault::Css { message: error.kind.to_string() };
            return Checked {
                value: String::new(),
                diagnostics: vec![Diagnostic::at(&file.path, place, fault)],
            };
        }
    };
    let minified = sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).is_ok();
    let printed = sheet.to_css(PrinterOptions { minify: minified, targets, ..PrinterOptions::default() });
    match printed {
        Ok(printed) => Checked::clean(with_published_names(&printed.code, assets)),
        Err(error) => {
            let fault = ThemeFault::Css { message: error.kind.to_string() };
            Checked { value: String::new(), diagnostics: vec![Diagnostic::of_file(&file.path, fault)] }
        }
    }
}

/// Replaces `url(fonts/x.woff2)` by the published name. The bundle lies in
/// `assets/` beside everything else, so the name alone is enough.
fn with_published_names(css: &str, assets: &BTreeMap<String, ThemeAsset>) -> String {
    let mut out = css.to_owned();
    for (name, asset) in assets {
        let published = asset.path.as_str().trim_start_matches("assets/");
        for quote in ["", "\"", "'"] {
            out = out.replace(&format!("url({quote}{name}{quote})"), &format!("url({published})"));
        }
    }
    out
}
