//! Study materials as readers find them: versions, previews, who cites them,
//! and what is new in the library.

use std::collections::BTreeSet;

use zhuanlan::build::{BuildResult, Content, Memory, build};
use zhuanlan::diagnostic::Severity;

use crate::material::word;
use crate::project::{Project, options};

const COLUMN: &str = "base_url: https://www.example.org/jyzd/
sections:
  - {folder: news, title: 新闻动态}
  - {folder: study, title: 学习资料, kind: material}
booklet:
  - {title: 空书, slug: empty, section: news, phase: 查纠整改}
  - {title: 汇编, slug: all, section: study}
phases:
  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15}
  - {name: 查纠整改, slug: mending, start: 2021-04-16, end: 2021-05-31}
";

fn piece(title: &str, date: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nsummary: {title}。\n{more}---\n\n{body}\n")
}

fn project() -> Project {
    let text = "<w:p><w:r><w:t>第一条 集中学习，每周两次。</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>阶段</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>三月</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>17</w:t></w:r></w:p>";
    Project::new()
        .column(COLUMN)
        .file("content/study/办法.docx", word(text, &[]))
        .file(
            "content/study/one.md",
            piece("学习办法（试行）", "2021-03-08", "version: 第一版\nfiles: 办法.docx\n", "旧。"),
        )
        .file(
            "content/study/two.md",
            piece(
                "学习办法",
                "2021-03-12",
                "version: 第二版\nreplaces: one.md\nfiles: 办法.docx\nnumber: 漯公通[2021]5号\n",
                "新。代替[试行的办法](one.md)。",
            ),
        )
        .file("content/study/three.md", piece("书目", "2021-03-09", "", "书。"))
        .file("content/news/a.md", piece("甲", "2021-03-09", "", "见[办法](../study/two.md)和[同一份](../study/two.md)。"))
        .file(
            "content/news/b.md",
            piece("乙", "2021-03-10", "", "见[附件](../study/办法.docx#page=3)，[空书](/booklets/empty.html)，[汇编](/booklets/all.html)。"),
        )
}

fn built(project: &Project) -> BuildResult {
    let built = build(&project.tree(), &options(), project, &Memory::default());
    let errors: Vec<_> = built.findings.iter().filter(|found| found.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    built
}

fn text(built: &BuildResult, path: &str) -> String {
    match built.output.files.get(path).map(|artifact| &artifact.content) {
        Some(Content::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        _ => panic!("no {path}; findings: {:#?}", built.findings),
    }
}

/// The part of `page` between the element with this class and its end.
fn section<'p>(page: &'p str, class: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("<section class=\"{class}\">"))?;
    rest.split_once("</section>").map(|(section, _)| section)
}

/// Where the links of `html` lead.
fn links(html: &str) -> Vec<&str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn versions_stand_together_the_current_one_first() {
    let built = built(&project());
    for page in ["study/one.html", "study/two.html"] {
        let page = text(&built, page);
        let versions = section(&page, "versions").expect("versions");
        let at = |words: &str| versions.find(words).unwrap_or_else(|| panic!("no {words}: {versions}"));
        assert!(at("第二版") < at("第一版"), "{versions}");
        assert_eq!(versions.matches("现行").count(), 1);
        assert!(at("现行") < at("第一版"));
    }
    let notice = "这份资料已有新版：<a href=\"../study/two.html\">学习办法</a>（第二版）";
    assert!(text(&built, "study/one.html").contains(notice));
    assert!(!text(&built, "study/two.html").contains("已有新版"));
    assert_eq!(section(&text(&built, "study/three.html"), "versions"), None);
    assert_eq!(text(&built, "materials.html").matches("旧版</span>").count(), 1);
}

#[test]
fn versions_in_a_circle_are_shown_and_end() {
    let project = project()
        .file("content/study/one.md", piece("学习办法（试行）", "2021-03-08", "replaces: two.md\n", "旧。"));
    let page = text(&built(&project), "study/one.html");
    assert_eq!(section(&page, "versions").expect("versions").matches("<li>").count(), 2);
}

#[test]
fn a_material_names_who_cites_it_the_newest_first() {
    let built = built(&project());
    let cited = |page: &str| {
        let page = text(&built, page);
        let cited = section(&page, "versions cited").map(|section| links(section).join(" "));
        cited.unwrap_or_default()
    };
    // The attachment of both is linked in 乙; each piece is named once.
    assert_eq!(cited("study/two.html"), "../news/b.html ../news/a.html");
    assert_eq!(cited("study/one.html"), "../news/b.html");
    assert_eq!(cited("study/three.html"), "");
}

#[test]
fn a_file_s_beginning_is_shown_where_it_has_one() {
    let built = built(&project());
    let page = text(&built, "study/two.html");
    let preview = section(&page, "preview").expect("a preview");
    assert!(preview.contains("第一条 集中学习，每周两次。") && preview.contains("阶段\t三月"), "{preview}");
    assert!(!preview.contains("17"), "a line without a word is passed over");
    assert_eq!(section(&text(&built, "study/three.html"), "preview"), None);
}

#[test]
fn the_year_of_a_number_stands_in_its_brackets() {
    let built = built(&project());
    for page in ["study/two.html", "materials.html"] {
        assert!(text(&built, page).contains("漯公通〔2021〕5号"), "{page}");
    }
}

#[test]
fn what_is_new_in_the_library_can_be_followed() {
    let built = built(&project());
    let page = text(&built, "materials.html");
    assert!(page.contains(
        "type=\"application/atom+xml\" title=\"教育整顿进行时：资料库\" href=\"materials/feed.atom\""
    ));
    let feed = text(&built, "materials/feed.atom");
    let entries: Vec<&str> =
        feed.split("<entry>").skip(1).filter_map(|e| e.split("</title>").next()).collect();
    assert_eq!(entries.len(), 2, "{feed}");
    assert!(
        entries[0].ends_with("学习办法") && feed.contains("https://www.example.org/jyzd/materials/feed.atom")
    );
    assert!(text(&built, "materials/feed.json").contains("https://www.example.org/jyzd/materials.html"));
    assert!(text(&built, "materials/feed.rss").contains("资料库"));
}

#[test]
fn nothing_is_new_where_nothing_is_offered() {
    let project =
        Project::new().column(COLUMN).file("content/news/a.md", piece("甲", "2021-03-09", "", "文。"));
    let built = built(&project);
    let names: BTreeSet<&str> = built.output.files.keys().map(zhuanlan::path::OutputPath::as_str).collect();
    assert!(!names.iter().any(|name| name.starts_with("materials")), "{names:?}");
}

#[test]
fn a_link_to_a_place_in_a_file_keeps_the_place() {
    let page = text(&built(&project()), "news/b.html");
    let links = links(&page);
    let file = links.iter().find(|link| link.contains("assets/files/")).expect("the file");
    assert!(file.ends_with(".docx#page=3"), "{file}");
    assert!(!page.contains("download=\"办法.docx\""), "it is to be opened, not kept");
}

#[test]
fn a_book_without_pieces_is_not_linked() {
    let page = text(&built(&project()), "news/b.html");
    assert!(page.contains("<a>空书</a>"), "{page}");
    assert!(page.contains("<a href=\"../booklets/all.html\">汇编</a>"));
}

#[test]
fn the_section_of_materials_shows_the_books() {
    let built = built(&project());
    assert!(text(&built, "study/index.html").contains("../booklets/all.html"));
    assert!(!text(&built, "news/index.html").contains("booklets/"));
}
