//! What is remembered of raw HTML between its fragments.

/// The state of raw HTML between fragments.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Raw {
    /// Whether there is any, so that the body has to be cleaned.
    pub(in crate::markdown) present: bool,
    /// How many raw `<a>` are open.
    pub(super) links: usize,
    /// How many raw elements are open.
    pub(super) depth: usize,
    /// Whether an `<svg>` or `<math>` is open, whose elements have names of
    /// their own.
    pub(super) foreign: bool,
    /// The element that goes with all that is in it, until its end.
    pub(in crate::markdown) swallows: Option<String>,
    /// The raw elements that were opened within the text block at hand.
    pub(super) inline: Vec<String>,
}
