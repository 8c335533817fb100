//! The WeChat edition: it holds to its list whatever the text, says what the page
//! says, and its fields and pictures are as the account takes them.

use std::sync::LazyLock;

use image::ImageFormat;
use proptest::prelude::*;
use zhuanlan::build::{BuildResult, Memory, build};
use zhuanlan::diagnostic::{Diagnostic, Lang};
use zhuanlan::markdown::{self, Segment};
use zhuanlan::wechat::{
    Change, DraftAge, Edition, FolderContent, Listed, Reason, folder_index, merged, violations,
};

use crate::photo::picture;
use crate::project::{Project, options, source};

/// Compiling the theme takes longest, and all cases have the same.
static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);

const COLUMN: &str = "base_url: https://www.example.org/jyzd/\nsections: [{folder: news, title: 新闻}]";

/// Builds a column with one piece, `content/news/a.md`, and its photos.
fn built(config: &str, text: &str) -> (Project, BuildResult) {
    let project = Project::new()
        .column(config)
        .file("content/news/a.md", text)
        .file("content/news/a.jpg", picture(1600, 900, ImageFormat::Jpeg))
        .file("content/news/b.jpg", picture(640, 480, ImageFormat::Jpeg))
        .file("content/news/计划.pdf", "%PDF-1.4\n")
        .file("content/news/b.md", "---\ntitle: 另一篇\ndate: 2021-03-08\n---\n## 一节\n");
    let result = build(&project.tree(), &options(), &project, &MEMORY);
    (project, result)
}

fn edition_in(config: &str, text: &str) -> (Edition, Vec<Diagnostic>) {
    let (_, result) = built(config, text);
    let made = result.editions.of_source(&source("content/news/a.md")).expect("the piece");
    (made.value.unwrap_or_else(|| panic!("{:?}", made.diagnostics)), made.diagnostics)
}

/// The edition of a piece with this front matter and this text.
fn edition(front: &str, text: &str) -> Edition {
    let (edition, _) = edition_in(COLUMN, &format!("---\ntitle: 标题\n{front}\n---\n{text}"));
    assert_eq!(violations(&edition.html), Vec::<String>::new(), "{}", edition.html);
    edition
}

