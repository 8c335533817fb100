//! The pages of a section.

use rayon::prelude::*;
use serde::Serialize;

use crate::config::{Kind, Sort};
use crate::memo::Keyed;
use crate::memo::{Key, KeyBuilder};
use crate::path::OutputPath;
use crate::site::{Article, ArticleId};
use crate::view::{BookletLink, SectionPage};

use crate::page::body;
use crate::page::body::links::{BodyParts, Place};
use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::SectionFacts;
use crate::page::frame::head::{Frame, Head, step_to};
use crate::page::frame::labels;
use crate::page::key::batch::{Batch, write_frame, write_items};
use crate::page::key::{Page, View};
use crate::page::list::pagination::{Entry, Names, PageSlice, sheets};

#[derive(Debug, Serialize)]
struct SectionParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    section: Keyed<'c, SectionFacts>,
    intro: Option<BodyParts<'c>>,
    booklets: &'c [BookletLink],
    sheet: PageSlice<'c>,
}

/// The pages of every section that has something to show, a batch each.
pub(crate) fn batches<'c>(column: &'c Column<'_>) -> impl ParallelIterator<Item = Batch<'c>> {
    let sections = column.index.sections.par_iter().enumerate();
    let filled = sections.filter(|(_, section)| !section.link.path.is_empty());
    filled.map(|(at, _)| batch(column, at))
}

fn batch<'c>(column: &'c Column<'_>, at: usize) -> Batch<'c> {
    let list = column.site().sections.iter().find(|list| list.section == at);
    let items: &'c [ArticleId] = list.map_or(&[], |list| &list.items);
    let folder = column.index.sections.get(at).map_or("", |section| section.folder.as_str());
    let names = Names::of_folder(folder);
    Batch::new(
        key(column, at, items),
        &["section.html"],
        move |path| names.has(path),
        move || pages(column, at, items),
    )
}

/// What the pages of the section `at` are made from.
fn key(column: &Column<'_>, at: usize, items: &[ArticleId]) -> Key {
    let mut parts = KeyBuilder::with_capacity(64 * items.len() + 128);
    parts.u8(b's');
    write_frame(&mut parts, column.frame());
    parts.key(column.index.key);
    parts.count(at);
    parts.u8(sort(column, at) as u8);
    parts.option_key(intro(column, at).map(|intro| Key::hash_value(&intro)));
    parts.key(Key::hash_value(&booklets(column, at)));
    write_items(&mut parts, column, items);
    parts.finish()
}

fn pages<'c>(column: &'c Column<'_>, at: usize, items: &[ArticleId]) -> Vec<Page<'c>> {
    let Some(section) = column.index.sections.get(at) else { return Vec::new() };
    let entries = entries(column, at, items);
    let changed = newest(column, items);
    let sheets = sheets(&entries, column.site().config.per_page, Names::of_folder(&section.folder));
    sheets.into_iter().filter_map(|sheet| page(column, at, sheet, changed)).collect()
}

/// The section's introduction, as its first page reads it.
fn intro<'c>(column: &'c Column<'_>, at: usize) -> Option<BodyParts<'c>> {
    let (section, intro) = (column.index.sections.get(at)?, column.site().intros.get(&at)?);
    let own = section.link.path.as_str();
    let root = OutputPath::new(own)?.to_root();
    Some(column.index.body(intro, Place { root, own, elsewhere: false, first: true, largest: false }))
}

/// The books, where the section's pieces are materials.
fn booklets<'c>(column: &'c Column<'_>, at: usize) -> &'c [BookletLink] {
    let material = column.index.sections.get(at).is_some_and(|section| section.kind == Kind::Material);
    if material { &column.booklets } else { &[] }
}

fn sort(column: &Column<'_>, at: usize) -> Sort {
    column.site().config.sections.get(at).map_or(Sort::default(), |section| section.sort)
}

fn page<'c>(
    column: &'c Column<'_>,
    at: usize,
    sheet: PageSlice<'c>,
    changed: Option<Stamp>,
) -> Option<Page<'c>> {
    let section = column.index.sections.get(at)?.keyed();
    let path = sheet.output()?;
    let first = sheet.number == 1;
    let parts = SectionParts {
        frame: column.frame(),
        root: path.to_root(),
        section,
        intro: intro(column, at).filter(|_| first),
        booklets: if first { booklets(column, at) } else { &[] },
        sheet,
    };
    let page = Page::new(path, "section.html", parts, view);
    let page = match column.site().intros.get(&at).filter(|_| first) {
        Some(intro) => page.from(&intro.document.path),
        None => page,
    };
    Some(if first { page.listed(changed) } else { page })
}

/// The list's entries: by month where the order is by date, and pinned ones
/// before the first month.
fn entries<'c>(column: &'c Column<'_>, at: usize, items: &[ArticleId]) -> Vec<Entry<'c>> {
    let dated = matches!(sort(column, at), Sort::DateDesc | Sort::Date);
    let month = |article: &Article| {
        let month = article.date.filter(|_| dated && !article.document.front.pinned);
        month.map(|date| (date.civil.year(), date.civil.month()))
    };
    column.entries(items, month)
}

/// When the newest of `items` last changed.
pub(crate) fn newest(column: &Column<'_>, items: &[ArticleId]) -> Option<Stamp> {
    items.iter().filter_map(|id| column.summary(*id)?.date).max()
}

fn view(parts: &SectionParts<'_>) -> View {
    let SectionParts { frame, section, sheet, .. } = parts;
    let path = sheet.path();
    View::Section(SectionPage {
        site: frame.site.clone(),
        root: parts.root,
        page: frame.page(Head {
            kind: "section",
            title: frame.local.numbered(&section.link.title, sheet.number),
            description: section.description.clone(),
            path: &path,
            section: Some(section.get()),
            steps: if sheet.number > 1 { vec![step_to(&section.link)] } else { Vec::new() },
            ..Head::default()
        }),
        title: section.link.title.clone(),
        description: section.description.clone(),
        kind: labels::kind(section.kind).to_owned(),
        count: sheet.count,
        intro: parts.intro.as_ref().map(body::shared),
        booklets: parts.booklets.to_vec(),
        months: sheet.months(&frame.local),
        pager: sheet.pager(),
    })
}
