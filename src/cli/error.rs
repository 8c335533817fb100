//! Why a command could not run.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::usage::Usage;
use crate::diagnostic::{Lang, Message};
use crate::{disk, publish, remote, scaffold, serve, watch, wechat_api};

/// Why a command could not run: about the world, never about the content.
#[derive(Debug)]
pub enum Error {
    /// What was typed is wrong.
    Usage(Usage),
    /// `--root` names no folder.
    NoRoot(PathBuf),
    /// `--now` or `--date` is no such moment.
    BadMoment {
        /// The option.
        option: &'static str,
        /// What follows it.
        value: String,
    },
    /// `--base-url` is no address.
    BadUrl(String),
    /// A piece was written while the site was built.
    SourcesChanged,
    /// A file that is not in the column.
    OutsideColumn(PathBuf),
    /// A piece that readers don't see, or that is not there.
    NoSuchPiece(PathBuf),
    /// `--poll` is no such time.
    BadPoll(f64),
    /// `--editor` is no command.
    BadEditor(String),
    /// The column has no book.
    NoBooklets,
    /// No book has the name that was typed.
    UnknownBooklet {
        /// As typed.
        name: String,
        /// A name that there is.
        nearest: String,
    },
    /// No finding has this code.
    UnknownCode {
        /// As typed.
        code: String,
        /// A code that there is.
        nearest: Option<String>,
    },
    /// The system would not tell of Ctrl-C.
    Signals(io::Error),
    /// The preview could not be served.
    Serve(serve::Error),
    /// The folder could not be watched, or no longer.
    Watch(watch::Error),
    /// The system refused something.
    Disk(disk::Error),
    /// The site could not be published.
    Publish(publish::Error),
    /// The site could not be published elsewhere.
    Remote(remote::Error),
    /// No place to publish to is named, or none of this name: those that are.
    NoTarget(Vec<String>),
    /// A file with keys that is not kept as such a file has to be.
    Credentials(PathBuf, CredentialsFault),
    /// The command that is to read a release does not say where it shall stand.
    NoFolderNamed,
    /// A program could not be started.
    Command(String, io::Error),
    /// Nothing could be begun.
    Scaffold(scaffold::Error),
    /// Nothing, or nothing more, could be pushed to the account.
    Wechat(wechat_api::Error),
    /// Nobody takes what is printed.
    Print(io::Error),
}

/// What is wrong with a file with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsFault {
    /// It lies in the column's folder.
    Inside,
    /// Others can read it.
    Open,
    /// A line is no `NAME=VALUE`.
    Line(usize),
}

