//! The stages, in order.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::memory::{Counts, Memory};
use super::parse::parse_all;
use super::press::{Context, Files, here, render_all};
use super::{
    Artifact, Content, Lazy, Next, Now, Options, Output, Priority, Sources, Span, Stage, Stats, Validity,
    books, index, is_sound, pieces,
};
use crate::config::{self, Config};
use crate::diagnostic::{AssetFault, Checked, Diagnostic, Kind, Located, Severity, SourceFault, locate};
use crate::document::{self, Document};
use crate::path::{OutputPath, SourcePath};
use crate::site::{self, AssetKind, Site};
use crate::source::{Blobs, MAX_TEXT, Refusal, Source, SourceTree};
use crate::theme::{self, Theme};
use crate::wechat::Editions;
use crate::{lint, material, page};

/// What a build gives.
#[derive(Debug, Clone)]
pub struct BuildResult {
    /// The finished site; where there are errors, the best that can be shown.
    pub output: Output,
    /// Everything noticed of what is published, sorted by file and place.
    pub findings: Vec<Located>,
    /// What is noticed of the drafts, and would be noticed besides if they were
    /// published. It keeps nothing from being published.
    pub drafts: Vec<Located>,
    /// How much had to be done.
    pub counts: Counts,
    /// The WeChat editions of the pieces, made when they are asked for.
    pub editions: Editions,
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

/// The same as [`build`], which shows some pages early. That is a matter of
/// order alone: the result is the same.
pub fn build_showing(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: &Memory,
    early: &Priority<'_>,
) -> BuildResult {
    finish(begin(tree, options, blobs, memory, early), tree, blobs, memory, early)
}

/// The same, of a build that ends its process: the texts of pieces are let go
/// as soon as they are parsed, and what is left at the end is left to the
/// system, which takes it back at once: piece by piece it costs about 3 % of a
/// build.
pub fn build_once(
    mut tree: SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: Memory,
    early: &Priority<'_>,
) -> BuildResult {
    let begun = begin(&tree, options, blobs, &memory, early);
    tree.let_go(document::is_document);
    std::mem::forget(begun.documents.clone());
    let result = finish(begun, &tree, blobs, &memory, early);
    std::mem::forget((memory, tree));
    result
}

/// What the sources give, each for itself.
struct Begun {
    /// With the moment that is meant.
    options: Options,
    /// Whether the column itself says which.
    is_fixed: bool,
    config: Arc<Config>,
    theme: Arc<Checked<Theme>>,
    documents: Vec<Arc<Document>>,
    found: Vec<Diagnostic>,
}

fn begin(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: &Memory,
    early: &Priority<'_>,
) -> Begun {
    let observer = early.observer;
    let mut found = refused(tree);
    let config = Arc::new(config::read(tree, options.base_url.as_deref()).keep(&mut found));
    // A moment that was asked for goes before the column's own.
    let fixed = config.now.filter(|_| matches!(options.now, Now::Instant(_)));
    let options = Options { now: fixed.map_or(options.now, Now::Local), ..options.clone() };
    // One theme, which one thread compiles, and many documents.
    let (theme, (documents, of_documents)) = rayon::join(
        || {
            let _span = Span::new(observer, Stage::Theme, 1);
            let theme = compile_theme(tree, &options, blobs, &config, memory, &mut found);
            if is_sound(&found) {
                let show = |asset: &theme::ThemeAsset| {
                    (early.ready)(&asset.path, here(asset.key, &asset.bytes));
                };
                theme.value.published().for_each(show);
            }
            theme
        },
        || {
            let mut found = Vec::new();
            (parse_all(tree, &config, memory, observer, &mut found), found)
        },
    );
    found.extend(of_documents);
    found.extend(lint_yaml(tree, &config));
    Begun { options, is_fixed: fixed.is_some(), config, theme, documents, found }
}

/// The whole site of what the sources give.
fn finish(
    begun: Begun,
    tree: &SourceTree,
    blobs: &dyn Blobs,
    memory: &Memory,
    early: &Priority<'_>,
) -> BuildResult {
    let Begun { options, is_fixed, config, theme, documents, mut found } = begun;
    let (options, observer) = (&options, early.observer);
    let span = Span::new(observer, Stage::Assemble, 1);
    let sources = Sources::of_documents(documents.iter().map(|document| &document.path));
    let request = request(options, &config);
    let drafts = paths_of_drafts(&documents, options);
    // A preview shows them, and so has looked at them already.
    let kept = if drafts.is_empty() || options.preview { Vec::new() } else { documents.clone() };
    let assembled = site::assemble(documents, &config, tree, blobs, &request, &memory.site);
    let site = Arc::new(assembled.keep(&mut found));
    found.retain(|finding| !site.captions.answers(finding));
    found.extend(lint::site(&site));
    let request = site::Options { drafts: true, ..request };
    let more = with_drafts(kept, &config, tree, blobs, &request, memory, &found);
    let (mut of_drafts, mut found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|found| drafts.contains(&found.primary.path));
    of_drafts.extend(more);
    of_drafts.retain(|found| !is_place(found));
    let mut output = described(&site, request.now, is_fixed, memory);
    output.sources = sources.with_site(&site, tree, options);
    drop(span);
    if early.spool.is_none() {
        output.late = index::late(&site, &theme.value, memory);
    }
    let given = Context { tree, blobs, theme: &theme.value, options, memory };
    let (files, spooled) = print_all(&site, &given, early, &output.late, &mut found);
    let _span = Span::new(observer, Stage::Findings, 1);
    fill(&mut output, files, &site, tree, &theme.value);
    let mut counts = memory.sweep();
    counts.pages.made += spooled;
    places_as_one(&mut found);
    let located = |found| locate(found, |path| text_of(tree, blobs, path));
    let (findings, drafts) = (located(found), located(of_drafts));
    BuildResult { output, findings, drafts, counts, editions: Editions::new(&site, &theme) }
}

/// What the site is asked for.
fn request(options: &Options, config: &Config) -> site::Options {
    site::Options {
        now: local(options.now, config),
        preview: options.preview,
        drafts: options.drafts,
        fingerprint: options.fingerprint,
    }
}

/// Puts the files into the output, and what is known of them.
fn fill(output: &mut Output, mut files: Files, site: &Site, tree: &SourceTree, theme: &Theme) {
    copy_all(site, tree, &mut files);
    output.files = files.into_iter().collect();
    output.redirects = redirects(site);
    output.downloads = downloads(site);
    output.booklets = books::of(site, theme);
    output.stats = stats(site, output);
}

/// The output without its files: what is known of the site itself.
fn described(site: &Site, now: DateTime, is_fixed: bool, memory: &Memory) -> Output {
    let until = site.next.as_ref().map(|(at, _)| *at);
    Output {
        pieces: pieces::of(site, &memory.pieces),
        next: site.next.clone().map(|(at, source)| Next { at, source }),
        address_book: site.address_book.clone(),
        // What stands still is valid for no span of the clock's.
        valid: (!is_fixed).then(|| Validity::new(now, until, &site.config.timezone)),
        publishing: site.config.publishing.clone(),
        ..Output::default()
    }
}

/// All pages and files, and beside them the index where all will be published;
/// and how many pages were handed over.
fn print_all(
    site: &Site,
    given: &Context<'_>,
    early: &Priority<'_>,
    late: &Lazy,
    found: &mut Vec<Diagnostic>,
) -> (Files, u64) {
    let is_wanted = early.whole && is_sound(found);
    let index = || {
        if !is_wanted {
            return Files::new();
        }
        let _span = Span::new(early.observer, Stage::Index, 1);
        let Some(spool) = early.spool else {
            late.make();
            return Files::new();
        };
        index::spooled(site, given.theme, given.memory, spool)
    };
    let ((mut files, spooled), index_files) = rayon::join(|| render_all(site, given, early, found), index);
    files.extend(index_files);
    (files, spooled)
}

/// The drafts, where readers don't get them: what is wrong with them keeps
/// nobody waiting.
fn paths_of_drafts(documents: &[Arc<Document>], options: &Options) -> BTreeSet<SourcePath> {
    let drafts = documents.iter().filter(|document| document.front.draft && !options.drafts);
    drafts.map(|document| document.path.clone()).collect()
}

/// What would be found if the drafts were published, and is not among `found`:
/// their editor wants to know before that day. No documents, no drafts.
fn with_drafts(
    documents: Vec<Arc<Document>>,
    config: &Arc<Config>,
    tree: &SourceTree,
    blobs: &dyn Blobs,
    request: &site::Options,
    memory: &Memory,
    found: &[Diagnostic],
) -> Vec<Diagnostic> {
    if documents.is_empty() {
        return Vec::new();
    }
    let mut more = Vec::new();
    let assembled = site::assemble(documents, config, tree, blobs, request, &memory.site);
    let site = assembled.keep(&mut more);
    more.retain(|finding| !site.captions.answers(finding));
    more.extend(lint::site(&site));
    // A place says one thing of a kind, even where the words differ with what there is to name.
    let place = |finding: &Diagnostic| (finding.primary.clone(), finding.kind.code());
    let told: BTreeSet<_> = found.iter().map(place).collect();
    more.retain(|finding| !told.contains(&place(finding)));
    more
}

/// Whether a photo says where it was taken.
fn is_place(found: &Diagnostic) -> bool {
    matches!(found.kind, Kind::Asset(AssetFault::PhotoPlace { .. }))
}

/// Photos that say where they were taken, as one finding with their number: each
/// is cleaned, and nobody has to act on any of them.
fn places_as_one(found: &mut Vec<Diagnostic>) {
    let photos: BTreeSet<SourcePath> =
        found.iter().filter(|found| is_place(found)).map(|found| found.primary.path.clone()).collect();
    let Some(first) = photos.first() else { return };
    found.retain(|found| !is_place(found));
    found.push(Diagnostic::of_file(first, AssetFault::PhotoPlace { count: photos.len() }));
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

/// The moment of the build in the column's zone.
fn local(now: Now, config: &Config) -> DateTime {
    match now {
        Now::Local(local) => local,
        Now::Instant(instant) => config.timezone.to_datetime(instant),
    }
}

/// The text of a source, as positions in it are counted.
fn text_of<'t>(tree: &'t SourceTree, blobs: &dyn Blobs, path: &SourcePath) -> Option<Cow<'t, str>> {
    match tree.get(path) {
        Some(Source { bytes: Some(bytes), .. }) => Some(document::decoded(bytes)),
        Some(_) if document::is_document(path) => {
            // Let go when it was parsed; what few of them say is looked up.
            let bytes = blobs.read(path).ok()?;
            Some(Cow::Owned(document::decoded(&bytes).into_owned()))
        }
        _ => theme::builtin_text(path.as_str()).map(Cow::Borrowed),
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

fn stats(site: &Site, output: &Output) -> Stats {
    let is = |wanted: fn(&AssetKind) -> bool| site.assets.iter().filter(|asset| wanted(&asset.kind)).count();
    Stats {
        pages: output.files.keys().filter(|path| path.is_page()).count(),
        articles: site.articles.len(),
        photos: is(|kind| matches!(kind, AssetKind::Photo(_))),
        materials: is(|kind| matches!(kind, AssetKind::File { .. })),
    }
}
