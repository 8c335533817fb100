//! `diff`, `verify`, and the list of a release's files.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::{Common, DiffArgs, VerifyArgs};
use super::console::{Console, data, object, tell};
use super::{Result, Verdict, online, output_of};
use crate::diagnostic::Lang;
use crate::hosting::served;
use crate::html::escape;
use crate::path::OutputPath;
use crate::publish::{self, Difference, Listed, Named, Place, Verified};

/// `zhuanlan diff`: release notes.
pub(super) fn diff(common: &Common, args: &DiffArgs, console: Console) -> Result<Verdict> {
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let difference = publish::difference(&place, args.first, args.second)?;
    if console.json {
        object(&json_of(&difference))?;
    } else if args.html {
        data(&html_of(&difference, console))?;
    } else {
        data(&text_of(&difference, console))?;
    }
    Ok(Verdict::Fine)
}

/// The three lists with their headings.
fn lists(difference: &Difference, console: Console) -> [(&'static str, &[Named]); 3] {
    [
        (if console.lang == Lang::Zh { "新增" } else { "New" }, difference.new.as_slice()),
        (if console.lang == Lang::Zh { "修改" } else { "Changed" }, difference.changed.as_slice()),
        (if console.lang == Lang::Zh { "撤下" } else { "Gone" }, difference.gone.as_slice()),
    ]
}

fn heading(difference: &Difference, console: Console) -> String {
    let (first, second) = difference.between;
    match console.lang {
        Lang::Zh => format!("版本 {first} → {second}"),
        Lang::En => format!("Release {first} → {second}"),
    }
}

fn others(difference: &Difference, console: Console) -> String {
    let [new, changed, gone] = difference.others;
    match console.lang {
        Lang::Zh => format!("其他文件：新增 {new}，修改 {changed}，删除 {gone}"),
        Lang::En => format!("Other files: {new} new, {changed} changed, {gone} gone"),
    }
}

/// What is to be known of addresses that went.
fn lead_nowhere(console: Console) -> &'static str {
    console.text(
        "撤下的网址不再有网页：改了网址的，在新的稿件里写 `旧网址`",
        "Nothing leads on from the addresses that are gone: where a piece has another one now, name the old one in its `aliases`",
    )
}

/// Release notes as text; writing to a string can't fail.
fn text_of(difference: &Difference, console: Console) -> String {
    let mut text = format!("{}\n", heading(difference, console));
    for (name, pages) in lists(difference, console) {
        if !pages.is_empty() {
            let _ = write!(text, "\n{name} ({})\n", pages.len());
        }
        for page in pages {
            let _ = writeln!(text, "  {}  {}", page.path, page.title.as_deref().unwrap_or_default());
        }
    }
    if !difference.moved.is_empty() {
        let _ = write!(text, "\n{} ({})\n", console.text("改了网址", "Moved"), difference.moved.len());
    }
    for (page, to) in &difference.moved {
        let _ = writeln!(text, "  {} → {to}", page.path);
    }
    if !difference.gone.is_empty() {
        let _ = write!(text, "\n{}\n", lead_nowhere(console));
    }
    let _ = write!(text, "\n{}\n", others(difference, console));
    text
}

/// Release notes as HTML, for an intranet page or a mail.
fn html_of(difference: &Difference, console: Console) -> String {
    let mut html = format!("<h2>{}</h2>\n", heading(difference, console));
    for (number, (name, pages)) in lists(difference, console).into_iter().enumerate() {
        if pages.is_empty() {
            continue;
        }
        let _ = write!(html, "<h3>{name}</h3>\n<ul>\n");
        for page in pages {
            let title = escape(page.title.as_deref().unwrap_or(page.path.as_str()));
            // What is gone is not linked to.
            let _ = match number {
                2 => writeln!(html, "<li>{title} <code>{}</code></li>", page.path),
                _ => writeln!(html, "<li><a href=\"{0}\">{title}</a></li>", page.path),
            };
        }
        html.push_str("</ul>\n");
    }
    if !difference.moved.is_empty() {
        let _ = write!(html, "<h3>{}</h3>\n<ul>\n", console.text("改了网址", "Moved"));
        for (page, to) in &difference.moved {
            let _ =
                writeln!(html, "<li><code>{}</code> → <code>{}</code></li>", page.path, escape(to.as_str()));
        }
        html.push_str("</ul>\n");
    }
    let _ = writeln!(html, "<p>{}</p>", others(difference, console));
    html
}

