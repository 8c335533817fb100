//! The archive: all pieces by year and month, titles only.

use serde::Serialize;

use crate::path::OutputPath;
use crate::view::shared::Keyed;
use crate::view::{ArchiveMonth, ArchivePage, ArchiveYear, BookletLink, MonthPage, TermLink, Title};

use super::column::Column;
use super::date::Stamp;
use super::head::{Frame, Head};
use super::page::{Page, View};
use super::words;

/// A month that has pieces.
#[derive(Debug)]
struct Month<'c> {
    /// Year and month.
    of: (i16, i8),
    newest: Stamp,
    titles: Vec<Keyed<'c, Title>>,
}

#[derive(Debug, Serialize)]
struct ArchiveParts<'c> {
    frame: Frame<'c>,
    /// Year, month, pieces; the newest first.
    months: Vec<(i16, i8, usize)>,
    booklets: &'c [BookletLink],
}

#[derive(Debug, Serialize)]
struct MonthParts<'c> {
    frame: Frame<'c>,
    month: (i16, i8),
    previous: Option<(i16, i8)>,
    next: Option<(i16, i8)>,
    titles: Vec<Keyed<'c, Title>>,
}

/// The archive and its months; none where no piece has a date.
pub(super) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let months = months(column);
    let counts: Vec<_> = months.iter().map(|month| (month.of.0, month.of.1, month.titles.len())).collect();
    let name = |at: Option<usize>| counts.get(at?).map(|(year, month, _)| (*year, *month));
    let mut pages = Vec::new();
    for (at, month) in months.iter().enumerate() {
        let Some(path) = OutputPath::new(&path(month.of)) else { continue };
        let parts = MonthParts {
            frame: column.frame(),
            month: month.of,
            previous: name(Some(at + 1)),
            next: name(at.checked_sub(1)),
            titles: month.titles.clone(),
        };
        pages.push(Page::new(path, "month.html", parts, month_view).listed(Some(month.newest)));
    }
    if let (Some(newest), Some(path)) = (months.first(), OutputPath::new(words::ARCHIVE_PATH)) {
        let parts = ArchiveParts { frame: column.frame(), months: counts, booklets: &column.booklets };
        pages.push(Page::new(path, "archive.html", parts, archive_view).listed(Some(newest.newest)));
    }
    pages
}

fn months<'c>(column: &'c Column<'_>) -> Vec<Month<'c>> {
    let mut months: Vec<Month<'c>> = Vec::new();
    for (article, listing) in column.newest() {
        let Some(date) = article.date.map(Stamp) else { continue };
        let of = (date.day().year(), date.day().month());
        let title = listing.title.keyed();
        match months.last_mut().filter(|last| last.of == of) {
            Some(last) => last.titles.push(title),
            None => months.push(Month { of, newest: date, titles: vec![title] }),
        }
    }
    months
}

fn path((year, month): (i16, i8)) -> String {
    format!("archive/{year:04}-{month:02}.html")
}

fn name((year, month): (i16, i8)) -> String {
    format!("{year}年{month}月")
}

fn archive_view(parts: &ArchiveParts<'_>) -> View {
    let title = parts.frame.title_of(words::ARCHIVE_PATH);
    let count = parts.months.iter().map(|(_, _, count)| count).sum();
    let year = |months: &[(i16, i8, usize)]| ArchiveYear {
        year: months.first().map_or(0, |(year, _, _)| *year),
        count: months.iter().map(|(_, _, count)| count).sum(),
        months: months
            .iter()
            .map(|(year, month, count)| ArchiveMonth {
                month: *month,
                path: path((*year, *month)),
                count: *count,
            })
            .collect(),
    };
    View::Archive(ArchivePage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "archive",
            title,
            description: format!("{}：共{count}篇，按月排列。", parts.frame.facts.title),
            path: words::ARCHIVE_PATH,
            ..Head::default()
        }),
        years: parts.months.chunk_by(|a, b| a.0 == b.0).map(year).collect(),
        count,
        booklets: parts.booklets.to_vec(),
    })
}

fn month_view(parts: &MonthParts<'_>) -> View {
    let title = name(parts.month);
    let link = |month| TermLink { title: name(month), path: path(month) };
    View::Month(MonthPage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "month",
            title: title.clone(),
            description: format!("{}：{title}的{}篇。", parts.frame.facts.title, parts.titles.len()),
            path: &path(parts.month),
            steps: vec![parts.frame.step(words::ARCHIVE_PATH)],
            ..Head::default()
        }),
        title,
        items: parts.titles.iter().map(|title| title.get().clone()).collect(),
        previous: parts.previous.map(link),
        next: parts.next.map(link),
    })
}
