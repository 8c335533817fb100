//! Office documents as real programs write them: what each small case in
//! `tests/fixtures/cases` shows, and names planted wherever one can stand.

#![expect(clippy::disallowed_methods, reason = "cases are files")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use zhuanlan::diagnostic::MaterialFault;
use zhuanlan::material::{Inspection, cleaned, examine};

use crate::documents::{self, package, zip};

/// A case's file with its extension.
fn case(path: &str) -> (String, Vec<u8>) {
    let whole = format!("{}/tests/fixtures/cases/{path}", env!("CARGO_MANIFEST_DIR"));
    let extension = path.rsplit('.').next().expect("an extension").to_owned();
    (extension, std::fs::read(&whole).unwrap_or_else(|error| panic!("{whole}: {error}")))
}

fn studied(extension: &str, bytes: &[u8]) -> Inspection {
    examine(extension, &Arc::from(bytes))
}

/// All files of an archive, and of archives in it, by their paths.
fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut all = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        if bytes.starts_with(b"PK\x03\x04") {
            all.extend(files(&bytes).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            let mut object = cfb::CompoundFile::open(Cursor::new(bytes.as_slice())).expect("an object");
            let mut inner = Vec::new();
            if object.exists("/Package") {
                object.open_stream("/Package").expect("a stream").read_to_end(&mut inner).expect("its bytes");
                all.extend(files(&inner).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
            }
        }
        all.insert(name, bytes);
    }
    all
}

/// The copy that is published, every part of it read again by a strict reader.
fn published(extension: &str, bytes: &[u8]) -> Vec<u8> {
    let study = studied(extension, bytes);
    assert!(study.copy.is_some(), "no copy: {:?}", study.faults);
    let clean = cleaned(bytes).expect("a copy");
    for (name, part) in files(&clean) {
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let text = String::from_utf8_lossy(&part);
            let mut reader = quick_xml::Reader::from_str(&text);
            while !matches!(
                reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}: {text}")),
                quick_xml::events::Event::Eof
            ) {}
        }
    }
    assert_eq!(cleaned(&clean), Some(clean.clone()), "cleaning twice changes nothing");
    clean
}

/// Where a word stands in a published copy, or in what is searched.
fn leaks(extension: &str, bytes: &[u8], word: &str) -> Vec<String> {
    let clean = published(extension, bytes);
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut leaks = Vec::new();
    let mut look = |place: &str, bytes: &[u8]| {
        for word in [word.as_bytes(), &utf16] {
            for at in memchr::memmem::find_iter(bytes, word) {
                let near = &bytes[at.saturating_sub(60)..bytes.len().min(at + 40)];
                leaks.push(format!("{place}: {}", String::from_utf8_lossy(near)));
            }
        }
    };
    look("the archive itself", &clean);
    for (name, bytes) in files(&clean) {
        look("a name", name.as_bytes());
        look(&name, &bytes);
    }
    for paragraph in &studied(extension, bytes).text.paragraphs {
        look("the text", paragraph.as_bytes());
    }
    leaks
}

fn inside(name: &str, fault: MaterialFault) -> MaterialFault {
    MaterialFault::Inside { name: name.to_owned(), fault: Box::new(fault) }
}

fn text_of(path: &str) -> String {
    let (extension, bytes) = case(path);
    studied(&extension, &bytes).text.paragraphs.join("\n")
}

fn faults_of(path: &str) -> Vec<MaterialFault> {
    let (extension, bytes) = case(path);
    studied(&extension, &bytes).faults
}

#[test]
fn doc_bom_part_broken_copy() {
    for path in ["doc-bom-part-broken-copy/学习计划.docx", "doc-bom-part-broken-copy/学习计划.xlsx"] {
        let (extension, bytes) = case(path);
        let clean = published(&extension, &bytes);
        let types = files(&clean).remove("[Content_Types].xml").expect("the types");
        assert!(types.ends_with(b"</Types>"), "{path}");
    }
}

