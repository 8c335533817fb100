//! Books that pieces are gathered into: what goes in, in what order, and what
//! the EPUB is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zhuanlan::build::{BuildResult, Content, Memory, Options, build};

use crate::project::{Project, options};

const COLUMN: &str = "base_url: https://www.example.org/jyzd/
sections:
  - {folder: news, title: 新闻动态}
  - {folder: study, title: 学习资料, kind: material, sort: order}
units:
  - {name: 源汇分局, short: 源汇, slug: yuanhui}
phases:
  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15, goals: [弄清为什么学]}
footer: {sponsor: 漯河市公安局}
";

fn piece(title: &str, date: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nsummary: {title}。\n{more}---\n\n{body}\n")
}

/// A column of five pieces with this `booklet:`.
fn project(booklet: &str) -> Project {
    Project::new()
        .column(&format!("{COLUMN}booklet:\n{booklet}"))
        .file("content/news/a.md", piece("甲", "2021-03-09", "phase: 学习教育\n", "见[乙](b.md)、[丙的乙节](../study/c.md#小节)和[官网](https://www.example.gov.cn/x)。\n\n![会场](../photos/p.png \"会场全景\")"))
        .file("content/news/b.md", piece("乙", "2021-03-08", "series: 学法\nunits: [源汇]\n", "正文[^1]，[回甲](a.md)，[回甲](a.md)，[又是官网](https://www.example.gov.cn/x)。\n\n[^1]: 注文。"))
        .file("content/study/c.md", piece("丙", "2021-03-10", "order: 2\n", "## 小节\n\n![](../photos/p.png)\n\n```quiz\ntitle: 自测\nitems:\n  - question: 几项？\n    options: [一, 三]\n    answer: B\n    explain: 三项。\n```"))
        .file("content/study/d.md", piece("丁", "2021-03-11", "order: 1\n", "```ledger\nitems:\n  - {number: 1, question: 灯不亮, status: answered, answer: 换了}\n```"))
        .file("content/news/e.md", piece("戊", "2021-03-07", "draft: true\n", "正文。"))
        .file("content/photos/p.png", include_bytes!("../fixtures/pixel.png"))
}

fn built(project: &Project) -> BuildResult {
    build(&project.tree(), &options(), project, &Memory::default())
}

fn bytes(built: &BuildResult, path: &str) -> Vec<u8> {
    match built.output.files.get(path).map(|artifact| &artifact.content) {
        Some(Content::Bytes(bytes)) => bytes.to_vec(),
        _ => panic!("no {path}; findings: {:#?}", built.findings),
    }
}

fn text(built: &BuildResult, path: &str) -> String {
    String::from_utf8(bytes(built, path)).unwrap()
}

/// The files of an EPUB, in the order in which they stand in it.
fn files(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn texts(epub: &[u8]) -> BTreeMap<String, String> {
    files(epub).into_iter().filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?))).collect()
}

/// The titles of the pieces of a book, in order.
#[track_caller]
fn check(booklet: &str, titles: &[&str]) {
    let project = project(&format!("  title: 汇编\n  slug: x\n{booklet}"));
    let built = built(&project);
    if titles.is_empty() {
        assert!(!built.output.files.contains_key("booklets/x.html"));
        return;
    }
    let page = text(&built, "booklets/x.html");
    let heads = page.split("class=\"entry-title\">").skip(1);
    let found: Vec<&str> = heads.map(|rest| rest.split("</h2>").next().unwrap()).collect();
    assert_eq!(found, titles, "{booklet}");
}

#[test]
fn pieces_stand_as_they_are_named_or_as_a_book_has_them() {
    check("  pieces: [study/c.md, news/a.md]", &["丙", "甲"]);
    // By date a book reads from the oldest; by `order` as the section has it.
    check("  section: news", &["乙", "甲"]);
    check("  section: 新闻动态", &["乙", "甲"]);
    check("  section: study", &["丁", "丙"]);
    // Those that name no phase are of the one of their date.
    check("  phase: learning", &["乙", "甲", "丙", "丁"]);
    check("  unit: 源汇", &["乙"]);
    check("  series: 学法", &["乙"]);
    check("  section: news\n  phase: 学习教育", &["乙", "甲"]);
    // Named ones first, and none twice.
    check("  pieces: news/a.md\n  section: news", &["甲", "乙"]);
    check(
        "  parts:\n    - {title: 一, section: study}\n    - {title: 二, pieces: [news/b.md]}",
        &["丁", "丙", "乙"],
    );
    // Nothing is left of it.
    check("  section: study\n  unit: 源汇", &[]);
}