/// The HTML without its styles.
fn bare(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[track_caller]
fn check(text: &str, wanted: &str) {
    let edition = edition("", text);
    assert_eq!(bare(&edition.html), wanted, "{}", edition.html);
}

#[test]
fn text_is_written_with_the_accounts_elements() {
    check(
        "这是**《教育整顿进行时》**专栏，普通**粗体**字。",
        "<p>这是<strong>《教育整顿进行时》</strong>专栏，普通<strong>粗体</strong>字。</p>",
    );
    check("# 一\n\n## 二\n\n##### 五", "<h2>一</h2><h2>二</h2><h4>五</h4>");
    check(
        "- 一\n- **二**：三\n  1. 四",
        "<ul><li><section>一</section></li><li><section><p><strong>二</strong>：三</p><ol><li><section>四</section></li></ol></section></li></ul>",
    );
    check(
        "3. 一\n4. 二",
        "<ol start=\"3\"><li><section>一</section></li><li><section>二</section></li></ol>",
    );
    check("- [x] 一\n- [ ] 二", "<ul><li><section>☑ 一</section></li><li><section>☐ 二</section></li></ul>");
    check("> 一\n>\n> 二", "<blockquote><p>一</p><p>二</p></blockquote>");
    check("> [!NOTE]\n> 一", "<section><p>注意</p><p>一</p></section>");
    check("一\\\n二", "<p>一<br>二</p>");
    check("~~一~~", "<p><span>一</span></p>");
    check("***", "<section><br></section>");
}

#[test]
fn tables_keep_their_cells_and_sides() {
    let html = edition("", "| 一 | 二 |\n|:--|--:|\n| 三 | **四** |").html;
    assert_eq!(
        bare(&html),
        "<table><thead><tr><th>一</th><th>二</th></tr></thead><tbody><tr><td>三</td><td><strong>四</strong></td></tr></tbody></table>"
    );
    assert_eq!(html.matches("text-align:right").count(), 2);
    // What the table says of all cells is not said again.
    assert_eq!(html.matches("text-align:left").count(), 1, "{html}");
}

#[test]
fn code_is_one_element_a_line() {
    check(
        "```\n一 <二>\n  三\n\n四\n```",
        "<pre><code>一 &lt;二&gt;</code><code>\u{a0}\u{a0}三</code><code><br></code><code>四</code></pre>",
    );
}

#[test]
fn links_and_footnotes_are_numbered_in_the_order_of_the_text() {
    let edition = edition(
        "",
        "见[新华网](https://www.example.com/a?x=1&y=2)[^甲]，[另一篇](b.md)，[号内文章](https://mp.weixin.qq.com/s/abc)。\n\n又见[同一处](https://www.example.com/a?x=1&y=2)[^甲]。https://www.example.net/\n\n[^甲]: 这是**脚注**。\n",
    );
    let (body, notes) = edition.html.split_once("注释").expect("notes");
    assert_eq!(
        bare(body),
        "<p>见新华网<sup>[1]</sup><sup>[2]</sup>，另一篇<sup>[3]</sup>，<a href=\"https://mp.weixin.qq.com/s/abc\">号内文章</a>。</p>\
         <p>又见同一处<sup>[1]</sup><sup>[2]</sup>。https://www.example.net/</p><section><p><strong>"
    );
    assert_eq!(
        bare(notes),
        "</strong></p><p>[1] 新华网：https://www.example.com/a?x=1&amp;y=2</p><p>[2] 这是<strong>脚注</strong>。</p>\
         <p>[3] 另一篇：https://www.example.org/jyzd/news/b.html</p></section>"
    );
    let numbers: Vec<_> = edition.notes.iter().map(|note| (note.number, note.address.is_some())).collect();
    assert_eq!(numbers, [(1, true), (2, false), (3, true)]);
}

#[test]
fn a_footnote_within_a_link_has_its_mark() {
    // The site writes no link within a link there: only the number.
    let words = "<a href=\"https://mp.weixin.qq.com/s/abc\">一[^甲]</a>二[^乙]，<a href=\"b.md\">三[^甲]</a>，<a name=\"x\">四[^乙]</a>";
    let html = edition("", &format!("{words}\n\n[^甲]: 注\n\n[^乙]: 释\n")).html;
    let (body, notes) = html.split_once("注释").expect("notes");
    assert_eq!(
        bare(body),
        "<p><a href=\"https://mp.weixin.qq.com/s/abc\">一<sup>[1]</sup></a>二<sup>[2]</sup>，\
         三<sup>[1]</sup><sup>[3]</sup>，四<sup>[2]</sup></p><section><p><strong>"
    );
    assert!(bare(notes).starts_with("</strong></p><p>[1] 注</p><p>[2] 释</p><p>[3] 三"), "{notes}");
}

#[test]
fn blocks_have_their_form() {
    let has = |text: &str, wanted: &[&str]| {
        let html = bare(&edition("", text).html);
        for one in wanted {
            assert!(html.contains(one), "{one} in {html}");
        }
    };
    has(
        "```quiz\ntitle: 自测\nitems:\n  - {question: 问一, options: [甲, 乙], answer: B, explain: 理由}\n```",
        &["1. 问一", "A. 甲<br>B. 乙", "参考答案", "1. B　理由"],
    );
    has(
        "```timeline\nitems:\n  - {date: 2021-03-08, title: 动员, text: 全体参加}\n```",
        &["2021年3月8日", "<strong>动员</strong>", "全体参加"],
    );
    has(
        "```ledger\nas_of: 2021-03-20\nitems:\n  - {number: 1, question: 停车难, status: 已反馈, answer: 增设车位}\n  - {number: 2, question: 路灯, status: 办理中}\n```",
        &[
            "收集2条，已反馈1条，办理中1条（截至2021年3月20日）",
            "<td width=\"50%\">已反馈</td>",
            "1. 停车难",
            "增设车位",
        ],
    );
    has(
        "```figures\nitems:\n  - {value: 110, unit: 人, label: 参加}\n  - {value: 3, unit: 次, label: 会议}\n```",
        &["<span>110</span>人<br>参加"],
    );
    has(
        "```gallery\nphotos:\n  - {src: a.jpg, caption: 会场}\n  - {src: b.jpg, caption: 学习}\n```",
        &["<tr><td><figure><img src=\"pictures/01.jpg\"", "<figcaption>学习</figcaption>"],
    );
}

#[test]
fn pictures_are_numbered_once_and_hold_to_the_limits() {
    let edition = edition(
        "",
        "![会场](a.jpg)\n\n![学习](b.jpg \"集中学习\")\n\n再看![会场](a.jpg)一次。\n\n![外](https://example.com/x.png)",
    );
    let files: Vec<_> =
        edition.pictures.iter().map(|p| (p.number, p.file.as_str(), p.width, p.height)).collect();
    assert_eq!(files, [(1, "pictures/01.jpg", 1080, 608), (2, "pictures/02.jpg", 640, 480)]);
    assert_eq!(edition.html.matches("src=\"pictures/01.jpg\"").count(), 2);
    assert!(edition.pictures.iter().all(|p| {
        p.address.as_ref().is_some_and(|a| a.starts_with("https://www.example.org/jyzd/assets/photos/"))
    }));
    assert_eq!(edition.pictures[1].caption, "集中学习");
    assert_eq!(edition.dropped.iter().map(|d| d.reason).collect::<Vec<_>>(), [Reason::ForeignPicture]);
    let html = edition.html_with(|p| Some(format!("https://mmbiz.qpic.cn/{}?a=1&b", p.number)));
    assert!(html.contains("src=\"https://mmbiz.qpic.cn/1?a=1&amp;b\"") && !html.contains("pictures/"));
    let cover = edition.fields.cover.expect("a cover");
    assert_eq!((cover.wide.width, cover.wide.height), (1128, 480));
    assert_eq!((cover.square.width, cover.square.height), (600, 600));
    assert_eq!(cover.square_crop.to_string(), "0.218750_0.000000_0.781250_1.000000");
}

#[test]
fn fields_come_from_the_piece_and_the_column() {
    let config = format!("{COLUMN}\nwechat: {{author_roles: [通讯员], comments: fans}}");
    let text = "---\ntitle: 网页标题\n署名: {本报记者: 薛宏, 通讯员: [张伟, 姚红]}\n微信: {标题: 号里的标题, 摘要: 一句话, 原创: true, 封面: b.jpg}\n---\n正文。\n";
    let (edition, found) = edition_in(&config, text);
    let fields = &edition.fields;
    assert_eq!(
        (fields.title.as_str(), fields.author.as_str(), fields.digest.as_str()),
        ("号里的标题", "张伟 姚红", "一句话")
    );
    assert_eq!(fields.content_source_url.as_deref(), Some("https://www.example.org/jyzd/news/a.html"));
    assert_eq!((fields.comments, fields.original), (zhuanlan::wechat::Comments::Fans, true));
    assert_eq!(fields.cover.as_ref().map(|cover| (cover.wide.width, cover.wide.height)), Some((640, 272)));
    assert_eq!(found, Vec::new());
}

#[test]
fn what_is_too_long_is_told_with_how_much() {
    let title = "长".repeat(35);
    let (_, found) = edition_in(COLUMN, &format!("---\ntitle: {title}\ncover: a.jpg\n---\n正文。\n"));
    let said: Vec<String> = found.iter().map(|f| f.kind.message(Lang::Zh).text).collect();
    assert_eq!(said, ["公众号版的标题多了 3 字（最多 32），公众号可能拒绝或截断"]);
    assert!(found[0].primary.span.is_some());
    let (edition, found) =
        edition_in(COLUMN, &format!("---\ntitle: 短\ncover: a.jpg\n---\n{}\n", "字".repeat(21_000)));
    assert!(edition.excesses().iter().any(|(limit, over)| limit.hard && *over > 1000));
    assert!(found.iter().any(|f| f.kind.code() == "wechat-too-long"));
    let (_, found) = edition_in(COLUMN, "---\ntitle: 短\n---\n正文。\n");
    assert_eq!(found.iter().map(|f| f.kind.code()).collect::<Vec<_>>(), ["wechat-no-cover"]);
}

/// The text of HTML: tags away, the five escapes undone, blanks away.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let plain =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let out = plain.iter().fold(out, |out, (escape, meant)| out.replace(escape, meant));
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || "\u{200B}\u{2060}\u{FEFF}\u{AD}☐☑".contains(c);
    out.chars().filter(|c| !unseen(*c)).collect()
}

