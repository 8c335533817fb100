//! Why nothing was begun.

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{Lang, Message};
use crate::disk;

/// Why nothing was begun.
#[derive(Debug)]
pub enum Error {
    /// The system refused something.
    Disk(disk::Error),
    /// The folder for a new column has something in it.
    NotEmpty {
        /// Which folder.
        folder: PathBuf,
    },
    /// There is a file of this name already.
    Exists {
        /// Which file, from the root.
        path: PathBuf,
    },
    /// The column has no section of this name.
    UnknownSection {
        /// As given.
        name: String,
        /// The nearest known one, if one is near.
        near: Option<String>,
        /// All known ones.
        known: Vec<String>,
    },
    /// The title has nothing to show.
    EmptyTitle,
}

impl Error {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> Message {
        match self {
            Self::Disk(error) => error.message(Lang::Zh),
            Self::NotEmpty { folder } => Message::with_hint(
                format!("`{}` 里已经有东西，没有写入", folder.display()),
                "换一个新文件夹的名字，例如 `zhuanlan init 我的专栏`",
            ),
            Self::Exists { path } => Message::with_hint(
                format!("`{}` 已经存在，没有改动", path.display()),
                "换一个标题或日期，或直接修改这个文件",
            ),
            Self::UnknownSection { name, near, known } => Message::with_hint(
                format!("没有栏目 `{name}`"),
                match (near, known.is_empty()) {
                    (Some(near), _) => format!("是不是 `{near}`？"),
                    (None, false) => format!("现有的栏目：{}", known.join("、")),
                    (None, true) => "先在 `column.yaml` 的 `栏目` 里写上栏目".to_owned(),
                },
            ),
            Self::EmptyTitle => {
                Message::with_hint("标题是空的", "例如 `zhuanlan new news \"动员部署会召开\"`")
            }
        }
    }

    fn en(&self) -> Message {
        match self {
            Self::Disk(error) => error.message(Lang::En),
            Self::NotEmpty { folder } => Message::with_hint(
                format!("`{}` has something in it; nothing was written", folder.display()),
                "name a new folder: `zhuanlan init my-column`, say",
            ),
            Self::Exists { path } => Message::with_hint(
                format!("`{}` exists already; it was not touched", path.display()),
                "choose another title or date, or edit that file",
            ),
            Self::UnknownSection { name, near, known } => Message::with_hint(
                format!("no section `{name}`"),
                match (near, known.is_empty()) {
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    (None, false) => format!("the sections are {}", known.join(", ")),
                    (None, true) => "describe one in `column.yaml`, under `sections`, first".to_owned(),
                },
            ),
            Self::EmptyTitle => Message::with_hint(
                "the title is empty",
                "for example `zhuanlan new news \"The meeting opens\"`",
            ),
        }
    }
}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}
