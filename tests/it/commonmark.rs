//! Every example of CommonMark 0.31.2, and GitHub's extensions against comrak.
//!
//! The examples are others' text, so they are read from the npm package that
//! ships them and never copied here.

#![expect(clippy::disallowed_methods, reason = "the examples lie in a file of an npm package")]

use std::collections::BTreeMap;

use zhuanlan::markdown::{Options, parse};

use crate::markdown::{filled, path};

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
            out.replace_range(at + 3..at + open.len() + end + 1, "");
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
