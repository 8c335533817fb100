//! The stages, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::memory::{Counts, Memory};
use super::parse::parse_all;
use super::{
    Artifact, Content, Lazy, Next, Now, Options, Output, Sources, Stats, Validity, books, pieces, weight,
};
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, Located, Severity, SourceFault, locate};
use crate::document;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::render::Leaf;
use crate::site::{self, AssetKind, Site};
use crate::source::{Blobs, MAX_TEXT, Refusal, SourceTree};
use crate::theme::{self, Theme};
use crate::{book, lint, material, page, render, search};

/// What a build gives.
#[derive(Debug, Clone)]
pub struct BuildResult {
    /// The finished site; where there are errors, the best that can be shown.
    pub output: Output,
    /// Everything noticed, sorted by file and place.
    pub findings: Vec<Located>,
    /// How much had to be done.
    pub counts: Counts,
}

impl BuildResult {
    /// Whether something keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity() == Severity::Error)
    }
}

/// Builds the site that `tree` describes.
///
/// The result depends on the arguments alone. `memory` only saves work: any
/// two memories give equal results.
pub fn build(tree: &SourceTree, options: &Options, blobs: &dyn Blobs, memory: &Memory) -> BuildResult {
    build_showing(tree, options, blobs, memory, &Priority::nothing())
}

/// What is wanted before its turn while the site is built.
#[derive(Clone, Copy)]
pub struct Priority<'e> {
    /// Somebody looks at these pages: they are rendered before all others.
    pub pages: &'e [OutputPath],
    /// Gets each of them as soon as it is rendered, and before them the theme's
    /// files, unless an error has been found.
    pub ready: &'e (dyn Fn(&OutputPath, Artifact) + Sync),
    /// Everything will be published: what is left for later ([`Lazy`]) is made
    /// beside the pages, where a processor has nothing to do, unless an error
    /// has been found.
    pub whole: bool,
}

impl Priority<'_> {
    /// Nobody looks, and nothing is known of publication.
    pub fn nothing() -> Self {
        Self { pages: &[], ready: &|_, _| {}, whole: false }
    }

    /// Nobody looks; everything will be published.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::nothing() }
    }
}

/// The same as [`build`], which shows some pages early. That is a matter of
/// order alone: the result is the same.
pub fn build_showing(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: &Memory,
    early: &Priority<'_>,
) -> BuildResult {
    let mut found = refused(tree);
    let config = Arc::new(config::read(tree, options.base_url.as_deref()).keep(&mut found));
    // A moment that was asked for goes before the column's own.
    let fixed = config.now.filter(|_| matches!(options.now, Now::Instant(_)));
    let options = &Options { now: fixed.map_or(options.now, Now::Local), ..options.clone() };
    let now = local(options.now, &config);
    let theme = compile_theme(tree, options, blobs, &config, memory, &mut found);
    if is_sound(&found) {
        theme.value.published().for_each(|asset| (early.ready)(&asset.path, here(asset.key, &asset.bytes)));
    }
    let documents = parse_all(tree, &config, memory, &mut found);
    found.extend(lint_yaml(tree, &config));
    let sources = Sources::of_documents(documents.iter().map(|document| &document.path));
    let request = site::Options {
        now,
        preview: options.preview,
        drafts: options.drafts,
        fingerprint: options.fingerprint,
    };
    let assembled = site::assemble(documents, &config, tree, blobs, &request, &memory.site);
    let site = Arc::new(assembled.keep(&mut found));
    found.retain(|finding| !site.captions.answers(finding));
    found.extend(lint::site(&site));
    let mut output = Output {
        pieces: pieces::of(&site, &memory.pieces),
        next: site.next.clone().map(|(at, source)| Next { at, source }),
        address_book: site.address_book.clone(),
        sources: sources.with_site(&site, tree, options),
        // What stands still is valid for no span of the clock's.
        valid: (fixed.is_none())
            .then(|| Validity::new(now, site.next.as_ref().map(|(at, _)| *at), &config.timezone)),
        publishing: config.publishing.clone(),
        ..Output::default()
    };
    let given = Context { tree, blobs, theme: &theme.value, options, memory };
    output.late = index(&site, &theme.value, memory);
    let is_wanted = early.whole && is_sound(&found);
    let (mut files, ()) = rayon::join(
        || render_all(&site, &given, early, &mut found),
        || {
            if is_wanted {
                output.late.make();
            }
        },
    );
    copy_all(&site, tree, &mut files);
    output.files = files.into_iter().collect();
    output.redirects = redirects(&site);
    output.downloads = downloads(&site);
    output.booklets = books::of(&site, &theme.value);
    output.stats = stats(&site, &output);
    let counts = memory.sweep();
    let findings = locate(found, |path| text_of(tree, path));
    BuildResult { output, findings, counts }
}

