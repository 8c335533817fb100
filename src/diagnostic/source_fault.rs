//! About a file as such: its encoding, its size, where it leads.

use super::{Fault, Said, Severity};

/// About a file as such: its encoding, its size, where it leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceFault {
    /// A symbolic link that leads out of the project.
    LeavesRoot,
}

impl Fault for SourceFault {
    fn code(&self) -> &'static str {
        match self {
            Self::LeavesRoot => "link-leaves-folder",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::LeavesRoot => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::LeavesRoot => {
                Said::with_hint("符号链接指向专栏文件夹之外，没有读取", "把文件本身复制进来，不要用链接")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::LeavesRoot => Said::with_hint(
                "symbolic link leads out of the column's folder and was not read",
                "copy the file itself instead of linking to it",
            ),
        }
    }
}
