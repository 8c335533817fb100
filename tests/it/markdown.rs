//! Markdown: HTML, slots, plain text, summaries, findings.

use std::fmt::Write;

use zhuanlan::diagnostic::{Checked, Lang, locate, plain};
use zhuanlan::markdown::{Body, Options, Piece, parse};
use zhuanlan::path::SourcePath;

/// The file that tests write.
pub(crate) fn path() -> SourcePath {
    SourcePath::new("content/news/a.md").expect("a path")
}

/// Parses with raw HTML cleaned, as the config has it by default.
pub(crate) fn read(text: &str) -> Checked<Body> {
    parse(&path(), text, 0, &Options::default())
}

/// Text between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A target as an address: what a URL can't hold is percent-encoded.
pub(crate) fn address(target: &str) -> String {
    let mut out = String::new();
    for byte in target.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte as char),
            b'-' | b'_' | b'.' | b'+' | b'!' | b'*' | b'(' | b')' | b',' | b'%' | b'#' | b'@' | b'?' | b'=' => {
                out.push(byte as char);
            }
            b';' | b':' | b'/' | b'$' | b'~' => out.push(byte as char),
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ => write!(out, "%{byte:02X}").expect("a string"),
        }
    }
    out
}

/// A body's HTML, its slots filled the plainest way.
pub(crate) fn filled(body: &Body) -> String {
    let image = |n: usize| {
        let link = &body.links[n];
        let title = link.title.as_ref().map_or(String::new(), |t| format!(" title=\"{}\"", escaped(t)));
        format!("<img src=\"{}\" alt=\"{}\"{title}>", address(&link.target), escaped(&link.alt))
    };
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Href(n) => format!(" href=\"{}\"", address(&body.links[*n].target)),
        Piece::Image(n) => image(*n),
        Piece::Figure(n) => format!("<figure>{}</figure>", image(*n)),
        Piece::Media(n) => format!("<video src=\"{}\"></video>", address(&body.links[*n].target)),
        Piece::Block(n) => format!("<zl-block n=\"{n}\"></zl-block>"),
    };
    body.pieces.iter().map(piece).collect()
}

/// What a text becomes.
pub(crate) fn html(text: &str) -> String {
    filled(&read(text).value)
}

/// The findings of a text as people read them.
pub(crate) fn findings(checked: &Checked<Body>, text: &str, lang: Lang) -> Vec<String> {
    let found = locate(checked.diagnostics.clone(), |_| Some(text.into()));
    found.iter().map(|finding| plain(finding, lang)).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), expected, "{text}");
}

#[test]
fn paragraphs() {
    check("你好。\n\n第二段。", "<p>你好。</p>\n<p>第二段。</p>");
}
