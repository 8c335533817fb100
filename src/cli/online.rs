//! `verify URL`: what a server answers, in words.

use std::fmt::Write as _;

use serde_json::json;

use super::args::VerifyArgs;
use super::console::{Console, data, object, tell};
use super::progress::Progress;
use super::{Result, Verdict};
use crate::diagnostic::Lang;
use crate::publish::{Answers, Asked, Place, Wrong, verify_online};

/// Asks the server at `url`, and says what was wrong.
pub(super) fn verify(place: &Place, url: &str, args: &VerifyArgs, console: Console) -> Result<Verdict> {
    let progress = Progress::new(console);
    progress.stage(["向服务器核对", "asking the server"]);
    let answers = verify_online(place, url, args.release, args.all, &progress)?;
    drop(progress);
    let grave = answers.wrong.iter().filter(|asked| asked.wrong.is_grave()).count();
    let lesser = answers.wrong.len() - grave;
    let Answers { release, asked, right, wrong } = &answers;
    if console.json {
        let wrong: Vec<_> = wrong
            .iter()
            .map(|Asked { path, wrong }| {
                json!({ "path": path, "grave": wrong.is_grave(), "text": words(wrong, console.lang) })
            })
            .collect();
        object(&json!({
            "release": release, "url": url, "asked": asked, "right": right, "wrong": wrong,
            "whole": grave == 0,
        }))?;
    } else {
        data(&listed(wrong, console.lang))?;
        if !console.quiet {
            summarize(&answers, grave, lesser, console);
        }
    }
    let faulty = grave > 0 || (args.strict && lesser > 0);
    Ok(if faulty { Verdict::Faulty } else { Verdict::Fine })
}

fn summarize(answers: &Answers, grave: usize, lesser: usize, console: Console) {
    let Answers { release, asked, right, .. } = answers;
    tell(&match console.lang {
        Lang::Zh => {
            format!(
                "和版本 {release} 比：问了 {asked} 个网址，{right} 个文件相同，错误 {grave} 处，建议 {lesser} 处"
            )
        }
        Lang::En => format!(
            "compared with release {release}: {asked} addresses asked, {right} files right, {grave} faults, {lesser} suggestions"
        ),
    });
    if lesser > 0 {
        tell(console.text(
            "缓存和安全的设置，可用 `zhuanlan serve-config` 输出",
            "`zhuanlan serve-config` prints what sets caching and security",
        ));
    }
}

/// One line an address; what is the same at more than five is told once, with
/// the number. Writing to a string can't fail.
fn listed(wrong: &[Asked], lang: Lang) -> String {
    let mut text = String::new();
    let mut told: Vec<(String, usize)> = Vec::new();
    for Asked { path, wrong } in wrong {
        let words = words(wrong, lang);
        let count = if let Some((_, count)) = told.iter_mut().find(|(known, _)| *known == words) {
            *count += 1;
            *count
        } else {
            told.push((words.clone(), 1));
            1
        };
        if count <= 5 {
            let _ = writeln!(text, "{path}  {words}");
        }
    }
    for (words, count) in told.into_iter().filter(|(_, count)| *count > 5) {
        let more = count - 5;
        let _ = match lang {
            Lang::Zh => writeln!(text, "另有 {more} 处：{words}"),
            Lang::En => writeln!(text, "{more} more: {words}"),
        };
    }
    text
}

fn words(wrong: &Wrong, lang: Lang) -> String {
    let none = |value: &str| match (value.is_empty(), lang) {
        (true, Lang::Zh) => "没有".to_owned(),
        (true, Lang::En) => "none".to_owned(),
        (false, _) => format!("`{value}`"),
    };
    match (wrong, lang) {
        (Wrong::Unanswered(why), Lang::Zh) => format!("没有回答：{why}"),
        (Wrong::Unanswered(why), Lang::En) => format!("no answer: {why}"),
        (Wrong::Status(status), Lang::Zh) => format!("状态是 {status}，应是 200"),
        (Wrong::Status(status), Lang::En) => format!("status {status} in place of 200"),
        (Wrong::Redirected(to), Lang::Zh) => format!("转到了 {}", none(to)),
        (Wrong::Redirected(to), Lang::En) => format!("sent elsewhere: {}", none(to)),
        (Wrong::Bytes, Lang::Zh) => "内容不同".to_owned(),
        (Wrong::Bytes, Lang::En) => "other bytes".to_owned(),
        (Wrong::Type(wanted, is), Lang::Zh) => format!("文件类型应是 `{wanted}`，实际是 {}", none(is)),
        (Wrong::Type(wanted, is), Lang::En) => format!("type `{wanted}` expected, got {}", none(is)),
        (Wrong::Cache(wanted, is), Lang::Zh) => format!("建议：缓存应是 `{wanted}`，实际是 {}", none(is)),
        (Wrong::Cache(wanted, is), Lang::En) => {
            format!("suggestion: Cache-Control `{wanted}`, got {}", none(is))
        }
        (Wrong::Header(name), Lang::Zh) => format!("建议：缺少 `{name}`"),
        (Wrong::Header(name), Lang::En) => format!("suggestion: no `{name}`"),
        (Wrong::NotFoundStatus(status), Lang::Zh) => format!("没有这个网页，状态却是 {status}，应是 404"),
        (Wrong::NotFoundStatus(status), Lang::En) => {
            format!("nothing is there, but the status is {status}, not 404")
        }
        (Wrong::NotFoundPage, Lang::Zh) => "建议：没有这个网页时，显示网站自己的 404 页".to_owned(),
        (Wrong::NotFoundPage, Lang::En) => "suggestion: show the website's own 404 page".to_owned(),
        (Wrong::StillThere, Lang::Zh) => "已经撤下，却还能看到".to_owned(),
        (Wrong::StillThere, Lang::En) => "it was taken down, and is still there".to_owned(),
    }
}
