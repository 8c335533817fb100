//! About how files stand to each other: routes, links, terms, dates.

use super::{Fault, Said, Severity};

/// About how files stand to each other: routes, links, terms, dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteFault {
    /// A link to a file that is not there.
    BrokenLink {
        /// Its name.
        target: String,
    },
}

impl Fault for SiteFault {
    fn code(&self) -> &'static str {
        match self {
            Self::BrokenLink { .. } => "broken-link",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::BrokenLink { .. } => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::BrokenLink { target } => Said::plain(format!("链接的目标 `{target}` 不存在")),
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::BrokenLink { target } => {
                Said::plain(format!("the link's target `{target}` does not exist"))
            }
        }
    }
}
