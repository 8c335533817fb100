//! The stages, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::memory::{Counts, Memory};
use super::{Artifact, Content, Next, Now, Options, Output, Stats, Validity, pieces, weight};
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, Finding, Severity, SourceFault, locate};
use crate::document::{self, Document};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::site::{self, AssetKind, Site};
use crate::source::{Blobs, MAX_TEXT, Refusal, SourceTree};
use crate::theme::{self, Theme};
use crate::{lint, material, render, view};

/// What a build gives.
#[derive(Debug, Clone)]
pub struct Built {
    /// The finished site; where there are errors, the best that can be shown.
    pub output: Output,
    /// Everything noticed, sorted by file and place.
    pub findings: Vec<Finding>,
    /// How much had to be done.
    pub counts: Counts,
}

impl Built {
    /// Whether something keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity() == Severity::Error)
    }
}

/// Builds the site that `tree` describes.
///
/// The result depends on the arguments alone. `memory` only saves work: any
/// two memories give equal results.
pub fn build(tree: &SourceTree, options: &Options, blobs: &dyn Blobs, memory: &Memory) -> Built {
    build_showing(tree, options, blobs, memory, &Early::nothing())
}

/// Pages that somebody looks at while the site is built.
pub struct Early<'e> {
    /// They are rendered before all others.
    pub pages: &'e [OutputPath],
    /// Gets each of them as soon as it is rendered, unless an error has been
    /// found.
    pub ready: &'e (dyn Fn(&OutputPath, Artifact) + Sync),
}

impl Early<'_> {
    /// Nobody looks.
    pub fn nothing() -> Self {
        Self { pages: &[], ready: &|_, _| {} }
    }
}

/// The same as [`build`], which shows some pages early. That is a matter of
/// order alone: the result is the same.
pub fn build_showing(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: &Memory,
    early: &Early<'_>,
) -> Built {
    let mut found = refused(tree);
    let config = Arc::new(config::read(tree, options.base_url.as_deref()).keep(&mut found));
    let now = local(options.now, &config);
    let theme = compile_theme(tree, options, blobs, &config, memory, &mut found);
    let documents = parse_all(tree, &config, memory, &mut found);
    let request = site::Options {
        now,
        preview: options.preview,
        drafts: options.drafts,
        fingerprint: options.fingerprint,
    };
    let site = site::assemble(documents, &config, tree, blobs, &request, &memory.site).keep(&mut found);
    found.extend(lint::site(&site));
    let mut output = Output {
        pieces: pieces::of(&site),
        next: site.next.clone().map(|(at, source)| Next { at, source }),
        valid: Some(Validity::new(now, site.next.as_ref().map(|(at, _)| *at), &config.timezone)),
        ..Output::default()
    };
    render_all(&site, &theme.value, options, memory, early, &mut output, &mut found);
    copy_all(&site, tree, &mut output);
    output.stats = stats(&site, &output);
    let counts = memory.sweep();
    let findings = locate(found, |path| text_of(tree, path));
    Built { output, findings, counts }
}

/// Files that were found but must not be used.
fn refused(tree: &SourceTree) -> Vec<Diagnostic> {
    let fault = |why: &Refusal| match why {
        Refusal::LeavesRoot => SourceFault::LeavesRoot,
        Refusal::TooLarge(size) => SourceFault::TooLarge { size: *size, limit: MAX_TEXT },
        Refusal::Unreadable(why) => SourceFault::Unreadable { why: why.clone() },
        Refusal::NameNotUnicode => SourceFault::NameNotUnicode,
    };
    tree.refused().iter().map(|refused| Diagnostic::of_file(&refused.path, fault(&refused.why))).collect()
}

/// The moment of the build in the column's zone.
fn local(now: Now, config: &Config) -> DateTime {
    match now {
        Now::Local(local) => local,
        Now::Instant(instant) => config.timezone.to_datetime(instant),
    }
}

/// The text of a source, as positions in it are counted.
fn text_of<'t>(tree: &'t SourceTree, path: &SourcePath) -> Option<Cow<'t, str>> {
    match tree.bytes(path) {
        Some(bytes) => Some(document::decoded(bytes)),
        None => theme::builtin_text(path.as_str()).map(Cow::Borrowed),
    }
}

fn compile_theme(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    config: &Config,
    memory: &Memory,
    found: &mut Vec<Diagnostic>,
) -> Arc<Checked<Theme>> {
    let key = theme::key(tree, config, options.fingerprint);
    let theme = memory.themes.get_or(key, || theme::compile(tree, blobs, config, options.fingerprint));
    found.extend(theme.diagnostics.iter().cloned());
    theme
}

