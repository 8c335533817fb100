//! The editors' handbook held against the program: its examples are read
//! without a fault, and its tables of slips quote what is really said.

mod first_hour;
mod promises;

use zhuanlan::build::{Memory, Now, Options, build};
use zhuanlan::diagnostic::{Lang, plain};

use crate::project::Project;

const HANDBOOK: &str = include_str!("../../docs/handbook.zh-CN.md");

/// A column with what the handbook's examples name.
fn column() -> Project {
    let mut project = Project::new()
        .column(
            "sections:\n  - {folder: news, title: 新闻动态}\n  - {folder: study, title: 学习资料, kind: material}\n  - {folder: directives, title: 上级部署}\n\
             units:\n  - {name: 市公安局, slug: bureau}\n  - {name: 源汇分局, short: 源汇, slug: yuanhui}\n\
             phases:\n  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15}",
        )
        .file("content/news/ledger.md", "---\ntitle: 台账\ndate: 2021-03-08\n---\n## 按编号看\n\n正文。\n")
        .file("content/news/press-conference.md", "---\ntitle: 发布会\ndate: 2021-03-08\n---\n正文。\n")
        .file("content/directives/deployment-meeting.md", "---\ntitle: 会\ndate: 2021-03-08\n---\n正文。\n")
        .file("content/study/old-compilation.md", "---\ntitle: 旧本\ndate: 2021-03-08\n---\n正文。\n");
    for file in [
        "photos/symposium.png",
        "photos/meeting.png",
        "photos/zhugou.png",
        "photos/visit.png",
        "photos/会场.png",
        "news/会场 照片.jpg",
        "news/宣誓.mp4",
        "materials/学习笔记格式.docx",
        "study/x/学习资料摘编本.pdf",
    ] {
        project.write(&format!("content/{file}"), include_bytes!("../fixtures/pixel.png"));
    }
    project
}

/// What is said of the text at `path`, in Chinese.
fn said(path: &str, text: &str) -> Vec<String> {
    let mut project = column();
    project.write(path, text);
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: Some("https://www.example.org/jyzd/".into()),
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let built = build(&project.tree(), &options, &project, &Memory::default());
    let of_file = built.findings.iter().filter(|finding| finding.path.as_str() == path);
    of_file.map(|finding| plain(finding, Lang::Zh)).collect()
}

/// The code blocks of the handbook that are labelled `label`, fences longer
/// than three marks included.
fn blocks(label: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = HANDBOOK.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```").map(|rest| rest.trim_start_matches('`')) else { continue };
        let fence = &line[..line.len() - name.len()];
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        if name == label {
            found.push(body.join("\n") + "\n");
        }
    }
    found
}

/// The cells of the rows of all tables below a heading, code marks kept.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, below) = HANDBOOK.split_once(&format!("\n### {heading}\n")).expect("the heading");
    let section = below.split("\n## ").next().and_then(|part| part.split("\n### ").next()).expect("its text");
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.contains("---"));
    rows.skip(1).map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// The text of a cell that is nothing but code.
fn code(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`').filter(|text| !text.contains('`'))
}

#[track_caller]
fn nothing_said(path: &str, text: &str) {
    assert_eq!(said(path, text), Vec::<String>::new(), "{text}");
}

#[test]
fn every_key_is_a_key_under_both_names_and_its_example_is_read() {
    let mut seen = 0;
    for heading in ["常用", "发布和排序", "关联", "少用"] {
        for row in rows(heading) {
            let [chinese, english, _, example] = row.as_slice() else { panic!("{row:?}") };
            let Some(example) = code(example) else { continue };
            let (key, value) = example.split_once(": ").expect("a key and its value");
            assert_eq!(key, *chinese);
            for key in [chinese, english] {
                let title = if *english == "title" { "" } else { "title: 题目\n" };
                let date = if *english == "date" { "" } else { "date: 2021-03-08\n" };
                let later: &[&str] = &["publish_at", "expire_at"];
                let text = format!("---\n{title}{date}{key}: {value}\n---\n正文。\n");
                let said = said("content/news/x.md", &text);
                assert!(said.is_empty() || later.contains(english), "{text}{said:#?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen} keys were seen");
}

#[test]
fn every_example_of_yaml_is_front_matter() {
    for block in blocks("yaml") {
        let body = "![](../photos/zhugou.png)";
        let given = if block.starts_with("图片") { body } else { "正文。" };
        nothing_said(
            "content/news/x.md",
            &format!("---\ntitle: 题目\ndate: 2021-03-08\n{block}---\n{given}\n"),
        );
    }
}

#[test]
fn every_example_of_markdown_is_read() {
    for block in blocks("markdown") {
        let has_front = block.starts_with("---");
        let path =
            if block.contains("发文单位") { "content/study/x/index.md" } else { "content/news/x.md" };
        let front = if has_front { "" } else { "---\ntitle: 题目\ndate: 2021-03-08\n---\n" };
        nothing_said(path, &format!("{front}{block}"));
    }
}

#[test]
fn the_example_of_column_yaml_is_read() {
    let example = blocks("text").into_iter().find(|block| block.starts_with("设置:")).expect("the example");
    nothing_said(
        "column.yaml",
        &format!(
            "标题: 专栏\n栏目:\n  - {{文件夹: news, 标题: 新闻动态}}\n  - {{文件夹: study, 标题: 学习资料, 类型: material}}\n  - {{文件夹: directives, 标题: 上级部署}}\n{example}"
        ),
    );
}

#[test]
fn every_slip_of_front_matter_is_named_as_the_handbook_says() {
    let mut seen = 0;
    for row in rows("文件头") {
        let Some(slip) = code(row[0]) else { continue };
        let said = said("content/news/x.md", &format!("---\n{slip}\n---\n正文。\n")).concat();
        assert!(said.contains(row[1]), "`{slip}` is to be called “{}”, and is called:\n{said}", row[1]);
        seen += 1;
    }
    assert!(seen > 8, "{seen} slips were seen");
}

#[test]
fn every_slip_of_the_text_is_named_as_the_handbook_says() {
    let mut seen = 0;
    for row in rows("正文") {
        let Some(slip) = code(row[0]) else { continue };
        // A path is a slip only where a link has it, and one line makes no list.
        let text = match slip {
            path if path.contains('\\') => format!("[图]({path})"),
            item if item.starts_with('•') => format!("{item}\n{item}"),
            _ => slip.to_owned(),
        };
        let note = if slip.starts_with("[^") { "文[^1]。\n\n" } else { "" };
        let said =
            said("content/news/x.md", &format!("---\ntitle: 题目\ndate: 2021-03-08\n---\n{note}{text}\n"))
                .concat();
        assert!(said.contains(row[1]), "`{slip}` is to be called “{}”, and is called:\n{said}", row[1]);
        seen += 1;
    }
    assert!(seen > 9, "{seen} slips were seen");
}
