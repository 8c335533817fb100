//! The photo wall.

use serde::Serialize;

use crate::view::{PhotoMonth, PhotosPage, Shared, TermLink};

use crate::page::column::Column;
use crate::page::frame::head::{Frame, Head, step_to};
use crate::page::frame::labels;
use crate::page::key::{Page, View};
use crate::page::list::pagination::{Entry, Names, PageSlice, Shown, sheets};
use crate::page::summary::Flag;
use crate::page::tiles::Tile;

/// Photos on one page of the wall: enough to browse, few enough for a phone.
const PER_PAGE: usize = 120;

#[derive(Debug, Serialize)]
struct PhotosParts<'c> {
    frame: Frame<'c>,
    stories: Vec<&'c Shared>,
    sheet: PageSlice<'c>,
}

/// The wall's pages; none where no piece shows a photo.
pub(crate) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    if column.tiles.is_empty() {
        return Vec::new();
    }
    let entry = |tile: &'c Tile| Entry {
        shown: Shown::here(&tile.shared),
        month: tile.date.map(|date| (date.day().year(), date.day().month())),
    };
    let entries: Vec<Entry<'c>> = column.tiles.iter().map(entry).collect();
    let newest = column.tiles.first().and_then(|tile| tile.date);
    let page = |sheet: PageSlice<'c>| {
        let first = sheet.number == 1;
        let path = sheet.output()?;
        let stories = || column.newest(|summary| summary.has(Flag::Story)).map(|(_, listing)| &listing.card);
        let stories = if first { stories().collect() } else { Vec::new() };
        let page =
            Page::new(path, "photos.html", PhotosParts { frame: column.frame(), stories, sheet }, view);
        Some(if first { page.listed(newest) } else { page })
    };
    sheets(&entries, PER_PAGE, Names::of_page(labels::PHOTOS_PATH)).into_iter().filter_map(page).collect()
}

fn view(parts: &PhotosParts<'_>) -> View {
    let PhotosParts { frame, sheet, .. } = parts;
    let title = frame.title_of(labels::PHOTOS_PATH);
    let path = sheet.path();
    let home = TermLink { title: title.clone(), path: labels::PHOTOS_PATH.to_owned() };
    let month = |group: &crate::page::list::pagination::Group<'_>| PhotoMonth {
        title: group.month.map(|(year, month)| frame.local.month(year, month)).unwrap_or_default(),
        photos: group.shown.iter().filter_map(|tile| tile.shared()).collect(),
    };
    View::Photos(PhotosPage {
        site: frame.site.clone(),
        root: "",
        page: frame.page(Head {
            kind: "photos",
            title: frame.local.numbered(&title, sheet.number),
            description: frame
                .local
                .fill("photos.description", &[("name", &frame.facts.title), ("n", &sheet.count)]),
            path: &path,
            steps: if sheet.number > 1 { vec![step_to(&home)] } else { Vec::new() },
            ..Head::default()
        }),
        months: sheet.groups.iter().map(month).collect(),
        count: sheet.count,
        pager: sheet.pager(),
        stories: parts.stories.iter().map(|card| (*card).clone()).collect(),
    })
}