impl Error {
    /// The words for it: one sentence, and what to do.
    #[expect(clippy::too_many_lines, reason = "a table, one arm an error")]
    pub fn message(&self, lang: Lang) -> Message {
        match (self, lang) {
            (Self::Usage(usage), _) => usage.message(lang),
            (Self::Disk(error), _) => error.message(lang),
            (Self::Publish(error), _) => error.message(lang),
            (Self::Remote(error), _) => error.message(lang),
            (Self::NoTarget(names), Lang::Zh) => Message::with_hint(
                "没有说发布到哪里",
                match names.as_slice() {
                    [] => "写上位置，例如 `zhuanlan publish s3://桶/jyzd`，或在 `column.yaml` 里写 `发布: {发布到: {正式: …}}`".to_owned(),
                    some => format!("column.yaml 里有：{}", some.join("、")),
                },
            ),
            (Self::NoTarget(names), Lang::En) => Message::with_hint(
                "no place to publish to is named",
                match names.as_slice() {
                    [] => "write one: `zhuanlan publish s3://bucket/column`, say, or `publish: {targets: {live: …}}` in `column.yaml`".to_owned(),
                    some => format!("column.yaml has {}", some.join(", ")),
                },
            ),
            (Self::Credentials(path, fault), _) => credentials(&path.display().to_string(), *fault, lang),
            (Self::NoFolderNamed, Lang::Zh) => Message::with_hint(
                "命令里没有 `{}`",
                "用 `{}` 代表版本的文件夹，例如 `zhuanlan hold -- rsync -a --delay-updates --delete-after {}/ web:/var/www/jyzd/`",
            ),
            (Self::NoFolderNamed, Lang::En) => Message::with_hint(
                "the command has no `{}`",
                "write it for the release's folder: `zhuanlan hold -- rsync -a --delay-updates --delete-after {}/ web:/var/www/column/`, say",
            ),
            (Self::Command(program, error), Lang::Zh) => Message::with_hint(
                format!("不能运行 `{program}`：{error}"),
                "检查 `--` 后面的第一个词：程序的名字或路径",
            ),
            (Self::Command(program, error), Lang::En) => Message::with_hint(
                format!("can't run `{program}`: {error}"),
                "see the first word behind `--`: a program's name or path",
            ),
            (Self::Scaffold(error), _) => error.message(lang),
            (Self::Serve(error), _) => error.message(lang),
            (Self::Watch(error), _) => error.message(lang),
            (Self::Wechat(error), _) => error.message(lang),
            (Self::Signals(error), Lang::Zh) => Message::plain(format!("系统不让监听 Ctrl-C：{error}")),
            (Self::Signals(error), Lang::En) => Message::plain(format!("can't listen for Ctrl-C: {error}")),
            (Self::OutsideColumn(path), Lang::Zh) => Message::with_hint(
                format!("专栏里没有 {}", path.display()),
                "写专栏文件夹里的文件，例如 `content/news/座谈会.md`",
            ),
            (Self::OutsideColumn(path), Lang::En) => Message::with_hint(
                format!("there is no {} in the column", path.display()),
                "name a file of the column: `content/news/a.md`, say",
            ),
            (Self::NoSuchPiece(path), Lang::Zh) => Message::with_hint(
                format!("没有发布的稿件 {}", path.display()),
                "写稿件的文件，例如 `content/news/座谈会.md`；草稿要加 `--drafts`，定时的用 `--now` 写公开的那天",
            ),
            (Self::NoSuchPiece(path), Lang::En) => Message::with_hint(
                format!("there is no published piece {}", path.display()),
                "name its file: `content/news/a.md`, say; for drafts add `--drafts`, for what is scheduled `--now` and its day",
            ),
            (Self::BadPoll(seconds), Lang::Zh) => Message::with_hint(
                format!("`--poll` 不能是 `{seconds}`"),
                "写 0.1 到 3600 之间的秒数，例如 `--poll 2`",
            ),
            (Self::BadPoll(seconds), Lang::En) => Message::with_hint(
                format!("`--poll` can't be `{seconds}`"),
                "write seconds from 0.1 to 3600: `--poll 2`, say",
            ),
            (Self::BadEditor(command), Lang::Zh) => Message::with_hint(
                format!("`--editor` 看不懂 `{command}`"),
                "写打开文件的命令，例如 `--editor \"code -g {path}:{line}\"`",
            ),
            (Self::BadEditor(command), Lang::En) => Message::with_hint(
                format!("`--editor` can't be `{command}`"),
                "write the command that opens a file: `--editor \"code -g {path}:{line}\"`, say",
            ),
            (Self::NoBooklets, Lang::Zh) => Message::with_hint(
                "这个专栏没有汇编",
                "在 `column.yaml` 里写上，例如 `汇编: {标题: 学习资料汇编, 栏目: study}`",
            ),
            (Self::NoBooklets, Lang::En) => Message::with_hint(
                "this column has no booklet",
                "write one in `column.yaml`: `booklet: {title: Reader, section: study}`, say",
            ),
            (Self::UnknownBooklet { name, nearest }, Lang::Zh) => {
                Message::with_hint(format!("没有叫 `{name}` 的汇编"), format!("是不是 `{nearest}`？"))
            }
            (Self::UnknownBooklet { name, nearest }, Lang::En) => Message::with_hint(
                format!("no booklet is called `{name}`"),
                format!("did you mean `{nearest}`?"),
            ),
            (Self::UnknownCode { code, nearest }, Lang::Zh) => Message::with_hint(
                format!("没有代码是 `{code}` 的提示"),
                match nearest {
                    Some(nearest) => format!("是不是 `{nearest}`？"),
                    None => "运行 `zhuanlan explain` 列出全部".to_owned(),
                },
            ),
            (Self::UnknownCode { code, nearest }, Lang::En) => Message::with_hint(
                format!("no finding has the code `{code}`"),
                match nearest {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`zhuanlan explain` lists all of them".to_owned(),
                },
            ),
            (Self::NoRoot(path), Lang::Zh) => Message::with_hint(
                format!("没有文件夹 `{}`", path.display()),
                "用 `--root` 写专栏所在的文件夹，或先 `zhuanlan init` 新建一个",
            ),
            (Self::NoRoot(path), Lang::En) => Message::with_hint(
                format!("no folder `{}`", path.display()),
                "name the column's folder with `--root`, or make one with `zhuanlan init`",
            ),
            (Self::BadMoment { option, value }, Lang::Zh) => {
                Message::with_hint(format!("`{option}` 看不懂 `{value}`"), moment_hint(option, lang))
            }
            (Self::BadMoment { option, value }, Lang::En) => {
                Message::with_hint(format!("`{option}` can't be `{value}`"), moment_hint(option, lang))
            }
            (Self::BadUrl(url), Lang::Zh) => Message::with_hint(
                format!("`{url}` 不是网址"),
                "写完整的地址，例如 `--base-url https://www.example.org/column/`",
            ),
            (Self::BadUrl(url), Lang::En) => Message::with_hint(
                format!("`{url}` is no address"),
                "write it whole: `--base-url https://www.example.org/column/`, say",
            ),
            (Self::SourcesChanged, Lang::Zh) => {
                Message::with_hint("生成网站时有稿件被改动", "再运行一次")
            }
            (Self::SourcesChanged, Lang::En) => {
                Message::with_hint("a piece changed while the site was built", "run it once more")
            }
            (Self::Print(error), Lang::Zh) => Message::plain(format!("不能输出结果：{error}")),
            (Self::Print(error), Lang::En) => Message::plain(format!("can't print the result: {error}")),
        }
    }
}

