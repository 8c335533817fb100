//! Pages that are looked up together, rendered together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, Kind, ThemeFault};
use crate::memo::{Key, KeyBuilder, Memo};
use crate::page::{Batch, Listed, Page};
use crate::path::{OutputPath, SourcePath};
use crate::theme::Theme;

use super::html::{Rendered, html, render_once};

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
    /// Its bytes, or how many they were where they have been let go.
    pub bytes: Bytes,
    /// The same as it is remembered, with its findings; without bytes where
    /// these have been let go.
    pub rendered: Arc<Checked<Rendered>>,
}

/// The bytes of a finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bytes {
    /// Here.
    Here(Arc<[u8]>),
    /// Handed over when they were finished; how many they were.
    Spooled(u64),
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
        bytes: Bytes::Here(Arc::clone(&rendered.value.bytes)),
        rendered,
    }
}

/// Renders `page` and hands its bytes to `take`, to be let go then: nothing is
/// remembered. `take` says whether it took them; else they stay with the leaf.
pub fn spooled(theme: &Theme, page: &Page<'_>, take: impl FnOnce(Key, &[u8]) -> bool) -> Leaf {
    let result = render_once(theme, page, |key, bytes| {
        let taken = take(key, bytes);
        (key, if taken { Bytes::Spooled(bytes.len() as u64) } else { Bytes::Here(Arc::from(bytes)) })
    });
    let (key, bytes, found) = match result {
        Ok((key, bytes)) => (Some(key), bytes, Vec::new()),
        Err(found) => (None, Bytes::Spooled(0), found.map(|found| *found).into_iter().collect()),
    };
    Leaf {
        path: page.path.clone(),
        template: page.template,
        source: page.source.cloned(),
        listed: page.listed,
        key,
        bytes,
        rendered: Arc::new(Checked { value: Rendered { key, ..Rendered::default() }, diagnostics: found }),
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
