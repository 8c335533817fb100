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
            b'-' | b'_' | b'.' | b'+' | b'!' | b'*' | b'(' | b')' | b',' | b'%' | b'#' | b'@' | b'?'
            | b'=' => {
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
fn scratch() {
    let texts = [
        "第一行，\n第二行\nLatin\nword 中\n“引号”\n한국\n中",
        "# 标题 {#biaoti}\n\n## 二 `code` **粗**\n\n## 二 code 粗\n\n### {{ x }}\n\n## a {.b}\n",
        "| 甲 | 乙 | 丙 |\n|:--|:-:|--:|\n| **「一」** | 二 | 三 |\n|**「一」**中|\\||`a\\|b`|",
        "- [ ] 未办\n- [x] 已办\n\n1. 一\n2. 二\n   - 三\n",
        "正文[^a]，再[^b]，又[^a]。\n\n[^b]: 乙注[^c]。\n[^a]: 甲注。\n\n    第二段\n\n[^c]: 丙\n",
        "> [!NOTE]\n> 注意这里\n\n> 引文\n",
        "术语\n: 解释一\n: 解释二\n",
        "![会场](a.png \"图说\")\n\n![](b.mp4)\n\n前![x](c.png)后 ![声](d.mp3)\n\n![甲](e.png)\n![乙](f.png)\n\n![丙](g.png) 尾\n",
        "详见https://www.gov.cn/a/b.html。访问www.gov.cn查看，邮箱abc@163.com。（https://a.cn/x(1)）",
        "```rust\nfn main() { let x = \"a\"; } // 注释\n```\n\n~~~\nplain <b>\n~~~\n",
        "<div align=\"center\"><img src=\"a.png\" style=\"zoom:50%\"><b onclick=\"x\">粗</b></div>\n\n正文<br>换行<script>alert(1)</script>[链接](javascript:alert(1))<a href=\"x.md\">甲</a>\n",
        "<!-- 注释 -->\n\n段落<!-- 中间 -->尾",
        "[甲](a%20b.md#x) [](c.md) <mailto:a@b.cn> <a@b.cn> [乙][丙]\n\n[丙]: ../photos/会场.png '题'\n",
        "　　首行缩进的段落。\n　　第二行",
    ];
    for text in texts {
        let checked = read(text);
        println!("=====\n{text}\n-----\n{}\n--- {:?}\n{}\n", filled(&checked.value), checked.value.text, findings(&checked, text, Lang::Zh).join("\n"));
    }
}
