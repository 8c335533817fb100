//! What is remembered of the paragraphs so far.

use std::ops::Range;

/// Kept from one paragraph to the next.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Former {
    /// A paragraph that is one picture: a caption may follow.
    pub(super) picture: Option<Range<usize>>,
    /// Blocks of raw HTML that stand for themselves.
    pub(in crate::markdown) html: Vec<Range<usize>>,
    /// Paragraphs that stand for themselves and may hold tags.
    pub(super) with_tags: Vec<Range<usize>>,
}
