//! What ends a watch, and what it has to say, worded for people.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::NotNative;
use crate::diagnostic::{Lang, Message};
use crate::disk;

/// Why watching can't go on.
#[derive(Debug)]
pub enum Error {
    /// The project's folder, or one above it, was removed or renamed.
    Gone(PathBuf),
    /// There is no such folder, or it can't be read.
    Disk(disk::Error),
}

/// The folder is looked at from time to time, since the system does not tell
/// of changes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polling {
    /// Why.
    pub why: NotNative,
    /// How often.
    pub every: Duration,
}

impl Error {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        match (self, lang) {
            (Self::Disk(error), _) => error.message(lang),
            (Self::Gone(root), Lang::Zh) => Message::with_hint(
                format!("文件夹 `{}` 已不存在，不再监视", root.display()),
                "它被删除、改名或移走了；在新的位置重新运行",
            ),
            (Self::Gone(root), Lang::En) => Message::with_hint(
                format!("the folder `{}` is gone, so there is nothing to watch", root.display()),
                "it was deleted, renamed or moved; run again where it is now",
            ),
        }
    }
}

impl Polling {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let every = seconds(self.every);
        match (&self.why, lang) {
            (NotNative::Asked, Lang::Zh) => Message::plain(format!("每 {every} 秒检查一次文件")),
            (NotNative::Asked, Lang::En) => Message::plain(format!("looking at the files every {every} s")),
            (NotNative::Limit, Lang::Zh) => Message::with_hint(
                format!("系统的文件监视数量已到上限，改为每 {every} 秒检查一次"),
                format!("要即时看到改动，请提高上限后重新运行：{RAISE}"),
            ),
            (NotNative::Limit, Lang::En) => Message::with_hint(
                format!("the system's limit of watched files is reached, so we look every {every} s"),
                format!("to see changes at once, raise it and run again: {RAISE}"),
            ),
            (NotNative::Refused(words), Lang::Zh) => Message::with_hint(
                format!("系统不能监视这个文件夹（{words}），改为每 {every} 秒检查一次"),
                "网络盘常是如此；用 `--poll 秒数` 调整间隔",
            ),
            (NotNative::Refused(words), Lang::En) => Message::with_hint(
                format!("the system can't watch this folder ({words}), so we look every {every} s"),
                "network drives are often so; `--poll SECONDS` sets how often",
            ),
        }
    }
}

/// How to raise the limits of inotify; both, since either may be reached.
const RAISE: &str = "`sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024`";

/// `2` or `0.5`.
fn seconds(duration: Duration) -> String {
    let text = format!("{:.1}", duration.as_secs_f64());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Self::Disk(error)
    }
}
