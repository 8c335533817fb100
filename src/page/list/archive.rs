//! The archive: all pieces by year and month, titles only.

use std::sync::Arc;

use serde::Serialize;

use crate::document::moment;
use crate::memo::KeyBuilder;
use crate::memo::Keyed;
use crate::path::OutputPath;
use crate::site::ArticleId;
use crate::view::{ArchiveMonth, ArchivePage, ArchiveYear, BookletLink, MonthPage, TermLink, Title};

use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::key::batch::{Batch, write_frame};
use crate::page::key::{Page, View};

/// As many titles as this stand on the archive's own page: more would hide its
/// months.
const FEW: usize = 100;

/// A month that has pieces.
#[derive(Debug)]
struct Month {
    /// Year and month.
    of: (i16, i8),
    newest: Stamp,
    pieces: Vec<ArticleId>,
}

/// The months beside a month.
#[derive(Debug, Clone, Copy, Serialize)]
struct Around {
    previous: Option<(i16, i8)>,
    next: Option<(i16, i8)>,
}

#[derive(Debug, Serialize)]
struct ArchiveParts<'c> {
    frame: Frame<'c>,
    /// Year, month, pieces; the newest first.
    months: Vec<(i16, i8, usize)>,
    /// The titles of each month, where all of them are few.
    titles: Vec<Vec<Keyed<'c, Title>>>,
    booklets: &'c [BookletLink],
}

#[derive(Debug, Serialize)]
struct MonthParts<'c> {
    frame: Frame<'c>,
    month: (i16, i8),
    around: Around,
    titles: Vec<Keyed<'c, Title>>,
}

/// The page of each month, a batch each.
pub(crate) fn batches<'c>(column: &'c Column<'_>) -> Vec<Batch<'c>> {
    let months = months(column);
    let of = |at: Option<usize>| months.get(at?).map(|month| month.of);
    let around =
        (0..months.len()).map(|at| Around { previous: of(Some(at + 1)), next: of(at.checked_sub(1)) });
    let around: Vec<Around> = around.collect();
    months.into_iter().zip(around).map(|(month, around)| batch(column, month, around)).collect()
}

fn batch<'c>(column: &'c Column<'_>, month: Month, around: Around) -> Batch<'c> {
    let mut parts = KeyBuilder::with_capacity(16 * month.pieces.len() + 128);
    parts.u8(b'm');
    write_frame(&mut parts, column.frame());
    for of in [Some(month.of), around.previous, around.next] {
        let (year, month) = of.unwrap_or_default();
        parts.number(i64::from(year));
        parts.number(i64::from(month));
    }
    moment(&mut parts, Some(month.newest.0.civil));
    parts.count(month.pieces.len());
    for id in &month.pieces {
        parts.option_key(column.summary(*id).map(|summary| summary.title));
    }
    let own = path(month.of);
    let month = Arc::new(month);
    let make = move || month_page(column, &month, around).into_iter().collect();
    Batch::new(parts.finish(), &["month.html"], move |path| path == own, make)
}

fn month_page<'c>(column: &'c Column<'_>, month: &Month, around: Around) -> Option<Page<'c>> {
    let title = |id: &ArticleId| Some(column.listing(*id)?.title.keyed());
    let parts = MonthParts {
        frame: column.frame(),
        month: month.of,
        around,
        titles: month.pieces.iter().filter_map(title).collect(),
    };
    let page = Page::new(OutputPath::new(&path(month.of))?, "month.html", parts, month_view);
    Some(page.listed(Some(month.newest)))
}

/// The archive; none where no piece has a date.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let months = months(column);
    let newest = months.first()?.newest;
    let counts = months.iter().map(|month| (month.of.0, month.of.1, month.pieces.len())).collect();
    let title = |id: &ArticleId| Some(column.listing(*id)?.title.keyed());
    let all: usize = months.iter().map(|month| month.pieces.len()).sum();
    let titles = months.iter().filter(|_| all <= FEW);
    let titles = titles.map(|month| month.pieces.iter().filter_map(title).collect()).collect();
    let parts = ArchiveParts { frame: column.frame(), months: counts, titles, booklets: &column.booklets };
    let page = Page::new(OutputPath::new(labels::ARCHIVE_PATH)?, "archive.html", parts, archive_view);
    Some(page.listed(Some(newest)))
}

/// The months that have pieces, the newest first.
fn months(column: &Column<'_>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for (id, summary) in column.summaries() {
        let Some(date) = summary.date else { continue };
        let of = (date.day().year(), date.day().month());
        match months.last_mut().filter(|last| last.of == of) {
            Some(last) => last.pieces.push(id),
            None => months.push(Month { of, newest: date, pieces: vec![id] }),
        }
    }
    months
}

fn path((year, month): (i16, i8)) -> String {
    format!("archive/{year:04}-{month:02}.html")
}

fn archive_view(parts: &ArchiveParts<'_>) -> View {
    let title = parts.frame.title_of(labels::ARCHIVE_PATH);
    let count: usize = parts.months.iter().map(|(_, _, count)| count).sum();
    let month = |(at, (year, month, count)): (usize, &(i16, i8, usize))| ArchiveMonth {
        month: *month,
        path: path((*year, *month)),
        count: *count,
        items: parts.titles.get(at).into_iter().flatten().map(|title| title.get().clone()).collect(),
    };
    let months: Vec<(i16, ArchiveMonth)> =
        parts.months.iter().enumerate().map(|entry| (entry.1.0, month(entry))).collect();
    let year = |months: &[(i16, ArchiveMonth)]| ArchiveYear {
        year: months.first().map_or(0, |(year, _)| *year),
        count: months.iter().map(|(_, month)| month.count).sum(),
        months: months.iter().map(|(_, month)| month.clone()).collect(),
    };
    View::Archive(ArchivePage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "archive",
            title,
            description: parts
                .frame
                .local
                .fill("archive.description", &[("name", &parts.frame.facts.title), ("n", &count)]),
            path: labels::ARCHIVE_PATH,
            ..Head::default()
        }),
        years: months.chunk_by(|a, b| a.0 == b.0).map(year).collect(),
        count,
        booklets: parts.booklets.to_vec(),
    })
}

fn month_view(parts: &MonthParts<'_>) -> View {
    let local = parts.frame.local;
    let name = |(year, month): (i16, i8)| local.month(year, month);
    let title = name(parts.month);
    let link = |month| TermLink { title: name(month), path: path(month) };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("name", &parts.frame.facts.title), ("title", &title), ("n", &parts.titles.len())];
    View::Month(MonthPage {
        site: parts.frame.site.clone(),
        root: "../",
        page: parts.frame.page(Head {
            kind: "month",
            title: title.clone(),
            description: local.fill("archive.month_description", &values),
            path: &path(parts.month),
            steps: vec![parts.frame.step(labels::ARCHIVE_PATH)],
            ..Head::default()
        }),
        title,
        items: parts.titles.iter().map(|title| title.get().clone()).collect(),
        previous: parts.around.previous.map(link),
        next: parts.around.next.map(link),
    })
}
