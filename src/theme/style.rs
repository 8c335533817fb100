//! Stylesheets, scripts, fonts and pictures of a theme.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use super::ThemeAsset;
use super::files::{File, Layer};
use super::manifest::Manifest;
use crate::diagnostic::{AssetFault, Checked, Diagnostic, ThemeFault, nearest};
use crate::memo::{Key, KeyBuilder, Memo};
use crate::path::OutputPath;
use crate::photo;
use crate::text::{At, LineIndex, Span};

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
/// The files named in `styles` become one bundle `<theme>.css` and those in
/// `scripts` one `<theme>.js`, named after the theme at the end of the chain,
/// so that a child's templates find them under the name they know. A sheet that
/// is not named in `styles` is lowered too and published by itself: for what
/// few pages need.
///
/// `sheets` is what is remembered of lowering; what was taken from it is put
/// into `held`.
pub(super) fn assets(
    layers: &[Layer],
    fingerprint: bool,
    sheets: &Memo<Checked<String>>,
    held: &mut Vec<Arc<Checked<String>>>,
) -> Checked<BTreeMap<String, ThemeAsset>> {
    let mut found = Vec::new();
    let mut assets = BTreeMap::new();
    let mut lower = |file: &File, assets: &BTreeMap<String, ThemeAsset>, found: &mut Vec<Diagnostic>| {
        let sheet = sheets.get_or(sheet_key(file, assets), || lowered(file, assets));
        found.extend(sheet.diagnostics.iter().cloned());
        held.push(Arc::clone(&sheet));
        sheet.value.clone()
    };
    let files = overlay(layers);
    let bundled: BTreeSet<&str> = layers
        .iter()
        .flat_map(|layer| layer.manifest.styles.iter().chain(&layer.manifest.scripts))
        .map(|name| name.value.as_str())
        .collect();
    // Stylesheets go last, because they name the others as published.
    let single = files.iter().filter(|(name, _)| !bundled.contains(**name));
    let (sheets, plain): (Vec<_>, Vec<_>) = single.partition(|(name, _)| extension(name) == "css");
    for (name, file) in plain.into_iter().chain(sheets) {
        let text = match extension(name) {
            "css" => Some(lower(file, &assets, &mut found)),
            "js" => Some(lean(&file.text())),
            _ => None,
        };
        let picture = picture(file, extension(name)).keep(&mut found);
        let bytes = text.as_ref().map_or(&*file.bytes, String::as_bytes);
        match published(name, picture.as_deref().unwrap_or(bytes), fingerprint) {
            Some(asset) => {
                assets.insert((*name).to_owned(), asset);
            }
            None => found.push(Diagnostic::of_file(&file.path, ThemeFault::AssetName)),
        }
    }
    let styles: Vec<&File> = listed(layers, &files, |manifest| &manifest.styles).keep(&mut found);
    let scripts: Vec<&File> = listed(layers, &files, |manifest| &manifest.scripts).keep(&mut found);
    let css: String = styles.iter().map(|file| lower(file, &assets, &mut found)).collect();
    let js: String = scripts.iter().map(|file| lean(&file.text())).collect();
    let root = layers.last().map_or("gazette", |layer| layer.name.as_str());
    for (extension, text) in [("css", css), ("js", js)] {
        let name = format!("{root}.{extension}");
        if let Some(asset) = published(&name, text.as_bytes(), fingerprint).filter(|_| !text.is_empty()) {
            assets.insert(name, asset);
        }
    }
    Checked { value: assets, diagnostics: found }
}

/// A picture without what is personal, and what is wrong with it; `None` where
/// the file is none, or can't be cleaned.
fn picture(file: &File, extension: &str) -> Checked<Option<Vec<u8>>> {
    let extension = extension.to_ascii_lowercase();
    if extension != "ico" && !photo::is_picture(&extension) {
        return Checked::clean(None);
    }
    let value = photo::encode(&file.bytes, &[photo::Variant::Clean]).pop().flatten();
    let faults = match &value {
        None if extension == "ico" => vec![AssetFault::DamagedPicture { format: "ICO".to_owned() }],
        Some(_) if extension == "ico" => Vec::new(),
        _ => photo::measure(&extension, &file.bytes).faults,
    };
    let diagnostics =
        faults.into_iter().map(|fault| Diagnostic::of_file(&file.path, fault.unshown())).collect();
    Checked { value, diagnostics }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The script without indentation and without lines that are only a comment,
/// each line with its end: a fifth less for readers to fetch, and its code as
/// it was. One with a template literal, where lines are text, stays as it is.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let lean: String = lines.flat_map(|line| [line, "\n"]).collect();
    if lean.contains('`') { format!("{}\n", script.trim_end()) } else { lean }
}

/// The files that the chain lists, the parent's first; what is not there is a
/// finding at its name.
fn listed<'l>(
    layers: &'l [Layer],
    files: &BTreeMap<&str, &'l File>,
    names: impl Fn(&Manifest) -> &Vec<At<String>>,
) -> Checked<Vec<&'l File>> {
    let mut found = Vec::new();
    let mut list = Vec::new();
    for layer in layers.iter().rev() {
        for name in names(&layer.manifest) {
            if let Some(file) = files.get(name.value.as_str()) {
                list.push(*file);
            } else if let Some(manifest) = layer.files.get("theme.yaml") {
                let near = nearest(&name.value, files.keys().copied()).map(str::to_owned);
                let fault = ThemeFault::NoSuchAsset { name: name.value.clone(), near };
                found.push(Diagnostic::at(&manifest.path, name.span, fault));
            }
        }
    }
    Checked { value: list, diagnostics: found }
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

/// The folder that all assets are published in.
pub const ASSETS: &str = "assets/";

/// The asset under `assets/`, its folders joined by `-`, with a hash in its
/// name where wanted.
fn published(name: &str, bytes: &[u8], fingerprint: bool) -> Option<ThemeAsset> {
    let key = Key::hash(bytes);
    let flat = name.replace('/', "-");
    let path = match (fingerprint, flat.rsplit_once('.')) {
        (true, Some((stem, extension))) => format!("{ASSETS}{stem}.{}.{extension}", key.short(8)),
        (true, None) => format!("{ASSETS}{flat}.{}", key.short(8)),
        (false, _) => format!("{ASSETS}{flat}"),
    };
    Some(ThemeAsset { path: OutputPath::new(&path)?, key, bytes: Arc::from(bytes) })
}

/// The key of all that [`lowered`] reads.
fn sheet_key(file: &File, assets: &BTreeMap<String, ThemeAsset>) -> Key {
    let mut parts = KeyBuilder::with_capacity(64 * assets.len() + 96);
    parts.text(file.path.as_str());
    parts.key(Key::hash(&file.bytes));
    for (name, asset) in assets {
        parts.text(name);
        parts.text(asset.path.as_str());
    }
    parts.finish()
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
        let published = asset.path.as_str().trim_start_matches(ASSETS);
        for quote in ["", "\"", "'"] {
            out = out.replace(&format!("url({quote}{name}{quote})"), &format!("url({published})"));
        }
    }
    out
}
