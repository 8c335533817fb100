//! PDFs.

use lopdf::{Document, Object};
use zhuanlan::diagnostic::{MaterialFault, PagedFault};
use zhuanlan::material::TextState;

use super::{case, faults, names, paragraphs, published, read, studied};
use crate::documents::{self, PDF};

/// All that stands in a PDF's objects, streams unpacked.
pub(super) fn all(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut text = format!("{:?}", document.trailer);
    for (id, object) in &document.objects {
        text += &format!("\n{id:?} {}", shown(object));
    }
    text
}

/// An object with its strings as people read them.
fn shown(object: &Object) -> String {
    match object {
        Object::String(bytes, _) => match bytes.as_slice() {
            [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
            bytes => String::from_utf8_lossy(bytes).into_owned(),
        },
        Object::Array(items) => items.iter().map(|item| shown(item) + " ").collect(),
        Object::Dictionary(entries) => dictionary(entries),
        Object::Stream(stream) => {
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            dictionary(&stream.dict) + &String::from_utf8_lossy(&content)
        }
        other => format!("{other:?}"),
    }
}

fn dictionary(entries: &lopdf::Dictionary) -> String {
    entries
        .iter()
        .map(|(key, value)| format!("/{} {} ", String::from_utf8_lossy(key), shown(value)))
        .collect()
}

/// [`PDF`] with more in its catalog and its page, and more objects from 6 on.
fn with(catalog: &str, page: &str, objects: &str) -> Vec<u8> {
    let text = PDF
        .replace("/Pages 2 0 R", &format!("/Pages 2 0 R{catalog}"))
        .replace("/Parent 2 0 R", &format!("/Parent 2 0 R{page}"));
    documents::pdf(&(text + objects))
}

const PLAN: [&str; 2] = ["学习教育阶段安排", "第一周：动员部署，集中学习。第二周：分组讨论，每人发言。"];

#[test]
fn doc_pdf_cropped_text_previewed() {
    let bytes = case("doc-pdf-cropped-text-previewed/学习计划.pdf");
    assert_eq!(read(&bytes), (names(&PLAN), vec![PagedFault::Cropped { count: 11 }.into()]));
}

#[test]
fn a_line_longer_than_its_page_was_not_cropped() {
    let line = |shown: &str| {
        let content = format!("BT /F 12 Tf 20 100 Td ({shown}) Tj ET");
        documents::pdf(
            &PDF.replace("/Length 33", &format!("/Length {}", content.len()))
                .replace("BT /F 12 Tf 20 100 Td (text) Tj ET", &content),
        )
    };
    // Word by word, as TeX writes them.
    assert_eq!(faults(&line(&"mmmm) Tj 12 0 Td (".repeat(12).replace("12 0", "40 0"))), []);
    assert_eq!(faults(&line(&"m".repeat(60))), []);
    // What stands apart was put there.
    assert_eq!(faults(&line("text) Tj 0 200 Td (aside")), [PagedFault::Cropped { count: 5 }.into()]);
    assert_eq!(faults(&line("text) Tj 500 0 Td (aside")), [PagedFault::Cropped { count: 5 }.into()]);
}

#[test]
fn doc_pdf_embedded_cid_no_tounicode() {
    for file in
        ["通知-GBK-EUC-H", "通知-UniGB-UCS2-H", "通知-Identity-H-GB1", "对照-有ToUnicode", "对照-字体未嵌入"]
    {
        let bytes = case(&format!("doc-pdf-embedded-cid-no-tounicode/{file}.pdf"));
        assert_eq!(read(&bytes), (names(&["学习教育阶段安排"]), vec![]), "{file}");
        // What readers get is as it was: their programs know the collection.
        assert_eq!(all(&published(&bytes)).contains("ToUnicode"), file == "对照-有ToUnicode", "{file}");
    }
}

#[test]
fn doc_pdf_figure_keeps_its_author() {
    let clean = all(&published(&case("doc-pdf-figure-keeps-its-author/学习计划.pdf")));
    for gone in ["PTEX", "赵小明", "Visio"] {
        assert!(!clean.contains(gone), "{gone}: {clean}");
    }
}

#[test]
fn doc_pdf_link_to_local_path() {
    let bytes = case("doc-pdf-link-to-local-path/学习计划.pdf");
    assert_eq!(faults(&bytes), [PagedFault::LocalLinks { names: names(&["签到表.xlsx"]) }.into()]);
    let clean = all(&published(&bytes));
    assert!(clean.contains("/URI 签到表.xlsx") && !clean.contains("zhaoxiaoming"), "{clean}");
}

#[test]
fn doc_pdf_overprinted_text_twice() {
    let whole = paragraphs(&case("doc-pdf-overprinted-text-twice/学习计划-整行.pdf"));
    assert_eq!(whole, ["学习教育阶段安排", "第一周：动员部署。"]);
    assert_eq!(paragraphs(&case("doc-pdf-overprinted-text-twice/学习计划-逐字.pdf")), ["学习教育阶段安排"]);
}

#[test]
fn doc_pdf_partly_undecodable_says_nothing() {
    // Its collection says what its codes are.
    let bytes = case("doc-pdf-partly-undecodable-says-nothing/通知.pdf");
    assert_eq!(read(&bytes), (names(&["2021 No.5", &"学习教育阶段安排".repeat(12)]), vec![]));
    // Without a collection that anybody knows nothing is.
    let unknown = lopdf_edit(&bytes, |object| {
        if let Ok(font) = object.as_dict_mut()
            && font.has(b"Encoding")
        {
            font.set("Encoding", "Identity-H");
        }
        if let Ok(info) =
            object.as_dict_mut().and_then(|font| font.get_mut(b"CIDSystemInfo")).and_then(Object::as_dict_mut)
        {
            info.set("Ordering", Object::string_literal("Unknown"));
        }
    });
    assert_eq!(read(&unknown), (names(&["2021 No.5"]), vec![PagedFault::Undecodable { percent: 92 }.into()]));
}

/// A PDF with each object changed.
fn lopdf_edit(bytes: &[u8], change: impl FnMut(&mut Object)) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).expect("a PDF");
    document.objects.values_mut().for_each(change);
    let mut out = Vec::new();
    document.save_to(&mut out).expect("a PDF");
    out
}