fn json_of(difference: &Difference) -> Value {
    let pages = |pages: &[Named]| -> Vec<Value> {
        pages.iter().map(|page| json!({ "path": page.path, "title": page.title })).collect()
    };
    let moved: Vec<Value> =
        difference.moved.iter().map(|(page, to)| json!({ "path": page.path, "to": to })).collect();
    let (first, second) = difference.between;
    let [new, changed, gone] = difference.others;
    json!({
        "first": first, "second": second, "new": pages(&difference.new), "changed": pages(&difference.changed),
        "gone": pages(&difference.gone), "moved": moved, "other_files": { "new": new, "changed": changed, "gone": gone },
    })
}

/// `zhuanlan verify`.
pub(super) fn verify(common: &Common, args: &VerifyArgs, console: Console) -> Result<Verdict> {
    let output = output_of(common, args.output.as_ref());
    let place = Place::new(&output, &common.root)?;
    let url = args.target.as_ref().and_then(|target| target.to_str());
    if let Some(url) = url.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        return online::verify(&place, url, args, console);
    }
    let folder = args.target.clone().unwrap_or(output);
    let verified = publish::verify(&place, &folder, args.release)?;
    let Verified { release, right, missing, different, further } = &verified;
    let whole = missing.is_empty() && different.is_empty();
    if console.json {
        object(&json!({
            "release": release, "right": right, "missing": missing, "different": different,
            "further": further.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(), "whole": whole,
        }))?;
    } else {
        data(&faults(&verified, console))?;
        if !console.quiet {
            let (missing, different, further) = (missing.len(), different.len(), further.len());
            tell(&match console.lang {
                Lang::Zh => format!(
                    "和版本 {release} 比：相同 {right}，缺少 {missing}，不同 {different}，多出 {further}"
                ),
                Lang::En => format!(
                    "compared with release {release}: {right} right, {missing} missing, {different} different, {further} further"
                ),
            });
        }
    }
    Ok(if whole { Verdict::Fine } else { Verdict::Faulty })
}

/// A line for each file that is not as the release has it; writing to a string
/// can't fail.
fn faults(verified: &Verified, console: Console) -> String {
    let Verified { missing, different, further, .. } = verified;
    let mut text = String::new();
    for (word, paths) in [
        (console.text("缺少", "missing"), shown(missing)),
        (console.text("不同", "different"), shown(different)),
        (console.text("多出", "further"), further.iter().map(|path| path.display().to_string()).collect()),
    ] {
        for path in paths {
            let _ = writeln!(text, "{word} {path}");
        }
    }
    text
}

fn shown(paths: &[OutputPath]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

/// The manifest of a release: for scripts, and as a list that `sha256sum -c`
/// reads.
pub(super) fn files(files: &[Listed], console: Console) -> Result<Verdict> {
    if console.json {
        let file = |file: &Listed| {
            let served = served(file.path.as_str());
            json!({
                "path": file.path, "size": file.size, "sha256": file.sha256, "type": served.media_type,
                "cache": served.cache.name(), "kept": file.kept,
            })
        };
        object(&json!({ "files": files.iter().map(file).collect::<Vec<_>>() }))?;
    } else {
        let lines = files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path));
        data(&lines.collect::<String>())?;
    }
    Ok(Verdict::Fine)
}
