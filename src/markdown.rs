//! Markdown, Chinese rules included, into a body of pieces with slots.
//!
//! **Invariant:** nothing here looks at a second file. Wherever one would have
//! to be consulted, the body has a slot that `site` and `view` fill in later.

mod body;

pub use body::{
    Block, Body, Figures, FiguresItem, Footprint, Gallery, GalleryPhoto, Heading, Ledger, LedgerItem,
    LedgerStatus, Link, Piece, Quiz, QuizItem, Timeline, TimelineItem,
};

/// What parsing reads of the config and of the file's own front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Raw HTML is published as it is.
    pub trust_html: bool,
    /// The piece's BCP 47 tag.
    pub lang: String,
    /// The front matter gives no title.
    pub title_from_heading: bool,
    /// Pictures that the front matter describes.
    pub described: std::collections::BTreeSet<String>,
}

/// Parses the Markdown of `text` from byte `body_start` to its end.
pub fn parse(
    path: &crate::path::SourcePath,
    text: &str,
    body_start: usize,
    options: &Options,
) -> crate::diagnostic::Checked<Body> {
    let _ = (path, text, body_start, options);
    crate::diagnostic::Checked::clean(Body::default())
}
