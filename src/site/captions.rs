//! Photos whose words stand in a note beside them.

use crate::diagnostic::{Diagnostic, Kind, MarkdownFault};
use crate::path::SourcePath;
use crate::text::Span;

/// Places where a photo is shown whose words stand in a note beside it, by
/// document: nothing is missing there.
#[derive(Debug, Clone, Default)]
pub struct Captions(pub(super) Vec<(SourcePath, Span)>);

impl Captions {
    /// Whether `found` misses words that are there.
    pub fn answers(&self, found: &Diagnostic) -> bool {
        let Some(span) = found.primary.span.filter(|_| {
            matches!(found.kind, Kind::Markdown(MarkdownFault::PhotoWithoutAlt { .. })) && !self.0.is_empty()
        }) else {
            return false;
        };
        let within = |place: &Span| span.start <= place.start && place.end <= span.end;
        self.0.iter().any(|(path, place)| *path == found.primary.path && within(place))
    }
}