/// `html` without each `<name …>…</name>` that begins with `start`.
fn without(html: &str, start: &str, end: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(start) {
        out.push_str(before);
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The texts of the piece as the site has it, what stands between its blocks
/// one by one, the marks and the list of its notes apart.
fn texts_of_body(text: &str) -> Vec<String> {
    let body = markdown::parse(&source("content/news/a.md"), text, 0, &markdown::Options::default()).value;
    let mut parts = vec![String::new()];
    for piece in &body.prose.get().pieces {
        match (piece, parts.last_mut()) {
            (Segment::Html(html), Some(part)) => part.push_str(html),
            // What fills a tag: the text goes on.
            (Segment::Href(_), _) => {}
            _ => parts.push(String::new()),
        }
    }
    let said = |part: &String| {
        let part = part.split("<div class=\"footnotes\"").next().unwrap_or_default();
        text_of(&without(part, "<sup class=\"note-ref\">", "</sup>"))
    };
    parts.iter().map(said).collect()
}

/// Holds every edition of `project` against the list, and its text against the
/// piece's; gives how many there are.
fn hold_all(project: &Project) -> usize {
    let result = build(&project.tree(), &options(), project, &Memory::default());
    let pieces: Vec<_> = result.editions.pieces().collect();
    for (piece, made) in pieces.iter().zip(result.editions.make(&pieces)) {
        let path = &piece.document.path;
        let edition = made.value.unwrap_or_else(|| panic!("{:?}", made.diagnostics));
        assert_eq!(violations(&edition.html), Vec::<String>::new(), "{path}");
        let said = text_of(&without(&edition.html, "<sup>[", "</sup>"));
        let file = project.bytes(path.as_str()).expect("the piece's file");
        let file = String::from_utf8_lossy(&file).replace("\r\n", "\n");
        let text = file.splitn(3, "---\n").nth(2).unwrap_or(&file);
        let mut rest = said.as_str();
        for part in texts_of_body(text) {
            rest = rest.split_once(&part).unwrap_or_else(|| panic!("{path}: {part}\nin {said}")).1;
        }
    }
    assert_eq!(result.editions.findings(), Vec::new());
    pieces.len()
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "一",
        "二三",
        "《四》",
        "，",
        "。",
        "**",
        "*",
        "~~",
        "`",
        "\n",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\n## ",
        "  ",
        " a ",
        "[五](b.md)",
        "[六](https://x.org/)",
        "[^1]",
        "\n\n[^1]: 注\n\n",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<div class=\"note\">",
        "</div>",
        "<u>",
        "</u>",
        "\n\n| 七 | 八 |\n|---|---|\n| 九 | 十 |\n\n",
        "\n```\n码 <x>\n```\n",
        "\n***\n",
        "<br>",
        "<ul><li>",
        "<a name=\"x\">",
        "</a>",
        "\u{200B}",
        "\u{3000}",
        "&nbsp;",
        "&amp;",
        "\\",
        "\n    码\n",
        "<sup>2</sup>",
        "<ruby>字<rt>zi</rt></ruby>",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(192) })]

    #[test]
    fn any_text_gives_an_edition_that_holds_to_the_list(text in prop_oneof![words(), "\\PC{0,80}"]) {
        let (_, result) = built(COLUMN, &format!("---\ntitle: 标题\n---\n\n{text}"));
        if let Some(made) = result.editions.of_source(&source("content/news/a.md")) {
            let edition = made.value.expect("the templates are right");
            prop_assert_eq!(violations(&edition.html), Vec::<String>::new(), "{}", edition.html);
            let body = edition.html.rsplit_once("注释</strong></p>").map_or(edition.html.as_str(), |(body, _)| body);
            let own = without(body, "<sup>[", "</sup>");
            let wanted = texts_of_body(&text).concat().replace("字zi", "字（zi）");
            prop_assert_eq!(text_of(&own), wanted, "{}", edition.html);
        }
    }
}

