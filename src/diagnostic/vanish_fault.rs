//! About sources that vanished since the site was last published.

use super::Severity::Error;
use super::{Fault, Message, Severity};

/// About sources that vanished since the site was last published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VanishFault {
    /// No text below `content/`, or no such folder.
    NoContent,
    /// A section whose texts are all gone.
    SectionGone {
        /// Its folder.
        folder: String,
        /// How many texts it had.
        pieces: usize,
    },
    /// The files of the theme are gone, and the built-in one has its name.
    ThemeGone {
        /// The theme's name.
        name: String,
    },
    /// More than half of the pages would be removed.
    ManyRemoved {
        /// How many.
        removed: usize,
        /// How many there are.
        of: usize,
        /// One of them.
        example: String,
    },
    /// The computer's clock is behind the pieces, so it would hide them.
    ClockBehind {
        /// Its day.
        now: String,
        /// The piece's day.
        newest: String,
    },
}

impl Fault for VanishFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::NoContent => ("no-content", Error),
            Self::SectionGone { .. } => ("section-gone", Error),
            Self::ThemeGone { .. } => ("theme-gone", Error),
            Self::ManyRemoved { .. } => ("many-removals", Error),
            Self::ClockBehind { .. } => ("clock-behind", Error),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::NoContent => [
                Message::with_hint(
                    "`content/` 里一篇稿件也没有",
                    "核对文件夹有没有被移走、磁盘或网络盘是否连上；确实要生成空的网站，用 `zhuanlan build --allow-empty`",
                ),
                Message::with_hint(
                    "there is not a single text in `content/`",
                    "see whether the folder was moved, and whether its drive is mounted; an empty website is made \
                     by `zhuanlan build --allow-empty`",
                ),
            ],
            Self::SectionGone { folder, pieces } => [
                Message::with_hint(
                    format!("`content/{folder}/` 里原有 {pieces} 篇稿件，现在一篇也没有"),
                    "核对文件夹有没有被移走或改名；确实要清空这个栏目，用 `zhuanlan build --allow-removals`",
                ),
                Message::with_hint(
                    format!("`content/{folder}/` had {pieces} texts, and has none now"),
                    "see whether the folder was moved or renamed; if it is empty on purpose, run \
                     `zhuanlan build --allow-removals`",
                ),
            ],
            Self::ThemeGone { name } => [
                Message::with_hint(
                    format!("版式文件夹 `themes/{name}/` 不见了"),
                    "核对文件夹有没有被移走；确实要改用自带的版式，用 `zhuanlan build --allow-removals`",
                ),
                Message::with_hint(
                    format!("the theme's folder `themes/{name}/` is gone"),
                    "see whether it was moved; to go back to the built-in theme, run \
                     `zhuanlan build --allow-removals`",
                ),
            ],
            Self::ManyRemoved { removed, of, example } => [
                Message::with_hint(
                    format!("网站现有 {of} 个网页，这样更新会删去 {removed} 个，例如 `{example}`"),
                    "核对稿件是否齐全；确实要删，用 `zhuanlan build --allow-removals`",
                ),
                Message::with_hint(
                    format!("this would remove {removed} of the website's {of} pages, `{example}` for one"),
                    "see whether the sources are complete; if it is on purpose, run \
                     `zhuanlan build --allow-removals`",
                ),
            ],
            Self::ClockBehind { now, newest } => [
                Message::with_hint(
                    format!("电脑的时间是 {now}，比这篇稿件的日期 {newest} 早，稿件会被当作还没到时间而撤下"),
                    "校准电脑的日期；要按过去的某一天生成，用 `--now`；确实如此，用 `zhuanlan build --allow-removals`",
                ),
                Message::with_hint(
                    format!(
                        "the computer's clock says {now}, before this piece's date {newest}, and would hide it"
                    ),
                    "set the clock; to build for a day of the past, use `--now`; if it is right, run \
                     `zhuanlan build --allow-removals`",
                ),
            ],
        }
    }
}
