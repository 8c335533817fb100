//! What is noticed in documents of fixed pages: PDF and OFD.

use serde::{Deserialize, Serialize};

use super::Severity::{self, Error, Note, Warning};
use super::{Fault, Message};

/// About what stands on the pages of a PDF or OFD, or beside them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PagedFault {
    /// Text outside what the pages show: it was cropped away, not deleted.
    Cropped {
        /// Characters.
        count: u32,
    },
    /// Text in layers that are not shown.
    HiddenLayers {
        /// Characters.
        count: u32,
    },
    /// Glyphs of which nobody can tell the characters.
    Undecodable {
        /// Of a hundred glyphs, at least 1.
        percent: u32,
    },
    /// It opens without a password, but printing or copying was restricted:
    /// what is published is not.
    Restricted,
    /// Links to files on somebody's computer.
    LocalLinks {
        /// The files' names, at most five.
        names: Vec<String>,
    },
    /// A link starts a program.
    StartsProgram {
        /// The program's name.
        name: String,
    },
    /// A form whose pages one program makes when it is opened (XFA).
    DynamicForm,
    /// An OFD: not every reader's device opens it.
    Ofd,
}

impl PagedFault {
    /// Whether an editor who has looked at it may let it pass.
    pub fn is_for_review(&self) -> bool {
        match self {
            Self::Cropped { .. }
            | Self::HiddenLayers { .. }
            | Self::Undecodable { .. }
            | Self::Restricted
            | Self::LocalLinks { .. }
            | Self::DynamicForm
            | Self::Ofd => true,
            Self::StartsProgram { .. } => false,
        }
    }
}

const REVIEWED_ZH: &str = "确要保留，在 `文件` 里写 `已审核: 是`";
const REVIEWED_EN: &str = "to keep it, put `reviewed: true` under `files`";

impl Fault for PagedFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Cropped { .. } => ("cropped-text", Error),
            Self::HiddenLayers { .. } => ("hidden-layers", Error),
            Self::Undecodable { .. } => ("undecodable-text", Warning),
            Self::Restricted => ("restricted-document", Note),
            Self::LocalLinks { .. } => ("local-links", Warning),
            Self::StartsProgram { .. } => ("link-starts-program", Error),
            Self::DynamicForm => ("dynamic-form", Warning),
            Self::Ofd => ("ofd-document", Note),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::Cropped { count } => [
                Message::with_hint(
                    format!("页面外面有 {count} 个字：裁掉的部分看不见，但还在文件里，一复制就出来"),
                    format!("用“打印为 PDF”另存一份，只留看得见的部分；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} character(s) outside the pages: what was cropped is still in the file"),
                    format!("print it to a new PDF, which keeps only what is seen; {REVIEWED_EN}"),
                ),
            ],
            Self::HiddenLayers { count } => [
                Message::with_hint(
                    format!("隐藏的图层里有 {count} 个字"),
                    format!("在 PDF 软件的“图层”里看过再决定去留，或用“打印为 PDF”另存一份；{REVIEWED_ZH}"),
                ),
                Message::with_hint(
                    format!("{count} character(s) in layers that are not shown"),
                    format!("look at them under `Layers`, or print it to a new PDF; {REVIEWED_EN}"),
                ),
            ],
            Self::Undecodable { percent } => [
                Message::with_hint(
                    format!("这份文件有 {percent}% 的字读不出来：搜不到，复制出来是乱码"),
                    "从原稿重新导出 PDF，导出时嵌入字体；没有原稿时先做文字识别",
                ),
                Message::with_hint(
                    format!("{percent} % of the document can't be read: it won't be found by searching"),
                    "export it anew from the original with embedded fonts, or run text recognition over it",
                ),
            ],
            Self::Restricted => [
                Message::with_hint(
                    "这份 PDF 打开不用密码，但限制了打印或复制；发布的一份不带限制，读屏软件才念得出",
                    "不想让人复制的内容不要放到网上",
                ),
                Message::with_hint(
                    "the PDF opens without a password, but printing or copying was restricted; \
                     what is published is not, so that it can be read aloud",
                    "what nobody may copy does not belong on the web",
                ),
            ],
            Self::LocalLinks { names } => [
                Message::with_hint(
                    format!(
                        "文件里有链接指向电脑里的文件{}，读者点了打不开；路径发布时已去掉",
                        list(names, "、")
                    ),
                    "要给读者的文件单独放，链接改成网址",
                ),
                Message::with_hint(
                    format!(
                        "links to files on somebody's computer: {}; they are dead for readers, and the path is taken out",
                        list(names, ", ")
                    ),
                    "offer the files apart, and link to their addresses",
                ),
            ],
            Self::StartsProgram { name } => [
                Message::with_hint(
                    format!("文件里有链接会启动程序 `{name}`"),
                    "删去这个链接；或用“打印为 PDF”重新导出一份",
                ),
                Message::with_hint(
                    format!("a link in the document starts the program `{name}`"),
                    "delete the link, or print it to a new PDF",
                ),
            ],
            Self::DynamicForm => [
                Message::with_hint(
                    "这是动态表单（XFA），只有 Adobe 的软件能打开，手机和浏览器里只有一页“请稍候”",
                    "用 Adobe 软件打开后“打印为 PDF”，发布打印出来的一份",
                ),
                Message::with_hint(
                    "a dynamic form (XFA): only Adobe's programs open it, others show one page that asks to wait",
                    "open it there and print it to a new PDF",
                ),
            ],
            Self::Ofd => [
                Message::with_hint(
                    "OFD 是国家标准格式，手机上多半打不开",
                    "旁边再放一份 PDF，手机上才打得开",
                ),
                Message::with_hint(
                    "few phones open an OFD, the national standard for documents",
                    "offer a PDF beside it",
                ),
            ],
        }
    }
}

fn list(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}