/// Files that were found but must not be used.
fn refused(tree: &SourceTree) -> Vec<Diagnostic> {
    let fault = |why: &Refusal| match why {
        Refusal::LeavesRoot => SourceFault::LeavesRoot,
        Refusal::LeavesInput(target) => SourceFault::LeavesInput { target: target.clone() },
        Refusal::DanglingLink(target) => SourceFault::DanglingLink { target: target.clone() },
        Refusal::NestedLink => SourceFault::NestedLink,
        Refusal::NotRegular => SourceFault::NotRegular,
        Refusal::TooLarge(size) => SourceFault::TooLarge { size: *size, limit: MAX_TEXT },
        Refusal::Unreadable(why) => SourceFault::Unreadable { why: why.clone() },
        Refusal::NameNotUnicode => SourceFault::NameNotUnicode,
        Refusal::ConflictCopy => SourceFault::ConflictCopy,
    };
    tree.refused().iter().map(|refused| Diagnostic::of_file(&refused.path, fault(&refused.why))).collect()
}

/// What the rules say of `column.yaml` and of the notes beside photos.
fn lint_yaml(tree: &SourceTree, config: &Config) -> Vec<Diagnostic> {
    let rules = lint::Options::new(config);
    let is_yaml = |path: &SourcePath| matches!(path.extension().as_str(), "yaml" | "yml");
    let files = tree.at_or_below("column.yaml").chain(tree.under("content"));
    let texts = files.filter(|(path, _)| is_yaml(path)).filter_map(|(path, source)| {
        let text = document::decoded(source.bytes.as_ref()?);
        Some(lint::plain_text(path, &text, &rules))
    });
    texts.flatten().collect()
}

/// Whether there is no error so far.
fn is_sound(found: &[Diagnostic]) -> bool {
    found.iter().all(|diagnostic| diagnostic.severity() != Severity::Error)
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
    let compile = || theme::compile(tree, blobs, config, options.fingerprint, &memory.theme_parts);
    let theme = memory.themes.get_or(key, compile);
    found.extend(theme.diagnostics.iter().cloned());
    theme
}

/// What rendering is given besides the site.
#[derive(Clone, Copy)]
struct Context<'g> {
    tree: &'g SourceTree,
    blobs: &'g dyn Blobs,
    theme: &'g Theme,
    options: &'g Options,
    memory: &'g Memory,
}

/// Every page by its template, every file that no template makes, and every
/// file that is published as it is.
fn render_all(site: &Site, given: &Context<'_>, early: &Priority<'_>, found: &mut Vec<Diagnostic>) -> Files {
    let Context { theme, options, memory, .. } = *given;
    let facts = page::ThemeFacts {
        settings: theme.settings.clone(),
        assets: theme.assets.iter().map(|(name, asset)| (name.clone(), asset.path.to_string())).collect(),
        wording: Arc::clone(&theme.wording),
    };
    let view_options = page::ViewOptions { base_url: None, preview: options.preview };
    let column = page::Column::new(site, &facts, &view_options, &memory.page, &*memory.store);
    let (batches, mut singles) = rayon::join(|| page::batches(&column), || page::singles(&column));
    singles.extend(book::pages(&column));
    if is_sound(found) {
        show_early(theme, &batches, &singles, memory, early);
    }
    let batch = |batch: &page::Batch<'_>| render::batch(theme, batch, &memory.batches, &memory.pages);
    let mut leaves: Vec<Arc<Vec<Leaf>>> = batches.par_iter().map(batch).collect();
    leaves.push(Arc::new(singles.par_iter().map(|page| render::leaf(theme, page, &memory.pages)).collect()));
    let all = || leaves.iter().flat_map(|batch| batch.iter());
    found.extend(render::failures(all().filter(|leaf| leaf.key.is_none())));
    // Who previews wants to see the page soon; `build` and `check` weigh it.
    if !options.preview {
        found.extend(weight::check(theme, &leaves, &memory.weights));
    }
    let mut files: Files = leaves
        .par_iter()
        .flat_map_iter(|batch| batch.iter())
        .filter_map(|leaf| Some((leaf.path.clone(), here(leaf.key?, &leaf.bytes))))
        .collect();
    let mut others = render::feeds(&column);
    others.extend(render::sitemap(&column, all().filter_map(Leaf::named)));
    others.extend(render::robots(&column));
    others.extend(render::progress(&column));
    others.extend(book::booklet_styles(&column));
    let written: Vec<_> = others.par_iter().map(|file| render::file(file, &memory.files)).collect();
    for (file, rendered) in others.iter().zip(&written) {
        files.extend(rendered.key.map(|key| (file.path.clone(), here(key, &rendered.bytes))));
    }
    bind_all(&column, given, &mut files, found);
    files.extend(theme.published().map(|asset| (asset.path.clone(), here(asset.key, &asset.bytes))));
    files
}

