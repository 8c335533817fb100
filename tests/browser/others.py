"""Documents as programs other than LibreOffice write them: python-docx, openpyxl, reportlab, and a
presentation of parts as PowerPoint names them. Each names people and hides something.

    python3 others.py <folder>
"""
import io
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image
from reportlab.pdfgen import canvas

folder = Path(sys.argv[1])


def photo():
    """A JPEG whose EXIF names a person and a place."""
    picture = Image.new("RGB", (64, 48), (180, 20, 20))
    exif = Image.Exif()
    exif[0x013B] = "Zhang Sanfeng"
    exif[0x010E] = "Li Siguang"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 47.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out


def word():
    document = docx.Document()
    facts = document.core_properties
    facts.author, facts.last_modified_by, facts.title = "张三丰", "李四光", "学习计划"
    facts.comments, facts.keywords = "赵六一经手", "王五常"
    paragraph = document.add_paragraph("集中学习，")
    paragraph._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="7" w:author="王五常" w:date="2021-03-08T09:00:00Z"><w:r><w:t>每周两次。</w:t></w:r></w:ins>'))
    paragraph.add_run("私下的话").font.hidden = True
    document.add_picture(photo())
    part = Part(
        PackURI("/word/comments.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
        (f'<w:comments {nsdecls("w")}><w:comment w:id="1" w:author="赵六一" w:initials="ZLY">'
         "<w:p><w:r><w:t>再核对一遍</w:t></w:r></w:p></w:comment></w:comments>").encode(),
        document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    paragraph.add_run("会后登记。")
    document.save(folder / "通知.docx")


def sheets():
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.lastModifiedBy = "张三丰", "李四光"
    sheet = book.active
    sheet.title = "登记"
    sheet.append(["编号", "意见", "电话"])
    sheet.append([1, "路灯不亮", "手机号"])
    sheet["B2"].comment = Comment("核对意见", "赵六一")
    sheet.column_dimensions["C"].hidden = True
    draft = book.create_sheet("底稿")
    draft["A1"] = "身份证号"
    draft.sheet_state = "hidden"
    book.save(folder / "登记.xlsx")


def pdf():
    page = canvas.Canvas(str(folder / "名单.pdf"))
    page.setAuthor("Zhang Sanfeng")
    page.setCreator("Li Siguang")
    page.setTitle("Plan")
    page.drawString(72, 700, "Plan of studies, week by week.")
    page.textAnnotation("Check this again.", Rect=[72, 600, 200, 620], T="(Zhao Liuyi)")
    page.save()


OFFICE = "http://schemas.openxmlformats.org"
NAMES = (f'xmlns:a="{OFFICE}/drawingml/2006/main" xmlns:r="{OFFICE}/officeDocument/2006/relationships" '
         f'xmlns:p="{OFFICE}/presentationml/2006/main"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(*all_):
    rows = "".join(f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{OFFICE}/officeDocument/2006/relationships/{kind}"}" '
                   f'Target="{target}"/>' for n, (kind, target) in enumerate(all_, 1))
    return f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships">{rows}</Relationships>'


def tree(text):
    shape = (f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="914400" y="914400"/>'
             f'<a:ext cx="6000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>'
             f'<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>') if text else ""
    return (f'<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shape}'
            "</p:spTree></p:cSld>")


def slides():
    main = "application/vnd.openxmlformats-officedocument.presentationml"
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{main}.presentation.main+xml"/>'
            f'<Override PartName="/ppt/slideMasters/slideMaster1.xml" ContentType="{main}.slideMaster+xml"/>'
            f'<Override PartName="/ppt/slideLayouts/slideLayout1.xml" ContentType="{main}.slideLayout+xml"/>'
            f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{main}.slide+xml"/>'
            f'<Override PartName="/ppt/slides/slide2.xml" ContentType="{main}.slide+xml"/>'
            f'<Override PartName="/ppt/comments/comment1.xml" ContentType="{main}.comments+xml"/>'
            f'<Override PartName="/ppt/commentAuthors.xml" ContentType="{main}.commentAuthors+xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'),
        "_rels/.rels": relations(
            ("officeDocument", "ppt/presentation.xml"), (f"{OFFICE}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"), (f"{OFFICE}/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg")),
        "docProps/core.xml": (
            f'{HEAD}<cp:coreProperties xmlns:cp="{OFFICE}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>总结</dc:title><dc:creator>张三丰</dc:creator><cp:lastModifiedBy>李四光</cp:lastModifiedBy></cp:coreProperties>"),
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{OFFICE}/officeDocument/2006/extended-properties"><Company>张三丰工作室</Company><Manager>李四光</Manager></Properties>',
        "docProps/thumbnail.jpeg": photo().getvalue(),
        "ppt/presentation.xml": (
            f'{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
            '<p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId3"/></p:sldIdLst>'
            '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'),
        "ppt/_rels/presentation.xml.rels": relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml"),
            ("commentAuthors", "commentAuthors.xml")),
        "ppt/slideMasters/slideMaster1.xml": (
            f'{HEAD}<p:sldMaster {NAMES}>{tree("")}<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
            'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
            '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(("slideLayout", "../slideLayouts/slideLayout1.xml")),
        "ppt/slideLayouts/slideLayout1.xml": f'{HEAD}<p:sldLayout {NAMES} type="blank">{tree("")}</p:sldLayout>',
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(("slideMaster", "../slideMasters/slideMaster1.xml")),
        "ppt/slides/slide1.xml": f'{HEAD}<p:sld {NAMES}>{tree("查摆问题")}</p:sld>',
        "ppt/slides/_rels/slide1.xml.rels": relations(("slideLayout", "../slideLayouts/slideLayout1.xml"), ("comments", "../comments/comment1.xml")),
        "ppt/slides/slide2.xml": f'{HEAD}<p:sld {NAMES} show="0">{tree("不放的一页")}</p:sld>',
        "ppt/slides/_rels/slide2.xml.rels": relations(("slideLayout", "../slideLayouts/slideLayout1.xml")),
        "ppt/comments/comment1.xml": (
            f'{HEAD}<p:cmLst {NAMES}><p:cm authorId="0" dt="2021-03-08T09:00:00" idx="1"><p:pos x="10" y="10"/><p:text>换一张图</p:text></p:cm></p:cmLst>'),
        "ppt/commentAuthors.xml": f'{HEAD}<p:cmAuthorLst {NAMES}><p:cmAuthor id="0" name="赵六一" initials="ZLY" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
    }
    with zipfile.ZipFile(folder / "总结.pptx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


word()
sheets()
pdf()
slides()
