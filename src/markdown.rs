//! Markdown, Chinese rules included, into a body of pieces with slots.
//!
//! **Invariant:** nothing here looks at a second file. Wherever one would have
//! to be consulted, the body has a slot that `site` and `view` fill in later.

mod body;

pub use body::{
    Block, Body, Figures, FiguresItem, Footprint, Gallery, GalleryPhoto, Heading, Ledger, LedgerItem,
    LedgerStatus, Link, Piece, Quiz, QuizItem, Timeline, TimelineItem,
};
