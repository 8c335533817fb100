//! Pages that are looked up together, rendered together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, Kind, ThemeFault};
use crate::memo::{Key, KeyBuilder, Memo};
use crate::page::{Batch, Listed, Page};
use crate::path::{OutputPath, SourcePath};
use crate::theme::Theme;

use super::html::{Rendered, html};

/// A rendered page.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Where it is written.
    pub path: OutputPath,
    /// The template that rendered it.
    pub template: &'static str,
    /// See [`Page::source`].
    pub source: Option<SourcePath>,
    /// See `Page::listed`.
    pub listed: Option<Listed>,
    /// The hash of the bytes; `None` where a template failed.
    pub key: Option<Key>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The same as it is remembered, with its findings.
    pub rendered: Arc<Checked<Rendered>>,
}

impl Leaf {
    /// What the sitemap says of it.
    pub fn named(&self) -> Option<(&OutputPath, Listed)> {
        Some((&self.path, self.listed?))
    }
}

/// Renders `page`, or remembers it.
pub fn leaf(theme: &Theme, page: &Page<'_>, pages: &Memo<Checked<Rendered>>) -> Leaf {
    let rendered = html(theme, page, pages);
    Leaf {
        path: page.path.clone(),
        template: page.template,
        source: page.source.cloned(),
        listed: page.listed,
        key: rendered.value.key,
        bytes: Arc::clone(&rendered.value.bytes),
        rendered,
    }
}

/// Renders the pages of `batch`, or remembers them: all at once, or each.
pub fn batch(
    theme: &Theme,
    batch: &Batch<'_>,
    batches: &Memo<Vec<Leaf>>,
    pages: &Memo<Checked<Rendered>>,
) -> Arc<Vec<Leaf>> {
    let mut parts = KeyBuilder::with_capacity(128);
    parts.key(batch.key);
    batch.templates.iter().for_each(|name| parts.option_key(theme.templates.key(name)));
    batches.get_or(parts.finish(), || batch.pages().iter().map(|page| leaf(theme, page, pages)).collect())
}

/// Why the pages `failed`, each reason once: a fault in a template shows itself
/// on every page that it renders.
pub fn failures<'l>(failed: impl Iterator<Item = &'l Leaf>) -> Vec<Diagnostic> {
    let mut reasons: BTreeMap<Diagnostic, (Option<String>, usize)> = BTreeMap::new();
    for diagnostic in failed.flat_map(|leaf| &leaf.rendered.diagnostics) {
        let mut reason = diagnostic.clone();
        let mut page = None;
        if let Kind::Theme(ThemeFault::Render { page: named, .. }) = &mut reason.kind {
            page = Some(std::mem::take(named));
        }
        let (first, count) = reasons.entry(reason).or_default();
        *count += 1;
        if first.is_none() || page < *first {
            *first = page;
        }
    }
    let told = |(mut reason, (first, count)): (Diagnostic, (Option<String>, usize))| {
        if let (Kind::Theme(ThemeFault::Render { page, others, .. }), Some(first)) = (&mut reason.kind, first)
        {
            (*page, *others) = (first, count - 1);
        }
        reason
    };
    reasons.into_iter().map(told).collect()
}
