//! OFDs (GB/T 33190).

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use zhuanlan::diagnostic::{MaterialFault, PagedFault};

use super::{case, faults, names, paragraphs, published, read, studied};
use crate::documents::zip;

/// The parts of a small OFD, by their names.
pub(super) struct KeyBuilder(BTreeMap<String, String>);

impl KeyBuilder {
    /// One page with these objects.
    pub(super) fn page(objects: &str) -> Self {
        let mut parts = Self(BTreeMap::new());
        parts.set("OFD.xml", r#"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#);
        parts.set("Doc_0/Document.xml", r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>"#);
        parts.set("Doc_0/Pages/Page_0/Content.xml", &content(objects));
        parts
    }

    pub(super) fn set(&mut self, name: &str, text: &str) -> &mut Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    /// A part with `to` in place of `from`.
    pub(super) fn replace(&mut self, name: &str, from: &str, to: &str) -> &mut Self {
        let text = self.0[name].replace(from, to);
        assert_ne!(text, self.0[name], "{from}");
        self.set(name, &text)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let entries: Vec<(&str, &[u8])> =
            self.0.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        zip(&entries)
    }
}

/// A page, or a template.
fn content(objects: &str) -> String {
    format!(
        r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
    )
}

/// A line of text, so many millimetres from the top.
pub(super) fn line(top: u32, text: &str) -> String {
    format!(
        r#"<ofd:TextObject ID="3" Boundary="20 {top} 170 8" Font="2" Size="5"><ofd:TextCode X="0" Y="6" DeltaX="g {} 5">{text}</ofd:TextCode></ofd:TextObject>"#,
        text.chars().count()
    )
}

/// All parts of an OFD as one text.
pub(super) fn all(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut text = Vec::new();
            part.read_to_end(&mut text).expect("its bytes");
            format!("=== {}\n{}\n", part.name().expect("a name"), String::from_utf8_lossy(&text))
        })
        .collect()
}

