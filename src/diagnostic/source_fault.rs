//! About a file as such: its encoding, its size, where it leads.

use super::Severity::{Error, Note, Warning};
use super::{Fault, Message, Severity};

/// About a file as such: its encoding, its size, where it leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceFault {
    /// A symbolic link that leads out of the project.
    LeavesRoot,
    /// A symbolic link to something of the project that is not below the same
    /// input.
    LeavesInput {
        /// Where it leads, from the project's root.
        target: String,
    },
    /// A symbolic link whose target is gone.
    DanglingLink {
        /// The target as the link has it.
        target: String,
    },
    /// A symbolic link in a circle, or in a folder reached by a link.
    NestedLink,
    /// A pipe, a socket or a device.
    NotRegular,
    /// A text file that is too large; sizes in bytes.
    TooLarge {
        /// Its size.
        size: u64,
        /// The greatest size that is read.
        limit: u64,
    },
    /// A file that the system would not let us read.
    Unreadable {
        /// The system's words.
        why: String,
    },
    /// A name that is not Unicode.
    NameNotUnicode,
    /// UTF-8 with a byte order mark.
    ByteOrderMark,
    /// UTF-16: "Unicode" in old editors.
    Utf16,
    /// GB18030 or one of its ancestors: "ANSI" in Chinese Windows.
    Gb18030,
    /// Bytes that are no text in any encoding we know.
    NotText,
    /// Marks of a merge that nobody has decided.
    MergeConflict,
    /// A copy that a program made where two people saved one file.
    ConflictCopy,
}

impl Fault for SourceFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::LeavesRoot => ("link-leaves-folder", Error),
            Self::LeavesInput { .. } => ("link-leaves-content", Error),
            Self::DanglingLink { .. } => ("dangling-link", Error),
            Self::NestedLink => ("nested-link", Error),
            Self::NotRegular => ("not-a-file", Error),
            Self::TooLarge { .. } => ("file-too-large", Error),
            Self::Unreadable { .. } => ("file-unreadable", Error),
            Self::NameNotUnicode => ("name-not-unicode", Error),
            Self::ByteOrderMark => ("byte-order-mark", Note),
            Self::Utf16 => ("encoding-utf-16", Error),
            Self::Gb18030 => ("encoding-gb18030", Error),
            Self::NotText => ("not-a-text-file", Error),
            Self::MergeConflict => ("merge-conflict", Error),
            Self::ConflictCopy => ("conflict-copy", Warning),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
            Self::LeavesRoot => [
                Message::with_hint("符号链接指向专栏文件夹之外，没有读取", "把文件本身复制进来，不要用链接"),
                Message::with_hint(
                    "symbolic link leads out of the column's folder and was not read",
                    "copy the file itself instead of linking to it",
                ),
            ],
            Self::LeavesInput { target } => [
                Message::with_hint(
                    format!("符号链接指向的 `{target}` 不在稿件之中，没有读取"),
                    "把文件本身放进 `content/`，不要用链接",
                ),
                Message::with_hint(
                    format!(
                        "symbolic link leads to `{target}`, which is not among the sources, and was not read"
                    ),
                    "put the file itself into `content/` instead of linking to it",
                ),
            ],
            Self::DanglingLink { target } => [
                Message::with_hint(
                    format!("符号链接指向的 `{target}` 不存在"),
                    "把文件本身放到这里；不再需要就删去这个链接",
                ),
                Message::with_hint(
                    format!("symbolic link to `{target}`, which does not exist"),
                    "put the file itself here, or remove the link",
                ),
            ],
            Self::NestedLink => [
                Message::with_hint(
                    "符号链接绕回自己，或套在另一个链接里，没有读取",
                    "把文件本身放到这里，不要用链接",
                ),
                Message::with_hint(
                    "symbolic link in a circle, or within a linked folder, was not read",
                    "put the files themselves here instead of linking to them",
                ),
            ],
            Self::NotRegular => [
                Message::with_hint(
                    "这不是普通文件（管道、套接字或设备），没有读取",
                    "把它从专栏文件夹里移走",
                ),
                Message::with_hint(
                    "this is no regular file (a pipe, a socket or a device) and was not read",
                    "move it out of the column's folder",
                ),
            ],
            Self::TooLarge { size, limit } => [
                Message::with_hint(
                    format!("文件有 {}，超过上限 {}，没有读取", megabytes(*size), megabytes(*limit)),
                    "拆成几篇，或把大段数据做成附件",
                ),
                Message::with_hint(
                    format!(
                        "the file has {}, more than the limit of {}, and was not read",
                        megabytes(*size),
                        megabytes(*limit)
                    ),
                    "split it, or attach the data as a file",
                ),
            ],
            Self::Unreadable { why } => [
                Message::with_hint(format!("文件读不出来：{why}"), "检查文件权限，或是否正被别的程序占用"),
                Message::with_hint(
                    format!("the file can't be read: {why}"),
                    "check its permissions, and whether another program holds it",
                ),
            ],
            Self::NameNotUnicode => [
                Message::with_hint("文件名不是 Unicode，没有读取", "给文件重新起名"),
                Message::with_hint("the file's name is not Unicode, and it was not read", "rename the file"),
            ],
            Self::ByteOrderMark => [
                Message::with_hint(
                    "文件开头有 BOM 标记，已忽略",
                    "另存时编码选“UTF-8”，不要选“UTF-8 带 BOM”",
                ),
                Message::with_hint(
                    "the file begins with a byte order mark, which is passed over",
                    "save it as “UTF-8”, not as “UTF-8 with BOM”",
                ),
            ],
            Self::Utf16 => [
                Message::with_hint("文件的编码是 UTF-16，不是 UTF-8", "另存为，编码选“UTF-8”"),
                Message::with_hint("the file is encoded in UTF-16, not UTF-8", "save it as “UTF-8”"),
            ],
            Self::Gb18030 => [
                Message::with_hint("文件的编码是 GB18030（ANSI），不是 UTF-8", "另存为，编码选“UTF-8”"),
                Message::with_hint("the file is encoded in GB18030 (ANSI), not UTF-8", "save it as “UTF-8”"),
            ],
            Self::NotText => [
                Message::with_hint(
                    "这里的字节不是文字，文件可能已损坏",
                    "核对文件内容；如果是附件，改用原来的扩展名",
                ),
                Message::with_hint(
                    "these bytes are no text; the file may be damaged",
                    "check the file; an attachment keeps its own extension",
                ),
            ],
            Self::MergeConflict => [
                Message::with_hint(
                    "这里有没处理完的合并冲突",
                    "从 `<<<<<<<` 到 `>>>>>>>` 是两个人改的同一处：留下对的一份，删去另一份和三行标记",
                ),
                Message::with_hint(
                    "a merge has left two versions here, and nobody has chosen",
                    "from `<<<<<<<` to `>>>>>>>`: keep the right one, delete the other and the three lines of marks",
                ),
            ],
            Self::ConflictCopy => [
                Message::with_hint(
                    "这是同步软件在两个人同时修改时留下的副本，没有采用",
                    "和原来的文件对照，把该留的改进去，再删去这个副本",
                ),
                Message::with_hint(
                    "a sync program left this copy where two people changed one file; it was not used",
                    "compare it with the file itself, take over what is to stay, then delete the copy",
                ),
            ],
        }
    }
}

/// A size for people: `4.2 MB`.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}
