//! The pages of taxonomies: all terms, and the pieces of each.

use jiff::civil::Date;
use serde::Serialize;

use crate::site::{Article, ArticleId, Taxonomy};
use crate::view::shared::Keyed;
use crate::view::{Period, TermEntry, TermLink, TermPage, TermsPage};

use super::activity::Activity;
use super::column::Column;
use super::date::Stamp;
use super::facts::PhaseFacts;
use super::head::{Frame, Head, step_to};
use super::page::{Page, View};
use super::section::newest;
use super::sheet::{Entry, Names, Sheet, sheets};
use super::words;
use crate::path::OutputPath;

#[derive(Debug, Serialize)]
struct TermsParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    taxonomy: &'static str,
    title: &'static str,
    terms: Vec<TermEntry>,
    periods: Vec<Period>,
}

#[derive(Debug, Serialize)]
struct TermParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    taxonomy: &'static str,
    taxonomy_title: &'static str,
    title: &'c str,
    phase: Option<Keyed<'c, PhaseFacts>>,
    sheet: Sheet<'c>,
}

/// A term of a taxonomy, or a series.
struct Group<'c> {
    title: &'c str,
    path: &'c str,
    items: &'c [ArticleId],
}

/// The pages of every taxonomy and of the series. The list of phases is a page
/// of its own kind, made elsewhere.
pub(super) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let mut pages = Vec::new();
    let site = column.site();
    for (taxonomy, terms) in &site.taxonomies {
        let groups: Vec<Group<'c>> = terms
            .iter()
            .map(|term| Group { title: &term.title, path: term.route.as_str(), items: &term.items })
            .collect();
        let (folder, title) = (words::folder(*taxonomy), words::taxonomy(*taxonomy));
        if *taxonomy != Taxonomy::Phases {
            pages.extend(terms_page(column, folder, title, &groups));
        }
        pages.extend(groups.iter().flat_map(|group| term_pages(column, folder, title, group)));
    }
    let series: Vec<Group<'c>> = site
        .series
        .iter()
        .map(|series| Group { title: &series.title, path: series.route.as_str(), items: &series.items })
        .collect();
    let title = words::title_of(words::SERIES_PATH);
    pages.extend(terms_page(column, "series", title, &series));
    pages.extend(series.iter().flat_map(|group| term_pages(column, "series", title, group)));
    pages
}

fn terms_page<'c>(
    column: &'c Column<'_>,
    taxonomy: &'static str,
    title: &'static str,
    groups: &[Group<'c>],
) -> Option<Page<'c>> {
    if groups.is_empty() {
        return None;
    }
    let path = OutputPath::new(&format!("{taxonomy}/index.html"))?;
    // The pieces of a series stand oldest first.
    let latest = |items: &[ArticleId]| {
        let id = if taxonomy == "series" { items.last() } else { items.first() };
        let title = &column.listing(*id?)?.title;
        Some(TermLink { title: title.title.clone(), path: title.path.clone() })
    };
    let days = |group: &Group<'c>| days_of(column, group.items);
    let activity = if taxonomy == "units" { Activity::of(groups.iter().flat_map(days)) } else { None };
    let entry = |group: &Group<'c>| TermEntry {
        title: group.title.to_owned(),
        path: group.path.to_owned(),
        count: group.items.len(),
        latest: latest(group.items),
        counts: activity.as_ref().map(|activity| activity.counts(days(group))).unwrap_or_default(),
    };
    let changed = groups.iter().filter_map(|group| changed(column, taxonomy, group)).max();
    let parts = TermsParts {
        frame: column.frame(),
        root: path.to_root(),
        taxonomy,
        title,
        terms: groups.iter().map(entry).collect(),
        periods: activity.as_ref().map(Activity::periods).unwrap_or_default(),
    };
    Some(Page::new(path, "terms.html", parts, terms_view).listed(changed))
}

