//! Pages that are looked up together, and what is known of them before they
//! are made.

use std::fmt;

use crate::memo::{Key, KeyBuilder};
use crate::path::OutputPath;
use crate::site::{Article, ArticleId, Run};

use crate::page::article;
use crate::page::column::Column;
use crate::page::frame::head::Frame;
use crate::page::key::Page;
use crate::page::summary::Flag;

/// Pages that are looked up together: those of neighbouring pieces, or all
/// pages of one list. Where nothing of them changed, one look is enough.
///
/// **Invariant:** equal keys mean equal pages: the key is made of the keys of
/// all that the pages' own keys are made from.
pub struct Batch<'c> {
    /// The key of all its pages.
    pub key: Key,
    /// The templates that render them.
    pub templates: &'static [&'static str],
    find: Find<'c>,
    make: Box<dyn Fn() -> Vec<Page<'c>> + Send + Sync + 'c>,
}

impl<'c> Batch<'c> {
    /// The pages that `make` makes; `has` says whether one of them may be at a
    /// path.
    pub(crate) fn new(
        key: Key,
        templates: &'static [&'static str],
        has: impl Fn(&str) -> bool + Send + Sync + 'c,
        make: impl Fn() -> Vec<Page<'c>> + Clone + Send + Sync + 'c,
    ) -> Self {
        let all = make.clone();
        let page = move |path: &OutputPath| all().into_iter().find(|page| page.path == *path);
        let find = move |path: &OutputPath| has(path.as_str()).then(|| page(path)).flatten();
        Self { key, templates, find: Box::new(find), make: Box::new(make) }
    }

    /// Its pages.
    pub fn pages(&self) -> Vec<Page<'c>> {
        (self.make)()
    }

    /// The page at `path`, where it is one of these.
    pub fn page(&self, path: &OutputPath) -> Option<Page<'c>> {
        (self.find)(path)
    }
}

/// Finds the page at a path.
type Find<'c> = Box<dyn Fn(&OutputPath) -> Option<Page<'c>> + Send + Sync + 'c>;

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("key", &self.key)
            .field("templates", &self.templates)
            .finish_non_exhaustive()
    }
}

/// The pages of the pieces of `run`, whose first has the number `first`.
pub(crate) fn of_run<'c>(column: &'c Column<'_>, run: &'c Run, first: usize) -> Batch<'c> {
    let page = move |(at, article): (usize, &'c Article)| {
        let id = ArticleId(u32::try_from(first + at).ok()?);
        Some(article::page(column, article, column.listing(id)?))
    };
    let make = move || run.articles().iter().enumerate().filter_map(page).collect();
    // One page is wanted soon: its neighbours are not made for it.
    let find = move |path: &OutputPath| {
        run.articles().iter().enumerate().find(|(_, article)| article.route.output() == path).and_then(page)
    };
    let key = run_key(column, run);
    Batch { key, templates: &article::TEMPLATES, find: Box::new(find), make: Box::new(make) }
}

/// What the pages of a run are made from. Their own cards follow from the run
/// and the index.
fn run_key(column: &Column<'_>, run: &Run) -> Key {
    let mut parts = KeyBuilder::with_capacity(160 * run.articles().len() + 128);
    parts.u8(b'r');
    write_frame(&mut parts, column.frame());
    parts.key(column.index.key);
    parts.key(run.key());
    for article in run.articles() {
        let title = |id: Option<ArticleId>| Some(column.summary(id?)?.title);
        parts.option_key(title(article.previous));
        parts.option_key(title(article.next));
        let series = article.series.and_then(|(series, _)| column.index.series.get(series));
        parts.option_key(series.map(crate::memo::Fact::key));
        parts.count(article.related.len());
        for id in &article.related {
            parts.option_key(column.summary(*id).map(|summary| summary.card));
        }
        write_citation(&mut parts, column, article);
    }
    parts.finish()
}

/// Versions of a material, and pieces that cite it.
fn write_citation(parts: &mut KeyBuilder, column: &Column<'_>, article: &Article) {
    let Some(citation) = column.citations.of(article) else { return parts.count(0) };
    parts.count(citation.versions.len());
    parts.count(citation.cited.len());
    for id in citation.versions.iter().chain(&citation.cited) {
        parts.option_key(column.summary(*id).map(|summary| summary.title));
    }
    for id in &citation.versions {
        let version =
            column.site().articles.by_id(*id).and_then(|other| other.document.front.version.as_deref());
        parts.option(version);
    }
}

/// What every page is made from.
pub(crate) fn write_frame(parts: &mut KeyBuilder, frame: Frame<'_>) {
    parts.key(frame.site.key());
    parts.key(frame.facts.key());
    parts.key(frame.local.key());
}

/// What the pages of a list show of its pieces.
pub(crate) fn write_items(parts: &mut KeyBuilder, column: &Column<'_>, items: &[ArticleId]) {
    parts.number(i64::try_from(column.site().config.per_page).unwrap_or(i64::MAX));
    parts.count(items.len());
    for summary in items.iter().filter_map(|id| column.summary(*id)) {
        parts.key(summary.card);
        parts.bool(summary.has(Flag::Pinned));
        crate::document::moment(parts, summary.date.map(|date| date.0.civil));
    }
}
