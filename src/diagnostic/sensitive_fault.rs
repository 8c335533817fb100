//! About what must not be published unseen: numbers of people, secrecy marks.

use serde::{Deserialize, Serialize};

use super::Severity::{Error, Warning};
use super::{Fault, Message, Severity};
use crate::sensitive::PersonalKind;

/// About what must not be published unseen: numbers of people, secrecy marks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SensitiveFault {
    /// A number of a person in a text of the column.
    Number {
        /// What number.
        kind: PersonalKind,
        /// Its beginning and end; stars between.
        number: String,
    },
    /// The same in an attached file.
    NumberInFile {
        /// What number.
        kind: PersonalKind,
        /// Beginning and end of the first one.
        number: String,
        /// How many of that kind there are at that place.
        count: u32,
        /// Where in the file.
        place: MaterialPlace,
    },
    /// The same in the name of a file or folder, which stands in addresses.
    NumberInName {
        /// What number.
        kind: PersonalKind,
        /// Its beginning and end.
        number: String,
    },
    /// A secrecy mark in a text of the column.
    Mark {
        /// As written.
        mark: String,
        /// Whether it is one of the law; else an internal one.
        legal: bool,
    },
    /// The same in an attached file.
    MarkInFile {
        /// As written.
        mark: String,
        /// Whether it is one of the law; else an internal one.
        legal: bool,
        /// Where in the file.
        place: MaterialPlace,
    },
}

/// A place in an attached file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum MaterialPlace {
    /// Somewhere in it.
    #[default]
    Whole,
    /// A page, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// A sheet of a workbook, by its name.
    Sheet(String),
    /// A line of a text file, from 1.
    Line(u32),
    /// What a reader does not see at once: comments, notes, headers.
    Beside(Beside),
    /// A file of an archive.
    Member {
        /// Its name in the archive.
        name: String,
        /// Where in it.
        place: Box<Self>,
    },
}

/// What a reader of a document does not see at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Beside {
    /// Comments in the margin.
    Comments,
    /// Notes for the speaker.
    Notes,
    /// Headers and footers.
    Headers,
    /// Sheets, cells, slides, text that are hidden; deleted text.
    Hidden,
    /// Charts and drawings.
    Drawings,
    /// Addresses of links.
    Links,
    /// What programs note of a document.
    Properties,
    /// Documents within the document.
    Enclosed,
}

