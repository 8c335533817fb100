//! What stands in texts: anchors, ids, addresses, markup of other programs.

use super::{Case, Run};

/// The article of a page, from its text to its end.
fn prose(case: &Case, page: &str) -> String {
    let html = case.read(&format!("output/{page}"));
    let (_, prose) = html.split_once("class=\"prose").expect("a text");
    prose.split_once("</article").expect("its end").0.to_owned()
}

#[track_caller]
fn said(run: &Run, expected: &[&str]) {
    for words in expected {
        assert!(run.stderr.contains(words), "`{words}` is not said: {}", run.stderr);
    }
}

/// How many findings of a code there are.
fn count(run: &Run, code: &str) -> usize {
    run.stderr.matches(&format!("[{code}]")).count()
}

#[test]
fn bug_anchor_by_heading_text() {
    let case = Case::new("bug-anchor-by-heading-text");
    // The same from another page, and where a heading is there twice.
    case.write(
        "content/news/b.md",
        "---\n标题: 乙\n日期: 2021-03-08\n---\n\n[一](a.md#一、总体要求) [二](<a.md#1. 目标>) [三](#一学习) [四](#（一）学习)\n\n\
         ## 一学习\n\n甲\n\n## （一）学习\n\n乙\n",
    );
    case.build();
    let text = prose(&case, "news/a.html");
    for id in ["一总体要求", "一学习", "gps-定位", "1-目标"] {
        assert!(
            text.contains(&format!("href=\"#{id}\"")) && text.contains(&format!("id=\"{id}\"")),
            "{id}: {text}"
        );
    }
    let text = prose(&case, "news/b.html");
    for href in ["a.html#一总体要求", "a.html#1-目标", "\"#一学习\"", "\"#一学习-1\""] {
        assert!(text.contains(href), "{href}: {text}");
    }
    case.write("content/news/b.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n\n[一](a.md#没有这节)\n");
    let run = case.run(&["check"]);
    assert_eq!((run.code, count(&run, "broken-anchor")), (1, 1), "{run:?}");
}

#[test]
fn bug_heading_takes_theme_id() {
    let case = Case::new("bug-heading-takes-theme-id");
    case.build();
    let html = case.read("output/news/a.html");
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(ids.contains(&"main") && ids.contains(&"main-1"), "{ids:?}");
    // By its text a heading is found all the same; an id of one's own is refused.
    case.write("content/news/b.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n\n[去](#Main)\n\n## Main\n\n甲\n");
    case.build();
    assert!(prose(&case, "news/b.html").contains("href=\"#main-1\""));
    case.write("content/news/b.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n\n## 甲 {#main}\n\n甲\n");
    said(&case.run(&["check"]), &["错误[reserved-id]：锚点 `main`"]);
}

#[test]
fn bug_link_address_not_encoded() {
    let case = Case::new("bug-link-address-not-encoded");
    case.build();
    let expected = ["a%7Cb", "10%3C28::AID%3E3", "a%20b", "?q=%22x%22", "%7Bid%7D"];
    for file in ["news/a.html", "feed.atom", "booklets/r.html"] {
        let text = case.read(&format!("output/{file}")).replace("&amp;", "&").replace("&quot;", "\"");
        for address in expected {
            assert!(text.contains(&format!("https://example.org/{address}")), "{address} in {file}");
        }
    }
}

#[test]
fn bug_keywords_unused() {
    let case = Case::new("bug-keywords-unused");
    case.build();
    let tag = |page: &str| {
        let html = case.read(&format!("output/{page}"));
        let (_, tag) = html.split_once("<meta name=\"Keywords\" content=\"").unwrap_or_default();
        tag.split('"').next().unwrap_or_default().to_owned()
    };
    assert_eq!((tag("news/a.html"), tag("about.html")), ("座谈会,征求意见".into(), "关于本栏".into()));
}