#[test]
fn doc_pdf_permissions_called_password() {
    let bytes = case("doc-pdf-permissions-called-password/学习计划.pdf");
    assert_eq!(read(&bytes), (names(&PLAN), vec![PagedFault::Restricted.into()]));
    let clean = published(&bytes);
    assert!(!Document::load_mem(&clean).expect("a PDF").was_encrypted());
    assert_eq!(faults(&clean), []);
}

#[test]
fn doc_pdf_pixels_taken_for_brackets() {
    let bytes = case("doc-pdf-pixels-taken-for-brackets/学习计划.pdf");
    assert_eq!(read(&bytes), (names(&PLAN), vec![]));
    published(&bytes);
}

#[test]
fn doc_pdf_title_is_a_file_name() {
    for file in ["ppt", "unix", "url"] {
        let clean = all(&published(&case(&format!("doc-pdf-title-is-a-file-name/学习计划-{file}.pdf"))));
        assert!(!clean.contains("/Title") && !clean.contains("/Info"), "{file}: {clean}");
    }
}

#[test]
fn dictionaries_in_dictionaries_without_end_are_refused() {
    let deep = "<</A ".repeat(100_000) + &">>".repeat(100_000);
    let bytes = with("/Deep 6 0 R", "", &format!("6 0 obj {deep} endobj\n"));
    // Whatever is made of it, it takes no time, and what is published has nothing of it.
    assert_eq!(paragraphs(&bytes), ["text"]);
    assert!(published(&bytes).len() < 2_000);
}