#[test]
fn doc_ofd_not_opened() {
    let bytes = case("doc-ofd-not-opened/通知.ofd");
    let study = studied(&bytes);
    assert_eq!(study.pages, Some(2));
    assert_eq!(
        study.text.paragraphs,
        [
            "某市公安局文件",
            "关于开展学习教育的通知",
            "各党支部：学习教育分三个阶段，第一阶段三月八日开始。",
            "附件：学习计划表"
        ]
    );
    assert_eq!(
        study.faults,
        [MaterialFault::Comments { count: 1, authors: names(&["赵小明"]) }, PagedFault::Ofd.into()]
    );
    let clean = all(&published(&bytes));
    for gone in ["赵小明", "zhaoxiaoming", "Kylin", "WPS", "11.8", "2021-03-08", "0f1e2d3c"] {
        assert!(!clean.contains(gone), "{gone}: {clean}");
    }
    assert!(
        clean.contains("<ofd:Title>关于开展学习教育的通知</ofd:Title>")
            && clean.contains(r#"Creator="作者""#),
        "{clean}"
    );
}

#[test]
fn programs_write_names_and_places_differently() {
    let text = ["学习计划"];
    let plain = || KeyBuilder::page(&line(40, "学习计划"));
    assert_eq!(paragraphs(&plain().bytes()), text);
    let root = |to: &str| plain().replace("OFD.xml", "Doc_0/Document.xml", to).bytes();
    for target in
        ["/Doc_0/Document.xml", r"Doc_0\Document.xml", "./Doc_0/../Doc_0/Document.xml", "doc_0/DOCUMENT.xml"]
    {
        assert_eq!(paragraphs(&root(target)), text, "{target}");
    }
    // Another prefix, none, the other namespace, a mark at the beginning.
    let all_parts = |from: &str, to: &str| {
        let parts = plain();
        let changed =
            KeyBuilder(parts.0.iter().map(|(name, text)| (name.clone(), text.replace(from, to))).collect());
        published(&changed.bytes())
    };
    assert_eq!(paragraphs(&all_parts("ofd:", "")), text);
    assert_eq!(paragraphs(&all_parts("ofd", "o")), text);
    assert_eq!(paragraphs(&all_parts("http://www.ofdspec.org/2016", "http://www.ofdspec.org")), text);
    assert_eq!(paragraphs(&all_parts("<ofd:OFD", "\u{FEFF}<ofd:OFD")), text);
    // Characters one by one, distances in runs, places carried on, entities.
    let object = |codes: &str| {
        paragraphs(
            &KeyBuilder::page(&format!(
                r#"<ofd:TextObject Boundary="20 40 170 8" Size="5">{codes}</ofd:TextObject>"#
            ))
            .bytes(),
        )
    };
    assert_eq!(object(r#"<ofd:TextCode X="0" Y="6" DeltaX="g 2 5 5">学习计划</ofd:TextCode>"#), text);
    assert_eq!(
        object(
            r#"<ofd:TextCode X="0" Y="6" DeltaX="5">学习</ofd:TextCode><ofd:TextCode X="10" DeltaX="5">计划</ofd:TextCode>"#
        ),
        text
    );
    assert_eq!(
        object(
            r#"<ofd:TextCode X="0" Y="6" DeltaX="5">学习</ofd:TextCode><ofd:TextCode>计划</ofd:TextCode>"#
        ),
        text
    );
    assert_eq!(object("<ofd:TextCode>学&#x4E60;<![CDATA[计]]>划</ofd:TextCode>"), text);
    assert_eq!(object(r#"<ofd:TextCode X="0" Y="0" DeltaY="5 5 5">学习计划</ofd:TextCode>"#), text);
    let turned = r#"<ofd:TextObject Boundary="20 40 170 8" CTM="0.5 0 0 0.5 0 0" Size="10"><ofd:TextCode X="0" Y="12" DeltaX="g 3 10">学习计划</ofd:TextCode></ofd:TextObject>"#;
    assert_eq!(paragraphs(&KeyBuilder::page(turned).bytes()), text);
}

#[test]
fn templates_and_units_stand_where_they_are_drawn() {
    let mut parts = KeyBuilder::page(&line(80, "正文"));
    parts.replace("Doc_0/Document.xml", "</ofd:CommonData>", r#"<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="7" BaseLoc="T/a.xml" ZOrder="Foreground"/><ofd:TemplatePage ID="8" BaseLoc="T/b.xml"/></ofd:CommonData>"#);
    parts.replace(
        "Doc_0/Pages/Page_0/Content.xml",
        "<ofd:Content>",
        r#"<ofd:Template TemplateID="7"/><ofd:Template TemplateID="8"/><ofd:Content>"#,
    );
    parts.replace("Doc_0/Pages/Page_0/Content.xml", "</ofd:Layer>", r#"<ofd:CompositeObject ResourceID="9" Boundary="0 40 9 9"/><ofd:CompositeObject ResourceID="9" Boundary="0 80 9 9" Visible="false"/></ofd:Layer>"#);
    parts.set("Doc_0/T/a.xml", &content(&line(200, "落款")));
    parts.set("Doc_0/T/b.xml", &content(&line(20, "抬头")));
    parts.set("Doc_0/Res.xml", &format!(r#"<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>{}<ofd:CompositeObject ResourceID="9"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"#, line(60, "图中的字")));
    let read = paragraphs(&parts.bytes());
    assert_eq!(read[..3], ["抬头", "正文", "图中的字"]);
    assert_eq!(read.last().map(String::as_str), Some("落款"));
    published(&parts.bytes());
}

#[test]
fn what_no_reader_sees_is_reported_and_not_read() {
    let hidden = line(60, "看不见").replace("ID=\"3\"", "ID=\"3\" Visible=\"false\"");
    let outside = line(300, "纸外的字");
    let bytes = KeyBuilder::page(&format!("{}{hidden}{outside}", line(40, "学习"))).bytes();
    assert_eq!(read(&bytes), (names(&["学习"]), vec![PagedFault::Cropped { count: 4 }.into()]));
    let symbols = KeyBuilder::page(&line(40, "\u{E001}\u{E002}\u{E003}学")).bytes();
    assert_eq!(read(&symbols), (names(&["学"]), vec![PagedFault::Undecodable { percent: 75 }.into()]));
    assert_eq!(faults(&KeyBuilder::page("").bytes()), [MaterialFault::NoText]);
}

#[test]
fn signed_ofds_stay_as_they_are_and_locked_ones_are_refused() {
    let mut signed = KeyBuilder::page(&line(40, "学习"));
    signed.replace(
        "OFD.xml",
        "</ofd:DocRoot>",
        "</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>",
    );
    signed.set("Doc_0/Signs/Signatures.xml", r#"<ofd:Signatures><ofd:Signature ID="1"/></ofd:Signatures>"#);
    let study = studied(&signed.bytes());
    assert_eq!((study.copy, study.faults), (None, vec![MaterialFault::Signed, PagedFault::Ofd.into()]));
    // A list without a signature is no signature.
    signed.set("Doc_0/Signs/Signatures.xml", "<ofd:Signatures/>");
    assert!(!all(&published(&signed.bytes())).contains("Signatures"));
    let mut locked = KeyBuilder::page(&line(40, "学习"));
    locked.set("Encryptions.xml", "<x/>");
    assert_eq!(studied(&locked.bytes()).faults, [MaterialFault::Encrypted]);
    assert_eq!(studied(&zip(&[("x.xml", b"<x/>")])).faults, [MaterialFault::Damaged]);
    let mut pageless = KeyBuilder::page("");
    pageless.replace("Doc_0/Document.xml", "<ofd:Page ", "<ofd:Other ");
    assert_eq!(studied(&pageless.bytes()).faults, [MaterialFault::Damaged]);
}

#[test]
fn remarks_attachments_and_links_are_reported() {
    let attached = |name: &str, bytes: &str| {
        let mut parts = KeyBuilder::page(&line(40, "学习"));
        parts.replace(
            "Doc_0/Document.xml",
            "</ofd:Document>",
            "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>",
        );
        parts.set("Doc_0/Attachs/Attachments.xml", &format!(r#"<ofd:Attachments><ofd:Attachment ID="1" Name="{name}"><ofd:FileLoc>file_1</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"#));
        parts.set("Doc_0/Attachs/file_1", bytes);
        faults(&parts.bytes())
    };
    assert_eq!(attached("名单.txt", "x"), [MaterialFault::Enclosed { count: 1 }]);
    assert_eq!(attached("安装.exe", "x"), [MaterialFault::Program { name: "安装.exe".to_owned() }]);
    let program = format!("MZ{}", "\0".repeat(80));
    assert_eq!(attached("名单.txt", &program), [MaterialFault::Program { name: "file_1".to_owned() }]);
    let annotated = |kind: &str| {
        let mut parts = KeyBuilder::page(&line(40, "学习"));
        parts.replace(
            "Doc_0/Document.xml",
            "</ofd:Document>",
            "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>",
        );
        parts.set("Doc_0/Annots/Annotations.xml", r#"<ofd:Annotations><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"#);
        parts.set("Doc_0/Annots/Page_0/Annotation.xml", &format!(r#"<ofd:PageAnnot><ofd:Annot ID="1" Type="{kind}" Creator="张三"><ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI="file:///home/zhangsan/%E8%A1%A8.et"/></ofd:Action></ofd:Actions></ofd:Annot></ofd:PageAnnot>"#));
        parts.bytes()
    };
    let link = MaterialFault::from(PagedFault::LocalLinks { names: names(&["表.et"]) });
    assert_eq!(
        faults(&annotated("Text")),
        [MaterialFault::Comments { count: 1, authors: names(&["张三"]) }, link.clone()]
    );
    assert_eq!(faults(&annotated("Link")), [link]);
    let clean = all(&published(&annotated("Link")));
    assert!(
        clean.contains(r#"URI="表.et""#) && !clean.contains("zhangsan") && !clean.contains("张三"),
        "{clean}"
    );
}

#[test]
fn ofds_that_are_made_to_harm_are_refused() {
    let mut endless = KeyBuilder::page("");
    let units: String = (0..40).map(|n| format!(r#"<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit>"#, format!(r#"<ofd:CompositeObject ResourceID="{}"/>"#, n + 1).repeat(20))).collect();
    endless.replace(
        "Doc_0/Document.xml",
        "</ofd:CommonData>",
        "<ofd:PublicRes>Res.xml</ofd:PublicRes></ofd:CommonData>",
    );
    endless.set("Doc_0/Res.xml", &format!("<ofd:Res>{units}</ofd:Res>"));
    endless.set("Doc_0/Pages/Page_0/Content.xml", &content(r#"<ofd:CompositeObject ResourceID="0"/>"#));
    assert_eq!(studied(&endless.bytes()).faults, [MaterialFault::Bomb]);
    let entities = KeyBuilder::page("")
        .set("OFD.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><ofd:OFD>&a;</ofd:OFD>")
        .bytes();
    assert_eq!(studied(&entities).faults, [MaterialFault::Damaged]);
    let huge =
        line(40, "学").replace("g 1 5", "g 99999999999 5 g 4000000000 1").replace("X=\"0\"", "X=\"1e300\"");
    assert_eq!(paragraphs(&KeyBuilder::page(&huge).bytes()), ["学"]);
    let deep = KeyBuilder::page(&"<ofd:PageBlock>".repeat(200_000)).bytes();
    assert_eq!(studied(&deep).faults, [MaterialFault::Damaged]);
}

proptest! {
    #![proptest_config(crate::property::cases(128))]

    /// Whatever stands in the parts of an OFD.
    #[test]
    fn no_ofd_panics(part in 0_usize..4, at in 0_usize..600, byte in any::<u8>(), more in "\\PC{0,24}", cut in 0_usize..4_000) {
        let mut parts = KeyBuilder::page(&line(40, "学习教育"));
        parts.replace("OFD.xml", "</ofd:DocRoot>", "</ofd:DocRoot><ofd:Signatures>x</ofd:Signatures>");
        let name = ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "x"][part];
        let mut text = parts.0.get(name).cloned().unwrap_or_default().into_bytes();
        let at = at.min(text.len());
        text.splice(at..at, more.bytes());
        if let Some(place) = text.get_mut(at / 2) {
            *place = byte;
        }
        parts.set(name, &String::from_utf8_lossy(&text));
        let mut bytes = parts.bytes();
        prop_assert_eq!(studied(&bytes), studied(&bytes));
        bytes.truncate(cut);
        let _ = studied(&bytes);
    }
}
