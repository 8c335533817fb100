//! The library: every file that a material offers.

use serde::Serialize;

use crate::document::Document;
use crate::memo::Key;
use crate::memo::Keyed;
use crate::path::OutputPath;
use crate::site::{Article, Asset, Taxonomy};
use crate::view::{BookletLink, MaterialRow, MaterialsPage, Shared, TermLink};

use crate::page::article;
use crate::page::column::{Column, Listings, Mark};
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::PhaseFacts;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::index::Index;
use crate::page::key::{Page, View};
use crate::page::list::citations::Bonds;
use crate::page::memory::Memory;

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
    zone: Keyed<'c, jiff::tz::TimeZone>,
}

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

/// One row a file, the newest first.
pub(crate) fn rows(
    index: &Index<'_>,
    listings: &Listings<'_>,
    bonds: &Bonds<'_>,
    memory: &Memory,
) -> Vec<Shared> {
    let site = index.site;
    let offering = listings.newest(|brief| brief.has(Mark::Files));
    let mut rows = Vec::new();
    for article in offering.filter_map(|(id, _)| site.articles.of(id)) {
        let parts = parts(index, bonds, article);
        rows.extend(memory.rows.get_or(Key::of_value(&parts), || parts.rows()).iter().cloned());
    }
    rows
}

fn parts<'c>(index: &'c Index<'_>, bonds: &Bonds<'_>, article: &'c Article) -> RowParts<'c> {
    let current = bonds.of(article).and_then(|bond| index.site.articles.of(*bond.versions.first()?));
    RowParts {
        document: Keyed::with(article.document.key, &article.document),
        path: article.route.as_str(),
        date: article.date.map(Stamp),
        files: index.files(article),
        topics: index.terms_of(article, Taxonomy::Topics),
        phase: index.phase_of(article),
        replaced: current.is_some_and(|current| current.route != article.route),
        zone: index.zone(),
    }
}

impl RowParts<'_> {
    fn rows(&self) -> Vec<Shared> {
        let document = self.document.get();
        let front = &document.front;
        let row = |(asset, name): &(Keyed<'_, Asset>, &str)| {
            let file = article::file(asset, name);
            let title = match self.files.len() {
                1 => document.title.clone(),
                _ => format!("{}：{}", document.title, file.name),
            };
            Shared::new(&MaterialRow {
                title,
                path: self.path.to_owned(),
                date: self.date.map(|date| date.view(&self.zone)),
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

/// The library's page; none where nothing is offered.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    if column.rows.is_empty() {
        return None;
    }
    let (mut kinds, mut topics, mut issuers, mut years) = Default::default();
    let mut bytes = 0;
    let mut newest = None;
    for (article, _) in column.newest(|brief| brief.has(Mark::Files)) {
        newest = newest.max(article.date.map(Stamp));
        let files = column.index.files(article);
        for (asset, name) in &files {
            bytes += asset.len;
            count(&mut kinds, &article::file(asset, name).kind, 1);
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
    let count = parts.rows.len();
    View::Materials(MaterialsPage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "materials",
            title: parts.frame.title_of(labels::MATERIALS_PATH),
            description: format!("{}：全部{count}份文件，共{total_size}。", parts.frame.facts.title),
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