/// The days on which `items` appeared.
fn days_of<'c>(column: &'c Column<'_>, items: &'c [ArticleId]) -> impl Iterator<Item = Date> {
    let articles = &column.site().articles;
    items.iter().filter_map(|id| articles.get(id.0 as usize)?.date).map(|date| date.civil.date())
}

/// When the newest piece of `group` appeared; but for a series it stands first.
fn changed(column: &Column<'_>, taxonomy: &str, group: &Group<'_>) -> Option<Stamp> {
    let items = if taxonomy == "series" { group.items } else { group.items.get(..1).unwrap_or_default() };
    newest(column, items)
}

fn term_pages<'c>(
    column: &'c Column<'_>,
    taxonomy: &'static str,
    taxonomy_title: &'static str,
    group: &Group<'c>,
) -> Vec<Page<'c>> {
    let month = |article: &Article| {
        let date = article.date.filter(|_| taxonomy != "series")?;
        Some((date.civil.year(), date.civil.month()))
    };
    let entries: Vec<Entry<'c>> = column.entries(group.items, month);
    let phase =
        column.index.phases.iter().find(|phase| taxonomy == "phases" && phase.link.title == group.title);
    let changed = changed(column, taxonomy, group);
    let page = |sheet: Sheet<'c>| {
        let path = sheet.output()?;
        let first = sheet.number == 1;
        let parts = TermParts {
            frame: column.frame(),
            root: path.to_root(),
            taxonomy,
            taxonomy_title,
            title: group.title,
            phase: phase.map(crate::view::shared::Fact::keyed),
            sheet,
        };
        let page = Page::new(path, "term.html", parts, term_view);
        Some(if first { page.listed(changed) } else { page })
    };
    sheets(&entries, column.site().config.per_page, Names::of_page(group.path))
        .into_iter()
        .filter_map(page)
        .collect()
}

fn terms_view(parts: &TermsParts<'_>) -> View {
    let path = format!("{}/index.html", parts.taxonomy);
    let title = parts.frame.title_of(&path);
    View::Terms(TermsPage {
        site: parts.frame.site.clone(),
        root: parts.root,
        page: parts.frame.page(Head {
            kind: "terms",
            title: title.clone(),
            description: format!("{}：共{}个。", parts.title, parts.terms.len()),
            path: &path,
            ..Head::default()
        }),
        taxonomy: parts.taxonomy.to_owned(),
        title,
        terms: parts.terms.clone(),
        periods: parts.periods.clone(),
        most: parts.terms.iter().flat_map(|term| &term.counts).copied().max().unwrap_or_default(),
    })
}

fn term_view(parts: &TermParts<'_>) -> View {
    let TermParts { frame, sheet, .. } = parts;
    let path = sheet.path();
    let description = parts.phase.map(|phase| phase_text(&phase)).unwrap_or_default();
    let mut steps = vec![frame.step(&format!("{}/index.html", parts.taxonomy))];
    if sheet.number > 1 {
        steps.push(step_to(&TermLink { title: parts.title.to_owned(), path: sheet.first().to_owned() }));
    }
    let said = format!("{}“{}”：共{}篇。{description}", parts.taxonomy_title, parts.title, sheet.count);
    View::Term(TermPage {
        site: frame.site.clone(),
        root: parts.root,
        page: frame.page(Head {
            kind: "term",
            title: words::numbered(parts.title, sheet.number),
            description: said,
            path: &path,
            steps,
            ..Head::default()
        }),
        taxonomy: parts.taxonomy.to_owned(),
        taxonomy_title: parts.taxonomy_title.to_owned(),
        title: parts.title.to_owned(),
        description,
        count: sheet.count,
        months: sheet.months(),
        pager: sheet.pager(),
    })
}

/// 3月8日—4月15日，共39天。目标：…；….
fn phase_text(phase: &PhaseFacts) -> String {
    let day = |day: jiff::civil::Date| format!("{}月{}日", day.month(), day.day());
    let dates = format!("{}—{}，共{}天。", day(phase.start), day(phase.end), phase.days());
    if phase.goals.is_empty() { dates } else { format!("{dates}目标：{}。", phase.goals.join("；")) }
}
