//! Markdown: HTML, slots, plain text, summaries, findings.

use std::fmt::Write;

use zhuanlan::diagnostic::{Checked, Lang, locate, plain};
use zhuanlan::markdown::{Body, Options, Segment, parse};
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
            byte if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~".contains(&byte) => {
                out.push(byte as char);
            }
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
    let piece = |piece: &Segment| match piece {
        Segment::Html(html) => html.clone(),
        Segment::Href(n) => format!(" href=\"{}\"", address(&body.links[*n].target)),
        Segment::Image(n) => image(*n),
        Segment::Figure(n) => format!("<figure>{}</figure>", image(*n)),
        Segment::Media(n) => format!("<video src=\"{}\"></video>", address(&body.links[*n].target)),
        Segment::Block(n) => format!("<zl-block n=\"{n}\"></zl-block>"),
    };
    body.prose.get().pieces.iter().map(piece).collect()
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

/// A small generator of numbers, the same on every machine (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("below n")
    }

    /// A text of at most `most` of the parts.
    pub(crate) fn text(&mut self, parts: &[&str], most: usize) -> String {
        let length = 1 + self.below(most);
        (0..length).map(|_| parts[self.below(parts.len())]).collect()
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), expected, "{text}");
}

/// Code and marked text of each finding.
fn faults(text: &str) -> Vec<String> {
    marked(&read(text), text)
}

fn marked(checked: &Checked<Body>, text: &str) -> Vec<String> {
    let mark = |found: &zhuanlan::diagnostic::Diagnostic| {
        let span = found.primary.span.expect("a place");
        format!("{} {}", found.kind.code(), &text[span.start as usize..span.end as usize])
    };
    checked.diagnostics.iter().map(mark).collect()
}

#[track_caller]
fn check_faults(text: &str, expected: &[&str]) {
    assert_eq!(faults(text), expected, "{text}");
}

