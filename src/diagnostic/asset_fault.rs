//! About a photo or an attachment.

use super::Severity::{Error, Note, Warning};
use super::{Fault, Message, Severity};
use crate::ai_label::{AiLevel, BadLabel, LONGEST};

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
    UnsupportedPicture {
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
    /// A file larger than any photo.
    TooManyBytes {
        /// Its length in bytes.
        len: u64,
    },
    /// A picture that breaks off or contradicts itself.
    DamagedPicture {
        /// What it should be: `JPEG`.
        format: String,
    },
    /// A picture that can be read, but of which what is published can't be
    /// made.
    PictureNotMade {
        /// Its size, in pixels; `None` for the file itself, cleaned.
        size: Option<(u32, u32)>,
        /// Its format: `WebP`.
        format: String,
    },
    /// A drawing with text that can't be drawn with the fonts of this computer.
    DrawingText {
        /// The first character that none has; `None` where there is no font.
        character: Option<char>,
    },
    /// A drawing with filters that take too long to be drawn.
    DrawingFilters,
    /// A file that is another one than when the build began.
    ChangedMeanwhile,
    /// A moving picture as long as a film.
    TooManyFrames {
        /// Pictures in it.
        frames: usize,
    },
    /// A picture behind whose end something else stands.
    HiddenContent {
        /// What it seems to be: `ZIP`.
        what: &'static str,
    },
    /// A drawing of which parts are left out: scripts, what lies elsewhere.
    DrawingCleaned {
        /// The first of them: `<script>`, `onload`.
        what: String,
    },
    /// A drawing whose parts repeat each other more often than can be drawn.
    DrawingUnfolds,
    /// A picture in the inks of a printing press (CMYK).
    PrintColours,
    /// A photo that says where it was taken.
    PhotoPlace {
        /// How many photos of the column do: they are reported once.
        count: usize,
    },
    /// A picture, film or sound that says of itself that AI made it.
    AiLabelled {
        /// What its label says.
        level: AiLevel,
        /// Who made it, a name or code; may be empty.
        producer: String,
        /// Its number there; may be empty.
        number: String,
    },
    /// A label of AI that can't be copied into what is published.
    AiLabelNotCopied {
        /// Why.
        bad: BadLabel,
    },
    /// A picture with a sign that AI made it, but without a label.
    AiTrace {
        /// What gives the sign: `C2PA`, `parameters`.
        what: &'static str,
    },
    /// A film that says where it was taken, and is published as it is.
    VideoPlace,
    /// A picture to be downloaded from which what is personal can't be taken.
    UncleanPicture {
        /// `HEIC`, `TIFF`, `RAW`.
        format: String,
    },
    /// A file with words on a photo that is not there.
    NoteWithoutPhoto {
        /// The name that the photo should have.
        photo: String,
        /// The nearest name in its folder.
        near: Option<String>,
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
    /// A file of `content/static/` whose inside nobody looked at.
    StaticUnseen {
        /// Its kind, where that is known: `PDF`.
        kind: Option<String>,
    },
    /// The system would not give its bytes.
    Unreadable {
        /// The system's words.
        reason: String,
    },
}

impl AssetFault {
    /// Of a picture that is not shown: it does not matter whether browsers
    /// could, but what can't be cleaned can't go out.
    #[must_use]
    pub fn unshown(self) -> Self {
        match self {
            Self::UnsupportedPicture { format } => Self::UncleanPicture { format },
            fault => fault,
        }
    }
}

impl Fault for AssetFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::NotAPicture { .. } => ("not-a-picture", Error),
            Self::EmptyPicture => ("empty-picture", Error),
            Self::UnsupportedPicture { .. } => ("picture-format", Error),
            Self::TooManyPixels { .. } => ("picture-too-large", Error),
            Self::TooManyBytes { .. } => ("picture-too-heavy", Error),
            Self::DamagedPicture { .. } => ("picture-damaged", Error),
            Self::PictureNotMade { .. } => ("picture-not-made", Error),
            Self::DrawingText { .. } => ("drawing-text", Error),
            Self::DrawingFilters => ("drawing-filters", Error),
            Self::ChangedMeanwhile => ("changed-meanwhile", Error),
            Self::TooManyFrames { .. } => ("picture-too-long", Error),
            Self::HiddenContent { .. } => ("picture-hides-content", Error),
            Self::DrawingCleaned { .. } => ("drawing-cleaned", Warning),
            Self::DrawingUnfolds => ("drawing-too-large", Error),
            Self::PrintColours => ("picture-cmyk", Error),
            Self::PhotoPlace { .. } => ("photo-location", Note),
            Self::AiLabelled { .. } => ("ai-label", Warning),
            Self::AiLabelNotCopied { .. } => ("ai-label-not-copied", Warning),
            Self::AiTrace { .. } => ("ai-trace", Warning),
            Self::VideoPlace => ("film-location", Error),
            Self::UncleanPicture { .. } => ("picture-not-cleaned", Error),
            Self::NoteWithoutPhoto { .. } => ("note-without-photo", Warning),
            Self::WrongExtension { .. } => ("wrong-extension", Warning),
            Self::EmptyFile => ("empty-file", Error),
            Self::StaticUnseen { .. } => ("static-unseen", Warning),
            Self::Unreadable { .. } => ("unreadable-file", Error),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
Self::NotAPicture { seems: None } => [Message::with_hint("这个文件不是能识别的图片", "用看图软件打开，另存为 JPEG 或 PNG"), Message::with_hint(
                "not a picture that can be read",
                "open it in a viewer and save it as JPEG or PNG",
            )],
Self::NotAPicture { seems: Some(seems) } => [Message::with_hint(
                format!("这个文件不是图片，内容像是 {seems}"),
                "换成真正的图片；从网页保存图片时，要用“图片另存为”",
            ), Message::with_hint(
                format!("not a picture; it looks like {seems}"),
                "put a real picture in its place; from a web page, use `save image as`",
            )],
Self::EmptyPicture => [Message::with_hint("这张图片是空文件（0 字节）", "多半是复制时中断了，重新复制一次"), Message::with_hint(
                "the picture is an empty file (0 bytes)",
                "a copy was probably interrupted; copy it again",
            )],
Self::UnsupportedPicture { format } => [Message::with_hint(
                format!("浏览器不能显示 {format} 格式的图片"),
                match format.as_str() {
                    "HEIC" => "在手机“设置 › 相机 › 格式”里选“兼容性最佳”，或用看图软件另存为 JPEG",
                    "RAW" => "用相机自带的软件或看图软件导出为 JPEG",
                    _ => "用看图软件另存为 JPEG（照片）或 PNG（图表）",
                },
            ), Message::with_hint(
                format!("browsers don't show {format} pictures"),
                match format.as_str() {
                    "HEIC" => {
                        "on the phone choose Settings › Camera › Formats › Most Compatible, or save it as JPEG"
                    }
                    "RAW" => "export it as JPEG with the camera's software or a viewer",
                    _ => "save it as JPEG (photos) or PNG (charts) with a viewer",
                },
            )],
Self::TooManyPixels { width, height } => [Message::with_hint(
                format!("图片有 {width}×{height} 像素，太大了，处理不了"),
                "用看图软件把长边缩小到 8000 像素以内",
            ), Message::with_hint(
                format!("the picture has {width}×{height} pixels, more than can be worked on"),
                "scale its long side down to 8000 pixels with a viewer",
            )],
Self::TooManyBytes { len } => [Message::with_hint(
                format!("图片文件有 {} MB，太大了，处理不了", len >> 20),
                "用看图软件把长边缩小到 8000 像素以内，另存为 JPEG",
            ), Message::with_hint(
                format!("the picture's file has {} MB, more than can be worked on", len >> 20),
                "scale its long side down to 8000 pixels with a viewer and save it as JPEG",
            )],
Self::DamagedPicture { format } => [Message::with_hint(
                format!("这张 {format} 图片是坏的，读到一半就读不下去了"),
                "多半是复制或下载时中断了，重新取一份；看图软件还能打开时，另存为 JPEG 或 PNG",
            ), Message::with_hint(
                format!("this {format} picture is damaged: it can't be read to its end"),
                "a copy or download was probably interrupted: get it again; if a viewer opens it, save it as JPEG or PNG",
            )],
            Self::PictureNotMade { size, format } => {
                let (zh, en) = match size {
                    Some((width, height)) => (format!(" {width}×{height} 的 {format}"), format!("a {format} of {width}×{height}")),
                    None => ("可以发布的副本".to_owned(), "a copy to be published".to_owned()),
                };
                [
                    Message::with_hint(
                        format!("这张图片做不出{zh}"),
                        "用看图软件另存为 JPEG 或 PNG，换下这张再试",
                    ),
                    Message::with_hint(
                        format!("{en} can't be made of this picture"),
                        "save it anew as JPEG or PNG with a viewer, and put that in its place",
                    ),
                ]
            }
            Self::DrawingText { character } => {
                let (zh, en) = match character {
                    Some(character) => (
                        format!("公众号版要把这张矢量图画成 PNG，其中的“{character}”字，这台电脑没有字体能画出来"),
                        format!("the WeChat edition needs this drawing as PNG, and no font of this computer has its character `{character}`"),
                    ),
                    None => (
                        "公众号版要把这张矢量图画成 PNG，图里有文字，这台电脑一种字体也没有".to_owned(),
                        "the WeChat edition needs this drawing as PNG, and this computer has no font for its text".to_owned(),
                    ),
                };
                [
                    Message::with_hint(zh, "装上有这个字的字体再运行一次，或者把图另存为 PNG，换下这张"),
                    Message::with_hint(en, "install a font that has it and run again, or save the drawing as PNG and put that in its place"),
                ]
            }
            Self::DrawingFilters => [
                Message::with_hint(
                    "公众号版要把这张矢量图画成 PNG，它用的滤镜画起来太慢",
                    "把图另存为 PNG，换下这张",
                ),
                Message::with_hint(
                    "the WeChat edition needs this drawing as PNG, and its filters take too long to be drawn",
                    "save the drawing as PNG, and put that in its place",
                ),
            ],
            Self::ChangedMeanwhile => [
                Message::with_hint("生成网站时这个文件被改动了", "等它复制完、存完，再运行一次"),
                Message::with_hint(
                    "the file changed while the site was built",
                    "wait until it is copied or saved, and run again",
                ),
            ],
Self::TooManyFrames { frames } => [Message::with_hint(
                format!("这张动图有 {frames} 帧，太长了，手机放不动"),
                "用视频软件另存为 MP4，写法和图片一样，会成为播放器",
            ), Message::with_hint(
                format!("this moving picture has {frames} frames, more than phones can play"),
                "save it as MP4 with a video editor; written like a picture, it becomes a player",
            )],
Self::HiddenContent { what } => [Message::with_hint(
                format!("图片的结尾后面还有别的内容，像是 {what}"),
                "用看图软件打开，另存为新的图片再用；来历不明的图片不要发布",
            ), Message::with_hint(
                format!("behind the picture's end there is something else; it looks like {what}"),
                "open it in a viewer and save it as a new picture; don't publish one of unknown origin",
            )],
Self::DrawingCleaned { what } => [Message::with_hint(
                format!("SVG 图里的 `{what}` 不能发布，已经去掉"),
                "会动作的、引用外部内容的都不发布；看看图是否还完整，缺了的，在画图软件里转成路径、嵌入图片，重新导出",
            ), Message::with_hint(
                format!("`{what}` in this SVG can't be published and is left out"),
                "nothing that acts or loads from elsewhere is; see whether the drawing is still whole: if not, convert to paths, embed its pictures and export it again",
            )],
Self::DrawingUnfolds => [Message::with_hint(
                "这张 SVG 图层层嵌套、互相引用，展开后图形太多，浏览器画不动",
                "在画图软件里合并重复的图形，另存一份；不成就导出为 PNG",
            ), Message::with_hint(
                "the parts of this SVG stand in each other or repeat each other more often than browsers can draw",
                "merge what repeats with a drawing program and save it anew, or export it as PNG",
            )],
Self::PrintColours => [Message::with_hint(
                "这张图片是印刷用的颜色（CMYK），在屏幕上会变色",
                "用图像软件转换成 RGB（sRGB），另存为 JPEG",
            ), Message::with_hint(
                "the picture is in a printing press's colours (CMYK), which differ on screens",
                "convert it to RGB (sRGB) with an image editor and save it as JPEG",
            )],
Self::PhotoPlace { count } if *count > 1 => {
                [Message::with_hint(
                    format!("有 {count} 张照片记着拍摄地点（GPS），这是第一张；发布的图片里都已经去掉"),
                    "原件仍然带着它，要转交别人时请先去掉；手机相机可以关掉“地理位置”",
                ), Message::with_hint(
                    format!("{count} photos say where they were taken (GPS), of which this is the first; what is published does not"),
                    "the originals still do: mind whom you give them to; cameras can be told not to note places",
                )]
            }
Self::PhotoPlace { .. } => [Message::with_hint(
                "照片里记着拍摄地点（GPS），发布的图片里已经去掉",
                "原件仍然带着它，要转交别人时请先去掉；手机相机可以关掉“地理位置”",
            ), Message::with_hint(
                "the photo says where it was taken (GPS); what is published does not",
                "the original still does: mind whom you give it to; cameras can be told not to note places",
            )],
            Self::AiLabelled { level, producer, number } => labelled(*level, producer, number),
            Self::AiLabelNotCopied { bad } => not_copied(*bad),
            Self::AiTrace { what } => [
                Message::with_hint(
                    format!("图片里有 {what} 的记录，像是 AI 生成的，却没有国家标准规定的标识"),
                    "是 AI 生成的，就在图片说明里写 `AI: 生成`（或 `可能`、`疑似`），图旁会标明；不是就写 `AI: 否`；记录本身不会发布",
                ),
                Message::with_hint(
                    format!("the picture has a record ({what}) that suggests AI made it, but no label"),
                    "if AI made it, write `ai: made` (or `possible`, `suspected`) in the photo's note, and the page says so; if not, `ai: none`; the record itself is not published",
                ),
            ],
            Self::VideoPlace => [Message::with_hint(
                "视频里记着拍摄地点（GPS），视频发布时不清除",
                "用剪辑软件重新导出，或者运行 `ffmpeg -i 原片.mp4 -map_metadata -1 -c copy 新片.mp4`",
            ), Message::with_hint(
                "the film says where it was taken (GPS), and films are published as they are",
                "export it again with an editor, or run `ffmpeg -i old.mp4 -map_metadata -1 -c copy new.mp4`",
            )],
Self::UncleanPicture { format } => [Message::with_hint(
                format!("{format} 图片里的拍摄信息去不掉，不能提供下载"),
                "用看图软件另存为 JPEG 或 PNG，再改正引用它的地方",
            ), Message::with_hint(
                format!(
                    "what a camera noted in {format} pictures can't be taken out, so it can't be offered"
                ),
                "save it as JPEG or PNG with a viewer, and correct where it is referred to",
            )],
Self::NoteWithoutPhoto { photo, near } => [Message::with_hint(
                format!("这份说明找不到它的图片 `{photo}`"),
                match near {
                    Some(near) => format!("旁边有 `{near}`：要说的是它，就把这个文件改名为 `{near}.yaml`"),
                    None => "说明的文件名是图片的文件名加 `.yaml`，放在图片旁边；图片不用了，就把它删去"
                        .to_owned(),
                },
            ), Message::with_hint(
                format!("the photo `{photo}` that this note is about is not there"),
                match near {
                    Some(near) => format!("there is `{near}`: if that is meant, rename this file to `{near}.yaml`"),
                    None => "a note is called like its photo with `.yaml` behind it, and stands beside it; if the photo is gone, delete it".to_owned(),
                },
            )],
Self::WrongExtension { named, actual, right } => [Message::with_hint(
                format!("文件名以 `.{named}` 结尾，内容却是 {actual}"),
                format!("把扩展名改成 `.{right}`，并改正引用它的地方"),
            ), Message::with_hint(
                format!("the name ends in `.{named}`, but the content is {actual}"),
                format!("change the extension to `.{right}`, also where it is referred to"),
            )],
Self::EmptyFile => [Message::with_hint("这个附件是空文件（0 字节）", "多半是复制时中断了，重新复制一次"), Message::with_hint(
                "the attachment is an empty file (0 bytes)",
                "a copy was probably interrupted; copy it again",
            )],
            Self::StaticUnseen { kind } => {
                let (zh, en) = match kind {
                    Some(kind) => (format!(" {kind} "), format!("{kind} ")),
                    None => ("认不出的".to_owned(), String::new()),
                };
                [
                    Message::with_hint(
                        format!("`content/static/` 里的{zh}文件原样发布，里面的作者、批注、隐藏内容没有检查"),
                        "把它放到文章旁边，在文章的 `文件` 里列出，发布时会检查和清理",
                    ),
                    Message::with_hint(
                        format!("the {en}file of `content/static/` is published as it is; nobody checked its author, comments and hidden text"),
                        "put it beside a piece and list it under `files` there: then it is checked and cleaned",
                    ),
                ]
            }
            Self::Unreadable { reason } => [Message::with_hint(
                format!("读不出这个文件：{reason}"),
                "看看它是否被别的程序占用，或没有读取权限",
            ), Message::with_hint(
                format!("the file can't be read: {reason}"),
                "see whether another program holds it or a permission is missing",
            )],
}
    }
}

