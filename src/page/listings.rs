//! What other pages show of the pieces, run by run.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::memo::{Key, Store, ValueKind};
use crate::site::{Article, ArticleId, Run, Site};

use crate::page::index::Index;
use crate::page::listing::{Listing, ListingParts};
use crate::page::memory::Memory;
use crate::page::summary::{Flag, ListedRun, Summary};
use crate::page::tiles::{self, Tile};

/// What other pages show of the pieces, run by run.
#[derive(Debug)]
pub(crate) struct Listings<'s> {
    site: &'s Site,
    runs: Vec<Arc<ListedRun>>,
    /// By the piece's number.
    pub summaries: Vec<Summary>,
}

impl<'s> Listings<'s> {
    pub(crate) fn new(index: &Index<'s>, memory: &Memory, store: &dyn Store) -> Self {
        let listed = |run: &Arc<Run>| {
            let key = Key::hash_parts([index.key.as_bytes().as_slice(), run.key().as_bytes()]);
            let make = || {
                let made = made(index, run, memory);
                if let Ok(kept) = postcard::to_stdvec(&made.summaries) {
                    store.put(ValueKind::Listed, key, kept);
                }
                made
            };
            memory.runs.get_or_recall(
                key,
                || recalled(index, run, memory, &store.get(ValueKind::Listed, key)?),
                make,
            )
        };
        let runs: Vec<Arc<ListedRun>> = index.site.articles.runs().par_iter().map(listed).collect();
        let summaries = runs.iter().flat_map(|run| run.summaries.iter().copied()).collect();
        Self { site: index.site, runs, summaries }
    }

    /// The listing of the piece `id`, made now where it is not.
    pub(crate) fn get(&self, index: &Index<'_>, memory: &Memory, id: ArticleId) -> Option<&Listing> {
        let (run, at) = self.site.articles.place(id.0 as usize)?;
        let place = self.runs.get(run)?.listings.get(at)?;
        if place.get().is_none() {
            let made = listing(index, memory, index.site.articles.by_id(id)?);
            return Some(place.get_or_init(|| made));
        }
        place.get().map(Arc::as_ref)
    }

    /// What the photo wall shows of the piece `id`.
    pub(crate) fn tiles(&self, id: ArticleId) -> &[Tile] {
        let of = |(run, at): (usize, usize)| self.runs.get(run)?.tiles.get(at)?.as_deref();
        self.site.articles.place(id.0 as usize).and_then(of).map_or(&[], Vec::as_slice)
    }

    /// The pieces of the sections that `wanted` picks, the newest first.
    pub(crate) fn newest(
        &self,
        wanted: impl Fn(&Summary) -> bool,
    ) -> impl Iterator<Item = (ArticleId, &Summary)> {
        let summary = |id: &ArticleId| Some((*id, self.summaries.get(id.0 as usize)?));
        self.site.newest.iter().filter_map(summary).filter(move |(_, summary)| wanted(summary))
    }

    /// The photos of all pieces, the newest first, each once.
    pub(crate) fn all_tiles(&self) -> Vec<Tile> {
        let mut seen = vec![false; self.site.assets.len()];
        let mut tiles = Vec::new();
        for (id, _) in self.newest(|summary| summary.has(Flag::Photos)) {
            for tile in self.tiles(id) {
                let Some(seen) = seen.get_mut(tile.asset.0 as usize) else { continue };
                if !std::mem::replace(seen, true) {
                    tiles.push(tile.clone());
                }
            }
        }
        tiles
    }
}

fn listing(index: &Index<'_>, memory: &Memory, article: &Article) -> Arc<Listing> {
    let parts = ListingParts::new(index, article);
    memory.listings.get_or(Key::hash_value(&parts), || parts.listing())
}

fn made(index: &Index<'_>, run: &Run, memory: &Memory) -> ListedRun {
    let listings: Vec<Arc<Listing>> =
        run.articles().iter().map(|article| listing(index, memory, article)).collect();
    let with = run.articles().iter().zip(&listings);
    ListedRun {
        summaries: with.map(|(article, listing)| Summary::new(article, listing)).collect(),
        tiles: tiles_of(index, run, memory),
        listings: listings.into_iter().map(OnceLock::from).collect(),
    }
}

/// The same from the summaries that another process made of these pieces.
fn recalled(index: &Index<'_>, run: &Run, memory: &Memory, kept: &[u8]) -> Option<ListedRun> {
    let summaries: Vec<Summary> = postcard::from_bytes(kept).ok()?;
    let listings = summaries.iter().map(|_| OnceLock::new()).collect();
    (summaries.len() == run.articles().len()).then(|| ListedRun {
        summaries,
        tiles: tiles_of(index, run, memory),
        listings,
    })
}

fn tiles_of(index: &Index<'_>, run: &Run, memory: &Memory) -> Vec<Option<Arc<Vec<Tile>>>> {
    run.articles().iter().map(|article| tiles::of_piece(index, article, &memory.tiles)).collect()
}
