//! What a reader of one format gives, and how a reader is run.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::text::Collector;
use crate::diagnostic::MaterialFault;
use crate::office::Broken;

/// How many containers deep documents are opened and cleaned: a workbook in a
/// text in an archive is three. What lies deeper is said to be unopened.
pub(super) const MAX_CONTAINERS: usize = 4;

/// The custom property that says that a text was generated (GB 45438-2025,
/// annex E). The rule forbids taking it out.
pub(super) const AI_LABEL: &str = "AIGC";

/// What a reader of one format found.
#[derive(Debug, Default)]
pub(super) struct Extract {
    pub(super) text: Collector,
    pub(super) pages: Option<u32>,
    pub(super) faults: Vec<MaterialFault>,
    /// Whether it bears a signature, which a changed byte would break.
    pub(super) signed: bool,
    /// Whether its text is not looked for.
    pub(super) unread: bool,
    /// Whether it is files packed together, which are cleaned each for itself.
    pub(super) packed: bool,
}

impl Extract {
    /// A file whose text is not looked for, with what is to be said of it.
    pub(super) fn unread(faults: Vec<MaterialFault>) -> Self {
        Self { unread: true, faults, ..Self::default() }
    }
}

/// Runs a reader. One that gives up in the middle, or meets what its author
/// did not think of, counts as a document that can't be opened.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Err(panic.downcast_ref::<Broken>().copied().unwrap_or(Broken::Damaged)))
}

/// What is said of a document that can't be read.
pub(super) fn fault_of(broken: Broken) -> MaterialFault {
    match broken {
        Broken::Damaged => MaterialFault::Damaged,
        Broken::Encrypted => MaterialFault::Encrypted,
        Broken::Bomb => MaterialFault::Bomb,
    }
}

/// Names of authors to be shown: at most five, none empty.
pub(super) fn people(names: BTreeSet<String>) -> Vec<String> {
    names.into_iter().filter(|name| !name.trim().is_empty()).take(5).collect()
}
