//! About a theme.

use super::{Fault, Said, Severity};

/// About a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeFault {
    /// The theme named in the config is not there.
    Missing {
        /// Its name.
        name: String,
    },
}

impl Fault for ThemeFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "no-such-theme",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Missing { .. } => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::Missing { name } => {
                Said::with_hint(format!("找不到主题 `{name}`"), format!("主题应在 `themes/{name}/`"))
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::Missing { name } => {
                Said::with_hint(format!("no theme `{name}`"), format!("a theme is a folder `themes/{name}/`"))
            }
        }
    }
}