#[test]
fn bug_summary_runs_paragraphs_together() {
    let case = Case::new("bug-summary-runs-paragraphs-together");
    case.build();
    let summary = |page: &str| {
        let html = case.read(&format!("output/news/{page}.html"));
        let (_, tag) = html.split_once("<meta name=\"Description\" content=\"").expect("a description");
        tag.split('"').next().unwrap_or_default().to_owned()
    };
    assert_eq!(summary("a"), "关于开展教育整顿的通知 各单位要认真组织学习。");
    assert_eq!(summary("b"), "本报讯 会议召开。");
    assert_eq!(summary("c"), "第一行 第二行");
}

#[test]
fn bug_numbered_lines_run_together() {
    let case = Case::new("bug-numbered-lines-run-together");
    let run = case.run(&["check", "-v"]);
    assert_eq!(count(&run, "joined-lines"), 5, "{run:?}");
}

#[test]
fn bug_foreign_markup_raw() {
    let case = Case::new("bug-foreign-markup-raw");
    let run = case.run(&["check", "-v"]);
    said(
        &run,
        &[
            "`[[b]]` 是别的软件",
            "写成 `[b](b.md)`",
            "`![[p.png]]` 是别的软件",
            "写成 `![说明](p.png)`",
            "`[TOC]` 是别的软件",
            "`{width=50%}` 是别的软件",
            "警告[full-width-reference]",
        ],
    );
    // That the reference leads nowhere follows from its colon.
    assert_eq!(count(&run, "undefined-reference"), 0, "{run:?}");
    case.write(
        "content/news/a.md",
        "---\n标题: 甲\n日期: 2021-03-08\n---\n\n[省厅][gov]，见[1][2]，`[[b]]`，{{ x }}，\\[[b]]，第[1]条。\n",
    );
    let run = case.run(&["check"]);
    assert_eq!((count(&run, "undefined-reference"), count(&run, "foreign-markup")), (1, 0), "{run:?}");
}

#[test]
fn bug_angle_bracket_text_hint() {
    let case = Case::new("bug-angle-bracket-text-hint");
    let run = case.build();
    said(&run, &["注意[angle-brackets]：`<Enter>`", "写成 `\\<Enter>`"]);
    let text = prose(&case, "news/a.html");
    assert!(text.contains("请按&lt;Enter&gt;键，类型是List&lt;String&gt;。"), "{text}");
    assert!(text.contains("用&lt;Ctrl&gt;加&lt;C&gt;</h2>"), "{text}");
    // What is HTML goes, obsolete elements and those of Word included.
    let html = "---\n标题: 甲\n日期: 2021-03-08\n---\n\n<font>红</font><math><mi>x</mi></math><script>x()</script>\n\n<Enter onclick=x()>\n";
    case.write("content/news/a.md", html);
    let run = case.build();
    assert_eq!((count(&run, "pasted-html"), count(&run, "angle-brackets")), (1, 1), "{run:?}");
    let text = prose(&case, "news/a.html");
    assert!(text.contains("&lt;Enter onclick=x()&gt;") && !text.contains("<Enter"), "{text}");
}

#[test]
fn bug_quotes_in_caption_hint() {
    let run = Case::new("bug-quotes-in-caption-hint").run(&["check"]);
    said(&run, &["警告[quotes-in-title]", "单引号", "警告[size-in-image]"]);
    assert_eq!(count(&run, "space-in-link"), 0, "{run:?}");
}

#[cfg(not(windows))]
#[test]
fn bug_colon_in_picture_name() {
    let case = Case::new("bug-colon-in-picture-name");
    let run = case.run(&["check"]);
    assert_eq!(run.code, 1, "no such file yet: {run:?}");
    std::fs::write(case.path("content/news/img-09:10:10.png"), include_bytes!("../../fixtures/pixel.png"))
        .unwrap();
    let run = case.build();
    said(&run, &["没有发现问题"]);
    // A scheme stays one, whatever it ends in.
    case.write(
        "content/news/a.md",
        "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![图](javascript:x.png) [图](my-app:x.png)\n",
    );
    let run = case.run(&["check"]);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("错误[")).count(), 2, "{run:?}");
}

