//! Manuscripts pasted from Word, WPS and Excel: what `fix` makes of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use zhuanlan::build::{Content, Memory, Now, Options, build, mend};
use zhuanlan::source::decoded;

use crate::project::{Project, source};

/// The theme is compiled once for all of them.
static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);

const HEAD: &str = "---\ntitle: 稿件\ndate: 2021-03-08\nsummary: 摘要。\n---\n\n";

fn options() -> Options {
    Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: true,
        fingerprint: true,
    }
}

/// The file as `fix` leaves it, with what is only offered too where `all` says so.
fn fixed(text: &str, all: bool) -> String {
    let project =
        Project::new().column("sections: [{folder: news, title: 新闻}]").file("content/news/a.md", text);
    let (files, _) = mend(&project.tree(), &options(), &project, &MEMORY, |_, fix| fix.is_safe || all);
    files.get(&source("content/news/a.md")).map_or_else(|| text.to_owned(), |file| file.after.clone())
}

/// Holds the body that `fix` makes of a body against the right one.
fn check(body: &str, right: &str) {
    assert_eq!(fixed(&format!("{HEAD}{body}"), false), format!("{HEAD}{right}"), "{body}");
}

#[test]
fn paragraphs_of_word_are_parted() {
    check("会议由副书记主持。\n会议指出，要提高站位。\n", "会议由副书记主持。\n\n会议指出，要提高站位。\n");
    check(
        "会议由副书记主持。\r\n会议指出，要提高站位。\r\n",
        "会议由副书记主持。\r\n\r\n会议指出，要提高站位。\r\n",
    );
    check("1、集中学。\n（1）第一项\n①第一\n", "1、集中学。\n\n（1）第一项\n\n①第一\n");
    check("时间：3月8日\n地点：礼堂\n", "时间：3月8日\n\n地点：礼堂\n");
    check("　　第一段。\n　　第二段。\n", "　　第一段。\n\n　　第二段。\n");
}

#[test]
fn what_was_meant_so_stays() {
    for body in [
        "白日依山尽，\n黄河入海流。\n",
        "手工换行。  \n第二行。\n",
        "> 引文第一句。\n> 引文第二句。\n",
        "- 一项。\n  同一项的第二句。\n",
        "```\n第一行。\n第二行。\n```\n",
        "3月8日上午，市公安局召开动员部署电视电话会议，传达学习上级\n会议精神，安排部署全市公安队伍教育整顿工作。会议由党委副书\n记主持。\n",
        "| 单位 | 人数 |\n| --- | --- |\n| 源汇 | 3 |\n",
        "~~旧的说法~~新的说法。\n",
    ] {
        check(body, body);
    }
}

#[test]
fn lists_and_tables_take_form() {
    check("● 集中学\n● 同步学\n", "- 集中学\n- 同步学\n");
    check("\u{F0B7}\t集中学\n\u{F0B7}\t同步学\n", "- 集中学\n- 同步学\n");
    check("1.集中学\n2.同步学\n", "1. 集中学\n2. 同步学\n");
    check("分局\t场次\n源汇\t3\n", "| 分局 | 场次 |\n| --- | --- |\n| 源汇 | 3 |\n");
    check("如下：\n分局\t场次\n源汇\t3|4\n", "如下：\n\n| 分局 | 场次 |\n| --- | --- |\n| 源汇 | 3\\|4 |\n");
    check("源汇3~~5人，郾城6~~8人。\n", "源汇3～5人，郾城6～8人。\n");
    check("＃＃ 小标题\n\n正文。\n", "## 小标题\n\n正文。\n");
}

#[test]
fn captions_join_their_pictures() {
    let right = "![会场](p.jpg \"图1 会场（张庆伟 摄）\")\n\n后文。\n";
    check("![会场](p.jpg)\n图1 会场（张庆伟 摄）\n\n后文。\n", right);
    check("![会场](p.jpg)\n\n图1 会场（张庆伟 摄）\n\n后文。\n", right);
    check("![会场](p.jpg)（张庆伟 摄）\n", "![会场](p.jpg \"（张庆伟 摄）\")\n");
    check("![会场](<会 场.jpg>)\n图为“学习”现场。\n", "![会场](<会 场.jpg> \"图为“学习”现场。\")\n");
    check("![会场](p.jpg \"已有说明\")\n\n图1 会场\n", "![会场](p.jpg \"已有说明\")\n\n图1 会场\n");
}