/// `COLUMN=FOLDER` tries another column in its place, of any size.
#[test]
fn the_sample_holds_to_the_list_and_loses_nothing() {
    let other = std::env::var_os("COLUMN").map(|folder| Project::from_folder(folder.as_ref()));
    assert!(hold_all(&other.unwrap_or_else(Project::sample)) > 8);
}

/// Characters of the styles among a thousand of all characters.
fn style_share<'h>(editions: impl Iterator<Item = &'h str>) -> usize {
    let (mut all, mut styles) = (0, 0);
    for html in editions {
        all += html.chars().count();
        styles += html.chars().count() - bare(html).chars().count();
    }
    styles * 1000 / all
}

/// A piece of the usual length: a summary, four headings, a dozen paragraphs, a
/// list, a quotation, two links.
#[test]
fn a_quarter_of_a_usual_piece_is_style_at_most() {
    let sentence = "各支部对照计划，逐条学习，逐人发言，逐项对照检查，把学习的收获写进笔记。";
    let paragraph = sentence.repeat(4);
    let mut text = format!("{paragraph}\n\n");
    for name in ["学什么", "怎么学", "谁来学", "学得怎样"] {
        text += &format!("## {name}\n\n{paragraph}\n\n{paragraph}\n\n{sentence}\n\n");
    }
    text += "- 一次动员\n- **两次**讨论\n- 三次测试\n\n> 学以致用。\n\n见[另一篇](b.md)和[通知](https://example.com/a)。\n";
    let edition = edition("date: 2021-03-19\n署名: {通讯员: 张伟}\nsummary: 一个月的学习，四个问题。", &text);
    let share = style_share(std::iter::once(edition.html.as_str()));
    assert!(share <= 250, "{share} ‰: {}", edition.html);
}

