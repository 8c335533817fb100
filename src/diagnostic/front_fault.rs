//! About front matter.

use super::{Fault, Said, Severity};

/// About front matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FrontFault {
    /// Front matter between `+++`.
    Toml,
}

impl Fault for FrontFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Toml => "toml-front-matter",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Toml => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::Toml => {
                Said::with_hint("文件头是 TOML（`+++`），这里只认 YAML", "改成两行 `---` 之间的 `键: 值`")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::Toml => Said::with_hint(
                "front matter is TOML (`+++`), but only YAML is read",
                "write `key: value` between two lines of `---`",
            ),
        }
    }
}
