"""Documents that were made to harm whoever opens them, and a command that runs another and says how
much memory it took at most.

    python3 hostile.py write <folder>
    python3 hostile.py run <program> <argument> ...
"""
import io
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>')
TEXT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
PROGRAM = b"MZ\x90\0" + b"\0" * 74 + b"!This program cannot be run in DOS mode.\r\n" + b"\0" * 400


def package(parts, kind="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr("_rels/.rels", RELATIONS.format(kind))
        for name, content in parts:
            with archive.open(name, "w", force_zip64=False) as part:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def lying(bytes_, part):
    """The package again; its directory says that `part` unpacks to 100 bytes."""
    out = bytearray(bytes_)
    for mark, size_at, name_at in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)]:
        at = out.find(mark)
        while at >= 0:
            if out[at + name_at:at + name_at + len(part)] == part:
                out[at + size_at:at + size_at + 4] = struct.pack("<I", 100)
            at = out.find(mark, at + 4)
    return bytes(out)


def pdf(objects):
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj " % number + content + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table))
    return out.getvalue()


def page(content, more=b"", kids=b"[3 0 R]"):
    content = zlib.compress(content, 9)
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids " + kids + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>" + more + b">>",
        b"<</Length %d/Filter/FlateDecode>> stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])


def compound(entries):
    """A compound file (MS-CFB, version 3) of empty storages and streams: (name, is a storage, child)."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack("<8s16sHHHHH6xIIIIIIIIII", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, end, 0, end, 0, 0)[:76]
    header += struct.pack("<109I", 0, *[free] * 108)
    directory = b""
    for name, storage, child, sibling in entries:
        text = (name + "\0").encode("utf-16le")
        kind = 5 if name == "Root Entry" else 1 if storage else 2
        start = end if name == "Root Entry" or not storage else 0
        directory += text.ljust(64, b"\0") + struct.pack("<HBBIII16xI8x8xIQ", len(text), kind, 1, free, sibling, child, 0, start, 0)
    sectors = -(-len(directory) // 512)
    directory = directory.ljust(sectors * 512, b"\0")
    chain = [0xFFFFFFFD] + [n + 1 for n in range(1, sectors)] + [end]
    return header.ljust(512, b"\0") + struct.pack("<128I", *chain, *[free] * (128 - len(chain))) + directory


NONE = 0xFFFFFFFF
MACROS = [("Root Entry", True, 1, NONE), ("Macros", True, 2, NONE), ("VBA", True, NONE, NONE)]
WORDS = TEXT.format("<w:p><w:r><w:t>x</w:t></w:r></w:p>")


def write(folder):
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    locked = folder / "locked.pdf"
    sheet = canvas.Canvas(str(locked), encrypt=pdfencrypt.StandardEncryption("secret", strength=128))
    sheet.drawString(72, 700, "Locked.")
    sheet.save()
    gigabyte = (b" " * (1 << 20) for _ in range(1 << 10))
    bomb = package([("word/document.xml", gigabyte)])
    workbook = package([("xl/workbook.xml", "<workbook><sheets/></workbook>"), ("xl/styles.xml", "<x/>" * 5000)], "xl/workbook.xml")
    whole = page(b"BT /F 12 Tf 20 100 Td (text) Tj ET")
    documents = {
        "bomb.docx": bomb,
        "lying.docx": lying(bomb, b"word/document.xml"),
        "deep.docx": package([("word/document.xml", TEXT.format("<w:tbl><w:tr><w:tc>" * 1_000_000))]),
        "half.xlsx": workbook[:len(workbook) // 2],
        "half.pdf": whole[:len(whole) // 2],
        "macros.docm": package([("word/document.xml", WORDS), ("word/vbaProject.bin", b"\0" * 600)]),
        "macros.doc": compound(MACROS),
        "empty.docx": b"",
        "program.pdf": PROGRAM,
        "program.zip": package([("readme.txt", "x"), ("tools/setup.exe", PROGRAM)], None),
        "embedded.docx": package([("word/document.xml", WORDS), ("word/embeddings/oleObject1.bin", PROGRAM)]),
        "strokes.pdf": page(b"0 0 m 9 9 l S\n" * 6_000_000),
        "states.pdf": page(b"q Q " * 20_000_000),
        "cycle.pdf": page(b"", kids=b"[2 0 R 2 0 R]"),
        "arrays.pdf": page(b"BT /F 12 Tf (text) Tj ET", more=b"/X " + b"[" * 300_000 + b"]" * 300_000),
        "string.pdf": page(b"(" + b"a" * 60_000_000 + b") Tj"),
        "fonts.pdf": page(b"BT /F 12 Tf (a) Tj ET " * 2_000_000),
        "dictionaries.pdf": page(b"", more=b"/X " + b"<</X " * 300_000 + b"0" + b">>" * 300_000),
        "script.pdf": page(b"BT ET", more=b"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"),
    }
    for name, content in documents.items():
        (folder / name).write_bytes(content)


if sys.argv[1] == "write":
    write(Path(sys.argv[2]))
else:
    done = subprocess.run(sys.argv[2:])
    print(f"\npeak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss} KB", file=sys.stderr)
    sys.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)
