//! About a photo or an attachment.

use super::{Fault, Said, Severity};

/// About a photo or an attachment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetFault {
    /// Bytes that no decoder knows.
    NotAPicture,
}

impl Fault for AssetFault {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAPicture => "not-a-picture",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::NotAPicture => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::NotAPicture => {
                Said::with_hint("这个文件不是能识别的图片", "用看图软件打开，另存为 JPEG 或 PNG")
            }
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::NotAPicture => Said::with_hint(
                "not a picture that can be read",
                "open it in a viewer and save it as JPEG or PNG",
            ),
        }
    }
}