#[test]
fn headings_and_links_are_only_offered() {
    let body = "开头。\n\n**狠抓落实**\n\n要落实到人。\n\n一、提高认识\n\n见附件：计划表.xlsx。\n";
    check(body, body);
    let all = fixed(&format!("{HEAD}{body}"), true);
    for part in ["\n## 狠抓落实\n", "\n## 一、提高认识\n", "[计划表.xlsx](<计划表.xlsx>)"] {
        assert!(all.contains(part), "{all}");
    }
}

#[test]
fn front_matter_gets_its_fences() {
    let written = "标题: 没有文件头的稿件\n日期: 2021-03-08\n\n正文。\n";
    assert_eq!(fixed(written, false), format!("---\n{}", written.replacen("\n\n", "\n---\n\n", 1)));
    let slips = "标题：没有文件头的稿件\n日期:2021-03-08\n主题: [动员，学习]\n\n正文。\n";
    let right = "---\n标题: 没有文件头的稿件\n日期: 2021-03-08\n主题: [动员, 学习]\n---\n\n正文。\n";
    assert_eq!(fixed(slips, false), right);
    let prose = "时间: 3月8日\n地点: 礼堂\n\n正文。\n";
    assert_eq!(fixed(prose, false), prose);
}

#[test]
fn a_column_may_say_that_lines_are_paragraphs() {
    let project = Project::new()
        .column("line_breaks: paragraphs\nsections: [{folder: news, title: 新闻}]")
        .file("content/news/a.md", format!("{HEAD}第一段，\n第二段。\n一、小标题\n**粗体跨\n行**也在。\n"));
    let built = build(&project.tree(), &options(), &project, &Memory::default());
    let (_, page) =
        built.output.files.iter().find(|(path, _)| path.as_str() == "news/a.html").expect("the page");
    let Content::Bytes(html) = &page.content else { panic!("a page is bytes") };
    let built = String::from_utf8_lossy(html);
    for part in ["<p>第一段，</p>", "<p>第二段。</p>", "<p>一、小标题</p>"] {
        assert!(built.contains(part), "{part} in {built}");
    }
}

/// An editor's first hour: twelve manuscripts with some forty typical slips. What `fix` leaves is named here, each
/// with its reason.
#[test]
fn twelve_manuscripts() {
    let manuscripts = [
        "标题：座谈会召开\n日期：2021-03-12\n\n3月12日，座谈会召开。\n会议由张庆伟主持。\n",
        "---\n标题:学习有序推进\n日期:2021-03-13\n---\n\n● 集中学\n● 同步学\n● 带动学\n",
        "---\n标题: 台账\n日期: 2021-03-14\n---\n\n分局\t场次\t人数\n源汇\t3\t120\n郾城\t2\t96\n",
        "————\n标题: 分组讨论\n日期: 2021-03-15\n————\n\n每组3~5人，每场6~8分钟。\n",
        "---\n标题: 三件事\n日期: 2021-03-16\n---\n\n1.学原文\n2.谈体会\n3.找差距\n",
        "---\n标题: 部署\n日期: 2021-03-17\n---\n\n一、提高认识\n全体民警要学深悟透。\n二、狠抓落实\n各单位要压实责任。\n",
        "---\n标题: 引文\n日期: 2021-03-18\n---\n\n＞ 学在前，做在前。\n\n＃＃ 体会\n\n正文。\n",
        "---\n标题: 通知\n日期: 2021-03-19\n主题: [动员，学习]\n---\n\n时间：3月20日\n地点：礼堂\n",
        "---\n标题: 四项措施\n日期: 2021-03-20\n---\n\n\u{F0B7}\t延时服务\n\u{F0B7}\t上门服务\n\n（1）预约\n（2）办理\n",
        "---\n标题: 缩进\n日期: 2021-03-21\n---\n\n　　第一段写到这里。\n　　第二段接着写。\n",
        "---\n标题: 圈码\n日期: 2021-03-21\n---\n\n①查思想\n②查作风\n③查纪律\n",
        "---\n标题: 小标题\n日期: 2021-03-21\n---\n\n##措施\n\n**落实责任**\n\n见附件：责任清单.xlsx。\n",
    ];
    let mut project = Project::new().column("sections: [{folder: news, title: 新闻}]");
    for (n, text) in manuscripts.iter().enumerate() {
        project.write(&format!("content/news/{n:02}.md"), text);
    }
    let (files, left) = mend(&project.tree(), &options(), &project, &MEMORY, |_, fix| fix.is_safe);
    assert_eq!(files.len(), 12, "{:?}", files.keys());
    let left: Vec<String> =
        left.iter().map(|found| format!("{} {}", found.path, found.kind.code())).collect();
    let right = [
        // Whether a line is a heading is the editor's to say, and so is where the file lies.
        "content/news/05.md lookalike-heading",
        "content/news/05.md lookalike-heading",
        "content/news/11.md lookalike-heading",
        "content/news/11.md unlinked-file",
    ];
    let left: Vec<&str> =
        left.iter().map(String::as_str).filter(|left| left.starts_with("content/")).collect();
    assert_eq!(left, right);
}

