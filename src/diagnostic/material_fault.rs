//! About what stands in an attached document, or hides in it.

use serde::{Deserialize, Serialize};

use super::Severity::{Error, Note, Warning};
use super::{Fault, Message, PagedFault, Severity};

/// About what stands in an attached document, or hides in it.
///
/// They are remembered with what was learned of a document, so they can be
/// written and read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MaterialFault {
    /// It opens with a password only.
    Encrypted,
    /// It carries macros, or controls that run programs.
    Macros,
    /// It carries a program.
    Program {
        /// The program's name in it, or where it stands.
        name: String,
    },
    /// A PDF that runs scripts or starts programs when it is opened.
    Script,
    /// It can't be opened, or not wholly.
    Damaged,
    /// It unpacks to more than any document should.
    Bomb,
    /// Larger than is opened; its size in bytes.
    Unchecked {
        /// Bytes.
        size: u64,
    },
    /// Comments in the margin.
    Comments {
        /// How many.
        count: u32,
        /// Whose.
        authors: Vec<String>,
    },
    /// Changes that were tracked and neither accepted nor rejected.
    TrackedChanges {
        /// How many.
        count: u32,
        /// Whose.
        authors: Vec<String>,
    },
    /// Text that is there but not shown.
    HiddenText {
        /// Characters.
        count: u32,
    },
    /// Sheets of a workbook that are not shown.
    HiddenSheets {
        /// Their names.
        names: Vec<String>,
    },
    /// Rows or columns with content that are not shown.
    HiddenCells {
        /// The sheets that have them.
        sheets: Vec<String>,
    },
    /// Slides that are not shown.
    HiddenSlides {
        /// From 1.
        numbers: Vec<u32>,
    },
    /// Notes for the speaker.
    SpeakerNotes {
        /// The slides that have them, from 1.
        numbers: Vec<u32>,
    },
    /// Values of other workbooks, or rows behind a pivot table, that are kept
    /// without being shown.
    StoredData {
        /// The workbooks or tables.
        names: Vec<String>,
    },
    /// It says that it was generated (GB 45438-2025).
    AiLabel,
    /// Files that were put into a document as they were.
    Enclosed {
        /// How many.
        count: u32,
    },
    /// The copy made for publication does not read as the original does.
    Unclean,
    /// A signed document: published as it is, author and all.
    Signed,
    /// A format of before 2007, whose author can't be taken out.
    OldFormat,
    /// A PDF or OFD of pictures without text.
    NoText,
    /// A document of a kind that is not opened.
    Unopened {
        /// The kind, as people name it.
        kind: String,
    },
    /// A program or a script, whatever it is called.
    IsProgram {
        /// What kind: `EXE`, `Shell`.
        what: String,
    },
    /// A file of a format that nobody here knows.
    UnknownFormat {
        /// What it seems to be, in capitals.
        seems: Option<String>,
    },
    /// Of a document of fixed pages.
    Paged(PagedFault),
    /// Of one of the files that are packed together.
    Inside {
        /// The file's name in the archive.
        name: String,
        /// What is to be said of it.
        fault: Box<Self>,
    },
}

impl MaterialFault {
    /// Whether an editor who has looked at it may let it pass, by
    /// `reviewed: true`.
    pub fn is_for_review(&self) -> bool {
        match self {
            Self::Comments { .. }
            | Self::TrackedChanges { .. }
            | Self::HiddenText { .. }
            | Self::HiddenSheets { .. }
            | Self::HiddenCells { .. }
            | Self::HiddenSlides { .. }
            | Self::SpeakerNotes { .. }
            | Self::StoredData { .. }
            | Self::Enclosed { .. }
            | Self::Unchecked { .. }
            | Self::OldFormat
            | Self::NoText
            | Self::UnknownFormat { .. }
            | Self::Unopened { .. } => true,
            Self::Paged(fault) => fault.is_for_review(),
            Self::Inside { fault, .. } => fault.is_for_review(),
            Self::Encrypted
            | Self::Macros
            | Self::Program { .. }
            | Self::IsProgram { .. }
            | Self::Script
            | Self::Damaged
            | Self::Bomb
            | Self::Unclean
            | Self::AiLabel
            | Self::Signed => false,
        }
    }
}