#[test]
fn links_lead_within_the_book_and_elsewhere_by_notes() {
    let built = built(&project("  title: 汇编\n  slug: x\n  pieces: [news/a.md, news/b.md, study/c.md]"));
    let page = text(&built, "booklets/x.html");
    for wanted in [
        "<a href=\"#piece-2\">乙</a><span class=\"see\">（第2篇）</span>",
        "<a href=\"#p3-小节\">丙的乙节</a><span class=\"see\">（第3篇）</span>",
        "<a id=\"p1-link-1-at\" href=\"#p1-link-1\">〔1〕</a>",
        "<span class=\"address\">https://www.example.gov.cn/x</span>",
        "<h3 id=\"p3-小节\">小节</h3>",
        "<span class=\"photo-number\">图1</span>",
        "<span class=\"photo-number\">图2</span>",
        "会场全景",
        "第3篇</a>",
        "<b class=\"right\">1．B</b>",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert!(!page.contains("style=\""));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&target), "nothing is called {target}");
    }
}

#[test]
fn each_piece_has_its_own_running_head() {
    let built = built(&project("  title: \"“书”\\\\\"\n  slug: x\n  pieces: [news/a.md]"));
    assert_eq!(
        text(&built, "booklets/x.css"),
        "@charset \"UTF-8\";\n@page{@top-left{content:\"“书”\\\\\"}}\n@supports (text-spacing-trim: trim-start){\n\
         @page front{@top-left{content:none}}\n\
         #piece-1{page:piece-1}@page piece-1{@top-right{content:\"1　甲\"}}\n}\n"
    );
}

#[test]
fn an_epub_is_what_the_standard_wants() {
    let booklet = "  title: 汇编\n  slug: x\n  subtitle: 半个月\n  date: 2021-03-20\n  foreword: |\n    前言一。\n\n    前言二。\n  note: 内部资料\n  parts:\n    - {title: 一, section: study}\n    - {title: 二, pieces: [news/a.md]}";
    let epub = bytes(&built(&project(booklet)), "booklets/x.epub");
    // The first file is `mimetype`, uncompressed and without an extra field
    // (OCF 3.3, 4.3).
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let names: Vec<String> = files(&epub).into_iter().map(|(name, _)| name).collect();
    let chapters =
        ["title", "foreword", "plan", "part-1", "piece-1", "piece-2", "part-2", "piece-3", "answers"];
    let mut wanted: Vec<String> = [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        "EPUB/nav.xhtml",
        "EPUB/toc.ncx",
        "EPUB/cover.svg",
        "EPUB/cover.xhtml",
        "EPUB/style.css",
    ]
    .map(str::to_owned)
    .to_vec();
    wanted.extend(chapters.map(|name| format!("EPUB/{name}.xhtml")));
    assert_eq!(names[..wanted.len()], wanted);
    assert_eq!(names.len(), wanted.len() + 1, "one photo: {names:?}");
    let texts = texts(&epub);
    let package = &texts["EPUB/package.opf"];
    for line in [
        "<dc:title id=\"title\">汇编</dc:title>",
        "<dc:title id=\"subtitle\">半个月</dc:title>",
        "<dc:language>zh-CN</dc:language>",
        "<dc:creator>漯河市公安局</dc:creator>",
        "<dc:date>2021-03-20</dc:date>",
        // The newest of the book's own day and its pieces', in UTC.
        "<meta property=\"dcterms:modified\">2021-03-19T16:00:00Z</meta>",
        "properties=\"cover-image\"",
        "properties=\"nav\"",
    ] {
        assert!(package.contains(line), "{line}\n{package}");
    }
    let nav = &texts["EPUB/nav.xhtml"];
    assert!(
        nav.contains(
            "<li><a href=\"part-1.xhtml\">第一部分　一</a>\n<ol>\n<li><a href=\"piece-1.xhtml\">丁</a></li>"
        ),
        "{nav}"
    );
    let chapter = &texts["EPUB/piece-3.xhtml"];
    assert!(chapter.contains("<a href=\"piece-2.xhtml#p2-小节\">丙的乙节</a>"), "{chapter}");
    // Not in this book: the site's own page, by its full address.
    assert!(chapter.contains("<a href=\"https://www.example.org/jyzd/news/b.html\">乙</a>"), "{chapter}");
    assert!(chapter.contains("alt=\"会场\""), "{chapter}");
}

