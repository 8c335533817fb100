//! Why a site could not be published.

use std::fmt;
use std::path::PathBuf;

use super::package::Fault;
use crate::diagnostic::{Lang, Message};
use crate::disk;

/// Why a site could not be published.
#[derive(Debug)]
pub enum Error {
    /// The system refused something.
    Disk(disk::Error),
    /// Another process is publishing to the same folder.
    Locked {
        /// Which folder.
        output: PathBuf,
        /// What the other wrote about itself; empty where that is not known.
        who: String,
    },
    /// The folder has files in it, and nothing says that we put them there.
    NotOurs {
        /// Which folder.
        output: PathBuf,
        /// One of the files.
        example: PathBuf,
        /// The folder that would say so; `None` where there is one, and it says
        /// otherwise.
        unrecorded: Option<PathBuf>,
    },
    /// The folder holds the sources, or lies among them.
    AmongSources {
        /// Which folder.
        output: PathBuf,
    },
    /// There is a file where the folder should be.
    NotAFolder {
        /// Which path.
        output: PathBuf,
    },
    /// There is nothing to go back to or to compare with.
    NoRelease {
        /// The number asked for; `None` for the one before.
        wanted: Option<u64>,
        /// Those that there are.
        kept: Vec<u64>,
    },
    /// Another user of this computer published there before, and what lies
    /// beside the site is theirs alone.
    OtherUser {
        /// Which folder.
        output: PathBuf,
    },
    /// Files of a former release are not as they were.
    DamagedRelease(u64),
    /// Files of the site that were to stay are no longer as they were built:
    /// the new site has to be built without counting on them.
    NotStanding {
        /// Which folder.
        output: PathBuf,
    },
    /// No server answers.
    NoServer {
        /// The address.
        url: String,
        /// What the system said.
        why: String,
    },
    /// A package or a key is wrong.
    Package(Fault),
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
            Self::NotStanding { output } => Message::with_hint(
                format!("网站文件夹 `{}` 在生成的时候被改动了", output.display()),
                "再运行一次",
            ),
            Self::Package(fault) => fault.message(Lang::Zh),
            Self::Locked { output, who } => Message::with_hint(
                format!(
                    "另一个 zhuanlan 正在发布到 `{}`{}",
                    output.display(),
                    if who.is_empty() { String::new() } else { format!("（{who}）") }
                ),
                "等它结束，或先停掉它（例如 `zhuanlan watch`），再运行一次",
            ),
            Self::NotOurs { output, example, unrecorded: Some(records) } => Message::with_hint(
                format!(
                    "`{}` 里有文件，例如 `{}`，没有记录说明是 zhuanlan 生成的，没有动它",
                    output.display(),
                    example.display()
                ),
                format!(
                    "如果这是 zhuanlan 以前生成的网站：它旁边 `{}` 里的记录不见了，把记录放回来；没有了就先给 `{}` 改个名字，再运行一次。\
                     如果是别的东西，用 `--output` 换一个文件夹",
                    records.display(),
                    output.display()
                ),
            ),
            Self::NotOurs { output, example, unrecorded: None } => Message::with_hint(
                format!(
                    "`{}` 里有不是 zhuanlan 生成的文件，例如 `{}`，没有动它",
                    output.display(),
                    example.display()
                ),
                "用 `--output` 换一个文件夹；如果里面的东西不要了，先把它清空",
            ),
            Self::AmongSources { output } => Message::with_hint(
                format!("不能把网站发布到 `{}`：它包含稿件，或者在稿件之中", output.display()),
                "用 `--output` 选一个单独的文件夹，例如专栏文件夹里的 `output`",
            ),
            Self::NotAFolder { output } => Message::with_hint(
                format!("`{}` 是文件，不是文件夹", output.display()),
                "用 `--output` 换一个位置，或把这个文件移走",
            ),
            Self::OtherUser { output } => Message::with_hint(
                format!("`{}` 是这台机器的另一个用户发布的", output.display()),
                "都用同一个用户来发布，例如 `sudo -u 那个用户 zhuanlan build`",
            ),
            Self::NoServer { url, why } => Message::with_hint(
                format!("`{url}` 没有回答：{why}"),
                "检查地址和网络；要写网站首页所在的地址，例如 https://www.example.gov.cn/jyzd/",
            ),
            Self::NoRelease { wanted: None, .. } => Message::plain("没有更早的版本可以退回"),
            Self::NoRelease { wanted: Some(number), kept } => {
                Message::with_hint(format!("没有版本 {number}"), format!("现有的版本：{}", listed(kept)))
            }
            Self::DamagedRelease(number) => Message::with_hint(
                format!("版本 {number} 的文件已经不全，什么也没有做"),
                "用 `zhuanlan releases` 看看还有哪些版本，或从稿件重新生成",
            ),
        }
    }

    fn en(&self) -> Message {
        match self {
            Self::Disk(error) => error.message(Lang::En),
            Self::NotStanding { output } => Message::with_hint(
                format!("the website's folder `{}` was changed during the build", output.display()),
                "run it again",
            ),
            Self::Package(fault) => fault.message(Lang::En),
            Self::Locked { output, who } => Message::with_hint(
                format!(
                    "another zhuanlan is publishing to `{}`{}",
                    output.display(),
                    if who.is_empty() { String::new() } else { format!(" ({who})") }
                ),
                "wait until it has ended, or stop it first (a `zhuanlan watch`, say), and run again",
            ),
            Self::NotOurs { output, example, unrecorded: Some(records) } => Message::with_hint(
                format!(
                    "`{}` has files, `{}` for one, and nothing says that zhuanlan made them; nothing was touched",
                    output.display(),
                    example.display()
                ),
                format!(
                    "if it is a website that zhuanlan made, its records in `{}` are gone: put them back, or else rename `{}` \
                     and run again; if it is something else, choose another folder with `--output`",
                    records.display(),
                    output.display()
                ),
            ),
            Self::NotOurs { output, example, unrecorded: None } => Message::with_hint(
                format!(
                    "`{}` has files that zhuanlan did not make, `{}` for one; nothing was touched",
                    output.display(),
                    example.display()
                ),
                "choose another folder with `--output`, or empty it first if nothing in it is needed",
            ),
            Self::AmongSources { output } => Message::with_hint(
                format!("can't publish to `{}`: it holds the sources, or lies among them", output.display()),
                "choose a folder of its own with `--output`: `output` in the column's folder, say",
            ),
            Self::NotAFolder { output } => Message::with_hint(
                format!("`{}` is a file, not a folder", output.display()),
                "choose another place with `--output`, or move the file away",
            ),
            Self::OtherUser { output } => Message::with_hint(
                format!("`{}` was published by another user of this computer", output.display()),
                "let all publish as one user: `sudo -u USER zhuanlan build`, say",
            ),
            Self::NoServer { url, why } => Message::with_hint(
                format!("`{url}` does not answer: {why}"),
                "see the address and the network; it is the address of the home page's folder: https://www.example.gov.cn/jyzd/, say",
            ),
            Self::NoRelease { wanted: None, .. } => {
                Message::plain("there is no former release to go back to")
            }
            Self::NoRelease { wanted: Some(number), kept } => {
                Message::with_hint(format!("there is no release {number}"), format!("kept: {}", listed(kept)))
            }
            Self::DamagedRelease(number) => Message::with_hint(
                format!("files of release {number} are no longer as they were; nothing was done"),
                "see with `zhuanlan releases` which others there are, or build from the sources",
            ),
        }
    }
}

/// `3, 4, 5`; a dash where there are none.
fn listed(numbers: &[u64]) -> String {
    match numbers {
        [] => "—".to_owned(),
        some => some.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
    }
}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Package(fault)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}
