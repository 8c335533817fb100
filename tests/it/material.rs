//! Study materials: their text, and what hides in them.

#![expect(clippy::disallowed_methods, reason = "some documents are files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use proptest::prelude::*;
use zhuanlan::diagnostic::MaterialFault;
use zhuanlan::material::{Inspection, TextState, cleaned, examine};

use crate::documents::{self, PDF, zip};
use crate::project::Project;

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="MAIN"/></Relationships>"#;

/// An office document of this main part, and of further parts.
pub(crate) fn office(main: &str, body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let root = ROOT.replace("MAIN", main);
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", root.as_bytes()), (main, body.as_bytes())];
    entries.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&entries)
}

/// A Word document with this body.
pub(crate) fn word(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    office("word/document.xml", &body, more)
}

fn relations(all: &[(&str, &str, &str)]) -> String {
    let mut text = "<Relationships>".to_owned();
    for (id, kind, target) in all {
        write!(text, r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}"/>"#)
            .expect("a string");
    }
    text + "</Relationships>"
}

fn studied(extension: &str, bytes: &[u8]) -> Inspection {
    examine(extension, &Arc::from(bytes))
}

fn paragraphs(extension: &str, bytes: &[u8]) -> Vec<String> {
    studied(extension, bytes).text.paragraphs.clone()
}

fn faults(extension: &str, bytes: &[u8]) -> Vec<MaterialFault> {
    studied(extension, bytes).faults
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/materials/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("a fixture")
}

#[test]
fn a_word_document_is_read_as_it_is_shown() {
    let body = "<w:p><w:r><w:t>学习&amp;</w:t></w:r><w:r><w:t>汇编&#x3002;</w:t></w:r></w:p>\
        <w:p><w:r><w:t>漢</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>han</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>阶段</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>三</w:t></w:r></w:p><w:p><w:r><w:t>月</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>框里</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>\
        <w:p/>";
    assert_eq!(paragraphs("docx", &word(body, &[])), ["学习&汇编。", "漢字", "阶段\t三 月", "框里", "框外"]);
    assert_eq!(faults("docx", &word(body, &[])), []);
}

#[test]
fn what_hides_in_a_word_document_is_found() {
    let body = r#"<w:p><w:ins w:id="1" w:author="李四"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2" w:author="张三"><w:r><w:delText>旧</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>看得见</w:t></w:r></w:p>"#;
    let rels = relations(&[("rId1", "comments", "comments.xml"), ("rId2", "footnotes", "footnotes.xml")]);
    let comments = r#"<w:comments><w:comment w:author="王五"/><w:comment w:author="王五"/></w:comments>"#;
    let notes = "<w:footnotes><w:footnote><w:p><w:r><w:t>脚注。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = word(
        body,
        &[
            ("word/_rels/document.xml.rels", &rels),
            ("word/comments.xml", comments),
            ("word/footnotes.xml", notes),
        ],
    );
    assert_eq!(paragraphs("docx", &bytes), ["新看得见", "脚注。"]);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        faults("docx", &bytes),
        [
            MaterialFault::Comments { count: 2, authors: names(&["王五"]) },
            MaterialFault::TrackedChanges { count: 2, authors: names(&["张三", "李四"]) },
            MaterialFault::HiddenText { count: 3 },
        ]
    );
}

fn workbook() -> Vec<u8> {
    let book = r#"<workbook><sheets><sheet name="台账" r:id="rId1"/><sheet name="底稿" state="hidden" r:id="rId2"/></sheets></workbook>"#;
    let rels = relations(&[
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
        ("rId3", "sharedStrings", "sharedStrings.xml"),
    ]);
    let strings =
        "<sst><si><t>编号</t></si><si><r><t>意</t></r><r><t>见</t></r><rPh><t>yi</t></rPh></si></sst>";
    let sheet = r#"<worksheet><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>身份证</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>X</f><v>路灯不亮</v></c></row></sheetData></worksheet>"#;
    let sheet_rels = relations(&[("rId1", "comments", "../comments1.xml")]);
    let comments =
        "<comments><authors><author>赵六</author></authors><commentList><comment/></commentList></comments>";
    office(
        "xl/workbook.xml",
        book,
        &[
            ("xl/_rels/workbook.xml.rels", &rels),
            ("xl/sharedStrings.xml", strings),
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
            ("xl/worksheets/_rels/sheet1.xml.rels", &sheet_rels),
            ("xl/comments1.xml", comments),
        ],
    )
}

#[test]
fn a_workbook_is_read_row_by_row() {
    assert_eq!(paragraphs("xlsx", &workbook()), ["台账", "编号\t意见", "1\t路灯不亮"]);
    assert_eq!(
        faults("xlsx", &workbook()),
        [
            MaterialFault::Comments { count: 1, authors: vec!["赵六".to_owned()] },
            MaterialFault::HiddenSheets { names: vec!["底稿".to_owned()] },
            MaterialFault::HiddenCells { sheets: vec!["台账".to_owned()] },
        ]
    );
}