/// Every text of an EPUB is well-formed XML, and what it names is there.
#[test]
fn an_epub_is_well_formed_and_whole() {
    let epub = bytes(&built(&Project::sample()), "booklets/reader.epub");
    let all: Vec<String> = files(&epub).into_iter().map(|(name, _)| name).collect();
    for (name, text) in texts(&epub) {
        if name == "mimetype" || name.ends_with(".css") {
            continue;
        }
        let mut reader = Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    for attribute in tag.attributes() {
                        let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                        if !matches!(attribute.key.as_ref(), b"src" | b"href") {
                            continue;
                        }
                        let value = String::from_utf8(attribute.value.to_vec()).unwrap();
                        let file = value.split('#').next().unwrap();
                        let inside = !file.is_empty() && !value.contains(':');
                        assert!(!inside || all.contains(&format!("EPUB/{file}")), "{name} names {value}");
                    }
                }
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}\n{text}"),
            }
        }
    }
}

#[test]
fn the_same_sources_give_the_same_bytes_and_another_photo_another_book() {
    let booklet = "  title: 汇编\n  slug: x\n  section: news";
    let first = bytes(&built(&project(booklet)), "booklets/x.epub");
    assert_eq!(first, bytes(&built(&project(booklet)), "booklets/x.epub"));
    let mut changed = project(booklet);
    // What stands behind a picture's end is cleaned away, so it has to be
    // another one.
    changed.write("content/photos/p.png", crate::photo::picture(2, 3, image::ImageFormat::Png));
    assert_ne!(first, bytes(&built(&changed), "booklets/x.epub"));
    // In a preview names have no hash; the book differs all the same.
    let preview = Options { fingerprint: false, ..options() };
    let memory = Memory::default();
    let before = build(&project(booklet).tree(), &preview, &project(booklet), &memory);
    let after = build(&changed.tree(), &preview, &changed, &memory);
    assert_ne!(bytes(&before, "booklets/x.epub"), bytes(&after, "booklets/x.epub"));
}

#[test]
fn only_an_edit_of_its_pieces_makes_a_book_again() {
    let mut project = project("  title: 汇编\n  slug: x\n  section: news");
    let memory = Memory::default();
    build(&project.tree(), &options(), &project, &memory);
    let counts = |project: &Project| build(&project.tree(), &options(), project, &memory).counts.epubs;
    let nothing = counts(&project);
    assert_eq!((nothing.made, nothing.reused), (0, 1));
    project.write("content/study/c.md", piece("丙", "2021-03-10", "order: 2\n", "改了。"));
    // A piece of the book has a link to the place that is gone with this edit.
    project.write("content/news/a.md", piece("甲", "2021-03-09", "phase: 学习教育\n", "见[乙](b.md)。"));
    assert_eq!(counts(&project).made, 1);
    project.write("content/study/c.md", piece("丙", "2021-03-10", "order: 2\n", "又改了。"));
    assert_eq!(counts(&project).made, 0);
    project.write("content/news/b.md", piece("乙", "2021-03-08", "series: 学法\n", "又改了。"));
    assert_eq!(counts(&project).made, 1);
}

/// A title may hold anything, and a theme's template too.
#[test]
fn nothing_that_is_written_breaks_the_xml() {
    let mut project = project("  title: \"<书> & \\\"一\\\"\"\n  slug: x\n  pieces: [news/a.md]");
    project.write(
        "content/news/a.md",
        piece("\"<b>&\\u0007 甲\"", "2021-03-09", "", "a <u>b</u> &copy; <br> `<x>` \u{7}"),
    );
    project.write(
        "themes/gazette/templates/booklet-chapter.html",
        "<p>{{ book.title }}<br><b>没关<i>上</b><script>1<2</script><svg><path/></svg>",
    );
    let built = built(&project);
    let texts = texts(&bytes(&built, "booklets/x.epub"));
    let chapter = &texts["EPUB/piece-1.xhtml"];
    assert!(
        chapter.contains("<p>&lt;书&gt; &amp; &quot;一&quot;<br/><b>没关<i>上</i></b><svg><path/></svg></p>"),
        "{chapter}"
    );
    assert!(
        texts["EPUB/package.opf"]
            .contains("href=\"piece-1.xhtml\" media-type=\"application/xhtml+xml\" properties=\"svg\"")
    );
    for text in texts.values().filter(|text| text.starts_with("<?xml")) {
        let mut reader = Reader::from_str(text);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
    }
}
