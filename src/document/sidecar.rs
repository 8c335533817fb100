//! What is said of a photo in a file of its own: `x.jpg.yaml` beside `x.jpg`.
//!
//! It holds for every piece that shows the photo; what a piece's front matter
//! says of it goes first.

use jiff::tz::TimeZone;

use super::PhotoNote;
use super::check::{self, Sink};
use super::shape::PhotoShape;
use crate::diagnostic::Checked;
use crate::path::SourcePath;
use crate::source;
use crate::text::{At, Span};
use crate::yaml::{self, Fragment};

/// The path of the file that speaks of the photo at `photo`.
pub fn sidecar_of(photo: &SourcePath) -> String {
    format!("{photo}.yaml")
}

/// Reads such a file.
pub fn photo_note(path: &SourcePath, bytes: &[u8]) -> Checked<PhotoNote> {
    let mut found = Vec::new();
    let text = source::decode(path, bytes).keep(&mut found);
    let shape: PhotoShape = yaml::decode(Fragment { path, text: &text, offset: 0 }).keep(&mut found);
    let mut sink = Sink { path, text: &text, timezone: &TimeZone::UTC, pinyin: &[], found };
    let (_, note) = check::photo_note(At::new(String::new(), Span::default()), shape, &mut sink);
    Checked { value: note, diagnostics: sink.found }
}
