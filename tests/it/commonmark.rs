//! Every example of CommonMark 0.31.2, and GitHub's extensions against comrak.
//!
//! The examples are others' text, so they are read from the npm package that
//! ships them and never copied here.

#![expect(clippy::disallowed_methods, reason = "the examples lie in a file of an npm package")]

use std::collections::BTreeMap;

use zhuanlan::markdown::{Options, parse};

use crate::markdown::{Random, filled, html, path};

/// An example of the specification.
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

const PACKAGE: &str = "tests/browser/node_modules/commonmark-spec";

/// The examples of `spec.txt`, in order.
fn examples() -> Vec<Example> {
    let folder = std::env::var("ZHUANLAN_COMMONMARK").unwrap_or_else(|_| PACKAGE.into());
    let version = std::fs::read_to_string(format!("{folder}/package.json")).unwrap_or_default();
    let spec = std::fs::read_to_string(format!("{folder}/spec.txt")).unwrap_or_default();
    assert!(
        version.contains("\"0.31.2\"") && !spec.is_empty(),
        "no commonmark-spec 0.31.2 in {folder}: run `npm ci --prefix tests/browser --ignore-scripts`, \
         or set ZHUANLAN_COMMONMARK to the package's folder"
    );
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line == "<!-- END TESTS -->" {
            break;
        }
        if let Some(title) = line.strip_prefix('#') {
            title.trim_start_matches('#').trim().clone_into(&mut section);
        }
        if line != format!("{fence} example") {
            continue;
        }
        let part = |end: &str, lines: &mut std::str::Lines<'_>| {
            let taken = lines.take_while(|line| *line != end);
            taken.flat_map(|line| [line, "\n"]).collect::<String>().replace('→', "\t")
        };
        let markdown = part(".", &mut lines);
        let html = part(&fence, &mut lines);
        let number = examples.len() + 1;
        examples.push(Example { number, section: section.clone(), markdown, html });
    }
    examples
}

/// HTML without what may differ: the space between blocks, quotation marks as
/// entities, slashes of empty elements, and what we write on purpose.
pub(crate) fn normal(html: &str) -> String {
    let mut out = html.replace(" />", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    out = out.replace("<pre tabindex=\"0\">", "<pre>");
    out = without(&out, "<figure>", "</figure>");
    for level in 1..=6 {
        let open = format!("<h{level} id=\"");
        while let Some(at) = out.find(&open) {
            let end = out[at + open.len()..].find('"').expect("a closing quote");
            out.replace_range((at + 3)..=(at + open.len() + end), "");
        }
    }
    let blocks = [
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "section",
    ];
    for name in blocks {
        for tag in [format!("<{name}>"), format!("</{name}>")] {
            out = out.replace(&format!("\n{tag}"), &tag).replace(&format!("{tag}\n"), &tag);
        }
    }
    out.trim().to_owned()
}

/// A picture of its own is a figure here, a paragraph in CommonMark.
fn without(html: &str, open: &str, close: &str) -> String {
    html.replace(open, "<p>").replace(close, "</p>")
}

/// Examples that give something else on purpose, each with the reason.
fn exceptions() -> BTreeMap<usize, &'static str> {
    let mut all = BTreeMap::new();
    for (numbers, reason) in [
        (&[142, 143][..], "code of a known language is highlighted"),
        (&[202, 502], "`\\` in a path is a slip for `/`, reported and corrected"),
        (&[484], "a link without words shows its address, reported"),
        (&[596, 598, 599, 601], "schemes are allowed by name, others are reported and lead nowhere"),
        (&[602, 606, 608, 611, 612], "bare addresses are links, as on GitHub"),
    ] {
        all.extend(numbers.iter().map(|number| (*number, reason)));
    }
    all
}

#[test]
fn every_example_of_commonmark() {
    let options = Options { trust_html: true, ..Options::default() };
    let exceptions = exceptions();
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for Example { number, section, markdown, html } in &examples {
        let body = parse(&path(), markdown, 0, &options).value;
        let (ours, theirs) = (normal(&filled(&body)), normal(html));
        match exceptions.get(number) {
            None if ours != theirs => {
                wrong.push(format!(
                    "example {number} ({section})\n{markdown}\n--- expected\n{theirs}\n--- found\n{ours}\n"
                ));
            }
            Some(_) if ours == theirs => wrong.push(format!("example {number} is no exception")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} examples differ\n\n{}", wrong.len(), wrong.join("\n"));
}

/// GitHub's extensions as comrak has them.
fn comrak(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    comrak::markdown_to_html(text, &options)
}

/// HTML reduced to what both writers must agree on: elements, text, where links
/// lead, how cells are aligned, which boxes are ticked.
fn essence(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, behind) = tag.split_once('>').expect("a whole tag");
        rest = behind;
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let value = |attribute: &str| {
            let (_, value) = tag.split_once(&format!(" {attribute}=\""))?;
            value.split_once('"').map(|(value, _)| value)
        };
        match name {
            "" if ["/div", "/section", "/sup"].contains(&tag) => {}
            "div" | "section" | "sup" => {}
            "a" if tag.contains("back") => {
                rest = rest.split_once("</a>").expect("a whole link").1;
                out.truncate(out.trim_end().len());
            }
            "a" => {
                let href = value("href").filter(|href| !href.starts_with('#')).unwrap_or_default();
                out += &format!("<a {href}>");
            }
            "td" | "th" => {
                out += &format!("<{name} {}>", value("align").or(value("class")).unwrap_or_default());
            }
            "input" => out += &format!("<input {}>", tag.contains("checked")),
            "" => out += &format!("<{tag}>"),
            _ => out += &format!("<{name}>"),
        }
    }
    out += rest;
    for level in 1..=6 {
        out = out.replace(&format!("<h{level}>"), "<h>");
    }
    out = out.replace('\n', "");
    // The box of a task stands in its paragraph here, before it there.
    for open in ["<input true> ", "<input false> "] {
        out = out.replace(&format!("{open}<p>"), &format!("<p>{open}"));
    }
    out.replace("</a>", "</>").replace("&quot;", "\"").trim().to_owned()
}

