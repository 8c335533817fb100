//! What views remember between builds.

use crate::memo::{Count, Memo};
use crate::view::{FeedEntry, Shared};

use crate::page::listing::Listing;
use crate::page::summary::ListedRun;
use crate::page::tiles::Tile;

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
