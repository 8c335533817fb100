//! What views remember between builds.

use std::sync::Arc;

use crate::memo::{Count, Memo};
use crate::view::Shared;

use super::column::Brief;
use super::feed::FeedEntry;
use super::listing::Listing;
use super::wall::Tile;

/// Parts that many pages show, by the keys of what they are made from.
///
/// Pages themselves are not remembered: a [`super::Page`] has its key before it
/// has its view, so that a page whose HTML is known is never made again.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) runs: Memo<ListedRun>,
    pub(super) listings: Memo<Listing>,
    pub(super) tiles: Memo<Vec<Tile>>,
    pub(super) rows: Memo<Vec<Shared>>,
    pub(super) entries: Memo<FeedEntry>,
}

/// What other pages show of a run's pieces, each at the piece's place.
#[derive(Debug)]
pub(super) struct ListedRun {
    pub listings: Vec<Arc<Listing>>,
    pub briefs: Vec<Brief>,
    /// What the photo wall shows.
    pub tiles: Vec<Option<Arc<Vec<Tile>>>>,
}

impl Memory {
    /// Ends a round: forgets what was not used in it. Returns how many cards
    /// were made and reused.
    pub fn sweep(&self) -> Count {
        self.runs.sweep();
        self.tiles.sweep();
        self.rows.sweep();
        self.entries.sweep();
        self.listings.sweep()
    }
}