/// Its pieces are short and full of figures, tables and notices, of which each
/// has a style of its own: docs/theme.md says so.
#[test]
fn of_the_sample_no_more_is_style_than_was_reached() {
    let project = Project::sample();
    let result = build(&project.tree(), &options(), &project, &Memory::default());
    let pieces: Vec<_> = result.editions.pieces().collect();
    let made: Vec<Edition> =
        result.editions.make(&pieces).into_iter().filter_map(|made| made.value).collect();
    let share = style_share(made.iter().map(|edition| edition.html.as_str()));
    assert!(share <= 370, "{share} ‰");
}

/// The edition of a piece that shows the file `name`.
fn showing(name: &str, file: &[u8]) -> (Edition, Vec<Diagnostic>) {
    let project = Project::new()
        .column(COLUMN)
        .file("content/news/a.md", format!("---\ntitle: 标题\ncover: {name}\n---\n![图]({name} \"图说\")\n"))
        .file(&format!("content/news/{name}"), file);
    let result = build(&project.tree(), &options(), &project, &MEMORY);
    let made = result.editions.of_source(&source("content/news/a.md")).expect("the piece");
    let edition = made.value.unwrap_or_else(|| panic!("{:?}", result.findings));
    (edition, made.diagnostics)
}

const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='160'><rect width='300' height='160' fill='#b01e1e'/></svg>";

#[test]
fn a_drawing_becomes_a_png_and_a_cover() {
    let (edition, found) = showing("示意图.svg", DRAWING.as_bytes());
    let files: Vec<_> = edition.pictures.iter().map(|p| (p.file.as_str(), p.width, p.height)).collect();
    assert_eq!(files, [("pictures/01.png", 600, 320)]);
    assert_eq!(edition.pictures[0].address, None, "the account refuses the site's own");
    assert!(edition.dropped.is_empty() && found.is_empty(), "{:?} {found:?}", edition.dropped);
    assert!(edition.html.contains("src=\"pictures/01.png\""), "{}", edition.html);
    let cover = edition.fields.cover.expect("a cover");
    assert_eq!(
        (cover.wide.width, cover.wide.height, cover.wide.file.as_str()),
        (600, 255, "pictures/cover-2.35x1.jpg")
    );
    let made = |picture: &zhuanlan::wechat::Picture| {
        let zhuanlan::wechat::Origin::Made(recipe) = &picture.origin else { panic!("drawn") };
        let door = Project::new().file(recipe.source.as_str(), DRAWING);
        let made = zhuanlan::photo::make(&recipe.source, recipe.content, &[recipe.make], &door);
        image::load_from_memory(made.pictures[0].as_ref().expect("a picture")).unwrap().into_rgb8()
    };
    let (text, square) = (made(&edition.pictures[0]), made(&cover.square));
    assert_eq!((text.dimensions(), text.get_pixel(5, 5).0), ((600, 320), [0xb0, 0x1e, 0x1e]));
    assert_eq!(square.dimensions(), (320, 320));
}

