//! How heavy pages are for readers: the rendered pages in, findings out about those over their budget.
//!
//! A page weighs what a first visit moves before photos, gzipped: its HTML, the theme's stylesheets
//! and scripts that it names, and the theme's fonts. Search loads by itself when it is asked and
//! does not count.
//!
//! **Invariant:** a page is compressed only where it might be over its budget, and then it is
//! weighed exactly. Of an ordinary page it is enough to know how long it is and what it loads.

use std::io::{self, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use memchr::memmem;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, SiteFault, ThemeFault};
use crate::memo::{Key, KeyBuilder, Memo};
use crate::path::{OutputPath, SourcePath};
use crate::render::{Bytes, Leaf};
use crate::theme::{ASSETS, Theme, ThemeAsset};

const KB: u64 = 1024;
/// A piece's own page.
const PIECE: u64 = 60 * KB;
/// Home and every list.
const LIST: u64 = 90 * KB;
/// All stylesheets of a page.
const STYLES: u64 = 14 * KB;
/// All scripts of a page but those of search.
const SCRIPTS: u64 = 10 * KB;

/// What is remembered of weights.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// What was found about pages that are looked up together.
    batches: Memo<Weighed>,
    /// The weight of bytes, gzipped, by their key.
    bytes: Memo<u64>,
}

/// Pages that are looked up together, weighed.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    found: Vec<Diagnostic>,
    /// As they are remembered, each for itself; held so that they stay.
    each: Vec<Arc<u64>>,
    /// The most that one of them loads of each kind; nothing where no page can
    /// be over the theme's budgets.
    most: Load,
    /// What one of them weighs that is too heavy.
    heavy: Option<u64>,
}

/// What one page weighs, as a later process is told.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
pub(super) struct PageWeight {
    load: Load,
    /// All of it, where that is too much.
    heavy: Option<u64>,
}

/// What a page loads besides itself, in bytes.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize)]
struct Load {
    styles: u64,
    scripts: u64,
    fonts: u64,
}

impl Load {
    fn of<'p>(files: impl Iterator<Item = &'p Part<'p>>) -> Self {
        files.fold(Self::default(), |mut load, file| {
            let sum = match file.kind {
                PartKind::Style => &mut load.styles,
                PartKind::Script => &mut load.scripts,
                PartKind::Font => &mut load.fonts,
            };
            *sum += file.weight;
            load
        })
    }

    fn sum(self) -> u64 {
        self.styles + self.scripts + self.fonts
    }

    /// Of each kind the larger.
    fn or(self, other: Self) -> Self {
        Self {
            styles: self.styles.max(other.styles),
            scripts: self.scripts.max(other.scripts),
            fonts: self.fonts.max(other.fonts),
        }
    }
}

impl Weights {
    /// Ends a round: forgets what was not used in it.
    pub(super) fn sweep(&self) {
        self.batches.sweep();
        self.bytes.sweep();
    }
}

impl Weighed {
    /// What the page weighs, where there is one.
    pub(super) fn page(&self) -> PageWeight {
        PageWeight { load: self.most, heavy: self.heavy }
    }

    /// One page, and what is found about its weight.
    pub(super) fn of_page(
        PageWeight { load, heavy }: PageWeight,
        template: &str,
        path: &OutputPath,
        source: Option<&SourcePath>,
    ) -> Self {
        let found = heavy.map(|weight| heavy_page(path, source, weight, limit(template)));
        Self { found: found.into_iter().collect(), most: load, heavy, ..Self::default() }
    }

    /// Adds another page.
    pub(super) fn add(&mut self, other: Self) {
        self.most = self.most.or(other.most);
        self.found.extend(other.found);
        self.each.extend(other.each);
    }
}

/// What pages are weighed on: the theme's files, weighed already.
pub(super) struct Scale<'t> {
    theme: &'t Theme,
    files: Vec<Part<'t>>,
    /// What they weigh together.
    all: Load,
    /// The key of `files`.
    key: Key,
    memory: &'t Weights,
}

impl<'t> Scale<'t> {
    /// For the pages of `theme`.
    pub(super) fn new(theme: &'t Theme, memory: &'t Weights) -> Self {
        let files: Vec<Part<'_>> =
            theme.assets.iter().filter_map(|(name, asset)| part(name, asset, &memory.bytes)).collect();
        Self { theme, all: Load::of(files.iter()), key: files_key(&files), files, memory }
    }

    /// Weighs the pages of `batch`, or remembers what they weigh.
    pub(super) fn batch(&self, batch: &[Leaf]) -> Arc<Weighed> {
        self.memory.batches.get_or(batch_key(self.key, batch), || {
            let mut weighed = Weighed::default();
            for page in batch {
                if let (Some(key), Bytes::Here(bytes)) = (page.key, &page.bytes) {
                    self.weigh(&mut weighed, page.template, &page.path, page.source.as_ref(), (key, bytes));
                }
            }
            weighed
        })
    }

    /// Weighs one page by its bytes and their key.
    pub(super) fn weigh(
        &self,
        weighed: &mut Weighed,
        template: &str,
        path: &OutputPath,
        source: Option<&SourcePath>,
        (key, bytes): (Key, &[u8]),
    ) {
        let limit = limit(template);
        let heavy_theme = self.all.styles > STYLES || self.all.scripts > SCRIPTS;
        let most = may_weigh(bytes.len() as u64);
        if most + self.all.sum() <= limit && !heavy_theme {
            return;
        }
        let load = loaded(&self.files, bytes);
        weighed.most = weighed.most.or(load);
        let loaded = load.sum();
        if most + loaded <= limit {
            return;
        }
        let own = self.memory.bytes.get_or(key, || gzipped(bytes));
        let weight = *own + loaded;
        if weight > limit {
            weighed.heavy = Some(weight);
            weighed.found.push(heavy_page(path, source, weight, limit));
        }
        weighed.each.push(own);
    }

