//! One slip of an editor is one finding, with the line as it should be: nothing
//! that follows from it is reported too, and no word is lost in silence.

use zhuanlan::build::{Memory, build, mend};
use zhuanlan::diagnostic::Located;

use crate::project::{Project, options, source};

const COLUMN: &str = "base_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n";

fn found(project: &Project) -> Vec<Located> {
    build(&project.tree(), &options(), project, &Memory::default()).findings
}

/// `code line mended` of each finding about `path`.
fn lines(project: &Project, path: &str) -> Vec<String> {
    let line = |finding: &Located| {
        let at = finding.range.map_or(0, |(start, _)| start.line);
        format!("{} {at} {}", finding.kind.code(), finding.mended.as_deref().unwrap_or("-"))
    };
    found(project).iter().filter(|finding| finding.path.as_str() == path).map(line).collect()
}

/// What is found of a piece with this front matter.
#[track_caller]
fn check(front: &str, right: &[&str]) {
    let piece = format!("---\n{front}\n---\n\n三月八日，市公安局召开动员部署会。\n");
    let project = Project::new().column(COLUMN).file("content/news/a.md", piece);
    assert_eq!(lines(&project, "content/news/a.md"), right, "{front}");
}

/// What is found in a `column.yaml` of these lines.
#[track_caller]
fn check_column(text: &str, right: &[&str]) {
    let piece = "---\n标题: 会议\n日期: 2021-03-08\n---\n\n正文。\n";
    let project = Project::new()
        .file("column.yaml", text)
        .file("content/news/a.md", piece)
        .file("content/study/a.md", piece);
    assert_eq!(lines(&project, "column.yaml"), right, "{text}");
}

#[test]
fn front_matter_loses_no_word_in_silence() {
    let date = "日期: 2021-03-08";
    check(
        &format!("标题: 学习 #教育整顿# 专栏开通\n{date}"),
        &["comment-swallows-value 2 标题: \"学习 #教育整顿# 专栏开通\""],
    );
    check(&format!("标题: 学习\n{date}\n置顶: 是 #两天"), &[]);
    check(&format!("标题: 学习    # 写好后改\n{date}"), &[]);
    check(&format!("标题: [通知] 关于集中学习\n{date}"), &["bracket-value 2 标题: \"[通知] 关于集中学习\""]);
    check(&format!("标题: 会议\n{date}\n...\n摘要: 会议部署任务。"), &["document-end 4 -"]);
    check(&format!("\t标题: 会议\n{date}"), &["tab-indentation 2 标题: 会议"]);
    check(
        &format!("标题: \"我为群众办实事\"活动启动\n{date}"),
        &["text-after-quote 2 标题: “我为群众办实事”活动启动"],
    );
    check(&format!("标题: 专题: 三月\n{date}"), &["colon-in-value 2 标题: '专题: 三月'"]);
    check(&format!("标题：会议\n{date}"), &["full-width-colon 2 标题: 会议"]);
    check(&format!("标题: 会议\n{date}\n置顶: “是”"), &["chinese-quotes 4 置顶: 是"]);
}

#[test]
fn words_that_mean_a_key_are_that_key() {
    for line in [
        "作者: 张三",
        "署名: 张三",
        "署名: [张三, 李四]",
        "署名: 通讯员 张庆伟 姚艳辉",
        "导语: 会议部署任务。",
        "标签: 学习教育",
        "关键字: 学习教育",
        "分类: [学习教育]",
    ] {
        check(&format!("题目: 会议\n时间: 2021年3月8日\n{line}"), &[]);
    }
    check("标题: 会议\n发布日期: 2021.3.8", &[]);
    check(
        "标题: 会议\n日期: 2021-03-08\n通讯员: 张庆伟\n摄影: 姚艳辉",
        &["unknown-key 4 -", "unknown-key 5 -"],
    );
    let piece = "---\n标题: 会议\n日期: 2021-03-08\n通讯员: 张庆伟\n摄影: 姚艳辉\n---\n\n正文。\n";
    let project = Project::new().column(COLUMN).file("content/news/a.md", piece);
    let (files, left) = mend(&project.tree(), &options(), &project, &Memory::default(), |_, fix| fix.is_safe);
    let after = &files[&source("content/news/a.md")].after;
    assert!(after.contains("署名:\n  通讯员: 张庆伟\n  摄影: 姚艳辉\n---"), "{after}");
    assert!(left.iter().all(|finding| finding.kind.code() != "unknown-key"));
}

