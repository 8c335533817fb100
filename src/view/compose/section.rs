//! The pages of a section.

use serde::Serialize;

use crate::config::Sort;
use crate::site::{Article, ArticleId, List};
use crate::view::SectionPage;
use crate::view::shared::Keyed;

use super::body::{BodyParts, Place};
use super::column::Column;
use super::date::Stamp;
use super::facts::SectionFacts;
use super::head::{Frame, Head, step_to};
use super::page::{Page, View};
use super::sheet::{Entry, Names, Sheet, sheets};
use super::{fill, words};

#[derive(Debug, Serialize)]
struct SectionParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    section: Keyed<'c, SectionFacts>,
    intro: Option<BodyParts<'c>>,
    sheet: Sheet<'c>,
}

/// The pages of every section that has something to show.
pub(super) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let lists = &column.site().sections;
    let empty = List::default();
    let mut pages = Vec::new();
    for (at, section) in column.index.sections.iter().enumerate() {
        if section.link.path.is_empty() {
            continue;
        }
        let list = lists.iter().find(|list| list.section == at).unwrap_or(&empty);
        let entries = entries(column, at, list);
        let changed = newest(column, &list.items);
        for sheet in sheets(&entries, column.site().config.per_page, Names::of_folder(&section.folder)) {
            pages.extend(page(column, at, sheet, changed));
        }
    }
    pages
}

fn page<'c>(column: &'c Column<'_>, at: usize, sheet: Sheet<'c>, changed: Option<Stamp>) -> Option<Page<'c>> {
    let section = column.index.sections.get(at)?.keyed();
    let path = sheet.output()?;
    let first = sheet.number == 1;
    let intro = column.site().intros.get(&at).filter(|_| first);
    let place = Place {
        root: path.to_root(),
        own: &section.get().link.path,
        elsewhere: false,
        first: true,
        largest: false,
    };
    let parts = SectionParts {
        frame: column.frame(),
        root: path.to_root(),
        section,
        intro: intro.map(|intro| column.index.body(intro, place)),
        sheet,
    };
    let page = Page::new(path, "section.html", parts, view);
    let page = match intro {
        Some(intro) => page.from(&intro.document.path),
        None => page,
    };
    Some(if first { page.listed(changed) } else { page })
}

/// The list's entries: by month where the order is by date, and pinned ones
/// before the first month.
fn entries<'c>(column: &'c Column<'_>, at: usize, list: &List) -> Vec<Entry<'c>> {
    let sort = column.site().config.sections.get(at).map_or(Sort::default(), |section| section.sort);
    let dated = matches!(sort, Sort::DateDesc | Sort::Date);
    let month = |article: &Article| {
        let month = article.date.filter(|_| dated && !article.document.front.pinned);
        month.map(|date| (date.civil.year(), date.civil.month()))
    };
    column.entries(&list.items, month)
}

/// When the newest of `items` last changed.
pub(super) fn newest(column: &Column<'_>, items: &[ArticleId]) -> Option<Stamp> {
    let articles = items.iter().filter_map(|id| column.site().articles.get(id.0 as usize));
    articles.filter_map(|article| article.date).max().map(Stamp)
}

fn view(parts: &SectionParts<'_>) -> View {
    let SectionParts { frame, section, sheet, .. } = parts;
    let path = sheet.path();
    View::Section(SectionPage {
        site: frame.site.clone(),
        root: parts.root,
        page: frame.page(Head {
            kind: "section",
            title: words::numbered(&section.link.title, sheet.number),
            description: section.description.clone(),
            path: &path,
            section: Some(section.get()),
            steps: if sheet.number > 1 { vec![step_to(&section.link)] } else { Vec::new() },
            ..Head::default()
        }),
        title: section.link.title.clone(),
        description: section.description.clone(),
        kind: words::kind(section.kind).to_owned(),
        count: sheet.count,
        intro: parts.intro.as_ref().map(fill::shared),
        months: sheet.months(),
        pager: sheet.pager(),
    })
}