/// Of a file with a label that is copied.
fn labelled(level: AiLevel, producer: &str, number: &str) -> [Message; 2] {
    let notice = level.notice();
    let list = |names: [&str; 2], comma: &str| {
        let pairs = names.into_iter().zip([producer, number]).filter(|(_, value)| !value.is_empty());
        pairs.map(|(name, value)| format!("{name}{value}")).collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (list(["制作者 ", "编号 "], "，"), list(["producer ", "number "], ", "));
    let zh = if zh.is_empty() { zh } else { format!("（{zh}）") };
    let en = if en.is_empty() { en } else { format!(" ({en})") };
    let means = match level {
        AiLevel::Made => "is made by AI",
        AiLevel::Possible => "may be made by AI",
        AiLevel::Suspected => "is suspected to be made by AI",
    };
    [
        Message::with_hint(
            format!("这个文件自己标明“{notice}”{zh}"),
            "可以发布；页面上会在旁边标明，发布的文件里也保留这个标识（GB 45438-2025），不要去掉它",
        ),
        Message::with_hint(
            format!("the file's label says that it {means}{en}"),
            "it may be published; the page says so beside it, and what is published keeps the label (GB 45438-2025): don't remove it",
        ),
    ]
}

/// Of a file with a label that is not.
fn not_copied(bad: BadLabel) -> [Message; 2] {
    let (zh, en) = match bad {
        BadLabel::TooLong => (format!("超过 {LONGEST} 字节"), format!("it is longer than {LONGEST} bytes")),
        BadLabel::NotJson => {
            ("不是规定的 JSON 格式".to_owned(), "it is not the JSON that is prescribed".to_owned())
        }
        BadLabel::OtherKeys => {
            ("里面有规定之外的项目".to_owned(), "it has other keys than those prescribed".to_owned())
        }
        BadLabel::BadValue => {
            ("里面的值不合规定".to_owned(), "a value in it is not as prescribed".to_owned())
        }
    };
    [
        Message::with_hint(
            format!("文件里的 AI 生成标识不合国家标准（{zh}），没有写进发布的图片"),
            "页面上仍会标明；请制作的人按 GB 45438-2025 附录 E 重新导出",
        ),
        Message::with_hint(
            format!("the file's label of AI can't be copied into what is published: {en}"),
            "the page says all the same that AI made it; have it exported again as GB 45438-2025, annex E, says",
        ),
    ]
}
