//! How heavy pages are for readers: the rendered pages in, findings out about those over their budget.
//!
//! A page weighs what a first visit moves before photos, gzipped: its HTML, the theme's stylesheets
//! and scripts that it names, and the theme's fonts. Search loads by itself when it is asked and
//! does not count.
//!
//! **Invariant:** a page is compressed only where it might be over its budget. Ten thousand ordinary
//! pages cost ten thousand comparisons.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, SiteFault, ThemeFault};
use crate::memo::Memo;
use crate::path::SourcePath;
use crate::render::Leaf;
use crate::theme::{Theme, ThemeAsset};

const KB: u64 = 1024;
/// A piece's own page.
const PIECE: u64 = 60 * KB;
/// Home and every list.
const LIST: u64 = 90 * KB;
/// All stylesheets of a page: 14 KB, and one for the 64 colours that stand in
/// the place of photos.
const STYLES: u64 = 15 * KB;
/// All scripts of a page but those of search.
const SCRIPTS: u64 = 10 * KB;

/// What is too heavy. `memo` remembers the weight of bytes by their key.
pub(super) fn check(theme: &Theme, leaves: &[Arc<Vec<Leaf>>], memo: &Memo<u64>) -> Vec<Diagnostic> {
    let parts: Vec<Part<'_>> =
        theme.assets.iter().filter_map(|(name, asset)| part(name, asset, memo)).collect();
    let mut found = heavy_theme(theme, &parts, &samples(leaves));
    let all: u64 = parts.iter().map(|part| part.weight).sum();
    let heavy: Vec<Diagnostic> = leaves
        .par_iter()
        .flat_map_iter(|batch| batch.iter())
        .filter_map(|page| {
            let limit = limit(page.template);
            let bytes = &page.bytes;
            if may_weigh(bytes.len() as u64) + all <= limit {
                return None;
            }
            let own = *memo.get_or(page.key?, || gzipped(bytes));
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            let named = parts.iter().filter(|part| part.kind == PartKind::Font || text.contains(part.path));
            let weight = own + named.map(|part| part.weight).sum::<u64>();
            (weight > limit).then(|| heavy_page(page, weight, limit))
        })
        .collect();
    found.extend(heavy);
    found
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

fn heavy_page(page: &Leaf, weight: u64, limit: u64) -> Diagnostic {
    let fault = SiteFault::PageTooHeavy {
        page: page.path.to_string(),
        size: weight.div_ceil(KB),
        limit: limit / KB,
        piece: page.source.is_some(),
    };
    let config = SourcePath::config();
    Diagnostic::of_file(page.source.as_ref().unwrap_or(&config), fault)
}

/// Of each template the page with the most to it, as text.
fn samples(leaves: &[Arc<Vec<Leaf>>]) -> Vec<&str> {
    let mut longest: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for page in leaves.iter().flat_map(|batch| batch.iter()) {
        let bytes = &*page.bytes;
        let known = longest.entry(page.template).or_default();
        if bytes.len() > known.len() {
            *known = bytes;
        }
    }
    longest.into_values().filter_map(|bytes| std::str::from_utf8(bytes).ok()).collect()
}

/// Styles and scripts over their budgets are the theme's fault, said once: of
/// the page that loads most.
fn heavy_theme(theme: &Theme, parts: &[Part<'_>], samples: &[&str]) -> Vec<Diagnostic> {
    let budgets = [(PartKind::Style, "css", STYLES), (PartKind::Script, "js", SCRIPTS)];
    let heavy = budgets.into_iter().filter_map(|(kind, extension, limit)| {
        let of_page = |page: &&str| {
            let named = parts.iter().filter(|part| part.kind == kind && page.contains(part.path));
            named.map(|part| part.weight).sum::<u64>()
        };
        let weight = samples.iter().map(of_page).max().unwrap_or_default();
        let fault = ThemeFault::TooHeavy {
            files: format!("*.{extension}"),
            size: weight.div_ceil(KB),
            limit: limit / KB,
        };
        (weight > limit).then(|| Diagnostic::of_file(&theme.manifest, fault))
    });
    heavy.collect()
}
