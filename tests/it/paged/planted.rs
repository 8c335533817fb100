//! A name planted in every place of a PDF and an OFD where one was ever found:
//! none of them is published but those that a reader sees.

use std::fmt::Write as _;

use zhuanlan::diagnostic::MaterialFault;

use super::ofd::{self, KeyBuilder, line};
use super::{pdf, published, read};
use crate::documents;

/// The names that a text has of those that were planted: `zhang01` …
fn found(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    (0..100).map(|n| format!("zhang{n:02}")).filter(|name| text.contains(name)).collect()
}

/// Numbers the names: each `@` becomes the next one.
fn planted(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut count = 0;
    for (at, part) in text.split('@').enumerate() {
        if at > 0 {
            let _ = write!(out, "zhang{:02}", at - 1);
            count = at;
        }
        out.push_str(part);
    }
    (out, count)
}

#[test]
fn no_name_planted_in_a_pdf_is_published() {
    let xmp = |name: &str| {
        format!("<</Type/Metadata/Subtype/XML/Length {}>> stream\n{name}\nendstream", name.len())
    };
    let text = format!(
        "1 0 obj <</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/PieceInfo<</App<</Private(@)>>>>/SpiderInfo<</C(@)>>/Legal<</A(@)>>/URI<</Base(file:///home/@/)>>/Threads[<</I<</Author(@)>>>>]/OCProperties<</OCGs[9 0 R]/D<</Creator(@)/Order[9 0 R]>>>>/MarkInfo<</Marked true/By(@)>>/AcroForm<</Fields[14 0 R]/XFA[(t) 10 0 R]/By(@)>>/Outlines 12 0 R/StructTreeRoot 13 0 R/Names<</EmbeddedFiles<</Names[(C:\\\\@\\\\a.txt) 11 0 R]>>/URLS<</Names[(http://x) <</By(@)>>]>>>>/ViewerPreferences<</By(@)>>/MyKey(@)/Extensions<</ADBE<</By(@)>>>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/By(@)>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R/I 8 0 R>>/Properties<</L 9 0 R/M<</MCID 0/By(@)>>>>>>/Metadata 6 0 R/PieceInfo<</A<</Private(@)>>>>/LastModified(D:@)/AA<<>>/B[<</T<</I<</Author(@)>>>>>>]/By(@)/VP[<</Name(@)>>]/Annots[15 0 R 16 0 R 17 0 R 18 0 R 19 0 R]>> endobj
4 0 obj <</Length 47/By(@)>> stream
BT /F 12 Tf 20 100 Td (text) Tj ET /X Do /I Do 
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/By(@)/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/Flags 32/By(@)>>>> endobj
6 0 obj {} endobj
7 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 3/PTEX.FileName(/home/@/a.pdf)/PTEX.InfoDict<</Author(@)>>/PieceInfo<</A<</Private(@)>>>>/LastModified(@)/OPI<</2.0<</F(@)>>>>/Ref<</F(@)>>/Metadata 6 0 R/By(@)/Group<</S/Transparency/By(@)>>>> stream
q Q
endstream endobj
8 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1/ID(@)/Alternates[<</By(@)>>]/OPI<</1.3<</F(@)>>>>/Metadata 6 0 R/By(@)>> stream
x
endstream endobj
9 0 obj <</Type/OCG/Name(Layer)/Usage<</CreatorInfo<</Creator(@)>>/User<</Type/Ind/Name(@)>>>>/By(@)>> endobj
10 0 obj <</Length 7>> stream
@
endstream endobj
11 0 obj <</Type/Filespec/F(C:\\\\@\\\\a.txt)/UF(C:\\\\@\\\\a.txt)/DOS(@)/ID[(@) (@)]/By(@)/EF<</F 20 0 R>>>> endobj
12 0 obj <</Type/Outlines/First 21 0 R/Last 21 0 R/By(@)>> endobj
13 0 obj <</Type/StructTreeRoot/K<</S/Figure/P 13 0 R/Alt(/home/@/a.png)/T(@)/By(@)/A<</O/UserProperties/P[<</N(@)/V(@)>>]>>>>>> endobj
14 0 obj <</FT/Tx/T(Field)/By(@)>> endobj
15 0 obj <</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(file:///C:/Users/@/a.doc)/By(@)>>>> endobj
16 0 obj <</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/T(@)/Subj(@)/CreationDate(D:@)/M(D:@)/NM(@)/By(@)/ExData<</By(@)>>>> endobj
17 0 obj <</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F<</F(/home/@/b.doc)>>/Win<</F(C:\\\\@\\\\b.doc)/D(C:\\\\@)>>>>>> endobj
18 0 obj <</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(//server/@/c.pdf)/D[0/Fit]>>>> endobj
19 0 obj <</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[22 0 R/Fit]/Measure<</R(@)>>>> endobj
20 0 obj <</Type/EmbeddedFile/Length 1/Params<</Size 1/CreationDate(D:@)/Mac<</By(@)>>>>/By(@)>> stream
x
endstream endobj
21 0 obj <</Title(Part)/Parent 12 0 R/Dest[3 0 R/Fit]/By(@)>> endobj
22 0 obj <</Type/Page/MediaBox[0 0 9 9]/Contents 23 0 R/By(@)>> endobj
23 0 obj <</Length 12>> stream
(@) Tj
endstream endobj
24 0 obj <</Title(Microsoft Word - @.doc)/Author(@)/Subject(@)/Keywords(@)/Creator(@)/Producer(@)/CreationDate(D:@)/ModDate(D:@)/Company(@)/SourceModified(D:@)>> endobj
%trailer /Info 24 0 R/ID[(@)(@)]/DocChecksum(@)
",
        xmp("@")
    );
    let (text, count) = planted(&text);
    assert!(count >= 60, "{count}");
    let bytes = documents::pdf(&text.replace("/Length 12>> stream\n(", "/Length 14>> stream\n("));
    let (paragraphs, faults) = read(&bytes);
    assert_eq!(paragraphs, ["text"]);
    assert!(faults.contains(&MaterialFault::Enclosed { count: 1 }), "{faults:?}");
    let clean = published(&bytes);
    assert_eq!(found(&pdf::all(&clean)), [""; 0], "{}", pdf::all(&clean));
    assert_eq!(found(&String::from_utf8_lossy(&clean)), [""; 0]);
    for kept in ["/URI a.doc", "/URI b.doc", "/F c.pdf", "/Title Part", "Layer", "Field"] {
        assert!(pdf::all(&clean).contains(kept), "{kept}: {}", pdf::all(&clean));
    }
}

#[test]
fn no_name_planted_in_an_ofd_is_published() {
    let number = std::cell::Cell::new(0);
    let plant = |text: &str| {
        let mut out = String::new();
        for (at, part) in text.split('@').enumerate() {
            if at > 0 {
                let _ = write!(out, "zhang{:02}", number.get());
                number.set(number.get() + 1);
            }
            out.push_str(part);
        }
        out
    };
    let mut parts = KeyBuilder::page(&line(40, "学习"));
    parts.set("OFD.xml", &plant(r#"<?xml version="1.0"?><!-- @ --><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.1" By="@"><ofd:DocBody By="@"><ofd:DocInfo><ofd:DocID>@</ofd:DocID><ofd:Title>D:\@\通知.docx</ofd:Title><ofd:Author>@</ofd:Author><ofd:Subject>@</ofd:Subject><ofd:Abstract>@</ofd:Abstract><ofd:CreationDate>@</ofd:CreationDate><ofd:ModDate>@</ofd:ModDate><ofd:Cover>@.png</ofd:Cover><ofd:Keywords><ofd:Keyword>@</ofd:Keyword></ofd:Keywords><ofd:Creator>@</ofd:Creator><ofd:CreatorVersion>@</ofd:CreatorVersion><ofd:CustomDatas><ofd:CustomData Name="user.name">@</ofd:CustomData><ofd:CustomData Name="@">x</ofd:CustomData></ofd:CustomDatas><ofd:Mine>@</ofd:Mine>@</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="Doc_0/Versions/V1.xml" Name="@"/></ofd:Versions></ofd:DocBody></ofd:OFD><?mine @?>"#));
    parts.set("Doc_0/Document.xml", &plant(r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016" By="@"><!-- @ --><ofd:CommonData>@<ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="7" Name="@" BaseLoc="T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" By="@" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Actions><ofd:Action Event="DO"><ofd:URI URI="file:///home/@/a.et" Base="x"/></ofd:Action></ofd:Actions><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:Extensions>Ext.xml</ofd:Extensions></ofd:Document>"#));
    parts.set("Doc_0/Pages/Page_0/Content.xml", &plant(r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016" By="@"><!-- @ --><ofd:Template TemplateID="7" Name="@"/><ofd:Content><ofd:Layer ID="2" Name="@">@<ofd:TextObject ID="3" Name="@" By="@" Boundary="20 40 170 8" Font="2" Size="5"><ofd:Mine>@</ofd:Mine><ofd:TextCode X="0" Y="6" By="@">学习</ofd:TextCode></ofd:TextObject><ofd:PathObject ID="4" Name="@" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject><ofd:ImageObject ID="5" Name="@" ResourceID="6" Boundary="0 0 9 9"/></ofd:Layer></ofd:Content></ofd:Page>"#));
    parts.set("Doc_0/T.xml", &plant(r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="8" Name="@"/></ofd:Content><ofd:Mine>@</ofd:Mine></ofd:Page>"#));
    parts.set("Doc_0/Res.xml", &plant(r#"<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res" By="@"><ofd:MultiMedias><ofd:MultiMedia ID="6" Type="Image" Name="@"><ofd:MediaFile>a.svg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Thumbnail>@</ofd:Thumbnail></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"#));
    parts.set("Doc_0/Res/a.svg", "<svg/>");
    parts.set("Doc_0/Annots/Annotations.xml", &plant(r#"<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><!-- @ --><ofd:Page PageID="1" By="@"><ofd:FileLoc>P0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"#));
    parts.set("Doc_0/Annots/P0.xml", &plant(r#"<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot ID="1" Type="Stamp" Subtype="x" Creator="@" LastModDate="@" By="@"><ofd:Remark>@</ofd:Remark><ofd:Parameters><ofd:Parameter Name="@">@</ofd:Parameter></ofd:Parameters><ofd:Appearance Boundary="0 0 9 9" Name="@"/></ofd:Annot></ofd:PageAnnot>"#));
    parts.set("Doc_0/Attachs/Attachments.xml", &plant(r#"<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="1" Name="C:\@\表.txt" Creator="@" CreationDate="@" ModDate="@" By="@"><ofd:FileLoc>f1</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"#));
    parts.set("Doc_0/Attachs/f1", "x");
    for (name, text) in [
        ("Doc_0/Versions/V1.xml", "<v>@</v>"),
        ("Doc_0/Pages/Page_0/Old.xml", "<p>@</p>"),
        ("Doc_0/Tags/CustomTags.xml", "<t>@</t>"),
        ("Doc_0/Ext.xml", "<e>@</e>"),
        ("Doc_0/Res/left.svg", "<svg>@</svg>"),
        ("Doc_0/Thumbs/0.png", "@"),
        ("Doc_0/@.xml", "@"),
        ("@.txt", "@"),
    ] {
        let (name, text) = (plant(name), plant(text));
        parts.set(&name, &text);
    }
    assert!(number.get() >= 60, "{}", number.get());
    let clean = published(&parts.bytes());
    assert_eq!(found(&ofd::all(&clean)), [""; 0], "{}", ofd::all(&clean));
    assert_eq!(found(&String::from_utf8_lossy(&clean)), [""; 0]);
    for kept in
        [r#"URI="a.et""#, r#"Name="表.txt""#, "M 0 0 L 9 9", "=== Doc_0/Res/a.svg", "=== Doc_0/Attachs/f1"]
    {
        assert!(ofd::all(&clean).contains(kept), "{kept}: {}", ofd::all(&clean));
    }
}
