//! The pages of taxonomies: all terms, and the pieces of each.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::memo::{Fact, Keyed};
use crate::memo::{Key, KeyBuilder};
use crate::site::{Article, ArticleId, Taxonomy, Term};
use crate::view::{Period, TermEntry, TermLink, TermPage, TermsPage};

use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::PhaseFacts;
use crate::page::frame::head::{Frame, Head, step_to};
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::key::batch::{Batch, write_frame, write_items};
use crate::page::key::{Page, View};
use crate::page::list::activity::Activity;
use crate::page::list::pagination::{Entry, Names, PageSlice, sheets};
use crate::page::list::section::newest;
use crate::path::OutputPath;

#[derive(Debug, Serialize)]
struct TermsParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    taxonomy: &'static str,
    title: &'c str,
    terms: Vec<TermEntry>,
    periods: Vec<Period>,
}

#[derive(Debug, Serialize)]
struct TermParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    taxonomy: &'static str,
    taxonomy_title: &'c str,
    title: &'c str,
    phase: Option<Keyed<'c, PhaseFacts>>,
    sheet: PageSlice<'c>,
}

/// A term of a taxonomy, or a series.
#[derive(Clone, Copy)]
struct Group<'c> {
    /// The taxonomy's folder.
    taxonomy: &'static str,
    /// What the taxonomy is called.
    taxonomy_title: &'c str,
    title: &'c str,
    path: &'c str,
    items: &'c [ArticleId],
}

/// All terms, by taxonomy; the series come last.
fn groups<'c>(column: &'c Column<'_>) -> Vec<Vec<Group<'c>>> {
    let site = column.site();
    let words = &column.index.local().get().wording;
    let of_taxonomy = |(taxonomy, terms): (&Taxonomy, &'c Vec<Term>)| {
        let (taxonomy, taxonomy_title) = (labels::folder(*taxonomy), words.word(labels::taxonomy(*taxonomy)));
        let group = |term: &'c Term| {
            let (title, path) = (term.title.as_str(), term.route.as_str());
            Group { taxonomy, taxonomy_title, title, path, items: &term.items }
        };
        terms.iter().map(group).collect()
    };
    let mut groups: Vec<Vec<Group<'c>>> = site.taxonomies.iter().map(of_taxonomy).collect();
    let series = site.series.iter().map(|series| Group {
        taxonomy: "series",
        taxonomy_title: words.word(labels::word_of(labels::SERIES_PATH)),
        title: &series.title,
        path: series.route.as_str(),
        items: &series.items,
    });
    groups.push(series.collect());
    groups
}

/// The page of all terms, for every taxonomy and for the series. The list of
/// phases is a page of its own kind, made elsewhere.
pub(crate) fn overviews<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let groups = groups(column);
    groups.iter().filter_map(|groups| terms_page(column, groups)).collect()
}

/// The pages of every term and series, a batch each.
pub(crate) fn batches<'c>(column: &'c Column<'_>) -> impl ParallelIterator<Item = Batch<'c>> {
    let groups: Vec<Group<'c>> = groups(column).into_iter().flatten().collect();
    groups.into_par_iter().map(|group| batch(column, group))
}

fn batch<'c>(column: &'c Column<'_>, group: Group<'c>) -> Batch<'c> {
    let names = Names::of_page(group.path);
    Batch::new(
        key(column, group),
        &["term.html"],
        move |path| names.has(path),
        move || term_pages(column, group),
    )
}

/// What the pages of `group` are made from.
fn key(column: &Column<'_>, group: Group<'_>) -> Key {
    let mut parts = KeyBuilder::with_capacity(64 * group.items.len() + 128);
    parts.u8(b't');
    write_frame(&mut parts, column.frame());
    parts.text(group.taxonomy);
    parts.text(group.taxonomy_title);
    parts.text(group.title);
    parts.text(group.path);
    parts.option_key(phase(column, group).map(Fact::key));
    write_items(&mut parts, column, group.items);
    parts.finish()
}

/// The phase that `group` is.
fn phase<'c>(column: &'c Column<'_>, group: Group<'_>) -> Option<&'c Fact<PhaseFacts>> {
    let mut phases = column.index.phases.iter();
    phases.find(|phase| group.taxonomy == "phases" && phase.link.title == group.title)
}

