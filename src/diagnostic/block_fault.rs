//! About a data block (`gallery`, `timeline`, `ledger`, `figures`, `quiz`).

use super::{Fault, Said, Severity};

/// About a data block (`gallery`, `timeline`, `ledger`, `figures`, `quiz`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockFault {
    /// A block without an entry.
    Empty {
        /// Its name.
        block: String,
    },
}

impl Fault for BlockFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty-block",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Empty { .. } => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::Empty { block } => {
                Said::with_hint(format!("`{block}` 里一条内容也没有"), "填上至少一条，或删去这一块")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::Empty { block } => {
                Said::with_hint(format!("`{block}` has no entry"), "add at least one, or delete the block")
            }
        }
    }
}
