//! The words for how a publication went.

use std::path::Path;

use crate::diagnostic::{Lang, Message};
use crate::publish::Note;

/// The words for how a publication to `output` went.
pub(super) fn words(note: &Note, output: &Path, lang: Lang) -> Message {
    let [zh, en] = both(note, &output.display().to_string());
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[expect(clippy::too_many_lines, reason = "a table, one arm a note")]
fn both(note: &Note, output: &str) -> [Message; 2] {
    match note {
        Note::Mounted => [
            Message::plain(format!("`{output}` 是挂载点，只能逐个文件更新，以前的版本不保留")),
            Message::plain(format!(
                "something is mounted on `{output}`: it was changed file by file, and former releases are not kept"
            )),
        ],
        Note::FileByFile => [
            Message::plain("这个磁盘不能交换文件夹或不能链接文件，只能逐个文件更新，以前的版本不保留"),
            Message::plain(
                "this disk can't exchange folders or link files: the website was changed file by file, and former \
                 releases are not kept",
            ),
        ],
        Note::Bound { at, below } if below.as_os_str().is_empty() => [
            Message::with_hint(
                format!("`{output}` 还挂载在 `{}`，已在原文件夹里更新，那边也能看到", at.display()),
                "把上一级文件夹挂载过去更好：整个网站一步就换好",
            ),
            Message::with_hint(
                format!(
                    "`{output}` is mounted at `{}` too: it was changed in place, so that it shows there",
                    at.display()
                ),
                "mount the folder above it instead, and the whole website changes in one step",
            ),
        ],
        Note::Bound { at, below } => [
            Message::with_hint(
                format!("`{output}` 里的 `{}` 挂载在 `{}`，只能逐个文件更新", below.display(), at.display()),
                "挂载 `output` 的上一级文件夹",
            ),
            Message::with_hint(
                format!(
                    "`{}` of `{output}` is mounted at `{}`: the website was changed file by file",
                    below.display(),
                    at.display()
                ),
                "mount the folder above `output` instead",
            ),
        ],
        Note::Outdated { program, pid, release } => [
            Message::with_hint(
                format!("程序 `{program}`（进程 {pid}）停在版本 {release} 的文件夹里，看到的是那时的网站"),
                "在别处启动它并写出网站文件夹的路径；不行就在 `column.yaml` 里写 `发布: 原地更新`",
            ),
            Message::with_hint(
                format!(
                    "`{program}` (process {pid}) works in the folder of release {release}, and sees the website of then"
                ),
                "start it elsewhere and give it the website's path; else write `publish: in-place` in `column.yaml`",
            ),
        ],
        Note::Denied(count) => [
            Message::with_hint(
                format!("有 {count} 个文件或文件夹的所有者、用户组或权限没能照原样设置"),
                "让同一个用户来生成，或在 `column.yaml` 里写 `发布: {用户组: …}`，用自己所在的用户组",
            ),
            Message::with_hint(
                format!("owner, group or rights of {count} files or folders could not be set as they were"),
                "let the same user build, or write `publish: {group: …}` in `column.yaml` with a group of yours",
            ),
        ],
        Note::NoGroup(name) => [
            Message::with_hint(
                format!("这台机器没有用户组 `{name}`"),
                "改 `column.yaml` 里 `发布` 的 `用户组`",
            ),
            Message::with_hint(
                format!("this machine has no group `{name}`"),
                "see `group` of `publish` in `column.yaml`",
            ),
        ],
        Note::NotRemoved(path) => [
            Message::with_hint(
                format!("以前的版本 `{}` 删不掉", path.display()),
                "里面可能有加了保护（chattr +i）的文件",
            ),
            Message::with_hint(
                format!("the former release `{}` can't be removed", path.display()),
                "a file in it may be protected (chattr +i)",
            ),
        ],
        Note::NoLock => [
            Message::with_hint("这个磁盘不支持文件锁", "不要同时运行两个 zhuanlan 往同一个文件夹发布"),
            Message::with_hint(
                "this disk has no file locks",
                "don't let two zhuanlan publish to one folder at the same time",
            ),
        ],
        Note::Vanished(count, example) => [
            Message::with_hint(
                format!("有 {count} 个网址没有了，例如 `{example}`，读者从旧链接来会看到 404 页"),
                "改了网址的，在新的稿件里写 `旧网址`；确实撤下的，不用管",
            ),
            Message::with_hint(
                format!(
                    "{count} addresses are gone, `{example}` for one; old links to them end at the 404 page"
                ),
                "where a piece has another address now, name the old one in its `aliases`; what was withdrawn is fine",
            ),
        ],
        Note::Strangers(count, example) => [
            Message::with_hint(
                format!(
                    "`{output}` 里有 {count} 个不是 zhuanlan 生成的文件，例如 `{}`，都保留了",
                    example.display()
                ),
                "要随网站一起发布的文件，请放进 `content/static/`",
            ),
            Message::with_hint(
                format!(
                    "`{output}` has {count} files that zhuanlan did not make, `{}` for one; they were kept",
                    example.display()
                ),
                "files that belong to the website go to `content/static/`",
            ),
        ],
    }
}
