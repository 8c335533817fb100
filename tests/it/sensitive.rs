//! Numbers of people and secrecy marks: found wherever something is published,
//! never indexed or previewed from an attachment, masked wherever they are
//! printed.

use zhuanlan::build::{BuildResult, Content, Memory, Now, Options, build};
use zhuanlan::diagnostic::{Lang, Rendered, Severity, plain};

use crate::documents::{self, PDF, zip};
use crate::material::{office, word};
use crate::project::Project;

/// An ID number by the standard's own example; a mobile number of nobody.
const ID: &str = "11010519491231002X";
const MOBILE: &str = "13912345678";

const COLUMN: &str = "base_url: https://example.org/
allow: [13800000000]
sections: [{folder: news, title: 新闻, kind: material}]";

pub(crate) fn run(project: &Project) -> BuildResult {
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    build(&project.tree(), &options, project, &Memory::default())
}

/// Every text of the finished site, search index included, copies of files not.
fn published(built: &BuildResult) -> String {
    let files = built.output.files.iter().chain(built.output.late.files());
    let texts = files.filter_map(|(_, artifact)| match &artifact.content {
        Content::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// A column with one material that offers this file.
pub(crate) fn offering(name: &str, bytes: &[u8], more: &str) -> Project {
    Project::new().column(COLUMN).file(&format!("content/news/{name}"), bytes).file(
        "content/news/a.md",
        format!("---\ntitle: 通讯录\ndate: 2021-03-09\nsummary: 通讯录。\nfiles:\n  - src: {name}\n{more}---\n\n正文。\n"),
    )
}

pub(crate) fn said(built: &BuildResult) -> Vec<String> {
    let said = built.findings.iter().map(|found| {
        let (zh, en) = (found.kind.message(Lang::Zh), found.kind.message(Lang::En));
        assert_ne!(zh, en);
        format!("{} {}", found.kind.code(), zh.text)
    });
    said.collect()
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let built = run(&offering(name, bytes, ""));
    let mut wanted: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
    let mut found = said(&built);
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "{name}");
    let reviewed = run(&offering(name, bytes, "    reviewed: true\n"));
    assert!(!reviewed.has_errors(), "{name}: {:?}", said(&reviewed));
    for built in [built, reviewed] {
        let text = published(&built);
        assert!(!text.contains(ID) && !text.contains(MOBILE), "{name}: a number is published");
        assert!(text.contains("通讯录"));
    }
}

const LINE: &str = "李四 11010519491231002X 13912345678";

fn sheet(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let strings = format!("<sst><si><t>李四</t></si><si><t>{ID}</t></si></sst>");
    let body = format!("<worksheet>{body}</worksheet>");
    let mut parts = vec![
        ("xl/_rels/workbook.xml.rels", rels),
        ("xl/sharedStrings.xml", strings.as_str()),
        ("xl/worksheets/sheet1.xml", body.as_str()),
    ];
    parts.extend_from_slice(more);
    let book = r#"<workbook><sheets><sheet name="名单" r:id="rId1"/></sheets></workbook>"#;
    office("xl/workbook.xml", book, &parts)
}

#[test]
fn attachments_of_every_kind_are_looked_through() {
    let id = "里有居民身份证号码 110***********002X";
    let mobile = "里有手机号码 139****5678";
    let both =
        |place: &str| vec![format!("citizen-id {place}{id}"), format!("mobile-number {place}{mobile}")];
    let check = |name: &str, bytes: &[u8], place: &str| {
        let both = both(place);
        check(name, bytes, &both.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let paragraph =
        format!("<w:p><w:r><w:t>李四 110105</w:t></w:r><w:r><w:t>19491231002X {MOBILE}</w:t></w:r></w:p>");
    check("a.docx", &word(&paragraph, &[]), "文件");
    let cells = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{ID}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{MOBILE}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
    check("a.docx", &word(&cells, &[]), "文件");
    let row = format!(
        r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>{MOBILE}</v></c></row></sheetData>"#
    );
    check("a.xlsx", &sheet(&row, &[]), "工作表 `名单`");
    let slide = format!("<p:sld><a:p><a:r><a:t>{LINE}</a:t></a:r></a:p></p:sld>");
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/slide" Target="slides/slide1.xml"/></Relationships>"#;
    let show = r#"<p:presentation><p:sldIdLst><p:sldId r:id="rId1"/></p:sldIdLst></p:presentation>"#;
    let parts = [("ppt/_rels/presentation.xml.rels", rels), ("ppt/slides/slide1.xml", slide.as_str())];
    check("a.pptx", &office("ppt/presentation.xml", show, &parts), "第 1 张幻灯片");
    let odt = format!(
        "--- mimetype\napplication/vnd.oasis.opendocument.text\n--- content.xml\n<office:document-content><text:p>{LINE}</text:p></office:document-content>"
    );
    check("a.odt", &documents::package(&odt), "文件");
    let text = format!("通讯录\n\n{LINE}\n");
    check("a.txt", text.as_bytes(), "第 3 行");
    check("a.csv", format!("姓名,号码\n李四,{ID},{MOBILE}\n").as_bytes(), "第 2 行");
    check("a.json", format!("{{\"x\": \"{LINE}\"}}").as_bytes(), "第 1 行");
    let pdf = PDF
        .replace("(text)", &format!("({ID} {MOBILE})"))
        .replace("12 Tf", "8 Tf")
        .replace("/Length 33", "/Length 59");
    check("a.pdf", &documents::pdf(&pdf), "第 1 页");
    let member = zip(&[("名单/a.txt", text.as_bytes()), ("说明.txt", "说明".as_bytes())]);
    check("a.zip", &member, "压缩包里 `名单/a.txt` 的第 3 行");
}

#[test]
fn what_a_reader_does_not_see_at_once_is_looked_through_too() {
    let body = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>";
    let comment = format!(
        r#"<w:comments><w:comment w:author="x"><w:p><w:r><w:t>{MOBILE}</w:t></w:r></w:p></w:comment></w:comments>"#
    );
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/comments" Target="comments.xml"/></Relationships>"#;
    let bytes = word(body, &[("word/_rels/document.xml.rels", rels), ("word/comments.xml", &comment)]);
    check(
        "a.docx",
        &bytes,
        &["document-comments 文件里有 1 条批注，作者：x", "mobile-number 文件的批注里有手机号码 139****5678"],
    );
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/hyperlink" Target="tel:13912345678" TargetMode="External"/></Relationships>"#;
    check(
        "a.docx",
        &word(body, &[("word/_rels/document.xml.rels", rels)]),
        &["mobile-number 文件的链接里有手机号码 139****5678"],
    );
    let hidden = r#"<sheetData><row r="1" hidden="1"><c r="A1"><v>1.3912345678E10</v></c></row></sheetData>"#;
    check(
        "a.xlsx",
        &sheet(hidden, &[]),
        &[
            "citizen-id 文件隐藏或删去的内容里有居民身份证号码 110***********002X",
            "hidden-cells 工作表`名单`里有隐藏的行或列",
            "mobile-number 文件隐藏或删去的内容里有手机号码 139****5678",
        ],
    );
    // Properties are cleaned away.
    let core = format!("<cp:coreProperties><dc:creator>{MOBILE}</dc:creator></cp:coreProperties>");
    check("a.docx", &word(body, &[("docProps/core.xml", &core)]), &[]);
}

#[test]
fn documents_that_are_not_read_are_looked_through() {
    let old = "old-office-format 旧版 Office 格式，作者信息去不掉，也搜不到里面的字";
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a compound file");
    let utf16: Vec<u8> =
        [0_u8; 13].into_iter().chain(LINE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    std::io::Write::write_all(&mut file.create_stream("/WordDocument").expect("a stream"), &utf16)
        .expect("bytes");
    file.flush().expect("a file");
    let doc = file.into_inner().into_inner();
    let both = [
        "citizen-id 文件里有居民身份证号码 110***********002X",
        "mobile-number 文件里有手机号码 139****5678",
    ];
    check("a.doc", &doc, &[both[0], both[1], old]);
    let unopened = |kind: &str| {
        format!("unopened-document {kind} 文件没有打开检查，里面的作者和批注去不掉，也搜不到里面的字")
    };
    let rtf = format!("{{\\rtf1 {LINE}\\par}}");
    check("a.rtf", rtf.as_bytes(), &[both[0], both[1], &unopened("RTF")]);
    let html = format!(
        "<html><body><td>110105<b>19491231</b>002X</td><a href=\"tel:{MOBILE}\">电话</a></body></html>"
    );
    check("a.doc", html.as_bytes(), &[both[0], both[1], &unopened("HTML")]);
    let word =
        format!("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\"><w:t>{LINE}</w:t></w:wordDocument>");
    check("a.doc", word.as_bytes(), &[both[0], both[1], &unopened("Word 2003 XML")]);
}

#[test]
fn many_numbers_are_one_finding_and_allowed_ones_are_shown() {
    let list: String = (0..300).map(|n| format!("民警{n} 139{:08}\n", 12_345_678 + n)).collect();
    let built = run(&offering("a.txt", list.as_bytes(), ""));
    assert_eq!(said(&built), ["mobile-number 第 1 行里有手机号码 139****5678 等 300 个"]);
    assert!(!published(&built).contains("民警7"));
    let text = format!("电话：138 0000 0000\n电话：{MOBILE}\n");
    let built = run(&offering("a.txt", text.as_bytes(), ""));
    assert_eq!(said(&built), ["mobile-number 第 2 行里有手机号码 139****5678"]);
    assert!(published(&built).contains("138 0000 0000"), "an allowed number is searched and previewed");
    // Beyond what is kept of a text, too.
    let long = format!("{}{MOBILE}\n", "学习\n".repeat(50_000));
    let built = run(&offering("a.txt", long.as_bytes(), ""));
    assert_eq!(said(&built), ["mobile-number 第 50001 行里有手机号码 139****5678"]);
}

#[test]
fn secrecy_marks_in_attachments() {
    check("a.txt", "机密★1年\n通讯录".as_bytes(), &["secrecy-mark 第 1 行里有密级标志 `机密★1年`"]);
    check(
        "a.txt",
        "内部资料 不得外传\n".as_bytes(),
        &["internal-mark 第 1 行里有内部资料的标志 `内部资料 不得外传`"],
    );
    check("a.txt", "严守国家秘密，不得外传内部资料。\n".as_bytes(), &[]);
}

/// An article of which one place holds the number.
fn article(place: &str) -> Project {
    let text = match place {
        "title" => format!("---\ntitle: 电话{MOBILE}\ndate: 2021-03-09\nsummary: 摘要。\n---\n文\n"),
        "yaml comment" => format!("---\ntitle: 题\n# {MOBILE}\ndate: 2021-03-09\nsummary: 摘要。\n---\n文\n"),
        place => {
            let body = place.replace("{}", MOBILE);
            format!("---\ntitle: 题\ndate: 2021-03-09\nsummary: 摘要。\n---\n{body}\n")
        }
    };
    Project::new().column(COLUMN).file("content/news/a.md", text)
}

/// Every place of a column whose words are published, with the files that have
/// a number there.
fn places() -> Vec<(&'static str, Project)> {
    let pixel: &[u8] = include_bytes!("../fixtures/pixel.png");
    let shown = "---\ntitle: 题\ndate: 2021-03-09\nsummary: 摘要。\n---\n![会场](p.png)\n";
    let column = |lines: &str| Project::new().column(&format!("{COLUMN}\n{}", lines.replace("{}", MOBILE)));
    let mut places = vec![
        ("a title", article("title")),
        ("a comment of YAML", article("yaml comment")),
        ("a paragraph", article("电话{}。")),
        ("a heading", article("## 电话{}")),
        ("a table", article("| 甲 |\n| --- |\n| {} |")),
        ("code", article("`{}`")),
        ("a block of code", article("```\n{}\n```")),
        ("a comment of HTML", article("<!-- {} -->")),
        ("raw HTML", article("<span>{}</span>")),
        ("a footnote", article("文[^1]\n\n[^1]: {}")),
        ("a link's text", article("[{}](https://example.org/)")),
        ("a link's target", article("[电话](tel:{})")),
        ("a link's title", article("[甲](https://example.org/ \"{}\")")),
        ("an alternative text", article("![{}](https://example.org/a.jpg)")),
        ("a caption", article("![图](https://example.org/a.jpg \"{}\")")),
        ("a gallery", article("```gallery\n- photo: a.jpg\n  caption: {}\n```")),
        ("a timeline", article("```timeline\n- date: 2021-03-09\n  title: 电话{}\n```")),
        ("a ledger", article("```ledger\nitems:\n  - question: 电话{}\n```")),
        ("figures", article("```figures\n- value: 1\n  label: 电话{}\n```")),
        ("a quiz", article("```quiz\n- question: 电话{}\n```")),
        ("column.yaml: description", column("description: 电话{}")),
        ("column.yaml: footer", column("footer: {note: '电话{}'}")),
        (
            "a note beside a photo",
            Project::new()
                .column(COLUMN)
                .file("content/news/a.md", shown)
                .file("content/news/p.png", pixel)
                .file("content/news/p.png.yaml", format!("caption: 电话{MOBILE}\n")),
        ),
        (
            "an article's file name",
            Project::new()
                .column(COLUMN)
                .file(&format!("content/news/{MOBILE}.md"), shown.replace("![会场](p.png)", "文")),
        ),
        (
            "a photo's file name",
            Project::new()
                .column(COLUMN)
                .file("content/news/a.md", shown.replace("p.png", &format!("{MOBILE}.png")))
                .file(&format!("content/news/{MOBILE}.png"), pixel),
        ),
        ("an attachment's file name", offering(&format!("{MOBILE}.txt"), "文".as_bytes(), "")),
        ("a file of content/static", article("文").file("content/static/a.txt", format!("电话{MOBILE}\n"))),
    ];
    places.push((
        "a page of content/static",
        article("文").file("content/static/a.html", format!("<html><p>{MOBILE}</p>")),
    ));
    places.push((
        "the name of a file of content/static",
        article("文").file(&format!("content/static/{MOBILE}.txt"), "文"),
    ));
    places
}

#[test]
fn every_place_that_is_published_is_looked_at() {
    for (place, project) in places() {
        let found = said(&run(&project));
        assert!(found.iter().any(|said| said.starts_with("mobile-number ")), "{place}: {found:?}");
    }
}

#[test]
fn numbers_are_masked_wherever_they_are_printed() {
    let mut projects = places();
    projects.push(("a link to nothing", article("[甲](电话{}.md)")));
    projects.push((
        "an unknown key",
        Project::new()
            .column(COLUMN)
            .file("content/news/a.md", format!("---\ntitle: 题\n电话{MOBILE}: 1\n---\n文\n")),
    ));
    projects.push((
        "a wrong date",
        Project::new()
            .column(COLUMN)
            .file("content/news/a.md", format!("---\ntitle: 题\ndate: {ID}\n---\n文\n")),
    ));
    for (place, project) in projects {
        let built = run(&project);
        assert!(!built.findings.is_empty(), "{place}");
        for finding in &built.findings {
            let notice = Rendered::new(finding);
            let mut printed = vec![finding.excerpt.clone(), serde_json::to_string(&notice).expect("JSON")];
            for lang in [Lang::Zh, Lang::En] {
                printed.extend([plain(finding, lang), notice.json(lang).to_string()]);
            }
            // A file has to be found by its name.
            let path = finding.path.to_string();
            for text in printed {
                let text = text.replace(&path, "");
                assert!(!text.contains(MOBILE) && !text.contains(ID), "{place}: {text}");
            }
        }
    }
}

#[test]
fn carets_stand_right_under_what_is_masked() {
    let built = run(&article("请拨１３９１２３４５６７８找张警官。"));
    let shown: Vec<String> = built.findings.iter().map(|finding| plain(finding, Lang::Zh)).collect();
    assert_eq!(
        shown,
        ["警告[mobile-number]：这里有手机号码 139****5678
  --> content/news/a.md:6:3
   |
 6 | 请拨１３９＊＊＊＊５６７８找张警官。
   |     ^^^^^^^^^^^^^^^^^^^^^^
   = 提示：换成办公电话或只留首尾几位；可以公开的号码写进 `column.yaml` 的 `放行`"]
    );
    assert_eq!(built.findings[0].severity(), Severity::Warning);
}