/// Lines as they come out of a word processor.
fn line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "会议指出，要提高站位。",
        "一、提高认识",
        "（一）加强领导",
        "1、集中学",
        "①学习",
        "● 同步学",
        "\u{F0B7}\t带动学",
        "分局\t场次",
        "源汇\t3",
        "3~~5人，6~~8人",
        "3~5人，6~8人",
        "**狠抓落实**",
        "![会场](p.jpg)",
        "图1 会场（张庆伟 摄）",
        "",
        "",
        "　　缩进的一段。",
        "＃ 标题",
        "##标题",
        "＞ 引文",
        "时间：3月8日",
        "地点：礼堂",
        "- 一项",
        "1. 一项",
        "1.一项",
        "见附件：计划.docx",
        "> 引文",
        "```",
        "<b>粗</b>",
        "| a | b |",
        "| --- | --- |",
        "写到一半，",
        "    缩进",
        "---",
        "\\",
    ]);
    (words, prop::sample::select(vec!["", "", "", "  "])).prop_map(|(word, end)| format!("{word}{end}"))
}

/// Lines as nobody planned them: pieces of every kind, in any order, and any characters at all.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "会议指出",
        "，要学",
        "。",
        "：",
        "“",
        "”",
        "（",
        "）",
        "、",
        "一、",
        "（一）",
        "1、",
        "2.",
        "①",
        "●",
        "•",
        "\u{F0B7}",
        "\t",
        " ",
        "　",
        "    ",
        "#",
        "＃",
        "##",
        ">",
        "＞",
        "-",
        "—",
        "*",
        "**",
        "~~",
        "~",
        "～",
        "`",
        "```",
        "｀｀｀",
        "|",
        "[",
        "]",
        "(",
        "![",
        "p.jpg",
        "https://example.org/",
        "https：//",
        "【",
        "】",
        "图1 ",
        "张庆伟 摄",
        "见附件：",
        "计划.docx",
        "时间：",
        "3月8日",
        "<b>",
        "</b>",
        "<Enter>",
        "<br>",
        "[^1]",
        "[^1]：",
        "\\",
        "\"",
        "3",
        "5人",
        "\u{200b}",
        "e\u{301}",
    ]);
    let pieces = prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => "\\PC{0,12}"]
}

/// What a word is made of, as one text: everything else is a mark or a blank.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text without blanks and without the characters in `marks`.
fn without(text: &str, marks: &BTreeSet<char>) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !marks.contains(c)).collect()
}

/// Mending what was mended changes nothing; no edit that is reported takes or adds a letter; and but for the marks of
/// those edits the text is as it was.
fn check_mended(text: &str) -> Result<(), TestCaseError> {
    let reported = RefCell::new(Vec::new());
    let project =
        Project::new().column("sections: [{folder: news, title: 新闻}]").file("content/news/a.md", text);
    let (files, _) = mend(&project.tree(), &options(), &project, &MEMORY, |finding, fix| {
        if fix.is_safe {
            reported.borrow_mut().push((finding.kind.code(), fix.clone()));
        }
        fix.is_safe
    });
    let once = files.get(&source("content/news/a.md")).map_or(text, |file| file.after.as_str());
    let reported = reported.into_inner();
    prop_assert!(once == text || !reported.is_empty(), "changed without a word");
    prop_assert_eq!(fixed(once, false), once, "{:?}", reported);
    prop_assert_eq!(letters(once), letters(text), "{:?}", reported);
    // What an edit takes away stands in a text of some round, so it is known by the marks that differ.
    let before: BTreeMap<char, usize> = counted(text);
    let after = counted(once);
    let marks: BTreeSet<char> = reported
        .iter()
        .flat_map(|(_, fix)| &fix.edits)
        .flat_map(|edit| edit.new.chars())
        .chain(before.keys().filter(|c| after.get(c) < before.get(c)).copied())
        .filter(|c| !c.is_alphanumeric())
        .collect();
    prop_assert_eq!(without(once, &marks), without(text, &marks), "{:?}", reported);
    prop_assert_eq!(decoded(once.as_bytes()), once);
    Ok(())
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars() {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(crate::property::cases(96))]

    /// Whatever is pasted: fixing twice is fixing once, and the words stay.
    #[test]
    fn fixing_twice_is_fixing_once(
        lines in prop::collection::vec(prop_oneof![2 => line(), 1 => mixed()], 0..14),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        head in prop::sample::select(vec![HEAD, "标题：稿件\n日期：2021-03-08\n\n", ""]),
    ) {
        check_mended(&format!("{head}{}", lines.join(end)))?;
    }
}

