//! The photo wall.

use std::sync::Arc;

use serde::Serialize;

use crate::config::Kind;
use crate::document::Document;
use crate::memo::Key;
use crate::memo::Keyed;
use crate::site::{Article, Asset, AssetId, Reference, Site};
use crate::view::{PhotoMonth, PhotoTile, PhotosPage, Shared, TermLink};

use crate::page::body::links;
use crate::page::column::{Column, Listings, Mark};
use crate::page::frame::date::Stamp;
use crate::page::frame::head::{Frame, Head, step_to};
use crate::page::frame::labels;
use crate::page::index::Index;
use crate::page::key::{Page, View};
use crate::page::list::pagination::{Entry, Names, Sheet, sheets};
use crate::page::listing::Listing;
use crate::page::memory::Memory;

/// Photos on one page of the wall: enough to browse, few enough for a phone.
const PER_PAGE: usize = 120;

/// A photo of the wall.
#[derive(Debug, Clone)]
pub(crate) struct Tile {
    /// The [`PhotoTile`].
    pub shared: Shared,
    /// Which photo.
    pub asset: AssetId,
    /// Whether a photo story shows it.
    pub story: bool,
    /// When the piece that shows it appeared.
    date: Option<Stamp>,
}

/// What a piece's tiles are made from.
#[derive(Debug, Serialize)]
struct TileParts<'c> {
    document: Keyed<'c, Document>,
    path: &'c str,
    date: Option<Stamp>,
    story: bool,
    /// Links of the body and the photos that they show.
    photos: Vec<(usize, AssetId, Keyed<'c, Asset>)>,
}

#[derive(Debug, Serialize)]
struct WallParts<'c> {
    frame: Frame<'c>,
    stories: Vec<&'c Shared>,
    sheet: Sheet<'c>,
}

/// The photos of all pieces, the newest first, each once.
pub(crate) fn tiles(site: &Site, listings: &Listings<'_>) -> Vec<Tile> {
    let mut seen = vec![false; site.assets.len()];
    let mut tiles = Vec::new();
    for (id, _) in listings.newest(|brief| brief.has(Mark::Photos)) {
        for tile in listings.tiles(id) {
            let Some(seen) = seen.get_mut(tile.asset.0 as usize) else { continue };
            if !std::mem::replace(seen, true) {
                tiles.push(tile.clone());
            }
        }
    }
    tiles
}

/// The photos that `article` shows on their own; `None` where it shows none.
pub(crate) fn tiles_of(
    index: &Index<'_>,
    article: &Article,
    listing: &Listing,
    memory: &Memory,
) -> Option<Arc<Vec<Tile>>> {
    let photo = |link: &usize| {
        let Reference::Asset(id) = article.links.get(*link)? else { return None };
        Some((*link, *id, index.asset(*id)?))
    };
    let parts = TileParts {
        document: Keyed::with(article.document.key, &*article.document),
        path: article.route.as_str(),
        date: article.date.map(Stamp),
        story: article.kind == Kind::Story,
        photos: listing.photos.iter().filter_map(photo).collect(),
    };
    let made = || memory.tiles.get_or(Key::of_value(&parts), || parts.tiles());
    (!parts.photos.is_empty()).then(made)
}

impl TileParts<'_> {
    fn tiles(&self) -> Vec<Tile> {
        let document = self.document.get();
        let article = TermLink { title: document.title.clone(), path: self.path.to_owned() };
        let tile = |(link, id, asset): &(usize, AssetId, Keyed<'_, Asset>)| {
            let photo = links::photo(document, document.body.links.get(*link)?, asset, None)?;
            let shared = Shared::new(&PhotoTile { photo, article: article.clone() });
            Some(Tile { shared, asset: *id, story: self.story, date: self.date })
        };
        self.photos.iter().filter_map(tile).collect()
    }
}

/// The wall's pages; none where no piece shows a photo.
pub(crate) fn pages<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    if column.tiles.is_empty() {
        return Vec::new();
    }
    let entry = |tile: &'c Tile| Entry {
        shown: &tile.shared,
        month: tile.date.map(|date| (date.day().year(), date.day().month())),
    };
    let entries: Vec<Entry<'c>> = column.tiles.iter().map(entry).collect();
    let newest = column.tiles.first().and_then(|tile| tile.date);
    let page = |sheet: Sheet<'c>| {
        let first = sheet.number == 1;
        let path = sheet.output()?;
        let stories = || column.newest(|brief| brief.has(Mark::Story)).map(|(_, listing)| &listing.card);
        let stories = if first { stories().collect() } else { Vec::new() };
        let page = Page::new(path, "photos.html", WallParts { frame: column.frame(), stories, sheet }, view);
        Some(if first { page.listed(newest) } else { page })
    };
    sheets(&entries, PER_PAGE, Names::of_page(labels::PHOTOS_PATH)).into_iter().filter_map(page).collect()
}

fn view(parts: &WallParts<'_>) -> View {
    let WallParts { frame, sheet, .. } = parts;
    let title = frame.title_of(labels::PHOTOS_PATH);
    let path = sheet.path();
    let home = TermLink { title: title.clone(), path: labels::PHOTOS_PATH.to_owned() };
    let month = |group: &crate::page::list::pagination::Group<'_>| PhotoMonth {
        title: group.month.map(|(year, month)| format!("{year}年{month}月")).unwrap_or_default(),
        photos: group.shown.iter().map(|tile| (*tile).clone()).collect(),
    };
    View::Photos(PhotosPage {
        site: frame.site.clone(),
        root: "",
        page: frame.page(Head {
            kind: "photos",
            title: labels::numbered(&title, sheet.number),
            description: format!("{}：共{}幅图片。", frame.facts.title, sheet.count),
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