impl Fault for MaterialFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Encrypted => ("encrypted-document", Error),
            Self::Macros => ("document-with-macros", Error),
            Self::Program { .. } => ("document-with-program", Error),
            Self::Script => ("document-with-script", Error),
            Self::Damaged => ("damaged-document", Error),
            Self::Bomb => ("document-bomb", Error),
            Self::Unchecked { .. } => ("unchecked-document", Warning),
            Self::Comments { .. } => ("document-comments", Error),
            Self::TrackedChanges { .. } => ("tracked-changes", Error),
            Self::HiddenText { .. } => ("hidden-text", Error),
            Self::HiddenSheets { .. } => ("hidden-sheets", Error),
            Self::HiddenCells { .. } => ("hidden-cells", Error),
            Self::HiddenSlides { .. } => ("hidden-slides", Error),
            Self::SpeakerNotes { .. } => ("speaker-notes", Error),
            Self::StoredData { .. } => ("stored-data", Error),
            Self::AiLabel => ("document-with-ai-label", Note),
            Self::Enclosed { .. } => ("enclosed-files", Error),
            Self::Unclean => ("unclean-copy", Error),
            Self::Signed => ("signed-document", Note),
            Self::OldFormat => ("old-office-format", Warning),
            Self::NoText => ("document-without-text", Note),
            Self::Unopened { .. } => ("unopened-document", Warning),
            Self::IsProgram { .. } => ("program-attached", Error),
            Self::UnknownFormat { .. } => ("unknown-format", Warning),
            Self::Paged(fault) => fault.head(),
            Self::Inside { fault, .. } => fault.head(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
            Self::Encrypted => [
                Message::with_hint(
                    "这份文件加了密码保护",
                    "去掉保护另存一份再发布；不宜公开的文件不要放进来",
                ),
                Message::with_hint(
                    "the document is protected by a password",
                    "save a copy without protection; what is not for everybody does not belong here",
                ),
            ],
            Self::Macros => [
                Message::with_hint(
                    "这份文件带有宏或控件，读者的电脑会拦下它",
                    "另存为不带宏的 docx、xlsx、pptx 或 PDF",
                ),
                Message::with_hint(
                    "the document has macros or controls; readers' computers will block it",
                    "save it as docx, xlsx, pptx or PDF, without macros",
                ),
            ],
            Self::Program { name } => [
                Message::with_hint(format!("这份文件里夹着程序 `{name}`"), "把程序取出来，只发布文件本身"),
                Message::with_hint(
                    format!("the document carries the program `{name}`"),
                    "take the program out and publish the document alone",
                ),
            ],
            Self::Script => [
                Message::with_hint("这份 PDF 打开时会运行脚本或程序", "用“打印为 PDF”重新导出一份"),
                Message::with_hint(
                    "the PDF runs a script or a program when it is opened",
                    "print it to a new PDF",
                ),
            ],
            Self::Damaged => [
                Message::with_hint(
                    "这份文件打不开，或不完整",
                    "用 Word、WPS 或 PDF 阅读器打开核对，重新保存一份",
                ),
                Message::with_hint(
                    "the document can't be opened, or is not whole",
                    "open it in Word, WPS or a PDF reader and save it anew",
                ),
            ],
            Self::Bomb => [
                Message::with_hint(
                    "这份文件解开后大得离谱，没有检查",
                    "用 Word、WPS 打开后另存一份；来路不明的文件不要发布",
                ),
                Message::with_hint(
                    "the document unpacks to an absurd size; it was not checked",
                    "open it in Word or WPS and save it anew; don't publish what comes from strangers",
                ),
            ],
            Self::Unchecked { size } => [
                Message::with_hint(
                    format!("这份文件有 {} MB，太大，没有检查批注和作者信息", size >> 20),
                    "压缩图片后另存，或核对过后在 `文件` 里写 `已审核: 是`",
                ),
                Message::with_hint(
                    format!(
                        "the document has {} MB and was not checked for comments and authors",
                        size >> 20
                    ),
                    "compress its pictures, or look through it and put `reviewed: true` under `files`",
                ),
            ],
            Self::Comments { count, authors } => [
                Message::with_hint(
                    format!("文件里有 {count} 条批注{}", by_zh(authors)),
                    format!("在“审阅”里删除批注后保存；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} comment(s) in the document{}", by_en(authors)),
                    format!("delete them under `Review`; {REVIEWED_EN}"),
                ),
            ],
            Self::TrackedChanges { count, authors } => [
                Message::with_hint(
                    format!("文件里有 {count} 处修订没有接受{}", by_zh(authors)),
                    format!("在“审阅”里接受全部修订后保存；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} tracked change(s) in the document{}", by_en(authors)),
                    format!("accept all of them under `Review`; {REVIEWED_EN}"),
                ),
            ],
            Self::HiddenText { count } => [
                Message::with_hint(
                    format!("文件里有 {count} 个隐藏的字"),
                    format!("全选，在“字体”里去掉“隐藏”，看过再决定去留；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} hidden character(s) in the document"),
                    format!("select all, unhide under `Font`, and look; {REVIEWED_EN}"),
                ),
            ],
            Self::HiddenSheets { names } => [
                Message::with_hint(
                    format!("表格里有隐藏的工作表{}", list_zh(names)),
                    format!("右键点工作表标签“取消隐藏”，看过再决定去留；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("hidden sheets in the workbook: {}", list_en(names)),
                    format!("unhide them and look; {REVIEWED_EN}"),
                ),
            ],
            Self::HiddenCells { sheets } => [
                Message::with_hint(
                    format!("工作表{}里有隐藏的行或列", list_zh(sheets)),
                    format!("全选后“取消隐藏”，看过再决定去留；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("hidden rows or columns in {}", list_en(sheets)),
                    format!("unhide them and look; {REVIEWED_EN}"),
                ),
            ],
            Self::HiddenSlides { numbers } => [
                Message::with_hint(
                    format!("第 {} 张幻灯片是隐藏的", join(numbers, "、")),
                    format!("删除它们，或取消隐藏；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("hidden slides: {}", join(numbers, ", ")),
                    format!("delete or unhide them; {REVIEWED_EN}"),
                ),
            ],
            Self::SpeakerNotes { numbers } => [
                Message::with_hint(
                    format!("第 {} 张幻灯片有演讲者备注", join(numbers, "、")),
                    format!("在“检查文档”里删除备注；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("speaker notes on slides {}", join(numbers, ", ")),
                    format!("delete them by `Inspect Document`; {REVIEWED_EN}"),
                ),
            ],
            Self::StoredData { names } => [
                Message::with_hint(
                    format!("表格里存着看不见的数据，来自{}", list_zh(names)),
                    format!("在“数据”里断开链接，把透视表粘贴成数值；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("the workbook stores data that is not shown, from {}", list_en(names)),
                    format!("break the links, paste the pivot table as values; {REVIEWED_EN}"),
                ),
            ],
            Self::AiLabel => [
                Message::with_hint(
                    "这份文件带有人工智能生成的标识，发布时保留",
                    "规定不许去掉它（《标识办法》第十条）；在正文里也要说明",
                ),
                Message::with_hint(
                    "the document carries the label of AI-generated text, which stays in the published copy",
                    "the rules forbid taking it out; say so in the text too",
                ),
            ],
            Self::Enclosed { count } => [
                Message::with_hint(
                    format!("这份文件里夹带了 {count} 个文件，没有检查"),
                    format!("在 Word、WPS 或 PDF 软件里删去它们，要发布的单独放；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} file(s) are enclosed in the document and were not checked"),
                    format!("delete them and offer them apart; {REVIEWED_EN}"),
                ),
            ],
            Self::Unclean => [
                Message::with_hint(
                    "去掉作者信息以后，内容和原来的对不上",
                    "用 Word、WPS 或 PDF 软件打开，另存一份再试",
                ),
                Message::with_hint(
                    "without its author the document does not read as before",
                    "open it in Word, WPS or a PDF program, save it anew and try again",
                ),
            ],
            Self::Signed => [
                Message::with_hint(
                    "这份文件有数字签名，原样发布",
                    "签名和作者信息读者看得到，改动一个字节签名就失效",
                ),
                Message::with_hint(
                    "the document is signed and published as it is",
                    "readers see the signature and the author; one changed byte would break it",
                ),
            ],
            Self::OldFormat => [
                Message::with_hint(
                    "旧版 Office 格式，作者信息去不掉，也搜不到里面的字",
                    "另存为 docx、xlsx、pptx 或 PDF",
                ),
                Message::with_hint(
                    "an old Office format: its author can't be taken out, its text can't be searched",
                    "save it as docx, xlsx, pptx or PDF",
                ),
            ],
            Self::NoText => [
                Message::with_hint(
                    "这份文件全是图片，没有文字：搜不到，读屏软件也念不出",
                    "有原稿时从原稿导出 PDF；只有扫描件时先做文字识别",
                ),
                Message::with_hint(
                    "the document has pictures only: it can't be searched or read aloud",
                    "export it from the original document, or run text recognition over the scan",
                ),
            ],
            Self::Unopened { kind } => [
                Message::with_hint(
                    format!("{kind} 文件没有打开检查，里面的作者和批注去不掉，也搜不到里面的字"),
                    "另存为 docx、xlsx、pptx 或 PDF；只能用这种格式时核对过，在 `文件` 里写 `已审核: 是`",
                ),
                Message::with_hint(
                    format!(
                        "the {kind} document is not opened: author and comments stay, the text can't be searched"
                    ),
                    "save it as docx, xlsx, pptx or PDF; or look through it and put `reviewed: true` under `files`",
                ),
            ],
            Self::IsProgram { what } => [
                Message::with_hint(
                    format!("这个文件是程序或脚本（{what}），不能发布"),
                    "把它拿掉；要给读者看的内容，另存为文档或 PDF",
                ),
                Message::with_hint(
                    format!("the file is a program or script ({what}) and can't be published"),
                    "take it out; save what readers shall see as a document or PDF",
                ),
            ],
            Self::UnknownFormat { seems: None } => [
                Message::with_hint("认不出这是什么文件，里面有什么没有检查", UNKNOWN_ZH),
                Message::with_hint("a file of an unknown format; nobody checked what is in it", UNKNOWN_EN),
            ],
            Self::UnknownFormat { seems: Some(seems) } => [
                Message::with_hint(format!("这个文件像是 {seems}，里面有什么没有检查"), UNKNOWN_ZH),
                Message::with_hint(
                    format!("the file seems to be {seems}; nobody checked what is in it"),
                    UNKNOWN_EN,
                ),
            ],
            Self::Paged(fault) => fault.message(),
            Self::Inside { name, fault } => {
                let [zh, en] = fault.message();
                [
                    Message { text: format!("里面的 `{name}`：{}", zh.text), ..zh },
                    Message { text: format!("in `{name}` within: {}", en.text), ..en },
                ]
            }
        }
    }
}

const UNKNOWN_ZH: &str =
    "换成 PDF、docx、xlsx、pptx、txt 或图片；只能用这种格式时核对过，在 `文件` 里写 `已审核: 是`";
const UNKNOWN_EN: &str = "offer a PDF, docx, xlsx, pptx, txt or picture; or look through it and put `reviewed: true` under `files`";

const REVIEWED_ZH: &str = "确要保留，在 `文件` 里写 `已审核: 是`";
const REVIEWED_EN: &str = "to keep it, put `reviewed: true` under `files`";

/// `，作者：张三、李四`, or nothing.
fn by_zh(authors: &[String]) -> String {
    if authors.is_empty() { String::new() } else { format!("，作者：{}", authors.join("、")) }
}

fn by_en(authors: &[String]) -> String {
    if authors.is_empty() { String::new() } else { format!(" by {}", authors.join(", ")) }
}

fn list_zh(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、")
}

fn list_en(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn join(numbers: &[u32], between: &str) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(between)
}

impl From<PagedFault> for MaterialFault {
    fn from(fault: PagedFault) -> Self {
        Self::Paged(fault)
    }
}