fn credentials(path: &str, fault: CredentialsFault, lang: Lang) -> Message {
    match (fault, lang) {
        (CredentialsFault::Inside, Lang::Zh) => Message::with_hint(
            format!("密钥文件 `{path}` 放在专栏的文件夹里"),
            "移到外面，例如 `~/.config/zhuanlan/credentials`：专栏的文件会被同步、提交、发给别人",
        ),
        (CredentialsFault::Inside, Lang::En) => Message::with_hint(
            format!("the file with keys `{path}` lies in the column's folder"),
            "move it out, to `~/.config/zhuanlan/credentials`, say: a column is synced, committed and handed on",
        ),
        (CredentialsFault::Open, Lang::Zh) => {
            Message::with_hint(format!("密钥文件 `{path}` 别人也能读"), format!("运行 `chmod 600 {path}`"))
        }
        (CredentialsFault::Open, Lang::En) => Message::with_hint(
            format!("others can read the file with keys `{path}`"),
            format!("run `chmod 600 {path}`"),
        ),
        (CredentialsFault::Line(number), Lang::Zh) => Message::with_hint(
            format!("密钥文件 `{path}` 的第 {number} 行看不懂"),
            "一行一个，例如 `AWS_ACCESS_KEY_ID=…`；`#` 开头的是说明",
        ),
        (CredentialsFault::Line(number), Lang::En) => Message::with_hint(
            format!("line {number} of the file with keys `{path}` can't be read"),
            "one a line: `AWS_ACCESS_KEY_ID=…`, say; `#` begins a comment",
        ),
    }
}

fn moment_hint(option: &str, lang: Lang) -> &'static str {
    match (option, lang) {
        ("--since", Lang::Zh) => "写成 `--since 2021-03-08`",
        ("--since", Lang::En) => "write `--since 2021-03-08`",
        ("--date", Lang::Zh) => "写成 `--date 2021-03-08`",
        ("--date", Lang::En) => "write `--date 2021-03-08`",
        (_, Lang::Zh) => "写成 `--now 2021-03-08` 或 `--now \"2021-03-08 09:30\"`",
        (_, Lang::En) => "write `--now 2021-03-08` or `--now \"2021-03-08 09:30\"`",
    }
}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<serve::Error> for Error {
    fn from(error: serve::Error) -> Self {
        Self::Serve(error)
    }
}

impl From<watch::Error> for Error {
    fn from(error: watch::Error) -> Self {
        Self::Watch(error)
    }
}

impl From<publish::Error> for Error {
    fn from(error: publish::Error) -> Self {
        Self::Publish(error)
    }
}

impl From<remote::Error> for Error {
    fn from(error: remote::Error) -> Self {
        Self::Remote(error)
    }
}

impl From<wechat_api::Error> for Error {
    fn from(error: wechat_api::Error) -> Self {
        Self::Wechat(error)
    }
}

impl From<scaffold::Error> for Error {
    fn from(error: scaffold::Error) -> Self {
        Self::Scaffold(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}