/// HTML from WeChat or a site is one finding with a count, and `fix` turns it into Markdown.
#[test]
fn html_becomes_markdown() {
    let styled = |inner: &str| {
        format!("<section style=\"margin:0\"><div data-tools=\"x\" data-y=\"z\">{inner}</div></section>\n")
    };
    let check_html = |inner: &str, right: &str| check(&styled(inner), &format!("{right}\n"));
    check_html("<p style=\"text-indent:2em\">会议召开。</p><p>会议强调。</p>", "会议召开。\n\n会议强调。");
    check_html("<p><strong>要学</strong><strong>深悟透</strong>，见行动</p>", "**要学深悟透**，见行动");
    check_html("<p><span style=\"font-weight: bold\">要学</span>深悟透</p>", "**要学**深悟透");
    check_html("<h1>会议要求</h1><h3>时间</h3><p>三月</p>", "## 会议要求\n\n### 时间\n\n三月");
    check_html("<ul><li><p>集中学</p></li><li>轮流学</li></ul>", "- 集中学\n- 轮流学");
    check_html(
        "<ol><li>集中学<ul><li>周二</li></ul></li><li>轮流学</li></ol>",
        "1. 集中学\n\n   - 周二\n\n2. 轮流学",
    );
    check_html(
        "<p>详见<a href=\"https://example.org/a.html\" target=\"_blank\">通知</a>。</p>",
        "详见[通知](https://example.org/a.html)。",
    );
    check_html(
        "<p><img data-src=\"https://example.org/a.png\" alt=\"会场\"></p>",
        "![会场](https://example.org/a.png)",
    );
    check_html("<p>第一行<br>第二行</p><p><br></p>", "第一行  \n第二行");
    check_html(
        "<table><tbody><tr><td>分局</td><td>场次</td></tr><tr><td><p>源汇</p></td><td>3|4</td></tr></tbody></table>",
        "| 分局 | 场次 |\n| --- | --- |\n| 源汇 | 3\\|4 |",
    );
    check_html("<table><tr><td><p>一</p><p>二</p></td></tr></table>", "一\n\n二");
    check_html("<blockquote><p>打铁必须自身硬。</p></blockquote>", "> 打铁必须自身硬。");
    check_html("<p>a*b_c [d] &lt;e&gt; 3 &amp; 4</p>", "a\\*b\\_c \\[d\\] &lt;e> 3 & 4");
    check_html(
        "<iframe src=\"https://v.example.org/x\"></iframe><p>视频</p>",
        "<https://v.example.org/x>\n\n视频",
    );
    let mixed = "<span style=\"color:red\" class=\"x\" onclick=\"y\">**重点**</span>是<font color=\"red\">学习</font>。<span style=\"a\">好</span>\n";
    check(mixed, "**重点**是学习。好\n");
}

proptest! {
    #![proptest_config(crate::property::cases(48))]

    /// Whatever HTML is pasted, every word stays, in its order, and fixing twice is fixing once.
    #[test]
    fn no_word_of_html_is_lost(parts in prop::collection::vec((0_usize..26, 0_usize..9), 4..24)) {
        let tags = [
            "<p style=\"a\" class=\"b\" id=\"c\">", "</p>", "<section data-x=\"1\" style=\"b\">", "</section>", "<strong>", "</strong>",
            "<span style=\"font-weight:bold\">", "</span>", "<ul>", "<li>", "</li>", "</ul>", "<table><tr><td>", "</td><td>",
            "</td></tr><tr><td>", "</td></tr></table>", "<br>", "<h2>", "</h2>", "<a href=\"https://example.org/\">", "</a>",
            "<em>", "</em>", "<blockquote>", "</blockquote>", "\n",
        ];
        let words = ["会议", "强调", "学深", "悟透", "三月", "源汇", "* 星", "1. 一", "a_b"];
        let mut html = String::from("<div style=\"a\" data-a=\"b\" data-c=\"d\" data-e=\"f\">");
        let mut right = String::new();
        for (tag, word) in parts {
            html += tags[tag];
            html += words[word];
            right += words[word];
        }
        let text = format!("{HEAD}{html}\n");
        let once = fixed(&text, false);
        prop_assert_eq!(&fixed(&once, false), &once);
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let body = once.strip_prefix(HEAD).unwrap_or(&once).replace("https://example.org/", "").replace("<br>", "");
        prop_assert_eq!(plain(&body), plain(&right), "{}\n{}", html, once);
    }
}
