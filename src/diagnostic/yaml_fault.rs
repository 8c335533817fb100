//! About YAML as a language, wherever it stands.

use super::{Fault, Said, Severity};

/// About YAML as a language, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YamlFault {
    /// `title：` with a full-width colon.
    FullWidthColon,
}

impl Fault for YamlFault {
    fn code(&self) -> &'static str {
        match self {
            Self::FullWidthColon => "full-width-colon",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::FullWidthColon => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::FullWidthColon => {
                Said::with_hint("键名后面用了全角冒号 `：`", "改成半角冒号加一个空格：`: `")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::FullWidthColon => Said::with_hint(
                "full-width colon `：` after a key",
                "write a half-width colon and a space: `: `",
            ),
        }
    }
}