#[test]
fn text_of_hidden_layers_is_reported_and_not_read() {
    let layers = |state: &str| {
        let text = PDF
            .replace("/Pages 2 0 R", &format!("/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<{state}>>>>"))
            .replace("/Resources<<", "/Resources<</Properties<</L 6 0 R>>")
            .replace("/Length 33", "/Length 76")
            .replace("(text) Tj ET", "(text) Tj ET /OC /L BDC BT /F 12 Tf 20 50 Td (secret) Tj ET EMC");
        documents::pdf(
            &(text + "6 0 obj <</Type/OCG/Name(L)/Usage<</CreatorInfo<</Creator(zhangsan)>>>>>> endobj\n"),
        )
    };
    assert_eq!(paragraphs(&layers("")).concat(), "textsecret");
    for state in ["/OFF[6 0 R]", "/BaseState/OFF"] {
        let hidden = vec![PagedFault::HiddenLayers { count: 6 }.into()];
        assert_eq!(read(&layers(state)), (names(&["text"]), hidden), "{state}");
    }
    let clean = all(&published(&layers("/Creator(zhangsan)")));
    assert!(!clean.contains("zhangsan") && clean.contains("OCProperties"), "{clean}");
}

#[test]
fn a_link_that_opens_a_file_is_no_program_that_runs_on_opening() {
    let link = |action: &str| {
        with("", &format!("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<<{action}>>>>]"), "")
    };
    let document = link("/S/Launch/F(/C/Users/zhangsan/plan.docx)");
    assert_eq!(faults(&document), [PagedFault::LocalLinks { names: names(&["plan.docx"]) }.into()]);
    let clean = all(&published(&document));
    assert!(
        clean.contains("/URI plan.docx") && !clean.contains("Launch") && !clean.contains("zhangsan"),
        "{clean}"
    );
    let starts = |name: &str| [PagedFault::StartsProgram { name: name.to_owned() }.into()];
    assert_eq!(faults(&link("/S/Launch/F(setup.exe)")), starts("setup.exe"));
    assert_eq!(faults(&link("/S/Launch/Win<</F(cmd)/P(/c calc)>>")), starts("cmd"));
    assert_eq!(faults(&link("/S/JavaScript/JS(app.alert)")), [MaterialFault::Script]);
    assert_eq!(faults(&link("/S/URI/URI(https://example.org/a)")), []);
    assert_eq!(faults(&with("/OpenAction<</S/Launch/F(a.docx)>>", "", "")), [MaterialFault::Script]);
    assert_eq!(faults(&with("", "/AA<</O<</S/Launch/F(a.docx)>>>>", "")), [MaterialFault::Script]);
}

#[test]
fn a_page_that_was_deleted_is_not_published() {
    let bytes = with(
        "/Dests<</old[6 0 R/Fit]>>",
        "",
        "6 0 obj <</Type/Page/MediaBox[0 0 9 9]/Contents 7 0 R>> endobj\n7 0 obj <</Length 12>> stream\n(zhangsan) Tj\nendstream endobj\n",
    );
    assert!(!all(&published(&bytes)).contains("zhangsan"));
}

#[test]
fn forms_of_xfa_lose_what_the_form_was_made_from() {
    let form = |more: &str| {
        let text = "6 0 obj <</Fields[]/XFA 7 0 R>> endobj\n7 0 obj <</Length 8>> stream\nzhangsan\nendstream endobj\n";
        with(&format!("/AcroForm 6 0 R{more}"), "", text)
    };
    assert_eq!(faults(&form("")), []);
    assert!(!all(&published(&form(""))).contains("zhangsan"));
    assert_eq!(faults(&form("/NeedsRendering true")), [PagedFault::DynamicForm.into()]);
}

#[test]
fn glyphs_named_after_their_codes_are_read() {
    let font = |names: &str| {
        let text = PDF.replace(
            "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n",
            &format!("5 0 obj <</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[0.01 0 0 0.01 0 0]/FirstChar 101/LastChar 120/Widths[{}]/Encoding<</Differences[{names}]>>/CharProcs<<>>>> endobj\n", "50 ".repeat(20)),
        );
        documents::pdf(&text)
    };
    assert_eq!(paragraphs(&font("101/a101 116/a116 120/a120")), ["text"]);
    let unknown = studied(&font("101/x1 116/y7 120/z9"));
    assert_eq!(unknown.faults, [PagedFault::Undecodable { percent: 100 }.into()]);
    assert_eq!(unknown.text.state, TextState::Pictures);
}
