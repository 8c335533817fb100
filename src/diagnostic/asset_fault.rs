//! About a photo or an attachment.

use super::{Fault, Said, Severity};

/// About a photo or an attachment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetFault {
    /// Bytes that no decoder knows.
    NotAPicture {
        /// What it seems to be: `PDF`, `HTML`.
        seems: Option<String>,
    },
    /// A picture of no bytes.
    EmptyPicture,
    /// A picture that browsers don't show.
    ForeignPicture {
        /// `HEIC`, `TIFF`, `RAW`.
        format: String,
    },
    /// A picture larger than any screen.
    TooManyPixels {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// A name that promises another format.
    WrongExtension {
        /// The file's extension.
        named: String,
        /// What it is: `PNG`.
        actual: String,
        /// The extension it should have.
        right: String,
    },
    /// An attachment of no bytes.
    EmptyFile,
    /// The system would not give its bytes.
    Unreadable {
        /// The system's words.
        reason: String,
    },
}

impl Fault for AssetFault {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAPicture { .. } => "not-a-picture",
            Self::EmptyPicture => "empty-picture",
            Self::ForeignPicture { .. } => "picture-format",
            Self::TooManyPixels { .. } => "picture-too-large",
            Self::WrongExtension { .. } => "wrong-extension",
            Self::EmptyFile => "empty-file",
            Self::Unreadable { .. } => "unreadable-file",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::WrongExtension { .. } => Severity::Warning,
            Self::NotAPicture { .. }
            | Self::EmptyPicture
            | Self::ForeignPicture { .. }
            | Self::TooManyPixels { .. }
            | Self::EmptyFile
            | Self::Unreadable { .. } => Severity::Error,
        }
    }

    fn zh(&self) -> Said {
        match self {
            Self::NotAPicture { seems: None } => {
                Said::with_hint("这个文件不是能识别的图片", "用看图软件打开，另存为 JPEG 或 PNG")
            }
            Self::NotAPicture { seems: Some(seems) } => Said::with_hint(
                format!("这个文件不是图片，内容像是 {seems}"),
                "换成真正的图片；从网页保存图片时，要用“图片另存为”",
            ),
            Self::EmptyPicture => {
                Said::with_hint("这张图片是空文件（0 字节）", "多半是复制时中断了，重新复制一次")
            }
            Self::ForeignPicture { format } => Said::with_hint(
                format!("浏览器不能显示 {format} 格式的图片"),
                match format.as_str() {
                    "HEIC" => "在手机“设置 › 相机 › 格式”里选“兼容性最佳”，或用看图软件另存为 JPEG",
                    "RAW" => "用相机自带的软件或看图软件导出为 JPEG",
                    _ => "用看图软件另存为 JPEG（照片）或 PNG（图表）",
                },
            ),
            Self::TooManyPixels { width, height } => Said::with_hint(
                format!("图片有 {width}×{height} 像素，超过了 1 亿像素的上限"),
                "用看图软件把长边缩小到 8000 像素以内",
            ),
            Self::WrongExtension { named, actual, right } => Said::with_hint(
                format!("文件名以 `.{named}` 结尾，内容却是 {actual}"),
                format!("把扩展名改成 `.{right}`，并改正引用它的地方"),
            ),
            Self::EmptyFile => {
                Said::with_hint("这个附件是空文件（0 字节）", "多半是复制时中断了，重新复制一次")
            }
            Self::Unreadable { reason } => Said::with_hint(
                format!("读不出这个文件：{reason}"),
                "看看它是否被别的程序占用，或没有读取权限",
            ),
        }
    }

    fn en(&self) -> Said {
        match self {
            Self::NotAPicture { seems: None } => Said::with_hint(
                "not a picture that can be read",
                "open it in a viewer and save it as JPEG or PNG",
            ),
            Self::NotAPicture { seems: Some(seems) } => Said::with_hint(
                format!("not a picture; it looks like {seems}"),
                "put a real picture in its place; from a web page, use `save image as`",
            ),
            Self::EmptyPicture => Said::with_hint(
                "the picture is an empty file (0 bytes)",
                "a copy was probably interrupted; copy it again",
            ),
            Self::ForeignPicture { format } => Said::with_hint(
                format!("browsers don't show {format} pictures"),
                match format.as_str() {
                    "HEIC" => {
                        "on the phone choose Settings › Camera › Formats › Most Compatible, or save it as JPEG"
                    }
                    "RAW" => "export it as JPEG with the camera's software or a viewer",
                    _ => "save it as JPEG (photos) or PNG (charts) with a viewer",
                },
            ),
            Self::TooManyPixels { width, height } => Said::with_hint(
                format!("the picture has {width}×{height} pixels, more than the limit of 100 million"),
                "scale its long side down to 8000 pixels with a viewer",
            ),
            Self::WrongExtension { named, actual, right } => Said::with_hint(
                format!("the name ends in `.{named}`, but the content is {actual}"),
                format!("change the extension to `.{right}`, also where it is referred to"),
            ),
            Self::EmptyFile => Said::with_hint(
                "the attachment is an empty file (0 bytes)",
                "a copy was probably interrupted; copy it again",
            ),
            Self::Unreadable { reason } => Said::with_hint(
                format!("the file can't be read: {reason}"),
                "see whether another program holds it or a permission is missing",
            ),
        }
    }
}