#[test]
fn slides_are_read_in_the_order_they_are_shown() {
    let show = r#"<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>"#;
    let rels = relations(&[("rId1", "slide", "slides/slide1.xml"), ("rId2", "slide", "slides/slide2.xml")]);
    let slide = |text: &str, show: &str| {
        format!("<p:sld{show}><a:p><a:r><a:t>{text}</a:t></a:r><a:fld><a:t>3</a:t></a:fld></a:p></p:sld>")
    };
    let notes = relations(&[("rId1", "notesSlide", "../notesSlides/notesSlide1.xml")]);
    let bytes = office(
        "ppt/presentation.xml",
        show,
        &[
            ("ppt/_rels/presentation.xml.rels", &rels),
            ("ppt/slides/slide1.xml", &slide("第二张", r#" show="0""#)),
            ("ppt/slides/slide2.xml", &slide("第一张", "")),
            ("ppt/slides/_rels/slide2.xml.rels", &notes),
            ("ppt/notesSlides/notesSlide1.xml", &slide("念慢一点", "")),
        ],
    );
    let study = studied("pptx", &bytes);
    assert_eq!((study.pages, study.text.paragraphs.as_slice()), (Some(2), ["第一张".to_owned()].as_slice()));
    assert_eq!(
        study.faults,
        [MaterialFault::HiddenSlides { numbers: vec![2] }, MaterialFault::SpeakerNotes { numbers: vec![1] }]
    );
}

#[test]
fn pdfs_of_different_programs_are_read_as_paragraphs() {
    let sentence = "集中学习，每周两次。";
    // Written with radicals in place of characters.
    assert_eq!(
        paragraphs("pdf", &fixture("chromium.pdf")),
        ["学习", &format!("{}学习", "集中学习，每周两次。见页长门马。".repeat(3)), "第二段 two words"]
    );
    assert_eq!(
        paragraphs("pdf", &fixture("writer.pdf")),
        ["学习", &sentence.repeat(8), "阶段\t时间", "学习\t每周", "第二页。"]
    );
    // Fonts that are not in the file.
    assert_eq!(
        paragraphs("pdf", &fixture("reportlab.pdf")),
        [
            "学习资料汇编",
            "一、集中学习要做到人员、内容、时间三落实，每周不少于两次，由支部书记主持并记录在册。"
        ]
    );
    assert_eq!(studied("pdf", &fixture("writer.pdf")).pages, Some(2));
}

#[test]
fn text_files_are_read_in_any_encoding() {
    let (gb, ..) = encoding_rs::GB18030.encode("读书登记\r\n\r\n　　第一行");
    assert_eq!(paragraphs("txt", &gb), ["读书登记", "第一行"]);
    assert_eq!(studied("txt", b"").text.state, TextState::Unread);
}

#[test]
fn the_text_is_bounded() {
    let long = "字".repeat(1_000);
    let body = format!("<w:p><w:r><w:t>{long}</w:t></w:r></w:p>").repeat(500);
    let study = studied("docx", &word(&body, &[]));
    assert_eq!(study.text.state, TextState::Cut);
    assert_eq!(study.text.paragraphs.len(), 400);
}

#[test]
fn the_sample_columns_documents_have_text_and_nothing_hidden() {
    let project = Project::sample();
    let mut seen = 0;
    for (path, _) in project.tree().iter() {
        let extension = path.extension();
        if !path.as_str().starts_with("content/static/")
            && ["pdf", "docx", "xlsx", "txt"].contains(&extension.as_str())
        {
            let study = examine(&extension, &project.bytes(path.as_str()).expect("its bytes"));
            assert_eq!((study.text.state, study.faults), (TextState::Whole, vec![]), "{path}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn a_study_comes_back_from_its_bytes() {
    let study = studied("xlsx", &workbook());
    assert_eq!(Inspection::from_bytes(&study.to_bytes()), Some(study));
    assert_eq!(Inspection::from_bytes(b"nonsense"), None);
}

/// The copy that is published.
fn clean(extension: &str, bytes: &[u8]) -> Vec<u8> {
    let study = studied(extension, bytes);
    let copy = study.copy.unwrap_or_else(|| panic!("no copy: {:?}", study.faults));
    let clean = cleaned(bytes).expect("a copy");
    assert_eq!((copy.len, copy.sha256), (clean.len() as u64, zhuanlan::material::sha256_of(&clean)));
    clean
}

/// The document with relationships to its properties.
fn with_properties(bytes: &[u8]) -> Vec<u8> {
    let more = r#"<Relationship Id="rId2" Type="http://x/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://x/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId4" Type="http://x/custom-properties" Target="docProps/custom.xml"/></Relationships>"#;
    let all: Vec<(String, String)> = parts(bytes)
        .into_iter()
        .map(|(name, text)| {
            let text = if name == "_rels/.rels" { text.replace("</Relationships>", more) } else { text };
            (name, text)
        })
        .collect();
    let entries: Vec<(&str, &[u8])> =
        all.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&entries)
}

/// The parts of a package as text.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut text = Vec::new();
            part.read_to_end(&mut text).expect("its bytes");
            (part.name().expect("a name").into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

#[test]
fn a_word_document_loses_who_wrote_it() {
    let body = r#"<w:p w:rsidR="00A1" w14:paraId="7"><w:ins w:id="1" w:author="张三" w:date="2021-03-08T00:00:00Z"><w:r><w:t>新 &amp; 旧</w:t></w:r></w:ins></w:p>"#;
    let rels = relations(&[("rId1", "comments", "comments.xml"), ("rId2", "settings", "settings.xml")]);
    let settings = r#"<w:settings><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="00A1"/></w:rsids><w:zoom w:percent="100"/></w:settings>"#;
    let template = r#"<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" Target="file:///C:\Users\zhangsan\a.dotm" TargetMode="External"/></Relationships>"#;
    let core = "<cp:coreProperties><dc:title>新 &amp; 旧</dc:title><dc:creator>张三</dc:creator><cp:lastModifiedBy>李四</cp:lastModifiedBy></cp:coreProperties>";
    let app = "<Properties><Template>C:\\Users\\zhangsan\\Normal.dotm</Template><Pages>3</Pages><Characters>3</Characters><Company>某局</Company></Properties>";
    let comments = r#"<w:comments><w:comment w:author="王五" w:initials="WW" w:id="0"><w:p><w:r><w:t>改这里</w:t></w:r></w:p></w:comment></w:comments>"#;
    let bytes = word(
        body,
        &[
            ("word/_rels/document.xml.rels", &rels),
            ("word/comments.xml", comments),
            (
                "word/people.xml",
                r#"<w15:people><w15:person w15:author="王五"><w15:presenceInfo w15:userId="S::wangwu"/></w15:person></w15:people>"#,
            ),
            ("word/settings.xml", settings),
            ("word/_rels/settings.xml.rels", template),
            ("docProps/core.xml", core),
            ("docProps/app.xml", app),
            (
                "docProps/custom.xml",
                r#"<Properties><property name="ICV"><vt:lpwstr>9F</vt:lpwstr></property></Properties>"#,
            ),
            ("docProps/thumbnail.jpeg", "JPEG"),
        ],
    );
    let bytes = with_properties(&bytes);
    let clean = clean("docx", &bytes);
    let parts = parts(&clean);
    let all: String = parts.values().map(String::as_str).collect();
    for gone in ["张三", "李四", "王五", "wangwu", "zhangsan", "某局", "ICV", "rsid", "WW", "JPEG"] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
    assert!(!parts.contains_key("docProps/thumbnail.jpeg"));
    // A title that stands in the text.
    assert!(parts["docProps/core.xml"].contains("<dc:title>新 &amp; 旧</dc:title>"));
    assert!(
        parts["word/document.xml"].contains(
            r#"<w:p w14:paraId="7"><w:ins w:id="1" w:author="作者" w:date="2021-03-08T00:00:00Z">"#
        )
    );
    assert!(parts["word/comments.xml"].contains("改这里"));
    assert!(parts["word/settings.xml"].contains(r#"<w:zoom w:percent="100"/>"#));
    assert_eq!(studied("docx", &clean).pages, Some(3));
    assert_eq!(cleaned(&clean), Some(clean));
}

#[test]
fn a_workbook_loses_who_wrote_it() {
    let clean = clean("xlsx", &workbook());
    let parts = parts(&clean);
    assert!(parts["xl/comments1.xml"].contains("<author>作者</author>"), "{}", parts["xl/comments1.xml"]);
    assert_eq!(parts["xl/worksheets/sheet1.xml"], self::parts(&workbook())["xl/worksheets/sheet1.xml"]);
}

#[test]
fn paths_on_a_computer_are_cut_to_names() {
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/hyperlink" Target="file:///C:\Users\zhangsan\表.xlsx" TargetMode="External"/><Relationship Id="rId2" Type="http://x/hyperlink" Target="https://example.org/a" TargetMode="External"/></Relationships>"#;
    let clean = clean(
        "docx",
        &word("<w:p><w:r><w:t>字</w:t></w:r></w:p>", &[("word/_rels/document.xml.rels", rels)]),
    );
    let rels = &parts(&clean)["word/_rels/document.xml.rels"];
    assert!(
        rels.contains(r#"Target="表.xlsx""#) && rels.contains(r#"Target="https://example.org/a""#),
        "{rels}"
    );
}

#[test]
fn a_pdf_loses_who_made_it_and_its_former_states() {
    let info = "6 0 obj <</Author(Zhang San)/Title(Plan)/Producer(Word)/CreationDate(D:2021)>> endobj
7 0 obj <</Type/Metadata/Subtype/XML/Length 20>> stream
<x>Zhang San</x>....
endstream endobj
8 0 obj <</Type/Annot/Subtype/Text/Rect[0 0 1 1]/T(Li Si)/Contents(hm)>> endobj
%trailer /Info 6 0 R/ID[<01><02>]
";
    let with = PDF
        .replace("/Pages 2 0 R", "/Pages 2 0 R/Metadata 7 0 R")
        .replace("/Parent 2 0 R", "/Parent 2 0 R/Annots[8 0 R]");
    let mut bytes = documents::pdf(&(with + info));
    // A later state, whose author is another; the former one still stands there.
    let table = bytes.windows(5).position(|w| w == b"\nxref").expect("a table") + 1;
    let place = bytes.len();
    bytes.extend_from_slice(b"6 0 obj <</Author(Wang Wu)/Title(Plan)>> endobj\n");
    let at = bytes.len();
    bytes.extend_from_slice(format!("xref\n6 1\n{place:010} 00000 n \ntrailer <</Size 9/Root 1 0 R/Info 6 0 R/Prev {table}>>\nstartxref\n{at}\n%%EOF\n").as_bytes());
    assert_eq!(
        faults("pdf", &bytes),
        [MaterialFault::Comments { count: 1, authors: vec!["Li Si".to_owned()] }]
    );
    let clean = clean("pdf", &bytes);
    let document = lopdf::Document::load_mem(&clean).expect("a PDF");
    let all = format!("{:?}{}", document.objects, String::from_utf8_lossy(&clean));
    for gone in ["Zhang", "Wang", "Li Si", "Word", "D:2021", "Metadata"] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
    assert!(all.contains("Plan") && all.contains("hm"), "{all}");
    assert_eq!(paragraphs("pdf", &clean), ["text"]);
}

#[test]
fn what_was_made_by_programs_reads_the_same_when_clean() {
    for name in ["chromium.pdf", "writer.pdf", "reportlab.pdf"] {
        let bytes = fixture(name);
        let clean = clean("pdf", &bytes);
        assert_eq!(paragraphs("pdf", &clean), paragraphs("pdf", &bytes), "{name}");
    }
}

#[test]
fn a_signed_document_is_left_alone() {
    let signed =
        documents::pdf(&format!("{PDF}6 0 obj <</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>> endobj\n"));
    let study = studied("pdf", &signed);
    assert_eq!((study.copy, study.faults), (None, vec![MaterialFault::Signed]));
}

/// Documents that were made to harm whoever opens them.
#[test]
fn hostile_documents_each_have_their_finding() {
    use MaterialFault::{Bomb, Damaged, Encrypted, IsProgram, Program};
    let deep = "<w:tbl><w:tr><w:tc>".repeat(200_000);
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><w:document>&b;</w:document>";
    let many: Vec<String> = (0..20_001).map(|n| format!("{n}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let truncated = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let locked =
        "6 0 obj <</Filter/Standard/V 2/R 3/Length 128/P -4/O<00>/U<00>>> endobj\n%trailer /Encrypt 6 0 R\n";
    let cases: Vec<(&str, &str, Vec<u8>, MaterialFault)> = vec![
        (
            "a part that unpacks for ever",
            "docx",
            word("", &[("word/media/a.png", &" ".repeat(49 << 20))]),
            Bomb,
        ),
        ("more files than a document has", "docx", zip(&many), Bomb),
        ("entities", "docx", office("word/document.xml", entities, &[]), Damaged),
        ("tables in tables, never closed", "docx", word(&deep, &[]), Damaged),
        ("half a package", "xlsx", truncated(workbook()), Damaged),
        ("half a PDF", "pdf", truncated(fixture("chromium.pdf")), Damaged),
        ("a picture called a document", "docx", b"\x89PNG\r\n\x1a\n".to_vec(), Damaged),
        ("a program called a PDF", "pdf", b"MZ\x90\0".repeat(40), IsProgram { what: "EXE".to_owned() }),
        (
            "a program among files",
            "zip",
            zip(&[("a/setup.EXE", b"MZ")]),
            Program { name: "a/setup.EXE".to_owned() },
        ),
        ("a package without a main part", "docx", zip(&[("a.txt", b"x")]), Damaged),
        (
            "pages that are their own parents",
            "pdf",
            documents::pdf(&PDF.replace("Kids[3 0 R]", "Kids[2 0 R 2 0 R]")),
            Damaged,
        ),
        ("a PDF without a page", "pdf", documents::pdf("1 0 obj <</Type/Catalog>> endobj\n"), Damaged),
        ("a PDF with a password", "pdf", documents::pdf(&(PDF.to_owned() + locked)), Encrypted),
        ("a stream that unpacks for ever", "pdf", packed_pdf(&vec![b' '; 100 << 20]), Bomb),
        ("forms that call each other without end", "pdf", forms(), Bomb),
        ("a compound file of nothing", "doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".repeat(100), Damaged),
    ];
    for (what, extension, bytes, fault) in cases {
        assert_eq!(faults(extension, &bytes), [fault], "{what}");
    }
}

/// A PDF whose page's content is this, packed.
fn packed_pdf(content: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&documents::pdf(PDF)).expect("a PDF");
    let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), content.to_vec());
    stream.compress().expect("a packed stream");
    document.objects.insert((4, 0), stream.into());
    let mut out = Vec::new();
    document.save_to(&mut out).expect("a PDF");
    out
}

/// Thirty forms, each of which draws the next ten times.
fn forms() -> Vec<u8> {
    let page = PDF
        .replace("/Font<</F 5 0 R>>", "/XObject<</X 6 0 R>>")
        .replace("BT /F 12 Tf 20 100 Td (text) Tj ET", "/X Do /X Do /X Do               ");
    let mut all = page;
    for form in 6..36 {
        let body = "/X Do ".repeat(10);
        write!(all, "{form} 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>/Length {}>> stream\n{body}\nendstream endobj\n", form + 1, body.len()).expect("a string");
    }
    all.push_str("36 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 10>> stream\n0 0 1 1 re\nendstream endobj\n");
    documents::pdf(&all)
}

proptest! {
    #![proptest_config(crate::property::cases(64))]

    /// Whatever bytes come, whatever they are called.
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0_usize..4, named in 0_usize..5) {
        let heads: [&[u8]; 4] = [b"", b"%PDF-1.5\n", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
        let whole = [heads[head], &bytes].concat();
        let extension = ["pdf", "docx", "xls", "txt", "zip"][named];
        prop_assert_eq!(studied(extension, &whole), studied(extension, &whole));
    }

    /// A document with some bytes changed.
    #[test]
    fn no_damage_panics(at in 0_usize..4_000, byte in any::<u8>(), cut in 0_usize..12_000) {
        for bytes in [workbook(), fixture("writer.pdf"), fixture("reportlab.pdf")] {
            let mut bytes = bytes;
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let _ = studied("pdf", &bytes);
            bytes.truncate(cut);
            let _ = studied("xlsx", &bytes);
        }
    }
}

/// A paragraph of a Word document.
const WORDS: &str = "<w:p><w:r><w:t>字</w:t></w:r></w:p>";

#[test]
fn what_other_programs_keep_in_a_document_goes() {
    let root = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels" Target="docMetadata/LabelInfo.xml"/></Relationships>"#;
    let types = r#"<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/customXml/itemProps1.xml" ContentType="x"/><Override PartName="/docMetadata/LabelInfo.xml" ContentType="y"/><Override PartName="/data/zhangsan.xml" ContentType="z"/></Types>"#;
    let rels = relations(&[
        ("rId1", "customXml", "../customXml/item1.xml"),
        ("rId2", "customXml", "../data/zhangsan.xml"),
        ("rId3", "printerSettings", "printerSettings1.bin"),
        ("rId4", "image", "media/image1.png"),
    ]);
    let label = r#"<clbl:labelList><clbl:label id="{zhangsan-tenant}" name="内部"/></clbl:labelList>"#;
    let sensitivity = r#"<Properties><property name="MSIP_Label_1_Owner"><vt:lpwstr>zhangsan@example.org</vt:lpwstr></property><property name="KSOProductBuildVer"><vt:lpwstr>2052-zhangsan</vt:lpwstr></property></Properties>"#;
    let bytes = zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        (
            "word/document.xml",
            format!("<w:document><w:body><w:sdt><w:sdtPr><w:dataBinding w:xpath=\"/zhangsan\"/></w:sdtPr><w:sdtContent>{WORDS}</w:sdtContent></w:sdt></w:body></w:document>").as_bytes(),
        ),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/printerSettings1.bin", b"zhangsan's printer"),
        ("word/media/image1.png", b"PNG"),
        ("customXml/item1.xml", b"<a>zhangsan</a>"),
        ("customXml/itemProps1.xml", b"<ds:datastoreItem/>"),
        ("customXml/_rels/item1.xml.rels", relations(&[("rId1", "customXmlProps", "itemProps1.xml")]).as_bytes()),
        ("data/zhangsan.xml", b"<a>zhangsan</a>"),
        ("data/_rels/zhangsan.xml.rels", relations(&[("rId1", "customXmlProps", "props.xml")]).as_bytes()),
        ("data/props.xml", b"<zhangsan/>"),
        ("docMetadata/LabelInfo.xml", label.as_bytes()),
        ("docProps/custom.xml", sensitivity.as_bytes()),
    ]);
    let clean = clean("docx", &bytes);
    let parts = parts(&clean);
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/media/image1.png"
        ]
    );
    assert!(!parts.iter().any(|(name, text)| format!("{name}{text}").contains("zhangsan")), "{parts:?}");
    // What is left of the package names nothing that is gone.
    assert_eq!(parts["word/_rels/document.xml.rels"], relations(&[("rId4", "image", "media/image1.png")]));
    assert_eq!(
        parts["[Content_Types].xml"],
        r#"<Types><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    assert!(!parts["_rels/.rels"].contains("LabelInfo"), "{}", parts["_rels/.rels"]);
    assert_eq!(paragraphs("docx", &clean), ["字"]);
    assert_eq!(cleaned(&clean), Some(clean));
}

#[test]
fn where_a_documents_data_came_from_goes() {
    let settings = r#"<w:settings><w:mailMerge><w:dataType w:val="native"/><w:connectString w:val="Data Source=C:\Users\zhangsan\名单.xlsx"/><w:dataSource r:id="rId1"/></w:mailMerge><w:attachedTemplate r:id="rId3"/><w:docVars><w:docVar w:name="commondata" w:val="zhangsan"/><w:docVar w:name="KSO_WPS_MARK_KEY" w:val="zhangsan"/><w:docVar w:name="path" w:val="zhangsan"/></w:docVars><w:zoom w:percent="100"/></w:settings>"#;
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/mailMergeSource" Target="file:///C:\Users\zhangsan\名单.xlsx" TargetMode="External"/><Relationship Id="rId2" Type="http://x/recipientData" Target="recipientData.xml"/><Relationship Id="rId3" Type="http://x/attachedTemplate" Target="file:///\\zhangsan-pc\模板.dotx" TargetMode="External"/></Relationships>"#;
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDEPICTURE &quot;C:\\Users\\zhang</w:instrText></w:r><w:r><w:instrText>san\\图.png" \* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr=" LINK Word.Document &quot;\\\\zhangsan-pc\\a.docx&quot; "><w:r><w:t>字</w:t></w:r></w:fldSimple></w:p>"#;
    let main = relations(&[("rId1", "settings", "settings.xml")]);
    let bytes = word(
        field,
        &[
            ("word/_rels/document.xml.rels", &main),
            ("word/settings.xml", settings),
            ("word/_rels/settings.xml.rels", rels),
            ("word/recipientData.xml", "<w:recipients>zhangsan</w:recipients>"),
        ],
    );
    let clean = clean("docx", &bytes);
    let parts = parts(&clean);
    let all = format!("{parts:?}");
    assert!(!all.contains("zhangsan") && !all.contains("zhang<") && !all.contains("名单"), "{all}");
    assert_eq!(
        parts["word/settings.xml"],
        r#"<w:settings><w:docVars></w:docVars><w:zoom w:percent="100"/></w:settings>"#
    );
    assert_eq!(parts["word/_rels/settings.xml.rels"], "<Relationships></Relationships>");
    let document = &parts["word/document.xml"];
    assert!(document.contains(r"图.png&quot; \* MERGEFORMAT</w:instrText>"), "{document}");
    assert!(
        document.contains(r#"<w:fldSimple w:instr=" LINK Word.Document &quot;a.docx&quot; ">"#),
        "{document}"
    );
    assert_eq!(paragraphs("docx", &clean), ["字"]);
}

#[test]
fn a_variable_that_is_shown_stays() {
    let field = "<w:p><w:r><w:instrText> DOCVARIABLE 单位 </w:instrText></w:r><w:r><w:t>字</w:t></w:r></w:p>";
    let settings = r#"<w:settings><w:docVars><w:docVar w:name="commondata" w:val="zhangsan"/><w:docVar w:name="单位" w:val="字"/></w:docVars></w:settings>"#;
    let main = relations(&[("rId1", "settings", "settings.xml")]);
    let bytes = word(field, &[("word/_rels/document.xml.rels", &main), ("word/settings.xml", settings)]);
    let parts = parts(&clean("docx", &bytes));
    assert_eq!(
        parts["word/settings.xml"],
        r#"<w:settings><w:docVars><w:docVar w:name="单位" w:val="字"/></w:docVars></w:settings>"#
    );
}

#[test]
fn a_workbook_and_slides_lose_where_they_came_from() {
    let book = r#"<workbook><x15ac:absPath url="C:\Users\zhangsan\"/><fileSharing userName="zhangsan"/><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>"#;
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>字</t></is></c></row></sheetData><pageSetup paperSize="9" r:id="rId1"/></worksheet>"#;
    let clean_book = clean(
        "xlsx",
        &office(
            "xl/workbook.xml",
            book,
            &[
                (
                    "xl/_rels/workbook.xml.rels",
                    &relations(&[
                        ("rId1", "worksheet", "worksheets/sheet1.xml"),
                        ("rId2", "connections", "connections.xml"),
                        ("rId3", "customXml", "../customXml/item1.xml"),
                    ]),
                ),
                ("xl/worksheets/sheet1.xml", sheet),
                (
                    "xl/worksheets/_rels/sheet1.xml.rels",
                    &relations(&[("rId1", "printerSettings", "../printerSettings/printerSettings1.bin")]),
                ),
                ("xl/printerSettings/printerSettings1.bin", "zhangsan"),
                (
                    "xl/connections.xml",
                    r#"<connections><connection id="1" odcFile="C:\zhangsan.odc"><dbPr connection="User ID=zhangsan;Password=1"/></connection></connections>"#,
                ),
                ("customXml/item1.xml", "<a>zhangsan</a>"),
            ],
        ),
    );
    let parts_book = parts(&clean_book);
    assert!(!format!("{parts_book:?}").contains("zhangsan"), "{parts_book:?}");
    assert!(parts_book["xl/worksheets/sheet1.xml"].contains(r#"<pageSetup paperSize="9"/>"#));
    assert!(!parts_book.keys().any(|name| name.contains("printerSettings") || name.starts_with("customXml")));
    assert_eq!(paragraphs("xlsx", &clean_book), ["表", "字"]);

    let show = r#"<p:presentation><p:custDataLst><p:tags r:id="rId2"/></p:custDataLst><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>"#;
    let clean_show = clean(
        "pptx",
        &office(
            "ppt/presentation.xml",
            show,
            &[
                (
                    "ppt/_rels/presentation.xml.rels",
                    &relations(&[
                        ("rId1", "slide", "slides/slide1.xml"),
                        ("rId2", "tags", "tags/tag1.xml"),
                        ("rId3", "customXml", "../customXml/item1.xml"),
                    ]),
                ),
                (
                    "ppt/slides/slide1.xml",
                    r#"<p:sld><p:pic><p:cNvPr id="1" name="a" descr="C:\Users\zhangsan\图.png"/></p:pic><a:p><a:r><a:t>字</a:t></a:r></a:p></p:sld>"#,
                ),
                (
                    "ppt/tags/tag1.xml",
                    r#"<p:tagLst><p:tag name="COMMONDATA" val="zhangsan"/><p:tag name="KSO_WPP_MARK_KEY" val="zhangsan"/><p:tag name="版式" val="1"/></p:tagLst>"#,
                ),
                ("customXml/item1.xml", "<a>zhangsan</a>"),
            ],
        ),
    );
    let parts_show = parts(&clean_show);
    assert!(!format!("{parts_show:?}").contains("zhangsan"), "{parts_show:?}");
    assert!(!parts_show.contains_key("ppt/tags/tag1.xml"));
    assert!(parts_show["ppt/slides/slide1.xml"].contains(r#"descr="图.png""#));
    assert_eq!(paragraphs("pptx", &clean_show), ["字"]);
}

#[test]
fn documents_of_kinds_that_are_not_opened_are_told() {
    let told = |kind: &str| [MaterialFault::Unopened { kind: kind.to_owned() }];
    assert_eq!(faults("rtf", br"{\rtf1{\info{\author x}}}"), told("RTF"));
    assert_eq!(faults("rar", b"Rar!\x1A\x07\x01\0"), told("RAR"));
    assert_eq!(faults("7z", b"7z\xBC\xAF\x27\x1C\0\0"), told("7z"));
}

/// A Word document by 张三, with a comment where `commented`.
fn signed_word(text: &str, commented: bool) -> Vec<u8> {
    let core = "<cp:coreProperties><dc:creator>zhangsan</dc:creator></cp:coreProperties>";
    let rels = relations(&[("rId1", "comments", "comments.xml")]);
    let mut more = vec![("docProps/core.xml", core)];
    if commented {
        more.push(("word/_rels/document.xml.rels", &rels));
        more.push(("word/comments.xml", r#"<w:comments><w:comment w:author="张三"/></w:comments>"#));
    }
    word(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), &more)
}

/// The bytes of a file in an archive.
fn unpacked(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut file = archive.by_name(name).unwrap_or_else(|_| panic!("no {name}"));
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).expect("its bytes");
    bytes
}

#[test]
fn documents_in_an_archive_are_cleaned_as_if_they_came_alone() {
    let photo = crate::photo::turned(6, 0);
    let pdf = documents::pdf(&format!("{PDF}6 0 obj <</Author(zhangsan)>> endobj\n%trailer /Info 6 0 R\n"));
    let archive = zip(&[
        ("材料/", b""),
        ("材料/方案.docx", &signed_word("第一份。", false)),
        ("材料/名单.pdf", &pdf),
        ("材料/现场.jpg", &photo),
        ("材料/现场.dat", &photo),
        ("材料/说明.txt", "第二份。".as_bytes()),
        ("__MACOSX/材料/._方案.docx", b"zhangsan"),
        ("材料/.DS_Store", b"zhangsan"),
    ]);
    let study = studied("zip", &archive);
    assert_eq!(study.faults, []);
    assert_eq!(study.text.paragraphs, ["第一份。", "text", "第二份。"]);
    let clean = clean("zip", &archive);
    let names: Vec<String> = parts(&clean).into_keys().collect();
    assert_eq!(
        names,
        ["材料/", "材料/名单.pdf", "材料/方案.docx", "材料/现场.dat", "材料/现场.jpg", "材料/说明.txt"]
    );
    let document = unpacked(&clean, "材料/方案.docx");
    assert!(!format!("{:?}", parts(&document)).contains("zhangsan"));
    assert_eq!(paragraphs("docx", &document), ["第一份。"]);
    assert!(!String::from_utf8_lossy(&unpacked(&clean, "材料/名单.pdf")).contains("zhangsan"));
    for name in ["材料/现场.jpg", "材料/现场.dat"] {
        let seen = zhuanlan::photo::measure("jpg", &unpacked(&clean, name));
        assert_eq!(seen.photo.map(|photo| (photo.width, photo.height)), Some((30, 40)), "{name}");
        // How it was held is the one thing that the camera's notes still say.
        let bytes = unpacked(&clean, name);
        let notes = memchr::memmem::find(&bytes, b"Exif\0\0").and_then(|at| bytes.get(at - 4..at));
        assert_eq!(notes, Some([0xFF, 0xE1, 0, 34].as_slice()), "{name}");
    }
}

#[test]
fn names_in_an_archive_of_chinese_windows_are_read() {
    let name = encoding_rs::GB18030.encode("方案.docx").0.into_owned();
    let mut archive = zip(&[("wwww.docx", &signed_word("字", true))]);
    assert_eq!(name.len(), "wwww.docx".len());
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&archive[at..], b"wwww.docx") {
        at += found;
        archive[at..at + name.len()].copy_from_slice(&name);
    }
    let comment = MaterialFault::Comments { count: 1, authors: vec!["张三".to_owned()] };
    let inside = MaterialFault::Inside { name: "方案.docx".to_owned(), fault: Box::new(comment) };
    assert_eq!(faults("zip", &archive), [inside]);
    assert_eq!(paragraphs("docx", &unpacked(&clean("zip", &archive), "方案.docx")), ["字"]);
}

#[test]
fn what_hides_in_an_archive_is_found() {
    let inside = |name: &str, fault: MaterialFault| MaterialFault::Inside {
        name: name.to_owned(),
        fault: Box::new(fault),
    };
    let signed =
        documents::pdf(&format!("{PDF}6 0 obj <</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>> endobj\n"));
    let archive = zip(&[
        ("a.zip", &zip(&[("b.docx", &signed_word("字", false))])),
        ("b.docx", b"PK\x03\x04"),
        ("c.heic", b"\0\0\0\x18ftypheic"),
        ("d.jpg", b"\xFF\xD8\xFF\xE0"),
        ("e.pdf", &signed),
        ("f.dat", &[b"MZ".as_slice(), &[0; 80]].concat()),
    ]);
    assert_eq!(
        faults("zip", &archive),
        [
            inside("b.docx", MaterialFault::Damaged),
            inside("c.heic", MaterialFault::Unopened { kind: "HEIC".to_owned() }),
            inside("d.jpg", MaterialFault::Damaged),
            inside("e.pdf", MaterialFault::Signed),
            inside("f.dat", MaterialFault::IsProgram { what: "EXE".to_owned() }),
        ]
    );
    let alone = zip(&[("e.pdf", &signed)]);
    assert_eq!(unpacked(&clean("zip", &alone), "e.pdf"), signed);
    let many: Vec<String> = (0..201).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(faults("zip", &zip(&many)), [MaterialFault::Unchecked { size: 201 }]);
}

#[test]
fn a_file_that_was_put_into_a_document_is_found() {
    let object = documents::compound("--- \u{1}Ole10Native\nC:\\Users\\zhangsan\\名单.txt\n");
    let chart = documents::compound("--- Workbook\n1\n");
    let body = format!("<w:document><w:body>{WORDS}</w:body></w:document>");
    let bytes = zip(&[
        ("_rels/.rels", ROOT.replace("MAIN", "word/document.xml").as_bytes()),
        ("word/document.xml", body.as_bytes()),
        ("word/embeddings/oleObject1.bin", &object),
        ("word/embeddings/oleObject2.bin", &chart),
    ]);
    let old = MaterialFault::Inside {
        name: "oleobject2.bin".to_owned(),
        fault: Box::new(MaterialFault::OldFormat),
    };
    assert_eq!(faults("docx", &bytes), [old, MaterialFault::Enclosed { count: 1 }]);
}
