//! What the checks remember of the text so far.

use std::collections::BTreeSet;
use std::ops::Range;

/// Kept from one check to the next.
#[derive(Debug, Default)]
pub(in crate::markdown) struct TypoState {
    /// The level of the last heading; the page's title is level 1.
    pub(super) level: u8,
    /// References to notes that nothing defines.
    pub(super) undefined: Vec<(String, Range<usize>)>,
    /// Labels that were meant to be defined, but with a full-width colon.
    pub(super) meant: BTreeSet<String>,
    /// `[text][label]` whose label nothing defines.
    pub(super) unlinked: Vec<(String, Range<usize>)>,
    /// Labels of links that were meant to be defined, but with a full-width
    /// colon.
    pub(super) meant_links: BTreeSet<String>,
    /// Whether a control character was reported.
    pub(super) control: bool,
    /// Whether too deep nesting was reported.
    pub(in crate::markdown) depth: bool,
}