#[test]
fn doc_bom_all_parts_refused() {
    for path in ["doc-bom-all-parts-refused/学习计划.docx", "doc-bom-all-parts-refused/学习计划表.xlsx"]
    {
        let (extension, bytes) = case(path);
        published(&extension, &bytes);
        assert_eq!(faults_of(path), [], "{path}");
    }
}

#[test]
fn doc_core_properties_other_part() {
    let (extension, bytes) = case("doc-core-properties-other-part/学习计划.docx");
    assert_eq!(leaks(&extension, &bytes, "赵小明"), [] as [String; 0]);
}

#[test]
fn doc_docx_pages_from_template() {
    let (extension, bytes) = case("doc-docx-pages-from-template/学习制度.docx");
    assert_eq!(studied(&extension, &bytes).pages, None);
}

#[test]
fn doc_embedded_old_document_keeps_author() {
    let faults = faults_of("doc-embedded-old-document-keeps-author/学习计划.docx");
    let [MaterialFault::Inside { name, fault }] = faults.as_slice() else { panic!("{faults:?}") };
    assert!(name.ends_with("document1.doc") && **fault == MaterialFault::OldFormat, "{faults:?}");
}

#[test]
fn doc_excel_comment_text_names_author() {
    let (extension, bytes) = case("doc-excel-comment-text-names-author/学习计划表.xlsx");
    assert_eq!(leaks(&extension, &bytes, "赵小明"), [] as [String; 0]);
    let comments = files(&published(&extension, &bytes)).remove("xl/comments1.xml").expect("comments");
    assert!(String::from_utf8_lossy(&comments).contains("时间待定"));
}

#[test]
fn doc_hidden_text_by_style() {
    let path = "doc-hidden-text-by-style/学习计划.docx";
    assert_eq!(faults_of(path), [MaterialFault::HiddenText { count: 21 }]);
    assert!(!text_of(path).contains("内部掌握"), "{}", text_of(path));
}

#[test]
fn doc_odf_hidden_unseen() {
    let sheet = "doc-odf-hidden-unseen/plan-hidden-column.ods";
    assert!(
        matches!(faults_of(sheet).as_slice(), [MaterialFault::HiddenCells { .. }]),
        "{:?}",
        faults_of(sheet)
    );
    let text = "doc-odf-hidden-unseen/plan-hidden-section.odt";
    assert!(
        matches!(faults_of(text).as_slice(), [MaterialFault::HiddenText { .. }]),
        "{:?}",
        faults_of(text)
    );
    for path in [sheet, text] {
        assert!(!text_of(path).contains("内部掌握"), "{}", text_of(path));
    }
}

#[test]
fn doc_picture_described_by_unix_path() {
    for system in ["mac", "uos"] {
        let (extension, bytes) = case(&format!("doc-picture-described-by-unix-path/学习计划-{system}.docx"));
        assert_eq!(leaks(&extension, &bytes, "zhaoxiaoming"), [] as [String; 0]);
    }
}

#[test]
fn doc_shared_workbook_revisions_unseen() {
    let path = "doc-shared-workbook-revisions-unseen/学习计划表.xlsx";
    assert_eq!(
        faults_of(path),
        [MaterialFault::TrackedChanges { count: 1, authors: vec!["赵小明".to_owned()] }]
    );
    let (extension, bytes) = case(path);
    for word in ["被举报人", "赵小明"] {
        assert_eq!(leaks(&extension, &bytes, word), [] as [String; 0]);
    }
}

#[test]
fn doc_smartart_text_unread() {
    let text = text_of("doc-smartart-text-unread/学习计划.pptx");
    assert!(text.lines().count() >= 4, "{text}");
}

#[test]
fn doc_xls_password_not_seen() {
    assert_eq!(faults_of("doc-xls-password-not-seen/plan-password.xls"), [MaterialFault::Encrypted]);
}

#[test]
fn doc_xlsb_called_damaged_or_macros() {
    let expected = [MaterialFault::Unopened { kind: "XLSB".to_owned() }];
    assert_eq!(faults_of("doc-xlsb-called-damaged-or-macros/plan.xlsb"), expected);
}

