//! `explain`: the manual of a finding, or of which findings there are manuals.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::console::{self, Console, object};
use super::help_args::ExplainArgs;
use super::{Error, Result, Verdict, paint, table};
use crate::diagnostic::{Lang, Manual, manual, manuals, nearest};

/// `zhuanlan explain`.
pub(super) fn explain(args: &ExplainArgs, console: Console) -> Result<Verdict> {
    let Some(code) = &args.code else {
        if console.json {
            object(&manuals().iter().map(|manual| as_json(manual, console.lang)).collect())?;
        } else {
            console::page(&list(console.lang))?;
        }
        return Ok(Verdict::Fine);
    };
    // As it stands in a finding: with its brackets or without.
    let code = code.trim_matches(['[', ']', ' ']);
    let Some(manual) = manual(code) else {
        let known = manuals().iter().map(|manual| manual.code);
        return Err(Error::UnknownCode {
            code: code.to_owned(),
            nearest: nearest(code, known).map(str::to_owned),
        });
    };
    if console.json {
        object(&as_json(manual, console.lang))?;
    } else {
        console::page(&page(manual, console))?;
    }
    Ok(Verdict::Fine)
}

/// All codes, by topic, each with the beginning of its manual.
fn list(lang: Lang) -> String {
    let mut out = String::new();
    for group in manuals().chunk_by(|a, b| a.topic == b.topic) {
        if let Some(first) = group.first() {
            out += &paint::bold(first.topic.name(lang));
            out.push('\n');
        }
        let row = |manual: &Manual| vec![format!("  {}", manual.code), first_sentence(manual, lang)];
        out += &table::align(&group.iter().map(row).collect::<Vec<_>>());
        out.push('\n');
    }
    out
}

fn first_sentence(manual: &Manual, lang: Lang) -> String {
    let text = manual.text(lang);
    let end = match lang {
        Lang::Zh => text.find('。'),
        Lang::En => text.find(". ").or_else(|| text.strip_suffix('.').map(str::len)),
    };
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).to_owned()
}

fn page(manual: &Manual, console: Console) -> String {
    let lang = console.lang;
    let heading = paint::bold(manual.code);
    let mut out = match lang {
        Lang::Zh => format!("{heading}（{}）\n\n{}\n", manual.topic.name(lang), manual.text(lang)),
        Lang::En => format!("{heading} ({})\n\n{}\n", manual.topic.name(lang), manual.text(lang)),
    };
    let block = |text: &str| {
        text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    };
    if let Some(example) = manual.example {
        let path = example.place.strip_prefix("path ");
        let wrong = path.unwrap_or(example.wrong);
        let _ = write!(
            out,
            "\n{}{}\n\n{}\n\n{}\n\n{}\n",
            console.text("这样不对", "wrong"),
            place(example.place, lang),
            block(wrong),
            console.text("改成：", "right:"),
            block(example.right)
        );
    }
    if manual.is_fixable {
        out += console.text(
            "\n`zhuanlan fix` 可以改好：先看要改什么，问过再改。\n",
            "\n`zhuanlan fix` mends it: it shows what would change, and asks.\n",
        );
    }
    out
}

fn place(place: &str, lang: Lang) -> &'static str {
    match (place, lang) {
        ("front", Lang::Zh) => "（文件头）：",
        ("front", Lang::En) => " (front matter):",
        ("column" | "whole", Lang::Zh) => "（column.yaml）：",
        ("column" | "whole", Lang::En) => " (column.yaml):",
        (path, Lang::Zh) if path.starts_with("path") => "（文件名）：",
        (path, Lang::En) if path.starts_with("path") => " (file name):",
        (_, Lang::Zh) => "：",
        (_, Lang::En) => ":",
    }
}

fn as_json(manual: &Manual, lang: Lang) -> Value {
    let example = manual.example;
    json!({
        "code": manual.code, "topic": manual.topic.name(lang), "text": manual.text(lang),
        "wrong": example.map(|e| e.place.strip_prefix("path ").unwrap_or(e.wrong)),
        "right": example.map(|e| e.right), "fixable": manual.is_fixable,
    })
}