impl MaterialPlace {
    /// The place that findings are counted by: all lines of a text are one.
    #[must_use]
    pub fn container(&self) -> Self {
        match self {
            Self::Line(_) => Self::Whole,
            Self::Member { name, place } => {
                Self::Member { name: name.clone(), place: Box::new(place.container()) }
            }
            other => other.clone(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Whole => "文件".to_owned(),
            Self::Page(number) => format!("第 {number} 页"),
            Self::Slide(number) => format!("第 {number} 张幻灯片"),
            Self::Sheet(name) => format!("工作表 `{name}`"),
            Self::Line(number) => format!("第 {number} 行"),
            Self::Beside(beside) => match beside {
                Beside::Comments => "文件的批注",
                Beside::Notes => "幻灯片的备注",
                Beside::Headers => "文件的页眉页脚",
                Beside::Hidden => "文件隐藏或删去的内容",
                Beside::Drawings => "文件的图形、图表",
                Beside::Links => "文件的链接",
                Beside::Properties => "文件的属性",
                Beside::Enclosed => "文件夹带的文件",
            }
            .to_owned(),
            Self::Member { name, place } => match &**place {
                Self::Whole => format!("压缩包里的 `{name}`"),
                place => format!("压缩包里 `{name}` 的{}", place.zh()),
            },
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Whole => "the file".to_owned(),
            Self::Page(number) => format!("page {number}"),
            Self::Slide(number) => format!("slide {number}"),
            Self::Sheet(name) => format!("the sheet `{name}`"),
            Self::Line(number) => format!("line {number}"),
            Self::Beside(beside) => match beside {
                Beside::Comments => "a comment",
                Beside::Notes => "the speaker's notes",
                Beside::Headers => "a header or footer",
                Beside::Hidden => "hidden or deleted text",
                Beside::Drawings => "a drawing or chart",
                Beside::Links => "a link's address",
                Beside::Properties => "the file's properties",
                Beside::Enclosed => "a document enclosed in the file",
            }
            .to_owned(),
            Self::Member { name, place } => match &**place {
                Self::Whole => format!("`{name}` of the archive"),
                place => format!("{} of `{name}` in the archive", place.en()),
            },
        }
    }
}

impl SensitiveFault {
    /// Whether an editor who has looked at it may let it pass, by
    /// `reviewed: true`.
    pub fn is_for_review(&self) -> bool {
        matches!(self, Self::NumberInFile { .. } | Self::MarkInFile { .. })
    }
}

/// What a kind is called in both languages, behind `有` and `a`.
fn name(kind: PersonalKind) -> [&'static str; 2] {
    match kind {
        PersonalKind::CitizenId => ["居民身份证号码", "citizen's ID number"],
        PersonalKind::CitizenIdLike => {
            ["像居民身份证、只是校验码不对的号码", "number like a citizen's ID, but for its check digit"]
        }
        PersonalKind::OldCitizenId => ["像 15 位旧身份证的号码", "number like a citizen's ID of 15 digits"],
        PersonalKind::Mobile => ["手机号码", "mobile telephone number"],
        PersonalKind::BankCard => ["像银行卡的号码", "number like a bank card's"],
        PersonalKind::Passport => ["护照号码", "passport number"],
        PersonalKind::Badge => ["警号", "police badge number"],
        PersonalKind::Plate => ["车牌号码", "number plate"],
    }
}

/// What an editor can do about a number of that kind in a text.
fn way_out(kind: PersonalKind) -> [&'static str; 2] {
    match kind {
        PersonalKind::CitizenId => [
            "删去它，或只留首尾几位；号码不能公开",
            "delete it, or leave the first and last digits only; it must not be public",
        ],
        PersonalKind::CitizenIdLike | PersonalKind::OldCitizenId => [
            "如果是证件号码，删去它；如果不是，写进 `column.yaml` 的 `放行`",
            "delete it if it is one, else add it to `allow` in `column.yaml`",
        ],
        PersonalKind::Mobile => [
            "换成办公电话或只留首尾几位；可以公开的号码写进 `column.yaml` 的 `放行`",
            "use an office's number or leave digits out; add a public one to `allow` in `column.yaml`",
        ],
        PersonalKind::BankCard | PersonalKind::Passport | PersonalKind::Badge | PersonalKind::Plate => [
            "删去它，或只留首尾几位；可以公开的写进 `column.yaml` 的 `放行`",
            "delete it or leave digits out; add a public one to `allow` in `column.yaml`",
        ],
    }
}

impl Fault for SensitiveFault {
    fn head(&self) -> (&'static str, Severity) {
        let (kind, severity) = match self {
            Self::Mark { legal: true, .. } | Self::MarkInFile { legal: true, .. } => {
                return ("secrecy-mark", Error);
            }
            Self::Mark { legal: false, .. } => return ("internal-mark", Warning),
            Self::MarkInFile { legal: false, .. } => return ("internal-mark", Error),
            // Whoever reads an article sees the number; nobody reads every row
            // of an attached list.
            Self::NumberInFile { kind, .. } => (kind, Error),
            Self::Number { kind, .. } | Self::NumberInName { kind, .. } => (kind, Warning),
        };
        match kind {
            PersonalKind::CitizenId => ("citizen-id", Error),
            PersonalKind::CitizenIdLike | PersonalKind::OldCitizenId => ("citizen-id-like", severity),
            PersonalKind::Mobile => ("mobile-number", severity),
            PersonalKind::BankCard => ("bank-card", severity),
            PersonalKind::Passport => ("passport-number", severity),
            PersonalKind::Badge => ("badge-number", severity),
            PersonalKind::Plate => ("number-plate", severity),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::Number { kind, number } => {
                let ([zh, en], [hint_zh, hint_en]) = (name(*kind), way_out(*kind));
                [
                    Message::with_hint(format!("这里有{zh} {number}"), hint_zh),
                    Message::with_hint(format!("a {en}: {number}"), hint_en),
                ]
            }
            Self::NumberInName { kind, number } => {
                let [zh, en] = name(*kind);
                [
                    Message::with_hint(
                        format!("文件或文件夹的名字里有{zh} {number}，网址里会看得到"),
                        "改名，并改正引用它的地方；可以公开的写进 `column.yaml` 的 `放行`",
                    ),
                    Message::with_hint(
                        format!(
                            "a {en} in the name of the file or its folder: {number}; it shows in addresses"
                        ),
                        "rename it, also where it is referred to; add a public one to `allow` in `column.yaml`",
                    ),
                ]
            }
            Self::NumberInFile { kind, number, count, place } => {
                let [zh, en] = name(*kind);
                let (many_zh, many_en) = match count {
                    0 | 1 => (String::new(), String::new()),
                    more => (format!(" 等 {more} 个"), format!(", {more} in all")),
                };
                [
                    Message::with_hint(format!("{}里有{zh} {number}{many_zh}", place.zh()), IN_FILE_ZH),
                    Message::with_hint(format!("a {en} in {}: {number}{many_en}", place.en()), IN_FILE_EN),
                ]
            }
            Self::Mark { mark, legal } => {
                let [what_zh, what_en] = if *legal { MARK } else { INTERNAL };
                [
                    Message::with_hint(format!("这里有{what_zh} `{mark}`"), MARK_HINT_ZH),
                    Message::with_hint(format!("{what_en}: `{mark}`"), MARK_HINT_EN),
                ]
            }
            Self::MarkInFile { mark, legal, place } => {
                let [what_zh, what_en] = if *legal { MARK } else { INTERNAL };
                [
                    Message::with_hint(format!("{}里有{what_zh} `{mark}`", place.zh()), MARK_IN_FILE_ZH),
                    Message::with_hint(format!("{what_en} in {}: `{mark}`", place.en()), MARK_IN_FILE_EN),
                ]
            }
        }
    }
}

const MARK: [&str; 2] = ["密级标志", "a secrecy mark"];
const INTERNAL: [&str; 2] = ["内部资料的标志", "a mark of internal papers"];

const IN_FILE_ZH: &str = "在原件里删去它，或只留首尾几位，再换上；可以公开的号码写进 `column.yaml` 的 `放行`；\
     核对过、确要公开的，在 `文件` 里写 `已审核: 是`。有号码的行不进搜索和预览";
const IN_FILE_EN: &str = "delete it in the original or leave digits out; add public ones to `allow` in `column.yaml`; \
     to publish all of them, put `reviewed: true` under `files`. Lines with a number are in no preview and no search";
const MARK_HINT_ZH: &str =
    "涉密和内部的内容不能发布，先请保密员核对；只是说到这个标志的，把它原样写进 `column.yaml` 的 `放行`";
const MARK_HINT_EN: &str = "such papers are not for publication: ask first; where a text only speaks of the mark, add it as written to `allow` in `column.yaml`";
const MARK_IN_FILE_ZH: &str =
    "涉密和内部的文件不能发布，先请保密员核对；确已解密或可以公开的，在 `文件` 里写 `已审核: 是`";
const MARK_IN_FILE_EN: &str = "such papers are not for publication: ask first; for one that is public by now, put `reviewed: true` under `files`";