    /// The key of what pages are weighed on.
    pub(super) fn key(&self) -> Key {
        self.key
    }

    /// What is too heavy of all that was weighed.
    pub(super) fn verdict(&self, weighed: &[Arc<Weighed>]) -> Vec<Diagnostic> {
        let most = weighed.iter().fold(Load::default(), |most, batch| most.or(batch.most));
        let mut found = heavy_theme(self.theme, most);
        found.extend(weighed.iter().flat_map(|batch| batch.found.iter().cloned()));
        found
    }
}

/// The key of what pages weigh besides themselves.
fn files_key(files: &[Part<'_>]) -> Key {
    let mut parts = KeyBuilder::default();
    for file in files {
        parts.u8(file.kind as u8);
        parts.text(file.path);
        parts.count(usize::try_from(file.weight).unwrap_or(usize::MAX));
    }
    parts.finish()
}

/// The key of all that is found about the pages of `batch`.
fn batch_key(of_files: Key, batch: &[Leaf]) -> Key {
    let mut parts = KeyBuilder::with_capacity(96 * batch.len() + 16);
    parts.key(of_files);
    for page in batch {
        parts.text(page.path.as_str());
        parts.text(page.template);
        parts.option(page.source.as_ref().map(SourcePath::as_str));
        parts.option_key(page.key);
    }
    parts.finish()
}

/// What the files weigh that the page `html` names, and the fonts.
fn loaded(files: &[Part<'_>], html: &[u8]) -> Load {
    let mut named: Vec<bool> = files.iter().map(|file| file.kind == PartKind::Font).collect();
    // One walk over the page for all files: they lie in one folder.
    for at in memmem::find_iter(html, ASSETS.as_bytes()).filter(|at| is_loaded(html, *at)) {
        let rest = html.get(at..).unwrap_or_default();
        for (file, named) in files.iter().zip(&mut named) {
            *named |= rest.starts_with(file.path.as_bytes());
        }
    }
    Load::of(files.iter().zip(named).filter(|(_, named)| *named).map(|(file, _)| file))
}

/// Whether the address that has the byte at `at` is one that browsers load by
/// themselves. What a script is told in `data-…` it fetches for those alone
/// who ask for it.
fn is_loaded(html: &[u8], at: usize) -> bool {
    let before = html.get(..at).unwrap_or_default();
    let attribute = before.iter().rposition(|byte| *byte == b'"').and_then(|quote| before.get(..quote));
    attribute.is_some_and(|text| text.ends_with(b" href=") || text.ends_with(b" src="))
}

/// A file of the theme that pages load.
struct Part<'t> {
    kind: PartKind,
    /// Its published path.
    path: &'t str,
    /// Gzipped, in bytes; fonts are compressed as they are.
    weight: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Style,
    Script,
    Font,
}

fn part<'t>(name: &str, asset: &'t ThemeAsset, memo: &Memo<u64>) -> Option<Part<'t>> {
    let kind = match name.rsplit_once('.')?.1 {
        "css" => PartKind::Style,
        "js" if !name.starts_with("search") => PartKind::Script,
        "woff2" => PartKind::Font,
        _ => return None,
    };
    let weight = match kind {
        PartKind::Font => asset.bytes.len() as u64,
        PartKind::Style | PartKind::Script => *memo.get_or(asset.key, || gzipped(&asset.bytes)),
    };
    Some(Part { kind, path: asset.path.as_str(), weight })
}

fn limit(template: &str) -> u64 {
    match template {
        "article.html" | "story.html" | "material.html" | "page.html" => PIECE,
        _ => LIST,
    }
}

/// The most that `raw` bytes of HTML weigh gzipped. Chinese text has less than 5 bits of content in
/// 8, and base64, the densest that a page can hold, 6: four fifths is more than either.
fn may_weigh(raw: u64) -> u64 {
    raw / 5 * 4 + 64
}

/// The size of `bytes`, gzipped as servers do it by themselves.
fn gzipped(bytes: &[u8]) -> u64 {
    let mut encoder = GzEncoder::new(Counter(0), Compression::new(6));
    // A counter never refuses.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(0, |counter| counter.0)
}

struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn heavy_page(path: &OutputPath, source: Option<&SourcePath>, weight: u64, limit: u64) -> Diagnostic {
    let fault = SiteFault::PageTooHeavy {
        page: path.to_string(),
        size: weight.div_ceil(KB),
        limit: limit / KB,
        piece: source.is_some(),
    };
    let config = SourcePath::config();
    Diagnostic::of_file(source.unwrap_or(&config), fault)
}

/// Styles and scripts over their budgets are the theme's fault, said once: of
/// the page that loads most.
fn heavy_theme(theme: &Theme, most: Load) -> Vec<Diagnostic> {
    let budgets = [("css", most.styles, STYLES), ("js", most.scripts, SCRIPTS)];
    let heavy = budgets.into_iter().filter(|(_, weight, limit)| weight > limit);
    let fault = |(extension, weight, limit): (&str, u64, u64)| {
        let files = format!("*.{extension}");
        let fault = ThemeFault::TooHeavy { files, size: weight.div_ceil(KB), limit: limit / KB };
        Diagnostic::of_file(&theme.manifest, fault)
    };
    heavy.map(fault).collect()
}