#[test]
fn two_topics_in_one_are_told_apart() {
    let column = format!(
        "{COLUMN}topics: {{xue: 学习教育, cha: 查纠整改}}\nunits:\n  - {{name: 源汇分局}}\n  - {{name: 郾城分局}}"
    );
    let piece = "---\n标题: 会议\n日期: 2021-03-08\n主题: 学习教育、查纠整改\n单位: 源汇分局，郾城分局\n---\n\n正文。\n";
    let project = Project::new().column(&column).file("content/news/a.md", piece);
    assert_eq!(
        lines(&project, "content/news/a.md"),
        ["unknown-topic 4 主题: [学习教育, 查纠整改]", "unknown-unit 5 单位: [源汇分局, 郾城分局]"]
    );
}

/// A Chinese comma between brackets is that, and the names on its sides are known.
#[test]
fn a_comma_in_brackets_is_one_finding() {
    let column = format!("{COLUMN}topics: {{xue: 学习教育, cha: 查纠整改, zong: 总结}}");
    for (topics, right) in [
        ("[学习教育，查纠整改]", "主题: [学习教育, 查纠整改]"),
        ("[学习教育、查纠整改，总结]", "主题: [学习教育, 查纠整改, 总结]"),
    ] {
        let piece = format!("---\n标题: 会议\n日期: 2021-03-08\n主题: {topics}\n---\n\n正文。\n");
        let project = Project::new().column(&column).file("content/news/a.md", piece);
        let told = lines(&project, "content/news/a.md");
        assert!(told.len() == 1 && told[0].starts_with("full-width-comma 4 "), "{told:?}");
        let (files, left) =
            mend(&project.tree(), &options(), &project, &Memory::default(), |_, fix| fix.is_safe);
        assert!(files[&source("content/news/a.md")].after.contains(&format!("\n{right}\n")), "{files:?}");
        assert!(left.iter().all(|finding| finding.path.as_str() != "content/news/a.md"), "{left:?}");
    }
}

/// Nor is a colon without its blank one of the text's.
#[test]
fn a_colon_of_a_key_is_no_punctuation() {
    check("标题:学习有序推进\n日期: 2021-03-08", &["no-space-after-colon 2 标题: 学习有序推进"]);
}

#[test]
fn nothing_follows_from_another_finding() {
    let head = "title: 专栏\nbase_url: https://example.org/\nsections:\n";
    check_column(
        &format!(
            "{head}  - folder: news\n    title: 新闻动态\n    kind: article\n- folder: study\n  title: 学习资料\n  kind: article\n"
        ),
        &["indentation 7 -"],
    );
    let sections = "  - {folder: news, title: 新闻动态}\n  - {folder: study, title: 学习资料}\n";
    check_column(
        &format!("{head}{sections}phases:\n  - {{name: 学习教育, start: 三月初八, end: 2021-04-08}}\n"),
        &["not-a-date 7 -"],
    );
    check_column(
        &format!("{head}{sections}phases:\n  - {{name: 学习教育, start: 2021.3.8, end: 2021年4月8日}}\n"),
        &[],
    );
    let ledger = "```台账\n收集: 25条\n反馈: 15\n条目:\n  - {意见: 窗口排队久, 答复: 增开窗口, 状态: 已反馈}\n  - {意见: 电话难打通}\n```\n";
    let piece = format!("---\n标题: 台账\n日期: 2021-03-08\n---\n\n{ledger}");
    let project = Project::new().column(COLUMN).file("content/news/a.md", piece);
    assert_eq!(lines(&project, "content/news/a.md"), ["wrong-type 7 -"]);
}

/// Values are Chinese too, wherever a column has choices.
#[test]
fn values_are_chinese_too() {
    check_column(
        "标题: 专栏\n网址: https://example.org/\n换行: 每行一段\n栏目:\n  - {文件夹: news, 名称: 新闻动态, 种类: 图片故事, 排序: 旧的在前}\n  \
         - {文件夹: study, 名称: 学习资料, 类型: 文章}\n",
        &[],
    );
}

/// A piece that names no phase belongs to that of its date.
#[test]
fn phases_follow_from_dates() {
    let column = format!("{COLUMN}phases:\n  - {{name: 学习教育, start: 2021-03-01, end: 2021-03-31}}\n");
    let project = Project::new()
        .column(&column)
        .file("content/news/a.md", "---\n标题: 会议甲\n日期: 2021-03-08\n---\n\n正文。\n")
        .file("content/news/b.md", "---\n标题: 会议乙\n日期: 2021-02-08\n---\n\n正文。\n");
    let built = build(&project.tree(), &options(), &project, &Memory::default());
    let page = built.output.files.iter().find(|(path, _)| path.as_str().starts_with("phases/"));
    let Some((_, page)) = page else { panic!("no page of the phase: {:?}", built.output.files.keys()) };
    let zhuanlan::build::Content::Bytes(html) = &page.content else { panic!("a page is bytes") };
    let html = String::from_utf8_lossy(html);
    assert!(html.contains("会议甲") && !html.contains("会议乙"), "{html}");
}