#[test]
fn a_drawing_without_a_size_is_left_to_people() {
    let endless = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='3' height='1'/></svg>";
    let (edition, _) = showing("示意图.svg", endless.as_bytes());
    assert_eq!(edition.dropped.iter().map(|d| d.reason).collect::<Vec<_>>(), [Reason::Drawing]);
    assert!(edition.pictures.is_empty() && edition.fields.cover.is_none());
}

/// A GIF of two pictures in which nothing repeats, so that it can't be packed.
fn large_gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new_with_speed(&mut bytes, 30);
    let mut state = 1_u32;
    for _ in 0..2 {
        let frame = image::RgbaImage::from_fn(760, 760, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = state.to_be_bytes();
            image::Rgba([a, b, c, 255])
        });
        encoder.encode_frame(image::Frame::new(frame)).expect("a frame");
    }
    drop(encoder);
    bytes
}

#[test]
fn a_moving_picture_over_the_limit_is_kept_and_named() {
    let gif = large_gif();
    assert!(gif.len() > 1_000_000);
    let (edition, found) = showing("动.gif", &gif);
    assert_eq!(edition.pictures.iter().map(|p| p.file.as_str()).collect::<Vec<_>>(), ["pictures/01.gif"]);
    assert_eq!(edition.dropped.iter().map(|one| one.reason).collect::<Vec<_>>(), [Reason::LargeGif]);
    let said: Vec<_> = found.iter().map(|found| found.kind.code()).collect();
    // A picture that moves is no cover either.
    assert_eq!(said, ["wechat-no-cover", "wechat-large-gif"]);
    let words: Vec<String> = found.iter().map(|found| found.kind.message(Lang::Zh).text).collect();
    assert_eq!(words[1], "动图 `content/news/动.gif` 超过 1 MB，公众号的接口不收");
    let (_, found) = showing("动.gif", &picture(40, 30, ImageFormat::Gif));
    assert!(found.iter().all(|found| found.kind.code() != "wechat-large-gif"));
}

#[test]
fn that_covers_lack_is_said_once_with_a_count() {
    let piece = |name: &str| (format!("content/news/{name}.md"), "---\ntitle: 题\n---\n正文。\n");
    let pieces = ["a", "b", "c"].map(piece);
    let project = pieces.iter().fold(Project::new().column(COLUMN), |p, (path, text)| p.file(path, *text));
    let result = build(&project.tree(), &options(), &project, &MEMORY);
    let pieces: Vec<_> = result.editions.pieces().collect();
    let found = result.editions.make(&pieces).into_iter().flat_map(|made| made.diagnostics).collect();
    let found = merged(found);
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.kind.message(Lang::Zh).text, "公众号版没有封面图，另外 2 篇也没有");
    assert_eq!(one.primary.path.as_str(), "content/news/a.md");
}

#[test]
fn the_index_says_which_drafts_are_older() {
    let edition = edition("", "正文。");
    let listed = |draft| [Listed { edition: &edition, date: "2021-03-19", change: Change::Same, draft }];
    let html = |draft| match folder_index("专栏", &listed(draft)).expect("a page").content {
        FolderContent::Bytes(bytes) => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        FolderContent::Picture(_) => panic!("a picture"),
    };
    assert!(html(Some(DraftAge::Older)).contains("<td>稿件已改，草稿是旧的</td>"));
    assert!(html(Some(DraftAge::AsPiece)).contains("<td>和稿件一致</td>"));
    assert!(!html(None).contains("草稿箱"));
}
