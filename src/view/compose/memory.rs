//! What views remember between builds.

use std::sync::Arc;

use crate::memo::{Count, Memo};
use crate::view::Shared;

use super::listing::Listing;

/// Parts that many pages show, by the keys of what they are made from.
///
/// Pages themselves are not remembered: a [`super::Page`] has its key before it
/// has its view, so that a page whose HTML is known is never made again.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) runs: Memo<Vec<Arc<Listing>>>,
    pub(super) listings: Memo<Listing>,
    pub(super) tiles: Memo<Vec<Option<Shared>>>,
    pub(super) rows: Memo<Vec<Shared>>,
}

impl Memory {
    /// Ends a round: forgets what was not used in it. Returns how many cards
    /// were made and reused.
    pub fn sweep(&self) -> Count {
        self.tiles.sweep();
        self.rows.sweep();
        self.runs.sweep();
        self.listings.sweep()
    }
}
