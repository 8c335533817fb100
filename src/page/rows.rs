//! Rows of the library: each file that a material offers.

use serde::Serialize;

use crate::document::Document;
use crate::memo::{Key, Keyed, Memo};
use crate::site::{Article, Asset, Taxonomy};
use crate::view::{MaterialRow, Shared, TermLink};

use crate::page::body::file;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::PhaseFacts;
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::index::Index;
use crate::page::list::citations::Citations;
use crate::page::listings::Listings;
use crate::page::summary::Flag;

/// What a material's rows are made from.
#[derive(Debug, Serialize)]
struct RowParts<'c> {
    document: Keyed<'c, Document>,
    path: &'c str,
    date: Option<Stamp>,
    files: Vec<(Keyed<'c, Asset>, &'c str)>,
    topics: Vec<Keyed<'c, TermLink>>,
    phase: Option<Keyed<'c, PhaseFacts>>,
    replaced: bool,
    local: Keyed<'c, Local>,
}

/// One row a file, the newest first.
pub(crate) fn all(
    index: &Index<'_>,
    listings: &Listings<'_>,
    citations: &Citations<'_>,
    memo: &Memo<Vec<Shared>>,
) -> Vec<Shared> {
    let site = index.site;
    let offering = listings.newest(|summary| summary.has(Flag::Files));
    let mut rows = Vec::new();
    for article in offering.filter_map(|(id, _)| site.articles.by_id(id)) {
        let parts = parts(index, citations, article);
        rows.extend(memo.get_or(Key::hash_value(&parts), || parts.rows()).iter().cloned());
    }
    rows
}

fn parts<'c>(index: &'c Index<'_>, citations: &Citations<'_>, article: &'c Article) -> RowParts<'c> {
    let current =
        citations.of(article).and_then(|citation| index.site.articles.by_id(*citation.versions.first()?));
    RowParts {
        document: Keyed::with(article.document.key, &article.document),
        path: article.route.as_str(),
        date: article.date.map(Stamp),
        files: index.files(article),
        topics: index.terms_of(article, Taxonomy::Topics),
        phase: index.phase_of(article),
        replaced: current.is_some_and(|current| current.route != article.route),
        local: index.local(),
    }
}

impl RowParts<'_> {
    fn rows(&self) -> Vec<Shared> {
        let document = self.document.get();
        let front = &document.front;
        let row = |(asset, name): &(Keyed<'_, Asset>, &str)| {
            let file = file::view(asset, name, &self.local);
            let title = match self.files.len() {
                1 => document.title.clone(),
                _ => self.local.titled(&document.title, &file.name),
            };
            Shared::new(&MaterialRow {
                title,
                path: self.path.to_owned(),
                date: self.date.map(|date| date.view(&self.local)),
                file,
                issuer: front.issuer.clone().unwrap_or_default(),
                number: front.number.as_ref().map(|number| labels::number(&number.value)).unwrap_or_default(),
                topics: self.topics.iter().map(|topic| topic.title.clone()).collect(),
                version: front.version.clone().unwrap_or_default(),
                replaced: self.replaced,
                phase: self.phase.map(|phase| phase.link.title.clone()).unwrap_or_default(),
            })
        };
        self.files.iter().map(row).collect()
    }
}
