//! What views remember between builds.

use std::sync::Arc;

use crate::memo::{Count, Memo};
use crate::view::Shared;

use crate::page::column::Brief;
use crate::page::feed::FeedEntry;
use crate::page::list::photos::Tile;
use crate::page::listing::Listing;

/// Parts that many pages show, by the keys of what they are made from.
///
/// Pages themselves are not remembered: a [`crate::page::Page`] has its key before it
/// has its view, so that a page whose HTML is known is never made again.
#[derive(Debug, Default)]
pub struct Memory {
    pub(crate) runs: Memo<ListedRun>,
    pub(crate) listings: Memo<Listing>,
    pub(crate) tiles: Memo<Vec<Tile>>,
    pub(crate) rows: Memo<Vec<Shared>>,
    pub(crate) entries: Memo<FeedEntry>,
}

/// What other pages show of a run's pieces, each at the piece's place.
#[derive(Debug)]
pub(crate) struct ListedRun {
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
