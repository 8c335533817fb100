//! About Markdown text.

use super::{Fault, Said, Severity};

/// About Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkdownFault {
    /// A line that begins with `＃`.
    FullWidthHeading,
}

impl Fault for MarkdownFault {
    fn code(&self) -> &'static str {
        match self {
            Self::FullWidthHeading => "full-width-heading",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::FullWidthHeading => Severity::Warning,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::FullWidthHeading => {
                Said::with_hint("行首的 `＃` 是全角字符，不会成为标题", "改成半角 `#` 加一个空格")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::FullWidthHeading => Said::with_hint(
                "the `＃` at the beginning of the line is full-width and makes no heading",
                "write a half-width `#` and a space",
            ),
        }
    }
}