#[test]
fn doc_xlsx_dates_as_numbers() {
    let text = text_of("doc-xlsx-dates-as-numbers/学习计划表.xlsx");
    assert_eq!(text, "安排\n日期\t内容\t到课率\n2021年3月8日\t动员部署\t98.50%\n2021/3/12\t座谈会\t100.00%");
}

#[test]
fn doc_zip_gbk_name_valid_utf8() {
    let (extension, bytes) = case("doc-zip-gbk-name-valid-utf8/学习资料.zip");
    let names: Vec<String> = files(&published(&extension, &bytes)).into_keys().collect();
    assert_eq!(names, ["学习计划.txt", "通知.txt"]);
}

/// A ZIP file as Chinese Windows writes it: names in GBK, no flag.
fn windows_zip(names: &[&str]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let raw = encoding_rs::GBK.encode(name).0.into_owned();
        let len = u16::try_from(raw.len()).expect("short").to_le_bytes();
        let at = u32::try_from(out.len()).expect("small").to_le_bytes();
        // An empty file, stored.
        let common = [&[0; 8][..], &[0; 12], &len, &[0; 2]].concat();
        out.extend([b"PK\x03\x04\x14\0".as_slice(), &common, &raw].concat());
        directory.extend([b"PK\x01\x02\x14\0\x14\0".as_slice(), &common, &[0; 10], &at, &raw].concat());
    }
    let count = u16::try_from(names.len()).expect("few").to_le_bytes();
    let len = u32::try_from(directory.len()).expect("small").to_le_bytes();
    let at = u32::try_from(out.len()).expect("small").to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &len, &at, &[0; 2]].concat();
    [out, directory, end].concat()
}

#[test]
fn bug_zip_gbk_names() {
    let names = |all: &[&str]| files(&published("zip", &windows_zip(all))).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&["通知.txt", "附件一.txt"]), ["通知.txt", "附件一.txt"]);
    assert_eq!(names(&["学习\\目录.txt"]), ["学习/目录.txt"]);
    assert_eq!(names(&["..\\x.txt", "C:\\z.txt", "../y.txt"]), ["x.txt", "y.txt", "z.txt"]);
}

/// The planted document of that kind: in each place marked `§` stands a name
/// of its own.
fn planted(kind: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/planted/{kind}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a fixture");
    let mut marked = String::new();
    for (number, piece) in text.split('§').enumerate() {
        if number > 0 {
            marked.push_str(&format!("Zhao{number:03}"));
        }
        marked.push_str(piece);
    }
    let bytes = package(&marked);
    let more: &[(&str, Vec<u8>)] = match kind {
        "docx" => &[("word/media/image1.tiff", tiff()), ("word/media/image2.emf", emf())],
        "odt" => &[("Pictures/1.tif", tiff())],
        _ => &[],
    };
    with(&bytes, more)
}

/// The archive with more files, each with a comment and a field of its own.
fn with(archive: &[u8], more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new_append(Cursor::new(archive.to_vec())).expect("an archive");
    for (name, bytes) in more {
        let mut options = zip::write::FullFileOptions::default().with_file_comment("Zhao in a comment");
        options.add_extra_field(0x7075, b"Zhao in a field", true).expect("a field");
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.set_comment("Zhao in the archive's comment").expect("a comment");
    writer.finish().expect("an archive").into_inner()
}

/// A TIFF of one grey pixel whose artist is named, with notes of a camera.
fn tiff() -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x05\0".to_vec();
    for (tag, kind, count, value) in
        [(256_u16, 4_u16, 1_u32, 1_u32), (257, 4, 1, 1), (273, 4, 1, 120), (279, 4, 1, 1), (315, 2, 20, 90)]
    {
        out.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        out.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    }
    out.resize(90, 0);
    out.extend(b"Zhao the artist\0");
    out.resize(120, 0);
    out.extend(b"\x7FZhao behind the end");
    out
}

