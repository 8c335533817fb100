//! What the system refused, worded for people.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Lang, Message};
use crate::path::SourcePath;

/// The result of touching a file.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that the system would not do.
#[derive(Debug)]
pub struct Error {
    /// What was tried.
    pub act: Act,
    /// On which file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
    /// Whether a full disk is one with room for bytes, but none for files.
    out_of_files: bool,
}

/// What is wrong with a source of which a file was to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceTrouble {
    /// It is another one than when the site was built.
    Changed(SourcePath),
    /// The picture can't be made of it.
    NotMade(SourcePath),
}

impl SourceTrouble {
    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Changed(path), Lang::Zh) => format!("生成网站时 `{path}` 被改动了"),
            (Self::Changed(path), Lang::En) => format!("`{path}` changed while the site was built"),
            (Self::NotMade(path), Lang::Zh) => format!("`{path}` 做不成图片"),
            (Self::NotMade(path), Lang::En) => format!("`{path}` can't be made into a picture"),
        }
    }
}

impl fmt::Display for SourceTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for SourceTrouble {}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Read a file.
    Read,
    /// List a folder.
    List,
    /// Write a new file.
    Write,
    /// Copy a file.
    Copy,
    /// Make a second name for a file.
    Link,
    /// Rename a file or folder.
    Rename,
    /// Exchange two folders.
    Exchange,
    /// Remove a file or folder.
    Remove,
    /// Make a folder.
    MakeFolder,
    /// Lock a file.
    Lock,
    /// Wait until the disk holds what was written.
    Sync,
}

impl Error {
    /// `source`, which came of doing `act` to `path`.
    pub fn new(act: Act, path: &Path, source: io::Error) -> Self {
        let out_of_files = source.kind() == ErrorKind::StorageFull && is_out_of_files(path);
        Self { act, path: path.to_owned(), source, out_of_files }
    }

    /// Whether a source is no longer what the site was built of: built anew, it
    /// can be published.
    pub fn is_changed_source(&self) -> bool {
        matches!(trouble(&self.source), Some(SourceTrouble::Changed(_)))
    }

    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let path = self.path.display();
        let reason = if self.out_of_files { out_of_files(lang) } else { reason(&self.source, lang) };
        let text = match lang {
            Lang::Zh => format!("不能{} `{path}`：{reason}", self.act.zh()),
            Lang::En => format!("can't {} `{path}`: {reason}", self.act.en()),
        };
        Message { text, hint: hint(self.source.kind(), lang).map(str::to_owned) }
    }
}

impl Act {
    fn zh(self) -> &'static str {
        match self {
            Self::Read => "读取",
            Self::List => "列出",
            Self::Write => "写入",
            Self::Copy => "复制",
            Self::Link => "链接",
            Self::Rename => "改名",
            Self::Exchange => "交换",
            Self::Remove => "删除",
            Self::MakeFolder => "新建文件夹",
            Self::Lock => "锁定",
            Self::Sync => "等待磁盘写完",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Write => "write",
            Self::Copy => "copy",
            Self::Link => "link",
            Self::Rename => "rename",
            Self::Exchange => "exchange",
            Self::Remove => "remove",
            Self::MakeFolder => "make the folder",
            Self::Lock => "lock",
            Self::Sync => "wait for the disk to hold",
        }
    }
}

/// The system's reason in the language asked for; what is rare stays in the
/// system's own words.
fn reason(error: &io::Error, lang: Lang) -> String {
    if let Some(trouble) = trouble(error) {
        return trouble.words(lang);
    }
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => ("不存在", "it does not exist"),
        ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        ErrorKind::AlreadyExists => ("已经存在", "it exists already"),
        ErrorKind::NotADirectory => ("不是文件夹", "it is not a folder"),
        ErrorKind::IsADirectory => ("是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => ("文件夹不是空的", "the folder is not empty"),
        ErrorKind::StorageFull => ("磁盘空间已满", "the disk is full"),
        ErrorKind::QuotaExceeded => ("超出磁盘配额", "the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘是只读的", "the disk is read-only"),
        ErrorKind::ResourceBusy => ("正在被占用", "it is in use"),
        ErrorKind::InvalidFilename => ("文件名无效或太长", "the name is invalid or too long"),
        _ => return error.to_string(),
    };
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn trouble(error: &io::Error) -> Option<&SourceTrouble> {
    error.get_ref()?.downcast_ref()
}

/// That there is room, but not for another file.
fn out_of_files(lang: Lang) -> String {
    match lang {
        Lang::Zh => "磁盘还有空间，但文件数已到上限（inode 用完了）",
        Lang::En => "the disk has room, but takes no more files (its inodes are used up)",
    }
    .to_owned()
}

/// Whether the disk that `path` is on has room for bytes, but none for files.
#[cfg(unix)]
fn is_out_of_files(path: &Path) -> bool {
    path.ancestors()
        .find_map(|above| rustix::fs::statvfs(above).ok())
        .is_some_and(|disk| disk.f_files > 0 && disk.f_favail == 0 && disk.f_bavail > 0)
}

/// Other systems have no such limit.
#[cfg(not(unix))]
fn is_out_of_files(_: &Path) -> bool {
    false
}

fn hint(kind: ErrorKind, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            ("检查它的权限，或换一个位置", "look at its permissions, or choose another place")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "腾出空间后再运行；原来的网站没有动",
            "free some space and run again; the former site is as it was",
        ),
        ErrorKind::ResourceBusy => {
            ("关闭正在使用它的程序后再试", "close the program that uses it and run again")
        }
        _ => return None,
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