/// `rounds` random texts of `parts` are to both writers the same.
#[track_caller]
fn same(seed: u64, rounds: usize, most: usize, parts: &[&str]) {
    let mut random = Random(seed);
    let mut wrong = Vec::new();
    for _ in 0..rounds {
        let text = random.text(parts, most);
        let (ours, theirs) = (essence(&html(&text)), essence(&comrak(&text)));
        if ours != theirs {
            wrong.push(format!("{text:?}\n  comrak {theirs}\n  ours   {ours}"));
        }
    }
    let shown: Vec<&str> = wrong.iter().take(12).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {rounds} differ\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn tables_as_in_comrak() {
    let parts = [
        "\n| 甲 | 乙 |\n|---|:-:|\n",
        "段落\n| 甲 | 乙 |\n|:--|--:|\n",
        "\n甲 | 乙\n--- | ---\n",
        "\n| *甲* | 乙 |\n| :--- | ---: |\n",
        "| 一 | 二 |\n",
        "| **「三」** | `a` |\n",
        "|四|\n",
        "|五|六|七|\n",
        "| a \\| b | c |\n",
        "| x | [y](z) |\n",
        "无竖线\n",
        "\n",
        "\n段落\n",
        "\n> ",
        "\n- ",
        "| ~~删。~~后 | www.a.cn |\n",
    ];
    same(11, 5_000, 7, &parts);
    let row = "| 甲 | 乙 |\n|---|---|\n";
    for text in [format!("{row}|`a \\| b`|\\||"), format!("{row}\n| 甲 |\n|---|---|\n"), "|甲|\n|-|".into()]
    {
        assert_eq!(essence(&html(&text)), essence(&comrak(&text)), "{text}");
    }
}

#[test]
fn strikethrough_as_in_comrak() {
    let parts = ["~~", "~~", "中", "文", "a", "b", " ", "。", "**", "（", "）", ".", "\n", "`c`"];
    same(12, 5_000, 12, &parts);
}

#[test]
fn tasks_as_in_comrak() {
    let parts = [
        "- [ ] 甲\n",
        "- [x] 乙\n",
        "  - [X] 丙\n",
        "1. [ ] 丁\n",
        "- [] 戊\n",
        "- 己\n",
        "\n",
        "段落\n",
        "- [x]粘连\n",
        "[ ] 段\n",
        "> - [x] 引\n",
    ];
    same(13, 5_000, 8, &parts);
}

#[test]
fn addresses_as_in_comrak() {
    let parts = [
        " https://a.cn",
        " http://gov.cn/x",
        " www.a.cn/a_b",
        " a@b.cn",
        " mailto:a@b.cn",
        "(https://a.cn/(x)",
        " www.x",
        " http://",
        "/x",
        "?q=1&r=2",
        "#z",
        "(",
        ")",
        ".",
        ",",
        "!",
        ";",
        " ",
        "\n",
        "\"",
        "'",
        "-",
    ];
    same(14, 5_000, 7, &parts);
}

/// Definitions stand at the end, each once: comrak numbers references within
/// definitions by where they stand, we by where readers meet them.
#[test]
fn notes_as_in_comrak() {
    let text = [
        "正文[^1]",
        "再[^2]",
        "三[^3]",
        "。",
        "\n\n",
        "又[^1]",
        "\n\n> 引[^2]",
        "\n\n- 列[^3]",
        "**粗[^五]**",
        "[^无]",
    ];
    let definitions =
        ["[^1]: 一\n\n", "[^2]: 二[^3]\n\n    续段\n\n", "[^3]: 三\n\n", "[^4]: 无人引用\n\n", "[^五]: 五\n"];
    let mut random = Random(15);
    for _ in 0..3_000 {
        let mut text = format!("又[^2]{}\n\n", random.text(&text, 9));
        let first = random.below(definitions.len());
        text.extend((0..definitions.len()).map(|n| definitions[(first + n) % definitions.len()]));
        let (ours, theirs) = (essence(&html(&text)), essence(&comrak(&text)));
        assert_eq!(ours, theirs, "{text}");
    }
}
