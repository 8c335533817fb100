//! Photos of the wall: those that a piece shows on their own.

use std::sync::Arc;

use serde::Serialize;

use crate::config::Kind;
use crate::document::Document;
use crate::memo::{Key, Keyed, Memo};
use crate::site::{Article, Asset, AssetId, Reference};
use crate::view::{PhotoTile, Shared, TermLink};

use crate::page::body::links;
use crate::page::frame::date::Stamp;
use crate::page::frame::local::Local;
use crate::page::index::Index;
use crate::page::listing::photos;

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
    pub date: Option<Stamp>,
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
    local: Keyed<'c, Local>,
}

/// The photos that `article` shows on their own; `None` where it shows none.
pub(crate) fn of_piece(
    index: &Index<'_>,
    article: &Article,
    memo: &Memo<Vec<Tile>>,
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
        photos: photos(&article.document).iter().filter_map(photo).collect(),
        local: index.local(),
    };
    let made = || memo.get_or(Key::hash_value(&parts), || parts.tiles());
    (!parts.photos.is_empty()).then(made)
}

impl TileParts<'_> {
    fn tiles(&self) -> Vec<Tile> {
        let document = self.document.get();
        let article = TermLink { title: document.title.clone(), path: self.path.to_owned() };
        let tile = |(link, id, asset): &(usize, AssetId, Keyed<'_, Asset>)| {
            let photo = links::photo(document, document.body.links.get(*link)?, asset, None, &self.local)?;
            let shared = Shared::new(&PhotoTile { photo, article: article.clone() });
            Some(Tile { shared, asset: *id, story: self.story, date: self.date })
        };
        self.photos.iter().filter_map(tile).collect()
    }
}