/// An EMF that says which program made it of which file.
fn emf() -> Vec<u8> {
    let note: Vec<u8> = "Word\0C:\\Zhao\\1.emf\0\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let record = |kind: u32, data: &[u8]| {
        let size = u32::try_from(data.len() + 8).expect("small");
        [&kind.to_le_bytes(), &size.to_le_bytes(), data].concat()
    };
    let mut header = vec![0_u8; 100];
    header[32..36].copy_from_slice(b" EMF");
    header[52..56].copy_from_slice(&u32::try_from(note.len() / 2).expect("small").to_le_bytes());
    header[56..60].copy_from_slice(&108_u32.to_le_bytes());
    header.extend(note);
    [record(1, &header), record(70, b"\x0C\0\0\0C:\\Zhao\\icon"), record(14, &[0; 12])].concat()
}

#[test]
fn a_name_planted_in_an_office_document_is_published_nowhere() {
    for kind in ["docx", "xlsx", "pptx", "odt", "ods", "epub"] {
        let bytes = planted(kind);
        assert_eq!(leaks(kind, &bytes, "Zhao"), [] as [String; 0], "{kind}");
        let text = studied(kind, &bytes).text.paragraphs.join("\n");
        assert!(text.contains("看得见的字"), "{kind}: {text}");
    }
}

#[test]
fn a_name_planted_in_a_document_within_another_is_published_nowhere() {
    let object = |inner: &[u8]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("an object");
        file.create_stream("/Package").expect("a stream").write_all(inner).expect("its bytes");
        file.flush().expect("an object");
        file.into_inner().into_inner()
    };
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/package" Target="embeddings/a.xlsx"/><Relationship Id="rId2" Type="http://x/oleObject" Target="embeddings/b.bin"/><Relationship Id="rId3" Type="http://x/aFChunk" Target="c.docx"/></Relationships>"#;
    let root = r#"<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let outer = zip(&[
        ("_rels/.rels", root.as_bytes()),
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>字</w:t></w:r></w:p></w:body></w:document>".as_bytes(),
        ),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/embeddings/a.xlsx", &planted("xlsx")),
        ("word/embeddings/b.bin", &object(&planted("docx"))),
        ("word/c.docx", &planted("docx")),
    ]);
    assert_eq!(leaks("docx", &outer, "Zhao"), [] as [String; 0]);
    let archive = with(&zip(&[("内/外.zip", &zip(&[("表.xlsx", &planted("xlsx"))]))]), &[("稿.docx", outer)]);
    assert_eq!(leaks("zip", &archive, "Zhao"), [] as [String; 0]);
    // What hides within is said of the outer one.
    let faults = studied(
        "docx",
        &documents::zip(&[
            ("_rels/.rels", root.as_bytes()),
            ("word/document.xml", b"<w:document/>"),
            ("word/embeddings/a.xlsx", &planted("xlsx")),
        ]),
    )
    .faults;
    assert!(
        faults.iter().any(|fault| matches!(fault, MaterialFault::Inside { fault, .. }
            if matches!(**fault, MaterialFault::TrackedChanges { .. }))),
        "{faults:?}"
    );
    let html = documents::zip(&[
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", b"<w:document/>"),
        ("word/afchunk.mht", b"MIME-Version: 1.0"),
    ]);
    let unopened = MaterialFault::Unopened { kind: "MHT".to_owned() };
    assert_eq!(studied("docx", &html).faults, [inside("afchunk.mht", unopened)]);
}

#[test]
fn the_label_of_generated_text_stays_and_is_said() {
    let root = r#"<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://x/custom-properties" Target="docProps/custom.xml"/></Relationships>"#;
    let custom = r#"<Properties><property name="AIGC"><lpwstr>{"Label":"1"}</lpwstr></property><property name="ICV"><lpwstr>9F</lpwstr></property></Properties>"#;
    let bytes = zip(&[
        ("_rels/.rels", root.as_bytes()),
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>字</w:t></w:r></w:p></w:body></w:document>".as_bytes(),
        ),
        ("docProps/custom.xml", custom.as_bytes()),
    ]);
    assert_eq!(studied("docx", &bytes).faults, [MaterialFault::AiLabel]);
    let custom = files(&published("docx", &bytes)).remove("docProps/custom.xml").expect("the label");
    let custom = String::from_utf8_lossy(&custom).into_owned();
    assert!(custom.contains(r#"{"Label":"1"}"#) && !custom.contains("ICV"), "{custom}");
}