/// Files of the output, before they are sorted; of two at one path the later
/// one counts.
type Files = Vec<(OutputPath, Artifact)>;

fn here(key: Key, bytes: &Arc<[u8]>) -> Artifact {
    Artifact { key, content: Content::Bytes(Arc::clone(bytes)) }
}

/// Every book as an EPUB.
fn bind_all(column: &page::Column<'_>, given: &Context<'_>, output: &mut Files, found: &mut Vec<Diagnostic>) {
    let epubs = book::epubs(column, given.theme, given.tree);
    let make = |epub| book::make(epub, given.theme, given.blobs, &given.memory.epubs);
    let files: Vec<_> = epubs.par_iter().map(make).collect();
    for (epub, made) in epubs.iter().zip(&files) {
        found.extend(made.diagnostics.iter().cloned());
        output.extend(made.value.key.map(|key| (epub.path.clone(), here(key, &made.value.bytes))));
    }
}

/// Renders the pages that somebody looks at; the loop over all pages then finds
/// them remembered.
fn show_early(
    theme: &Theme,
    batches: &[page::Batch<'_>],
    singles: &[page::Page<'_>],
    memory: &Memory,
    early: &Priority<'_>,
) {
    let show = |page: &page::Page<'_>| {
        let leaf = render::leaf(theme, page, &memory.pages);
        if let (Some(key), true) = (leaf.key, leaf.rendered.diagnostics.is_empty()) {
            (early.ready)(&page.path, here(key, &leaf.bytes));
        }
    };
    for path in early.pages {
        if let Some(page) = singles.iter().find(|page| page.path == *path) {
            show(page);
        } else if let Some(page) = batches.iter().find_map(|batch| batch.page(path)) {
            show(&page);
        }
    }
}

/// Pictures and documents, to be made and cleaned when they are published;
/// films, other files and `content/static/`, copied as they are. A picture that can't be shown is
/// not copied either: nobody knows what is in it.
fn copy_all(site: &Site, tree: &SourceTree, files: &mut Files) {
    let assets = site.assets.iter().zip(&site.studies);
    let assets = assets.filter(|(asset, _)| !matches!(asset.kind, AssetKind::Photo(_)));
    let assets = assets.map(|(asset, study)| (&asset.source, &asset.output, material::copy_of(study)));
    let statics = site.statics.iter().map(|(source, path)| (source, path, None));
    for (source, path, copy) in
        assets.chain(statics).filter(|(_, path, _)| !site.pictures.contains_key(*path))
    {
        if let Some(copy) = copy {
            let content = Content::Cleaned(source.clone(), copy.clone());
            files.push((path.clone(), Artifact { key: copy.key(), content }));
        } else if let Some(file) = tree.get(source) {
            let content = Content::Blob(source.clone(), file.len);
            files.push((path.clone(), Artifact { key: file.key, content }));
        }
    }
    for (path, recipe) in &site.pictures {
        let content = Content::Deferred(Arc::new(recipe.clone()));
        files.push((path.clone(), Artifact { key: recipe.key(), content }));
    }
}

/// Former addresses, and those that they lead to.
fn redirects(site: &Site) -> Vec<(OutputPath, OutputPath)> {
    let target = |alias: &site::Alias| {
        let article = site.articles.get(alias.to.0 as usize)?;
        Some((alias.from.output().clone(), article.route.output().clone()))
    };
    site.aliases.iter().filter_map(target).collect()
}

/// Attached files, and the names that they came with.
fn downloads(site: &Site) -> Vec<(OutputPath, String)> {
    let files = site.assets.iter().filter(|asset| matches!(asset.kind, AssetKind::File { .. }));
    files.map(|asset| (asset.output.clone(), page::download(&asset.source))).collect()
}

/// The search index, for when it is asked for.
fn index(site: &Arc<Site>, theme: &Theme, memory: &Memory) -> Lazy {
    if !site.has_search() {
        return Lazy::default();
    }
    let names = ["sections", "phase", "units"].map(|key| theme.wording.text(key).into_owned());
    let (site, memory) = (Arc::clone(site), Arc::clone(&memory.search));
    let artifact =
        |file: search::File| (file.path, Artifact { key: file.key, content: Content::Bytes(file.bytes) });
    Lazy::new("search/", move || -> BTreeMap<OutputPath, Artifact> {
        search::Index::new(&site, &names, &memory).files.into_iter().map(artifact).collect()
    })
}

fn stats(site: &Site, output: &Output) -> Stats {
    let is = |wanted: fn(&AssetKind) -> bool| site.assets.iter().filter(|asset| wanted(&asset.kind)).count();
    Stats {
        pages: output.files.keys().filter(|path| path.is_page()).count(),
        articles: site.articles.len(),
        photos: is(|kind| matches!(kind, AssetKind::Photo(_))),
        materials: is(|kind| matches!(kind, AssetKind::File { .. })),
    }
}
