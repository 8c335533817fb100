//! A piece as the keys of pages know it, and what is remembered of a run of
//! pieces.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::config::Kind;
use crate::memo::Key;
use crate::site::{Article, State};

use crate::page::frame::date::Stamp;
use crate::page::listing::{Listing, photos};
use crate::page::tiles::Tile;

/// A piece as the keys of pages know it: all of them side by side, because
/// each list asks for each of its pieces.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// The key of its card.
    pub card: Key,
    /// The key of its bare title.
    pub title: Key,
    /// Its date.
    pub date: Option<Stamp>,
    /// Its section's index in the config.
    pub section: Option<usize>,
    /// Every [`Flag`] that it has.
    marks: u16,
}

/// What a list picks pieces by: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Flag {
    /// Readers see it: it is no draft, and its time is now.
    Published = 1,
    /// It stands before others.
    Pinned = 1 << 1,
    /// It is a photo story.
    Story = 1 << 2,
    /// It has a picture that stands for it.
    Cover = 1 << 3,
    /// It offers files.
    Files = 1 << 4,
    /// It shows photos on their own.
    Photos = 1 << 5,
    /// It has a timeline.
    Timeline = 1 << 6,
    /// It has a ledger.
    Ledger = 1 << 7,
    /// It has figures.
    Figures = 1 << 8,
}

impl Summary {
    pub(crate) fn new(article: &Article, listing: &Listing) -> Self {
        let marks = [
            (Flag::Published, article.state == State::Published),
            (Flag::Pinned, article.document.front.pinned),
            (Flag::Story, article.kind == Kind::Story),
            (Flag::Cover, article.cover.is_some()),
            (Flag::Files, !article.files.is_empty()),
            (Flag::Photos, !photos(&article.document).is_empty()),
            (Flag::Timeline, listing.timeline),
            (Flag::Ledger, listing.ledger),
            (Flag::Figures, listing.figures),
        ];
        Self {
            card: listing.card.key(),
            title: listing.title.key(),
            date: article.date.map(Stamp),
            section: article.section,
            marks: marks.iter().filter(|(_, has)| *has).fold(0, |marks, (mark, _)| marks | *mark as u16),
        }
    }

    /// Whether it has `mark`.
    pub(crate) fn has(&self, mark: Flag) -> bool {
        self.marks & mark as u16 != 0
    }
}

/// What other pages show of a run's pieces, each at the piece's place.
#[derive(Debug)]
pub(crate) struct ListedRun {
    /// Made when they are asked for, where the summaries came from another
    /// process.
    pub listings: Vec<OnceLock<Arc<Listing>>>,
    pub summaries: Vec<Summary>,
    /// What the photo wall shows.
    pub tiles: Vec<Option<Arc<Vec<Tile>>>>,
}
