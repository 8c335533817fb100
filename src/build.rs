//! The whole program: a pure function from a picture of the files to a map of
//! output files plus findings.
//!
//! **Invariant:** the result depends on the arguments alone; [`Memory`] only
//! saves work: any two memories give equal results.

mod books;
mod former_pages;
mod former_site;
mod guard;
mod index;
mod inputs;
mod lazy;
mod memory;
mod mend;
mod observer;
mod output;
mod parse;
mod pictures;
mod pieces;
mod pipeline;
mod plan;
mod press;
mod printer;
mod priority;
mod sources;
mod weight;

pub use guard::{Allowed, Former, guard};
pub use inputs::{PROGRAM, Validity, inputs_key};
pub use lazy::Lazy;
pub use memory::{Counts, Memory};
pub use mend::{Mended, mend};
pub use observer::{Observer, Span, Stage, Unobserved};
pub use output::{Artifact, Booklet, Content, Next, Output, Piece, Site, Spool, State, Stats};
pub use pictures::make_pictures;
pub use pipeline::{BuildResult, build, build_once, build_showing};
pub use plan::{Manifest, Plan, Recorded, plan};
pub use priority::Priority;
pub use sources::Sources;

use jiff::civil::DateTime;

use crate::diagnostic::{Diagnostic, Severity};

/// What a build is asked for, besides its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The moment that the site is built for. The shell reads the clock once;
    /// the column's zone makes it a local time.
    pub now: Now,
    /// In place of the config's `base_url`.
    pub base_url: Option<String>,
    /// Show drafts, scheduled and expired pieces, each with a banner.
    pub preview: bool,
    /// Show drafts as if they were published.
    pub drafts: bool,
    /// Put a content hash into the names of assets. `serve` does not.
    pub fingerprint: bool,
}

/// The moment of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// An instant, from the clock.
    Instant(jiff::Timestamp),
    /// A local time in the column's zone, from `--now`.
    Local(DateTime),
}

/// Whether there is no error so far.
fn is_sound(found: &[Diagnostic]) -> bool {
    found.iter().all(|diagnostic| diagnostic.severity() != Severity::Error)
}