fn terms_page<'c>(column: &'c Column<'_>, groups: &[Group<'c>]) -> Option<Page<'c>> {
    let Group { taxonomy, taxonomy_title: title, .. } = *groups.first()?;
    if taxonomy == labels::folder(Taxonomy::Phases) {
        return None;
    }
    let path = OutputPath::new(&format!("{taxonomy}/index.html"))?;
    // The pieces of a series stand oldest first.
    let latest = |items: &[ArticleId]| {
        let id = if taxonomy == "series" { items.last() } else { items.first() };
        Some((*column.listing(*id?)?.title).clone())
    };
    let days = |group: &Group<'c>| days_of(column, group.items);
    let activity = if taxonomy == "units" { Activity::from_days(groups.iter().flat_map(days)) } else { None };
    let entry = |group: &Group<'c>| TermEntry {
        title: group.title.to_owned(),
        path: group.path.to_owned(),
        count: group.items.len(),
        latest: latest(group.items),
        counts: activity.as_ref().map(|activity| activity.counts(days(group))).unwrap_or_default(),
    };
    let changed = groups.iter().filter_map(|group| changed(column, *group)).max();
    let parts = TermsParts {
        frame: column.frame(),
        root: path.to_root(),
        taxonomy,
        title,
        terms: groups.iter().map(entry).collect(),
        periods: activity
            .as_ref()
            .map(|activity| activity.periods(&column.index.local()))
            .unwrap_or_default(),
    };
    Some(Page::new(path, "terms.html", parts, terms_view).listed(changed))
}

/// The days on which `items` appeared.
fn days_of<'c>(column: &'c Column<'_>, items: &'c [ArticleId]) -> impl Iterator<Item = Date> {
    items.iter().filter_map(|id| column.summary(*id)?.date).map(Stamp::day)
}

/// When the newest piece of `group` appeared; but for a series it stands first.
fn changed(column: &Column<'_>, group: Group<'_>) -> Option<Stamp> {
    let items =
        if group.taxonomy == "series" { group.items } else { group.items.get(..1).unwrap_or_default() };
    newest(column, items)
}

fn term_pages<'c>(column: &'c Column<'_>, group: Group<'c>) -> Vec<Page<'c>> {
    let month = |article: &Article| {
        let date = article.date.filter(|_| group.taxonomy != "series")?;
        Some((date.civil.year(), date.civil.month()))
    };
    let entries: Vec<Entry<'c>> = column.entries(group.items, month);
    let phase = phase(column, group).map(Fact::keyed);
    let changed = changed(column, group);
    let page = |sheet: PageSlice<'c>| {
        let path = sheet.output()?;
        let first = sheet.number == 1;
        let parts = TermParts {
            frame: column.frame(),
            root: path.to_root(),
            taxonomy: group.taxonomy,
            taxonomy_title: group.taxonomy_title,
            title: group.title,
            phase,
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
            description: parts
                .frame
                .local
                .fill("terms.description", &[("title", &parts.title), ("n", &parts.terms.len())]),
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
    let description = parts.phase.map(|phase| phase_text(&frame.local, &phase)).unwrap_or_default();
    let mut steps = vec![frame.step(&format!("{}/index.html", parts.taxonomy))];
    if sheet.number > 1 {
        steps.push(step_to(&TermLink { title: parts.title.to_owned(), path: sheet.first().to_owned() }));
    }
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("taxonomy", &parts.taxonomy_title), ("title", &parts.title), ("n", &sheet.count)];
    let said = format!("{}{description}", frame.local.fill("term.description", &values));
    View::Term(TermPage {
        site: frame.site.clone(),
        root: parts.root,
        page: frame.page(Head {
            kind: "term",
            title: frame.local.numbered(parts.title, sheet.number),
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
        months: sheet.months(&frame.local),
        pager: sheet.pager(),
    })
}

/// What may end a goal, of the marks that end the sentence it is put into.
const FULL_STOPS: [char; 4] = ['。', '．', '.', '；'];

/// 3月8日—4月15日，共39天。目标：…；….
fn phase_text(local: &Local, phase: &PhaseFacts) -> String {
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("from", &local.day(phase.start)), ("to", &local.day(phase.end)), ("n", &phase.days())];
    let mut said = local.fill("phase.range", &values);
    if !phase.goals.is_empty() {
        // The sentence has its own full stop.
        let goals: Vec<&str> = phase.goals.iter().map(|goal| goal.trim_end_matches(FULL_STOPS)).collect();
        let goals = goals.join(&local.text("phase.goals_between"));
        said += &local.fill("phase.goals", &[("text", &goals)]);
    }
    said
}