/// Every Markdown file below `content/`, parsed or remembered, by path.
fn parse_all(
    tree: &SourceTree,
    config: &Config,
    memory: &Memory,
    found: &mut Vec<Diagnostic>,
) -> Vec<Arc<Document>> {
    let options = document::Options::new(config);
    let rules = lint::Options::new(config);
    let options_key = Key::of_parts([options.key().as_bytes().as_slice(), rules.key().as_bytes()]);
    let sources: Vec<_> = tree.under("content").filter(|(path, _)| document::is_document(path)).collect();
    let documents: Vec<Arc<Checked<Arc<Document>>>> = sources
        .par_iter()
        .filter_map(|(path, source)| {
            let bytes = source.bytes.as_ref()?;
            let parts = [path.as_str().as_bytes(), source.key.as_bytes(), options_key.as_bytes()];
            let key = Key::of_parts(parts.map(<[u8]>::as_ref));
            Some(memory.documents.get_or(key, || {
                let mut parsed = document::parse(path, bytes, key, &options);
                parsed.diagnostics.extend(lint::document(&parsed.value, &document::decoded(bytes), &rules));
                parsed.map(Arc::new)
            }))
        })
        .collect();
    for document in &documents {
        found.extend(document.diagnostics.iter().cloned());
    }
    documents.iter().map(|document| Arc::clone(&document.value)).collect()
}

/// Every page by its template, every file that no template makes, and every
/// file that is published as it is.
fn render_all(
    site: &Site,
    theme: &Theme,
    options: &Options,
    memory: &Memory,
    early: &Early<'_>,
    output: &mut Output,
    found: &mut Vec<Diagnostic>,
) {
    let facts = view::ThemeFacts {
        settings: theme.settings.clone(),
        assets: theme.assets.iter().map(|(name, asset)| (name.clone(), asset.path.to_string())).collect(),
    };
    let view_options = view::ViewOptions { base_url: None, preview: options.preview };
    let column = view::Column::new(site, &facts, &view_options, &memory.view);
    let pages = view::all(&column);
    if found.iter().all(|diagnostic| diagnostic.severity() != Severity::Error) {
        show_early(theme, &pages, memory, early);
    }
    let rendered: Vec<_> = pages.par_iter().map(|page| render::html(theme, page, &memory.pages)).collect();
    for (page, rendered) in pages.iter().zip(&rendered) {
        found.extend(rendered.diagnostics.iter().cloned());
        if let Some(key) = rendered.value.key {
            add(output, page.path.clone(), key, Content::Bytes(Arc::clone(&rendered.value.bytes)));
        }
    }
    // Who previews wants to see the page soon; `build` and `check` weigh it.
    if !options.preview {
        found.extend(weight::check(theme, &pages, &rendered, &memory.weights));
    }
    let mut files = render::feeds(&column);
    files.extend(render::sitemap(&column, &pages));
    files.extend(render::robots(&column));
    files.extend(render::progress(&column));
    let written: Vec<_> = files.par_iter().map(|file| render::file(file, &memory.files)).collect();
    for (file, rendered) in files.iter().zip(&written) {
        if let Some(key) = rendered.key {
            add(output, file.path.clone(), key, Content::Bytes(Arc::clone(&rendered.bytes)));
        }
    }
    for asset in theme.assets.values() {
        add(output, asset.path.clone(), asset.key, Content::Bytes(Arc::clone(&asset.bytes)));
    }
}

/// Renders the pages that somebody looks at; the loop over all pages then finds
/// them remembered.
fn show_early(theme: &Theme, pages: &[view::Page], memory: &Memory, early: &Early<'_>) {
    for page in pages.iter().filter(|page| early.pages.contains(&page.path)) {
        let rendered = render::html(theme, page, &memory.pages);
        if let (Some(key), true) = (rendered.value.key, rendered.diagnostics.is_empty()) {
            let content = Content::Bytes(Arc::clone(&rendered.value.bytes));
            (early.ready)(&page.path, Artifact { key, content });
        }
    }
}

fn add(output: &mut Output, path: OutputPath, key: Key, content: Content) {
    output.files.insert(path, Artifact { key, content });
}

/// Photos, attachments and `content/static/`, copied as they are, but for
/// documents that have a cleaned copy.
fn copy_all(site: &Site, tree: &SourceTree, output: &mut Output) {
    let cleaned: BTreeMap<&OutputPath, &material::Copy> = site
        .assets
        .iter()
        .zip(&site.studies)
        .filter_map(|(asset, study)| Some((&asset.output, study.as_ref()?.copy.as_ref()?)))
        .collect();
    let assets = site.assets.iter().map(|asset| (&asset.source, &asset.output));
    let statics = site.statics.iter().map(|(source, path)| (source, path));
    for (source, path) in assets.chain(statics) {
        if let Some(copy) = cleaned.get(path) {
            let key = Key::of(copy.sha256.as_bytes());
            add(output, path.clone(), key, Content::Cleaned(source.clone(), (*copy).clone()));
        } else if let Some(file) = tree.get(source) {
            add(output, path.clone(), file.key, Content::Blob(source.clone(), file.len));
        }
    }
}

fn stats(site: &Site, output: &Output) -> Stats {
    let is = |wanted: fn(&AssetKind) -> bool| site.assets.iter().filter(|asset| wanted(&asset.kind)).count();
    Stats {
        pages: output.files.keys().filter(|path| path.is_page()).count(),
        articles: site.articles.len(),
        photos: is(|kind| matches!(kind, AssetKind::Photo { .. })),
        materials: is(|kind| matches!(kind, AssetKind::File { .. })),
    }
}