#[test]
fn a_soft_break_between_chinese_is_nothing() {
    for (text, expected) in [
        ("中文\n中文", "中文中文"),
        ("中文，\n中文", "中文，中文"),
        ("中文\n《书》", "中文《书》"),
        ("中文\n“引文”", "中文“引文”"),
        ("“引文”\n中文", "“引文”中文"),
        ("中文……\n——中文", "中文……——中文"),
        ("かな\nカナ", "かなカナ"),
        ("中文\r\n中文", "中文中文"),
        ("中文\nLatin", "中文\nLatin"),
        ("Latin\n中文", "Latin\n中文"),
        ("He said “no”\nand left", "He said “no”\nand left"),
        ("한국\n한국", "한국\n한국"),
        ("中文\n한국", "中文\n한국"),
        ("3\n中", "3\n中"),
        ("中文\n**重点**", "中文<strong>重点</strong>"),
        ("中文\n**bold**", "中文\n<strong>bold</strong>"),
        ("**重点**\n中文", "<strong>重点</strong>中文"),
        ("中文\n[链接](a.md)", "中文<a href=\"a.md\">链接</a>"),
        ("中文\n`代码`", "中文<code>代码</code>"),
        ("中文\n`code`", "中文\n<code>code</code>"),
        ("中文\n![图](a.png)", "中文<img src=\"a.png\" alt=\"图\">"),
        ("中文  \n中文", "中文<br>\n中文"),
        ("中文\\\n中文", "中文<br>\n中文"),
        ("中文👍\n中文", "中文👍\n中文"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
    check("> 中文\n> 中文", "<blockquote>\n<p>中文中文</p>\n</blockquote>");
    assert_eq!(read("甲\n乙\nC\n丁").value.prose.get().text, "甲乙 C 丁");
}

#[test]
fn bare_addresses_end_where_chinese_begins() {
    let link = |href: &str, text: &str| format!("<a href=\"{href}\">{text}</a>");
    let gov = link("https://www.gov.cn/a", "https://www.gov.cn/a");
    for (text, expected) in [
        ("详见https://www.gov.cn/a。", format!("详见{gov}。")),
        ("详见https://www.gov.cn/a，或来电", format!("详见{gov}，或来电")),
        ("详见https://www.gov.cn/a查询", format!("详见{gov}查询")),
        ("（https://www.gov.cn/a）", format!("（{gov}）")),
        ("“https://www.gov.cn/a”", format!("“{gov}”")),
        ("《https://www.gov.cn/a》", format!("《{gov}》")),
        ("https://www.gov.cn/a…", format!("{gov}…")),
        ("https://www.gov.cn/a——后", format!("{gov}——后")),
        ("**https://www.gov.cn/a**", format!("<strong>{gov}</strong>")),
        ("访问www.gov.cn查看", format!("访问{}查看", link("http://www.gov.cn", "www.gov.cn"))),
        ("邮箱：abc@163.com。", format!("邮箱：{}。", link("mailto:abc@163.com", "abc@163.com"))),
        ("邮箱abc@163.com收", format!("邮箱{}收", link("mailto:abc@163.com", "abc@163.com"))),
        (
            "见 https://a.cn/x?a=1&b=2#c。",
            format!("见 {}。", link("https://a.cn/x?a=1&amp;b=2#c", "https://a.cn/x?a=1&amp;b=2#c")),
        ),
        ("https://a.cn/(x)).", format!("{}).", link("https://a.cn/(x)", "https://a.cn/(x)"))),
        ("HTTPS://A.CN/x", link("HTTPS://A.CN/x", "HTTPS://A.CN/x")),
        ("https://", "https://".into()),
        ("https://。", "https://。".into()),
        ("www.", "www.".into()),
        ("ftp://a.cn", "ftp://a.cn".into()),
        ("a@b", "a@b".into()),
        ("`https://a.cn`", "<code>https://a.cn</code>".into()),
        ("\\https://a.cn", format!("\\{}", link("https://a.cn", "https://a.cn"))),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
    check("[https://a.cn](b.md)", "<p><a href=\"b.md\">https://a.cn</a></p>");
    let text = "前言\n\n详见https://a.cn。";
    let span = read(text).value.links[0].span;
    assert_eq!(&text[span.start as usize..span.end as usize], "https://a.cn");
}

#[test]
fn headings_have_ids_and_an_outline() {
    check("## 锚定目标，实干笃行", "<h2 id=\"锚定目标实干笃行\">锚定目标，实干笃行</h2>");
    check("## A b-C_d 1", "<h2 id=\"a-b-c_d-1\">A b-C_d 1</h2>");
    check(
        "## 同\n\n## 同\n\n## 同",
        "<h2 id=\"同\">同</h2>\n<h2 id=\"同-1\">同</h2>\n<h2 id=\"同-2\">同</h2>",
    );
    check("## ！", "<h2 id=\"节\">！</h2>");
    check("## 目标 {#mb}", "<h2 id=\"mb\">目标</h2>");
    check("## 目标{#mb}", "<h2 id=\"目标mb\">目标{#mb}</h2>");
    check("## **粗** {#m_b-1}", "<h2 id=\"m_b-1\"><strong>粗</strong></h2>");
    check("## {#x}", "<h2 id=\"x\"></h2>");
    check("## 写 {{ title }} {% if %}", "<h2 id=\"写--title---if-\">写 {{ title }} {% if %}</h2>");
    check("## 见 [甲](a.md) `{#b}`", "<h2 id=\"见-甲-b\">见 <a href=\"a.md\">甲</a> <code>{#b}</code></h2>");
    check(
        "## a {onclick=x} {#b onclick=y}",
        "<h2 id=\"a-onclickx-b-onclicky\">a {onclick=x} {#b onclick=y}</h2>",
    );
    let text = "---\ntitle: 题\n---\n## 一 *二*\n\n正文\n\n### 三[^1] {#san}\n\n[^1]: 注\n";
    let body = parse(&path(), text, 18, &Options::default()).value;
    let outline: Vec<(u8, &str, &str)> =
        body.outline.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(outline, [(2, "一-二", "一 二"), (3, "san", "三")]);
    assert_eq!(&text[body.outline[0].span.start as usize..][..6], "## 一");
    assert_eq!(body.anchors, ["fn-1", "fnref-1", "san", "一-二"]);
}

#[test]
fn a_heading_may_be_the_title() {
    let options = Options { title_from_heading: true, ..Options::default() };
    let body = |text: &str| parse(&path(), text, 0, &options);
    let first = body("# 题目\n\n正文\n\n## 节\n");
    assert_eq!(first.value.first_heading.as_ref().map(|h| h.value.as_str()), Some("题目"));
    assert_eq!(filled(&first.value), "<p>正文</p>\n<h2 id=\"节\">节</h2>\n");
    assert_eq!(first.value.prose.get().text, "正文\n节");
    assert_eq!(first.diagnostics, []);
    let later = body("前言\n\n# 题目\n");
    assert_eq!(later.value.first_heading.map(|h| h.value).as_deref(), Some("题目"));
    assert!(later.value.prose.get().pieces.len() == 1 && !later.diagnostics.is_empty());
    assert_eq!(read("# 题目").value.first_heading.map(|h| h.value).as_deref(), Some("题目"));
}

#[test]
fn pictures_films_and_sounds() {
    check("![会场](a.png \"图说\")", "<figure><img src=\"a.png\" alt=\"会场\" title=\"图说\"></figure>");
    check(
        "![甲](a.png)\n![乙](b.png)",
        "<figure><img src=\"a.png\" alt=\"甲\"></figure>\n<figure><img src=\"b.png\" alt=\"乙\"></figure>",
    );
    check("前![甲](a.png)后", "<p>前<img src=\"a.png\" alt=\"甲\">后</p>");
    check("![甲](a.png)后", "<p><img src=\"a.png\" alt=\"甲\">后</p>");
    check(
        "![甲](a.png) ![乙](b.png) 后",
        "<p><img src=\"a.png\" alt=\"甲\"> <img src=\"b.png\" alt=\"乙\"> 后</p>",
    );
    check("[![甲](a.png)](b.md)", "<p><a href=\"b.md\"><img src=\"a.png\" alt=\"甲\"></a></p>");
    check("- ![甲](a.png)", "<ul>\n<li><img src=\"a.png\" alt=\"甲\"></li>\n</ul>");
    check("> ![甲](a.png)", "<blockquote>\n<figure><img src=\"a.png\" alt=\"甲\"></figure>\n</blockquote>");
    check("![](a.mp4)", "<video src=\"a.mp4\"></video>");
    check("![讲话](a.M4A \"讲话录音\")", "<video src=\"a.M4A\"></video>");
    check("见![讲话](a.mp3)。", "<p>见<a href=\"a.mp3\">讲话</a>。</p>");
    check("![讲话](a.mp3)全文", "<p><a href=\"a.mp3\">讲话</a>全文</p>");
    check("![一*二*\n`三` ![四](x)](a.png)", "<figure><img src=\"a.png\" alt=\"一二三 四\"></figure>");
    let text =
        "![会场 全景](<会场 1.png> \"图 说\")\n\n[甲](../a%20b.md#%E7%9B%AE) [乙][丙]\n\n[丙]: x%23y%3F.md\n";
    let body = read(text).value;
    let links: Vec<(&str, &str, &str)> = body
        .links
        .iter()
        .map(|l| (l.target.as_str(), l.alt.as_str(), &text[l.span.start as usize..l.span.end as usize]))
        .collect();
    assert_eq!(
        links,
        [
            ("会场 1.png", "会场 全景", "会场 1.png"),
            ("../a b.md#目", "", "../a%20b.md#%E7%9B%AE"),
            ("x%23y%3F.md", "", "[乙][丙]")
        ]
    );
    assert_eq!((body.footprint.photos, body.prose.get().text.as_str()), (1, "图 说\n甲 乙"));
}

#[test]
fn tables_lists_notes_alerts() {
    check(
        "|甲|乙|丙|丁|\n|:-|:-:|-:|-|\n|一|二|三|四|",
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"表格1\">\n<table>\n<thead>\n<tr>\n\
         <th class=\"left\">甲</th>\n<th class=\"center\">乙</th>\n<th class=\"right\">丙</th>\n<th>丁</th>\n</tr>\n</thead>\n\
         <tbody>\n<tr>\n<td class=\"left\">一</td>\n<td class=\"center\">二</td>\n<td class=\"right\">三</td>\n<td>四</td>\n</tr>\n\
         </tbody>\n</table>\n</div>",
    );
    check(
        "- [ ] 办\n- [x] 结",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未完成\"> 办</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"已完成\"> 结</li>\n</ul>",
    );
    check("3. 三\n4. 四", "<ol start=\"3\">\n<li>三</li>\n<li>四</li>\n</ol>");
    check("术语\n: 解释", "<dl>\n<dt>术语</dt>\n<dd>解释</dd>\n</dl>");
    check(
        "> [!WARNING]\n> 慎重",
        "<aside class=\"alert warning\" role=\"note\">\n<p class=\"alert-label\">警告</p>\n<p>慎重</p>\n</aside>",
    );
    check(
        "甲[^a]乙[^b]丙[^a]\n\n[^b]: 注乙\n\n[^a]: 注甲\n",
        "<p>甲<sup class=\"note-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup>乙<sup class=\"note-ref\">\
         <a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup>丙<sup class=\"note-ref\"><a href=\"#fn-1\" \
         id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup></p>\n<div class=\"footnotes\" role=\"doc-endnotes\" \
         aria-label=\"注释\">\n<ol>\n<li id=\"fn-1\">\n<p>注甲 <a class=\"note-back\" href=\"#fnref-1\" role=\"doc-backlink\" \
         aria-label=\"回到正文\">↩</a> <a class=\"note-back\" href=\"#fnref-1-2\" role=\"doc-backlink\" \
         aria-label=\"回到正文2\">↩2</a></p>\n</li>\n<li id=\"fn-2\">\n<p>注乙 <a class=\"note-back\" href=\"#fnref-2\" \
         role=\"doc-backlink\" aria-label=\"回到正文\">↩</a></p>\n</li>\n</ol>\n</div>",
    );
    let english = Options { lang: "en".into(), ..Options::default() };
    let body = parse(&path(), "> [!TIP]\n> x\n\n|a|\n|-|\n", 0, &english).value;
    assert!(filled(&body).contains(">Tip<") && filled(&body).contains("aria-label=\"Table 1\""));
}

#[test]
fn code_is_highlighted_by_classes() {
    check("```\na < b\n```", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>");
    check(
        "```没有这种语言\na\n```",
        "<pre tabindex=\"0\"><code class=\"language-没有这种语言\">a\n</code></pre>",
    );
    check(
        "```python\nif x: # 注\n    return \"文\\n\" + 1\n```",
        "<pre tabindex=\"0\"><code class=\"language-python\"><span class=\"hl-keyword\">if</span> x: \
         <span class=\"hl-comment\"># 注</span>\n    <span class=\"hl-keyword\">return</span> \
         <span class=\"hl-string\">&quot;文</span><span class=\"hl-constant\">\\n</span><span class=\"hl-string\">&quot;</span> \
         <span class=\"hl-operator\">+</span> <span class=\"hl-constant\">1</span>\n</code></pre>",
    );
    check("    缩进 code\n", "<pre tabindex=\"0\"><code>缩进 code\n</code></pre>");
    for name in ["rust", "js", "html", "css", "json", "yaml", "bash", "diff", "sql", "md"] {
        let text =
            format!("```{name}\nfn main() {{ let a = \"b\"; }}\n<a href='x'>\n- k: [1, true]\n+ 增\n```");
        let found = html(&text);
        for class in found.split("class=\"hl-").skip(1) {
            let class = format!("hl-{}", class.split('"').next().expect("a class"));
            assert!(
                zhuanlan::markdown::HIGHLIGHT_CLASSES.iter().any(|(known, _)| *known == class),
                "{class}"
            );
        }
    }
}

#[test]
fn raw_html_is_cleaned() {
    for (text, expected) in [
        ("甲<b>乙</b>", "<p>甲<b>乙</b></p>"),
        ("甲<b>乙", "<p>甲<b>乙</b></p>"),
        ("甲</b>乙", "<p>甲乙</p>"),
        ("水H<sub>2</sub>O<br>", "<p>水H<sub>2</sub>O<br></p>"),
        ("<ruby>漯<rt>luò</rt></ruby>", "<p><ruby>漯<rt>luò</rt></ruby></p>"),
        (
            "<details>\n<summary>题</summary>\n\n**答**\n\n</details>",
            "<details>\n<summary>题</summary>\n<p><strong>答</strong></p>\n</details>",
        ),
        (
            "<div class=\"x\" id=\"y\">\n\n![甲](a.png)\n\n</div>",
            "<div class=\"x\" id=\"y\">\n<figure><img src=\"a.png\" alt=\"甲\"></figure>\n</div>",
        ),
        (
            "<img src=\"会场 1.png\" alt=\"会场\">",
            "<figure><img src=\"%E4%BC%9A%E5%9C%BA%201.png\" alt=\"会场\"></figure>",
        ),
        ("前<img src=\"a.png\" alt='甲'>后", "<p>前<img src=\"a.png\" alt=\"甲\">后</p>"),
        ("<a href=\"b.md#x\" target=_blank>乙</a>", "<p><a href=\"b.md#x\">乙</a></p>"),
        ("<a name=x>https://a.cn</a>", "<p><a>https://a.cn</a></p>"),
        (
            "<div><a href=\"x.md\">甲\n\n[乙](y.md)</div>",
            "<div><a href=\"x.md\">甲\n</a>\n<p><a href=\"y.md\">乙</a></p>\n</div>",
        ),
        ("<!-- 备注 -->\n\n甲<!-- b -->乙", "<p>甲乙</p>"),
        (
            "<table><tr><td onclick=x colspan=2>甲</td></tr></table>",
            "<table><tbody><tr><td colspan=\"2\">甲</td></tr></tbody></table>",
        ),
        ("<p style=\"color:red\">红</p>", "<p>红</p>"),
        ("<font color=red>红</font>", "<p>红</p>"),
        ("<script>alert(1)</script>", ""),
        ("<style>p{}</style>", ""),
        ("<iframe src=x></iframe>", ""),
        ("<svg onload=x>", ""),
        ("甲<svg/onload=x>乙", "<p>甲&lt;svg/onload=x&gt;乙</p>"),
        ("<form><input type=text value=x></form>", ""),
        ("<zl-slot n=\"0\"></zl-slot>[甲](a.md)<b>", "<p><a href=\"a.md\">甲</a><b></b></p>"),
        ("<math><mi>x</mi></math>", "<p>x</p>"),
        (
            "<b>粗</b>\n\n| a |\n|---|\n| <i>b</i> |\n\n- [x] c[^1]\n\n[^1]: d",
            "<p><b>粗</b></p>\n<div class=\"table\" tabindex=\"0\" role=\"region\" \
          aria-label=\"表格1\">\n<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><i>b</i></td>\n</tr>\n</tbody>\n</table>\n</div>\n\
          <ul>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"已完成\"> c<sup class=\"note-ref\">\
          <a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></li>\n</ul>\n<div class=\"footnotes\" role=\"doc-endnotes\" \
          aria-label=\"注释\">\n<ol>\n<li id=\"fn-1\">\n<p>d <a class=\"note-back\" href=\"#fnref-1\" role=\"doc-backlink\" \
          aria-label=\"回到正文\">↩</a></p>\n</li>\n</ol>\n</div>",
        ),
    ] {
        check(text, expected);
    }
    check_faults(
        "<div align=center>\n<font size=1>甲</font><p style='x'>乙</p>\n</div>",
        &["pasted-html align"],
    );
    check_faults("甲<b id=x>乙</b><i id=x>丙</i>", &["duplicate-id x"]);
    let trusted = Options { trust_html: true, ..Options::default() };
    let body = parse(&path(), "<div style=\"x\" id=\"甲\"><script>a</script>\n\n乙", 0, &trusted);
    assert_eq!(filled(&body.value), "<div style=\"x\" id=\"甲\"><script>a</script>\n<p>乙</p>\n");
    assert_eq!((body.diagnostics, body.value.anchors), (Vec::new(), vec!["甲".to_owned()]));
}

/// No disguise of a scheme that runs code reaches an attribute.
#[test]
fn disguised_schemes() {
    let disguises = [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#x3A;alert(1)",
        "%6Aavascript:alert(1)",
        "java%73cript:alert(1)",
        "javascript%3Aalert(1)",
        "vbscript:x",
        "VBSCRIPT:x",
        "data:text/html,x",
        "data:image/svg+xml;base64,x",
        "java\u{200B}script:alert(1)",
        "\u{FEFF}javascript:alert(1)",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "java&#0;script:alert(1)",
        "java\u{AD}script:x",
    ];
    for disguise in disguises {
        for text in [
            format!("[甲]({disguise})"),
            format!("[甲](<{disguise}>)"),
            format!("![甲]({disguise})"),
            format!("[甲]\n\n[甲]: <{disguise}>"),
            format!("<{disguise}>"),
            format!("<a href=\"{disguise}\">甲</a>"),
            format!("<a href='{disguise}'>甲</a>"),
            format!("<img src=\"{disguise}\" alt=x>"),
            format!("```gallery\nphotos: [{{src: \"{disguise}\", alt: x}}]\n```"),
        ] {
            let body = read(&text).value;
            let html = filled(&body).to_lowercase();
            for attribute in ["href=\"", "src=\""] {
                for value in html.split(attribute).skip(1) {
                    let value: String = value
                        .split('"')
                        .next()
                        .expect("a value")
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .collect();
                    let bad = ["javascript", "vbscript", "data", "file", "blob", "viewsource"];
                    let scheme = bad.iter().any(|bad| value.starts_with(bad));
                    assert!(!scheme, "{text:?} gives {html}");
                }
            }
            for link in &body.links {
                let bare: String = link.target.chars().filter(char::is_ascii_graphic).collect();
                assert!(!bare.to_lowercase().starts_with("javascript:"), "{text:?} {link:?}");
            }
        }
    }
}

#[test]
fn characters_that_html_forbids() {
    check("甲\0乙", "<p>甲\u{FFFD}乙</p>");
    check("甲\u{B}乙\u{1}丙\u{7F}丁\u{FDD1}戊\u{FFFF}", "<p>甲乙丙丁戊</p>");
    check("&#0;&#xFDD0;&#x7;", "<p>\u{FFFD}</p>");
    check("甲\tb，c｀é", "<p>甲\tb，c｀é</p>");
}

#[test]
fn counts_and_plain_text() {
    for (text, words) in [
        ("你好，世界。", 4),
        ("共25个（条）意见", 6),
        ("用GPS定位 don't 1,400 GB18030", 7),
        ("![三个字](a.png)", 3),
        ("`code` 与 **粗**", 3),
        ("한국어 かな", 5),
        ("[^1]\n\n[^1]: 注释", 2),
        ("", 0),
        ("——……！", 0),
        ("a-b c.d e", 3),
    ] {
        assert_eq!(read(text).value.footprint.words, words, "{text}");
    }
    assert_eq!(
        read("# 题\n\n甲*乙*`丙`  \n丁\n\n- 一\n- 二\n\n> 引\n\n|a|b|\n|-|-|\n|c|d|\n\n![图说](a.png)\n")
            .value
            .prose
            .get()
            .text,
        "题\n甲乙丙 丁\n一\n二\n引\na b\nc d\n图说"
    );
}

#[test]
fn summaries_end_at_a_sentence() {
    let long = "字".repeat(60);
    for (text, expected) in [
        ("短文。", "短文。".to_owned()),
        ("# 题\n\n- 列表\n\n| 表 |\n|---|\n\n正文。\n", "正文。".into()),
        ("> 引文不算。\n\n正文。", "正文。".into()),
        ("```\n代码\n```\n\n![图](a.png)\n\n**甲**[乙](a.md)`丙`。", "甲乙丙。".into()),
        (&format!("{long}。{long}。"), format!("{long}。")),
        (&format!("短。{long}。{long}。"), format!("短。{long}。")),
        (&format!("{long}，{long}，{long}。"), format!("{long}……")),
        (&format!("{long}{long}。"), format!("{}……", "字".repeat(110))),
        (&format!("“{long}。{long}。”某人说。"), format!("“{long}。……”")),
        (&format!("他说：“好。”{long}{long}。"), "他说：“好。”".into()),
        (&format!("“{long}，{long}{long}”"), format!("“{long}……”")),
        ("甲。\n\n乙。\n\n丙。", "甲。乙。丙。".into()),
        ("One.\n\nTwo.", "One. Two.".into()),
        ("", String::new()),
        (&"word ".repeat(40), format!("{}……", "word ".repeat(22).trim_end())),
    ] {
        assert_eq!(read(text).value.summary, expected, "{text}");
    }
}

#[test]
fn places_are_counted_in_the_whole_file() {
    let text = "---\ntitle: 题\n---\n正文**「一」**文[甲](javascript:x)和**《二》**后![](b.png)。\n";
    let checked = parse(&path(), text, 18, &Options::default());
    assert_eq!(marked(&checked, text), ["unsafe-link javascript:x", "photo-without-alt ![](b.png)"]);
    let described = Options { described: ["b.png".to_owned()].into(), ..Options::default() };
    assert_eq!(marked(&parse(&path(), text, 18, &described), text), ["unsafe-link javascript:x"]);
    assert_eq!(
        parse(&path(), "中文", 1, &Options::default()).value,
        Body::default(),
        "not between characters"
    );
    assert_eq!(parse(&path(), "中", 99, &Options::default()).value, Body::default());
    assert_eq!(
        filled(&parse(&path(), "\u{FEFF}## 题", 0, &Options::default()).value),
        "<h2 id=\"题\">题</h2>\n"
    );
}

#[test]
fn slips_are_found() {
    for (text, expected) in [
        ("＃ 标题", &["full-width-heading ＃"][..]),
        ("＃＃ 标题", &["full-width-heading ＃＃"]),
        ("##标题", &["heading-without-space ##"]),
        ("## 一\n\n#### 二", &["heading-jump ####"]),
        ("### 一", &["heading-jump ###"]),
        ("# 一", &["level-one-heading #"]),
        ("。中\n=", &["level-one-heading 。中"]),
        ("##\n\n文", &["empty-heading ##"]),
        ("这一段本来是正文。\n---", &["underlined-paragraph ---"]),
        ("＞ 引文", &["full-width-quote ＞"]),
        ("-文字\n-文字", &["list-without-space -", "list-without-space -"]),
        ("1.甲\n2.乙\n3.丙", &["list-without-space 1."]),
        ("1．甲\n2．乙", &["list-without-space 1．"]),
        ("•甲\n•乙", &["bullet-character •"]),
        ("- []办\n- [ ]办", &["task-mark []", "task-mark [ ]"]),
        ("- [√] 办", &["task-mark [√]"]),
        ("|甲|乙|\n|—|—|\n|一|二|", &["broken-table |甲|乙|"]),
        ("｜甲｜乙｜\n｜---｜---｜", &["broken-table ｜甲｜乙｜"]),
        ("|甲|乙|\n|-|-|\n|一|二|三|", &["extra-cells 三"]),
        ("    市公安局召开会议，部署工作。", &["indented-paragraph 市公安局召开会议，部署工作。"]),
        ("第一段。\n　　第二段。", &["indented-line 　　"]),
        ("```\ncode", &["unclosed-fence ```"]),
        ("甲\n\n<!-- 备注\n\n乙", &["unclosed-comment <!--"]),
        ("- ~~~yaml\n  a: b\n\n文", &["unclosed-fence ~~~yaml"]),
        ("```timelines\n```", &["unknown-block timelines"]),
        ("> [!提示]\n> 文", &["unknown-alert [!提示]"]),
        ("> [!NOTES]\n> 文", &["unknown-alert [!NOTES]"]),
        ("【通知】（https://a.cn）", &["full-width-link 【通知】（https://a.cn）"]),
        ("[通知]（../a.md）", &["full-width-link [通知]（../a.md）"]),
        ("[通知] (通知.pdf)", &["full-width-link [通知] (通知.pdf)"]),
        ("［通知］（www.a.cn）", &["full-width-link ［通知］（www.a.cn）"]),
        ("[通知](a.md）。后文", &["full-width-link-end ）"]),
        ("[通知](a.md “题”)", &["full-width-title “题”"]),
        ("![会场](会场 照片.png)", &["space-in-link 会场 照片.png"]),
        ("[通知](a.md", &["unclosed-link ]("]),
        ("！[会场](a.png)", &["full-width-image ！"]),
        ("[甲](http：//a.cn)", &["full-width-url http：//a.cn"]),
        ("![甲](photos\\会场.png)", &["backslash-in-path photos\\会场.png"]),
        ("![甲](C:\\图\\a.png)", &["local-path C:\\图\\a.png"]),
        ("![甲](file:///C:/a.png)", &["local-path file:///C:/a.png"]),
        ("![甲](data:image/png;base64,AAAA)", &["embedded-file data:image/png;base64,AAAA"]),
        ("[甲](javascript:alert(1))", &["unsafe-link javascript:alert(1)"]),
        ("[](a.md)", &["empty-link-text [](a.md)"]),
        ("![](a.png)", &["photo-without-alt ![](a.png)"]),
        ("正文[^1]", &["undefined-footnote [^1]"]),
        ("正文[^1]\n\n[^1]：注", &["full-width-footnote [^1]："]),
        ("正文\n\n[^1]: 注", &["unused-footnote [^1]"]),
        ("正文[^1]\n\n[^1]: 一\n\n[^1]: 二", &["duplicate-footnote [^1]"]),
        ("## 甲 {#a}\n\n## 乙 {#a}", &["duplicate-id {#a}"]),
        ("这是** 重点 **内容", &["spaced-emphasis **"]),
        ("**重点没有结束", &["stray-asterisks **"]),
        ("嫌疑人张*、李*到案", &["swallowed-asterisks *"]),
        ("甲\u{B}乙", &["invisible-character \u{B}"]),
        ("甲<font>乙</font>", &["html-element <font"]),
        ("甲<b style=x>乙</b>", &["html-attribute style"]),
    ] {
        check_faults(text, expected);
    }
    let deep = format!("{}甲", "> ".repeat(200));
    assert_eq!(faults(&deep), ["nesting-too-deep >"]);
    assert_eq!(html(&deep).matches("<blockquote>").count(), 100);
}

/// What editors rightly write.
#[test]
fn prose_trips_nothing() {
    let prose = [
        "1.加强领导。各单位要高度重视。\n\n2.压实责任。层层抓落实。",
        "（一）总体要求，各单位都要落实。\n\n（二）主要任务，分三个阶段推进。",
        "一、二年级学生来访。\n\n3、4月份开展。",
        "#教育整顿# 话题",
        "#5机组启动",
        "# ",
        "温度\n-5℃左右",
        "联系人：张**，电话：138****1234",
        "公式2**10等于1024",
        "见附件[1](见后)。".trim_end_matches("(见后)。"),
        "数组a[0](x)不是链接".split('(').next().expect("a part"),
        "【解读】（见下文）",
        "【通知】各单位：",
        "“引文”（出处：https://a.cn）",
        "《〈建议〉学习辅导百问》",
        "3~5天，10~20人",
        "A * B * C",
        "5 * 3 = 15，`**` 表示乘方",
        "\\*\\*不加粗\\*\\*，\\[^1\\]，\\[甲\\](乙)",
        "表中 a|b 两列",
        "|甲|乙|\n|-|-|\n|一|二|\n|三|",
        "- [链接](a.md)\n- [x] 办结\n- [注]：说明",
        "正文[^1]。\n\n[^1]: 注",
        "    let x = 1; // 中文注释\n",
        "```python\n# 中文\n```",
        "> 引文\n> 续行",
        "短标题\n---\n\n正文",
        "第一行  \n第二行",
        "　　首行缩进。",
        "{{ x }}，{% y %}，<!-- 备注 -->",
        "&nbsp;&nbsp;空格",
        "·间隔号开头的一行",
        "—— 破折号开头",
        "① 甲\n\n② 乙",
        "2021.3.8\n2021.3.9",
        "1.5倍\n2.5倍",
        "价格：~~100~~80",
        "www.gov.cn",
        "**加粗：**后文，*《书》*后文",
        "- 甲\n  - 乙\n\n    续段",
        "<details><summary>题</summary>答</details>",
        "<abbr title=\"全球定位系统\">GPS</abbr>",
    ];
    for text in prose {
        let expected: &[&str] = if text == "# " { &["empty-heading #"] } else { &[] };
        check_faults(text, expected);
    }
}

/// The words of a finding, with excerpt and caret.
#[test]
fn findings_are_shown_in_both_languages() {
    let text = "## 通知\n\n详见【通知全文】（https://a.cn）。\n";
    let checked = read(text);
    assert_eq!(
        findings(&checked, text, Lang::Zh),
        [
            "警告[full-width-link]：这不会成为链接：括号要用半角，中间不能有空格\n  --> content/news/a.md:3:3\n   |\n \
          3 | 详见【通知全文】（https://a.cn）。\n   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n   = 提示：写成 `[文字](网址)`\n   = 改成：详见[通知全文](https://a.cn)。"
        ]
    );
    assert_eq!(
        findings(&checked, text, Lang::En),
        [
            "warning[full-width-link]: this is no link: the brackets must be half-width and touch\n  --> content/news/a.md:3:3\n   |\n \
          3 | 详见【通知全文】（https://a.cn）。\n   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n   = hint: write `[text](address)`\n   = write: 详见[通知全文](https://a.cn)。"
        ]
    );
}

/// Whether every element that opens closes, in order.
fn is_balanced(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return false };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if ["br", "hr", "img", "input", "wbr", "col"].contains(&name) {
            continue;
        }
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else {
            open.push(name);
        }
    }
    open.is_empty()
}

/// What must hold of any text: balanced HTML without `style`, places in the
/// text, slots that exist.
fn check_any(text: &str) {
    for body_start in [0, text.len() / 2] {
        let checked = parse(&path(), text, body_start, &Options::default());
        let body = &checked.value;
        let html = filled(body);
        assert!(is_balanced(&html), "{text:?}\n{html}");
        assert!(!html.contains(" style="), "{text:?}\n{html}");
        let inside = |span: zhuanlan::text::Span| text.get(span.start as usize..span.end as usize).is_some();
        assert!(body.links.iter().all(|link| inside(link.span)), "{text:?} {:?}", body.links);
        assert!(body.outline.iter().all(|heading| inside(heading.span)), "{text:?}");
        for found in &checked.diagnostics {
            assert!(found.primary.span.is_some_and(inside), "{text:?} {found:?}");
        }
        let merged = body
            .prose
            .get()
            .pieces
            .windows(2)
            .all(|pair| !matches!(pair, [Segment::Html(_), Segment::Html(_)]));
        assert!(merged && !body.prose.get().pieces.contains(&Segment::Html(String::new())), "{text:?}");
        assert!(body.summary.chars().count() <= 120, "{}", body.summary);
        assert_eq!(checked, parse(&path(), text, body_start, &Options::default()));
    }
    let trusted = Options { trust_html: true, title_from_heading: true, ..Options::default() };
    let _ = filled(&parse(&path(), text, 0, &trusted).value);
}

const PARTS: &[&str] = &[
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "```",
    "~~~",
    "```quiz\n",
    "items:\n",
    "  - ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "(",
    ")",
    "!",
    "![",
    "](",
    "[^1]",
    "[^1]: ",
    ": ",
    "|",
    "|-|\n",
    "| a | b |\n",
    "---\n",
    "<",
    ">",
    "<b>",
    "</b>",
    "<a href=x>",
    "<div>\n",
    "</p>",
    "<img src=a.png>",
    "<!--",
    "-->",
    "<script>",
    "<td>",
    "<svg>",
    "&amp;",
    "&#0;",
    "\\",
    "中文",
    "。",
    "《",
    "》",
    "“",
    "＃",
    "！[",
    "】（",
    "https://a.cn",
    "a@b.cn",
    "{#x}",
    "138****1234",
    " ",
    "\0",
    "\u{FDD0}",
    "\u{1680}",
    "\u{FEFF}",
    "[!NOTE]\n",
    "- [x] ",
    "a.mp4",
    "\u{3000}",
];

#[test]
fn any_mixture_of_markup() {
    let mut random = Random(31);
    for _ in 0..4_000 {
        check_any(&random.text(PARTS, 24));
    }
}

proptest::proptest! {
    #![proptest_config(crate::property::cases(256))]

    #[test]
    fn any_text(text in "\\PC*|[\\x00-\\x7F中。*<\\[\\]`\\n]{0,80}") {
        check_any(&text);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        check_any(&String::from_utf8_lossy(&bytes));
    }
}

/// Input made to be slow takes time in proportion to its length: at these
/// lengths anything quadratic would take minutes.
#[test]
#[expect(clippy::disallowed_methods, reason = "it is measured")]
fn hostile_input_stays_linear() {
    let n = 20_000;
    let repeated = [
        "*a_ ",
        "[",
        "![[]()",
        "](",
        "[](",
        "**「中",
        "**a ",
        "> ",
        "- ",
        "<a ",
        "<div>",
        "<b>",
        "[^",
        "[^a]",
        "# a\n",
        "a@",
        "_www._",
        "http://",
        "&amp;",
        "\\",
        "~~a",
        "<!--",
        "中\n",
        "[a](b) ",
        "![](b)\n",
        "[x]: y\n",
        "<?",
        "<![CDATA[",
        "**",
        "_a__b",
        "&#x",
        "1.a\n",
        "> [!x]\n\n",
        "|\n",
        "【a】（",
        "a|**「b」**|",
        "    中文中文中文\n\nx\n\n",
        "```\n",
        "\u{B}",
        "<img src=x>",
        "<a href=x>y</a>",
        "[[a]",
        "a\n\n",
        "a  \n",
        "# x {#a}\n",
        "a\n: b\n\n",
        "`a",
        "<div id=",
        "*a **b ",
        "(https://a.cn/(",
        "》**",
        "~~中",
        "|a|b|\n|-|-|\n",
    ];
    let mut texts: Vec<String> = repeated.iter().map(|part| part.repeat(n)).collect();
    texts.push(format!("{}a\n", "> ".repeat(200)).repeat(n / 100));
    texts.push(format!("<div {}", "<a ".repeat(n)));
    texts.push(format!("|{}\n|{}\n", "a|".repeat(n / 4), "-|".repeat(n / 4)));
    texts.push(format!("|a|b|\n|-|-|\n{}", "|**「x」**|y|\n".repeat(n)));
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    texts.push(joined(n / 4, &|i| format!("[^{i}]\n\n[^{i}]: x\n\n")));
    texts.push(joined(500, &|i| format!("{}- a\n", "  ".repeat(i))));
    texts.push(joined(n / 4, &|i| format!("<i id=a{i}>x</i>")));
    texts.push(format!("https://a.cn/{}", ")".repeat(n)));
    for text in texts {
        let start = std::time::Instant::now();
        let _ = read(&text);
        let took = start.elapsed();
        let head: String = text.chars().take(40).collect();
        assert!(took.as_secs() < 15, "{head:?} took {took:?}");
    }
}
