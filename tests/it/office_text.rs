//! The text of office documents as people see it, and what of it is hidden.

use std::sync::Arc;

use zhuanlan::diagnostic::MaterialFault;
use zhuanlan::material::{Inspection, examine};

use crate::documents::package;

/// A Word document with this body, and further parts after lines `--- name`;
/// relationships of its body are `kind target` in `rels`.
fn word(body: &str, rels: &[(&str, &str)], more: &str) -> Inspection {
    let rels: String = rels
        .iter()
        .enumerate()
        .map(|(at, (kind, target))| {
            format!(r#"<Relationship Id="rId{}" Type="http://x/{kind}" Target="{target}"/>"#, at + 1)
        })
        .collect();
    let text = format!(
        "--- _rels/.rels\n<Relationships><Relationship Id=\"rId1\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://x/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>\n\
         --- word/document.xml\n<w:document><w:body>{body}</w:body></w:document>\n\
         --- word/_rels/document.xml.rels\n<Relationships>{rels}</Relationships>\n{more}"
    );
    examine("docx", &Arc::from(package(&text)))
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn automatic_numbers_stand_before_their_paragraphs() {
    let numbering = r#"--- word/numbering.xml
<w:numbering>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>
--- word/styles.xml
<w:styles><w:style w:type="paragraph" w:styleId="条"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="款"><w:basedOn w:val="条"/></w:style></w:styles>
"#;
    let list = |list: u32, level: u32| {
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#)
    };
    let body = [
        paragraph(&list(1, 0), "提高认识"),
        paragraph(&list(1, 1), "集中学习"),
        paragraph(&list(1, 1), "分组讨论"),
        paragraph(&list(1, 2), "每周两次"),
        paragraph(&list(1, 0), "查摆问题"),
        paragraph(&list(1, 1), "对照检查"),
        paragraph(r#"<w:pStyle w:val="条"/>"#, "总则"),
        paragraph(r#"<w:pStyle w:val="款"/>"#, "职责"),
        paragraph(&format!(r#"<w:pStyle w:val="条"/>{}"#, list(0, 0)), "没有号"),
        paragraph(&list(3, 0), "圆点"),
        paragraph(&list(4, 0), "重新开始"),
        paragraph(&list(4, 0), "再来"),
    ]
    .concat();
    let study = word(&body, &[("numbering", "numbering.xml"), ("styles", "styles.xml")], numbering);
    assert_eq!(
        study.text.paragraphs,
        [
            "一、提高认识",
            "（一）集中学习",
            "（二）分组讨论",
            "1.2.1 每周两次",
            "二、查摆问题",
            "（一）对照检查",
            "第3条 总则",
            "第4条 职责",
            "没有号",
            "圆点",
            "一、重新开始",
            "二、再来",
        ]
    );
}

#[test]
fn what_word_hides_by_any_means_is_hidden() {
    let styles = r#"--- word/styles.xml
<w:styles><w:style w:type="character" w:styleId="藏"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="子"><w:basedOn w:val="藏"/></w:style><w:style w:type="paragraph" w:styleId="段"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>
"#;
    let run = |properties: &str, text: &str| {
        format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    let check = |body: &str, hidden: u32, seen: &[&str]| {
        let study = word(body, &[("styles", "styles.xml")], styles);
        let faults: Vec<MaterialFault> =
            (hidden > 0).then_some(MaterialFault::HiddenText { count: hidden }).into_iter().collect();
        assert_eq!(
            (study.faults, study.text.paragraphs.as_slice()),
            (faults, seen.map_to_owned().as_slice()),
            "{body}"
        );
    };
    check(&run(r#"<w:rStyle w:val="子"/>"#, "看不见"), 3, &[]);
    check(&run(r#"<w:rStyle w:val="子"/><w:vanish w:val="0"/>"#, "看得见"), 0, &["看得见"]);
    check(&paragraph(r#"<w:pStyle w:val="段"/>"#, "看不见"), 3, &[]);
    // A property that each turns over.
    let both = r#"<w:p><w:pPr><w:pStyle w:val="段"/></w:pPr><w:r><w:rPr><w:rStyle w:val="藏"/></w:rPr><w:t>看得见</w:t></w:r></w:p>"#;
    check(both, 0, &["看得见"]);
    // What it was before a change.
    check(
        &run(r#"<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>"#, "看得见"),
        0,
        &["看得见"],
    );
    let row = format!(
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("", "看不见"),
        paragraph("", "看得见")
    );
    check(&row, 3, &["看得见"]);
    let shape = format!(
        r#"<w:p><w:r><wp:anchor><wp:docPr id="1" hidden="1"/><w:txbxContent>{}</w:txbxContent></wp:anchor></w:r><w:r><w:t>看得见</w:t></w:r></w:p>"#,
        paragraph("", "看不见")
    );
    check(&shape, 3, &["看得见"]);
}

/// `&[&str]` as strings.
trait MapToOwned {
    fn map_to_owned(&self) -> Vec<String>;
}

impl MapToOwned for &[&str] {
    fn map_to_owned(&self) -> Vec<String> {
        self.iter().map(|text| (*text).to_owned()).collect()
    }
}

#[test]
fn pages_are_known_where_the_counts_fit_the_text() {
    let check = |app: &str, body: &str, expected: Option<u32>| {
        let more = format!("--- docProps/app.xml\n<Properties>{app}</Properties>\n");
        assert_eq!(word(body, &[], &more).pages, expected, "{app}");
    };
    let text = paragraph("", &"字".repeat(100)).repeat(10);
    check("<Pages>2</Pages><Characters>1000</Characters>", &text, Some(2));
    check("<Pages>2</Pages><Characters>900</Characters>", &text, Some(2));
    check("<Pages>1</Pages><Characters>0</Characters>", &text, None);
    check("<Pages>1</Pages>", &text, None);
    check("<Pages>1</Pages><Characters>100</Characters>", &text, None);
    let broken = format!("{text}<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    check("<Pages>1</Pages><Characters>1000</Characters>", &broken, None);
    check("<Pages>2</Pages><Characters>1000</Characters>", &broken, Some(2));
}

#[test]
fn charts_and_diagrams_are_read_where_they_are_shown() {
    let parts = r#"--- word/charts/chart1.xml
<c:chartSpace><c:title><a:p><a:r><a:t>参学人数</a:t></a:r></a:p></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>人数</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strCache><c:pt idx="0"><c:v>三月</c:v></c:pt><c:pt idx="1"><c:v>四月</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt idx="0"><c:v>86</c:v></c:pt></c:numCache></c:val></c:ser></c:chartSpace>
--- word/diagrams/data1.xml
<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>学习</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>查摆</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>
"#;
    let body = format!(
        "{}<w:p><w:r><c:chart r:id=\"rId1\"/></w:r></w:p><w:p><w:r><dgm:relIds r:dm=\"rId2\"/></w:r></w:p>{}",
        paragraph("", "上"),
        paragraph("", "下")
    );
    let rels = [("chart", "charts/chart1.xml"), ("diagramData", "diagrams/data1.xml")];
    let study = word(&body, &rels, parts);
    assert_eq!(study.text.paragraphs, ["上", "参学人数", "人数", "三月", "四月", "学习", "查摆", "下"]);
}

#[test]
fn the_header_of_a_page_of_notes_is_no_note() {
    let slide = |text: &str| format!("<p:sld><p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp></p:sld>");
    let notes = r#"<p:notes><p:sp><p:nvSpPr><p:cNvPr id="1"/><p:nvPr><p:ph type="hdr"/></p:nvPr></p:nvSpPr><a:p><a:r><a:t>某局</a:t></a:r></a:p></p:sp><p:sp><p:nvSpPr><p:cNvPr id="2"/><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><a:p/></p:sp></p:notes>"#;
    let hidden = r#"<p:sp><p:nvSpPr><p:cNvPr id="9" hidden="1"/></p:nvSpPr><a:p><a:r><a:t>看不见</a:t></a:r></a:p></p:sp></p:sld>"#;
    let text = format!(
        r#"--- _rels/.rels
<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="ppt/presentation.xml"/></Relationships>
--- ppt/presentation.xml
<p:presentation><p:sldId r:id="rId1"/></p:presentation>
--- ppt/_rels/presentation.xml.rels
<Relationships><Relationship Id="rId1" Type="http://x/slide" Target="slides/slide1.xml"/></Relationships>
--- ppt/slides/slide1.xml
{}
--- ppt/slides/_rels/slide1.xml.rels
<Relationships><Relationship Id="rId1" Type="http://x/notesSlide" Target="../notesSlides/n.xml"/></Relationships>
--- ppt/notesSlides/n.xml
{notes}
"#,
        slide("看得见").replace("</p:sld>", hidden)
    );
    let study = examine("pptx", &Arc::from(package(&text)));
    assert_eq!(study.text.paragraphs, ["看得见"]);
    assert_eq!(study.faults, [MaterialFault::HiddenText { count: 3 }]);
}

#[test]
fn what_opendocument_folds_away_is_hidden() {
    let check = |body: &str, expected: &[&str], fault: Option<MaterialFault>| {
        let text = format!(
            "--- mimetype\napplication/vnd.oasis.opendocument.spreadsheet\n\
             --- styles.xml\n<office:document-styles><style:style style:name=\"藏\"><style:text-properties text:display=\"none\"/></style:style></office:document-styles>\n\
             --- content.xml\n<office:document-content><style:style style:name=\"子\" style:parent-style-name=\"藏\"/>{body}</office:document-content>\n"
        );
        let study = examine("ods", &Arc::from(package(&text)));
        assert_eq!(
            (study.text.paragraphs.clone(), study.faults),
            (expected.map_to_owned(), fault.into_iter().collect()),
            "{body}"
        );
    };
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &[&str]| {
        format!(
            "<table:table-row>{}</table:table-row>",
            cells.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let sheet = |inner: &str| format!(r#"<table:table table:name="表">{inner}</table:table>"#);
    let cells = || Some(MaterialFault::HiddenCells { sheets: vec!["表".to_owned()] });
    check(
        &sheet(&format!(
            r#"<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>{}"#,
            row(&["甲", "乙", "丙"])
        )),
        &["甲\t乙"],
        cells(),
    );
    check(
        &sheet(&format!(
            r#"<table:table-column-group table:display="false"><table:table-column/></table:table-column-group>{}"#,
            row(&["甲", "乙"])
        )),
        &["乙"],
        cells(),
    );
    check(
        &sheet(&format!(
            r#"<table:table-row-group table:display="false">{}</table:table-row-group>{}"#,
            row(&["甲"]),
            row(&["乙"])
        )),
        &["乙"],
        cells(),
    );
    check(
        r#"<text:section text:display="none"><text:p>看不见</text:p></text:section><text:p text:style-name="子">藏</text:p><text:p>看得见</text:p>"#,
        &["看得见"],
        Some(MaterialFault::HiddenText { count: 4 }),
    );
    check(
        &sheet(&format!(
            r#"<table:table-source xlink:href="file:///home/x/底稿.ods"/>{}"#,
            row(&["别处的数"])
        )),
        &[],
        Some(MaterialFault::StoredData { names: vec!["底稿.ods".to_owned()] }),
    );
}

#[test]
fn a_long_table_is_read_and_cleaned_piece_by_piece() {
    let cell = |text: &str| format!(r#"<row r="1"><c t="inlineStr"><is><t>{text}</t></is></c></row>"#);
    let long = cell(&"字".repeat(20_000)).repeat(900);
    assert!(long.len() > 50 << 20);
    let text = format!(
        r#"--- _rels/.rels
<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>
--- xl/workbook.xml
<workbook><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>
--- xl/_rels/workbook.xml.rels
<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
--- xl/worksheets/sheet1.xml
<worksheet><sheetData>{long}</sheetData><scenarios><scenario user="赵小明"/></scenarios></worksheet>
"#
    );
    let bytes = package(&text);
    let study = examine("xlsx", &Arc::from(bytes));
    assert_eq!(study.faults, []);
    assert!(study.copy.is_some_and(|copy| copy.len < 1 << 20));
}

#[test]
fn a_template_may_have_styles_alone() {
    let part = |name: &str, xml: &str| format!("--- {name}\n{xml}\n");
    let check = |parts: &str, expected: &[MaterialFault]| {
        let text = format!("--- mimetype\napplication/vnd.oasis.opendocument.text-template\n{parts}");
        let study = examine("ott", &Arc::from(package(&text)));
        assert_eq!((study.faults.as_slice(), study.text.paragraphs.len()), (expected, 0), "{parts}");
    };
    check(&part("styles.xml", "<office:document-styles/>"), &[]);
    check(&part("meta.xml", "<office:document-meta/>"), &[MaterialFault::Damaged]);
}

#[test]
fn a_character_that_no_xml_holds_is_damage() {
    let study = word(&paragraph("", "学\u{1}习"), &[], "");
    assert_eq!(study.faults, [MaterialFault::Damaged]);
}
