//! About `column.yaml`.

use super::{Fault, Said, Severity};

/// About `column.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConfigFault {
    /// There is no `column.yaml`.
    Missing,
}

impl Fault for ConfigFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "no-column-yaml",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Missing => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::Missing => Said::with_hint(
                "找不到 `column.yaml`",
                "最小的写法：\n    title: 专栏名称\n    sections:\n      - {folder: news, title: 新闻动态}",
            ),
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::Missing => Said::with_hint(
                "no `column.yaml`",
                "the smallest one:\n    title: Name of the column\n    sections:\n      - {folder: news, title: News}",
            ),
        }
    }
}