#[test]
fn bug_alias_with_chinese() {
    let case = Case::new("bug-alias-with-chinese");
    let leads = |case: &Case, path: &str| case.read(&format!("output/{path}")).contains("news/a.html");
    case.build();
    assert!(leads(&case, "2021/03/08/动员部署/index.html"));
    // Encoded, without its slash, of other servers; the next build knows them again.
    case.write(
        "content/news/a.md",
        "---\n标题: 甲\n日期: 2021-03-08\n旧网址: [/2021/%E5%8A%A8%E5%91%98/, old/二, news/a.shtml, 三.htm]\n---\n\n正文。\n",
    );
    case.build();
    for path in ["2021/动员/index.html", "old/二/index.html", "news/a.shtml", "三.htm"] {
        assert!(leads(&case, path), "{path}");
    }
    assert!(case.build().stderr.contains("没有变化"));
    for (alias, code) in [
        ("show.asp?id=1", "alias-needs-server"),
        ("a b.html", "bad-alias"),
        ("https://www.example.org/a.html", "bad-alias"),
    ] {
        case.write(
            "content/news/a.md",
            &format!("---\n标题: 甲\n日期: 2021-03-08\n旧网址: ['{alias}']\n---\n\n正文。\n"),
        );
        assert_eq!(count(&case.run(&["check"]), code), 1, "{alias}");
    }
}

#[test]
fn bug_md_txt_ignored() {
    let case = Case::new("bug-md-txt-ignored");
    let run = case.run(&["check"]);
    said(&run, &["警告[misnamed-piece]", "--> content/news/座谈会.md.txt", "改名为 `座谈会.md`"]);
    let piece = "---\n标题: 乙\n日期: 2021-03-08\n---\n\n正文。\n";
    std::fs::remove_file(case.path("content/news/座谈会.md.txt")).unwrap();
    for name in ["一.txt", "二", "三.ｍｄ", "四.MD.TXT"] {
        case.write(&format!("content/news/{name}"), piece);
    }
    case.write("content/news/五.docx", "x");
    case.write("content/news/附件.docx", "x");
    case.write("content/news/c/index.md", piece);
    case.write("content/news/c/一页通.txt", "x");
    case.write("content/materials/六.txt", "x");
    case.write("content/news/b.md", &piece.replace("---\n\n", "草稿: 是\n---\n\n[附件](附件.docx)\n"));
    let run = case.run(&["check"]);
    assert_eq!((count(&run, "misnamed-piece"), count(&run, "manuscript-not-read")), (4, 1), "{run:?}");
}

#[test]
fn a_file_where_a_folder_stands_is_a_finding() {
    for (path, more) in [
        ("content/static/news/a.html/x.txt", ""),
        ("content/news/a.html/x.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n\n正文。\n"),
    ] {
        let case = Case::new("bug-md-txt-ignored");
        case.write(path, more);
        let run = case.run(&["build"]);
        assert_eq!(run.code, 1, "{path}: {run:?}");
        assert!(count(&run, "static-taken") + count(&run, "same-route") > 0, "{path}: {run:?}");
    }
}

/// Each id that a template gives to a part of a page is kept from headings.
#[test]
fn the_ids_of_templates_are_reserved() {
    use zhuanlan::markdown::{RESERVED_IDS, is_reserved_id};
    assert!(RESERVED_IDS.is_sorted());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/gazette/templates");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        // Parts of a book have ids of their own kind, and list pages no headings of a text.
        let name = file.file_name().into_string().unwrap();
        if name.starts_with("booklet") || ["phases.html", "materials.html"].contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).unwrap();
        for id in text.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()) {
            let id = id
                .replace("{{ item.id }}", "opinion-3")
                .replace("{{ first.id }}", "opinion-3")
                .replace("{{ part.id }}", "quiz-2")
                .replace("{{ item.number }}", "12")
                .replace("{{ event.date.date }}", "2021-03-08")
                .replace("{{ loop.index }}", "4");
            assert!(is_reserved_id(&id), "`{id}` of {name}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen} ids");
}
