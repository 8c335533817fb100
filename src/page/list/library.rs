//! The library: every file that a material offers.

use serde::Serialize;

use crate::path::OutputPath;
use crate::site::Taxonomy;
use crate::view::{BookletLink, MaterialsPage, Shared};

use crate::page::body::file;
use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::key::{Page, View};
use crate::page::summary::Flag;

#[derive(Debug, Serialize)]
struct LibraryParts<'c> {
    frame: Frame<'c>,
    rows: &'c [Shared],
    /// Type marks with their counts, by count, then by name.
    kinds: Counted,
    topics: Counted,
    issuers: Counted,
    /// The newest first.
    years: Counted,
    bytes: u64,
    /// Whether what is new can be followed: a feed wants dates.
    fed: bool,
    booklets: &'c [BookletLink],
}

/// Names with how often they occur.
type Counted = Vec<(String, usize)>;

/// The library's page; none where nothing is offered.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    if column.rows.is_empty() {
        return None;
    }
    let (mut kinds, mut topics, mut issuers, mut years) = Default::default();
    let mut bytes = 0;
    let mut newest = None;
    for (article, _) in column.newest(|summary| summary.has(Flag::Files)) {
        newest = newest.max(article.date.map(Stamp));
        let files = column.index.files(article);
        for (asset, name) in &files {
            bytes += asset.len;
            count(&mut kinds, &file::view(asset, name, &column.index.local()).kind, 1);
        }
        for topic in column.index.terms_of(article, Taxonomy::Topics) {
            count(&mut topics, &topic.title, files.len());
        }
        count(&mut issuers, article.document.front.issuer.as_deref().unwrap_or_default(), files.len());
        let year = article.date.map(|date| date.civil.year().to_string());
        count(&mut years, &year.unwrap_or_default(), files.len());
    }
    for names in [&mut kinds, &mut topics, &mut issuers] {
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    years.sort_by(|a, b| b.0.cmp(&a.0));
    let parts = LibraryParts {
        frame: column.frame(),
        rows: &column.rows,
        kinds,
        topics,
        issuers,
        years,
        bytes,
        fed: newest.is_some(),
        booklets: &column.booklets,
    };
    Some(Page::new(OutputPath::new(labels::MATERIALS_PATH)?, "materials.html", parts, view).listed(newest))
}

/// Counts `more` of `name`, unless it is empty.
fn count(names: &mut Counted, name: &str, more: usize) {
    if name.is_empty() {
        return;
    }
    match names.iter_mut().find(|(known, _)| known == name) {
        Some((_, count)) => *count += more,
        None => names.push((name.to_owned(), more)),
    }
}

fn view(parts: &LibraryParts<'_>) -> View {
    let total_size = labels::size(parts.bytes);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("name", &parts.frame.facts.title), ("n", &parts.rows.len()), ("size", &total_size)];
    View::Materials(MaterialsPage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "materials",
            title: parts.frame.title_of(labels::MATERIALS_PATH),
            description: parts.frame.local.fill("library.description", &values),
            path: labels::MATERIALS_PATH,
            feeds: parts.fed.then_some(labels::MATERIALS_FOLDER),
            ..Head::default()
        }),
        rows: parts.rows.to_vec(),
        kinds: parts.kinds.clone(),
        topics: parts.topics.clone(),
        issuers: parts.issuers.clone(),
        years: parts.years.clone(),
        total_size,
        booklets: parts.booklets.to_vec(),
    })
}
