"""Holds published copies against their sources with other people's tools."""
import dataclasses
import html
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.parsers.expat
import zipfile
import zlib

PACKAGES = set("docx dotx docm xlsx xlsm pptx pptm odt ods odp ott ots otp ofd epub".split())
OFFICE = PACKAGES - {"ofd", "epub"} | {"doc", "xls", "ppt", "rtf", "wps"}
LONGEST = 120
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)
# Where packages name people, companies and machines: elements by local name.
PEOPLE = re.compile(
    rb"<(?:\w+:)?(?:creator|lastModifiedBy|Company|Manager|initial-creator|Author|Creator)\b[^>]*>([^<]{2,80})</")
PROGRAMS = re.compile(r"office|word|excel|wps|writer|calc|openxml|python|poi|pages|unknown|microsoft|apache|user|admin|docx|xlsx|pptx", re.I)
PATHS = re.compile(rb"(?:[A-Za-z]:\\Users\\|file:///|/home/\w|/Users/\w|\\\\\w+\\)[^\"<>\s\x00-\x1f]{2,}")
# What exiftool may say of a picture that was cleaned: its file, its size, how it is packed.
GROUPS = {"SourceFile", "ExifTool", "System", "File", "Composite", "JFIF", "PNG", "PNG-pHYs", "RIFF", "GIF", "SVG", "Adobe",
          "ICC_Profile", "ICC-header", "ICC-view", "ICC-meas", "ICC-chrm", "XMP-TC260", "XMP-AIGC"}
# What in a drawing draws nothing and has held names: attributes, and elements that hold words about it.
UNDRAWN = re.compile(rb"\s(?:data-[\w-]+|content|(?:inkscape|sodipodi|sketch|serif):[\w-]+|aria-label|aria-description)=|<(?:title|desc|metadata)\b|<!--")
SILENT = re.compile(r"^(PNG:(Comment|Author|Software|.*Date)|File:Comment|ICC_Profile:(DeviceM.*|MakeAndModel.*|ProfileCopyright.*Inc.*)|SVG:(Title|Desc|.*ID))$")


@dataclasses.dataclass
class Result:
    """How one sample fared."""
    source: str
    format: str
    refused: list
    faults: list


def missing_tools(with_office):
    wanted = ["qpdf", "pdftotext", "exiftool"] + (["soffice"] if with_office else [])
    return [tool for tool in wanted if not shutil.which(tool)]


def judge(batch, published, with_office):
    """A `Result` for each sample of `batch`."""
    results = [Result(str(one.sample.path), one.sample.format, one.refused, list(one.faults)) for one in published]
    pictures = [copy for one in published if one.sample.is_picture for copy in one.copies]
    known = Known(properties(pictures), broken(pictures))
    for one, result in zip(published, results):
        if one.faults or one.refused:
            continue
        if not one.copies:
            result.faults.append("nothing published: no error either")
        for copy in one.copies:
            result.faults += picture(copy, known) if one.sample.is_picture else document(one.sample, copy)
    if with_office:
        same_text(batch.root / "office", published, results)
    return results


def document(sample, copy):
    source = sample.path.read_bytes()
    if copy.read_bytes() == source and sample.format in {"zip", "txt", "csv"}:
        return []
    if zipfile.is_zipfile(copy) and sample.format in PACKAGES:
        return package(sample.path, copy)
    if sample.format == "pdf":
        return pdf(sample.path, copy)
    return []


def package(source, copy):
    """The archive is sound, its parts are well-formed, and nobody named in the source's properties is left."""
    faults = []
    try:
        after = parts(copy)
    except UNREADABLE as error:
        return [f"archive: {error}"]
    try:
        before = parts(source)
    except UNREADABLE:
        # The source is damaged where nothing of it is published.
        before = {}
    for name, data in after.items():
        if name.lower().endswith((".xml", ".rels", ".opf", ".xhtml")) and is_xml(before.get(name, b"<a/>")) and not is_xml(data):
            faults.append(f"part not well-formed: {name}")
    # Whatever bytes a picture's pixels are packed in, they say nothing.
    joined, seen = b"\n".join(data for data in after.values() if b"\0" not in data[:4096]), visible(after)
    names = {name for data in before.values() for name in PEOPLE.findall(data)}
    for name in sorted(names):
        text = name.decode(errors="replace").strip()
        if len(text) > 1 and not PROGRAMS.search(text) and text not in seen and name in joined:
            faults.append(f"name left: {text}")
    for path in sorted(set(PATHS.findall(joined)))[:3]:
        if path.decode(errors="replace") not in seen:
            faults.append(f"path left: {path.decode(errors='replace')[:120]}")
    return faults


def parts(path):
    with zipfile.ZipFile(path) as archive:
        broken = archive.testzip()
        if broken:
            raise ValueError(f"{broken} is damaged")
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if entry.file_size < 64 << 20}


def is_xml(data):
    try:
        parser = xml.parsers.expat.ParserCreate()
        parser.Parse(data, True)
        return True
    except xml.parsers.expat.ExpatError:
        return False


def visible(all_parts):
    """Roughly what a reader sees: the text between tags of all parts but the properties."""
    body = b" ".join(re.sub(rb"<[^>]+>", b"", data) for name, data in all_parts.items()
                     if name.endswith(".xml") and "docProps" not in name and name != "meta.xml" and name != "OFD.xml")
    return body.decode(errors="replace")


def pdf(source, copy):
    faults = []
    before, after = tool("qpdf", "--check", source), tool("qpdf", "--check", copy)
    if after.returncode == 2 and before.returncode != 2:
        faults.append(f"qpdf: {after.stderr.decode(errors='replace').splitlines()[-1:]}")
    old, new = tool("pdftotext", source, "-"), tool("pdftotext", copy, "-")
    # Of a damaged file each reader repairs as much as it can.
    if old.returncode == 0 and not old.stderr and old.stdout != new.stdout:
        faults.append("pdftotext: text differs")
    told = json.loads(tool("exiftool", "-j", "-a", "-G1", copy).stdout or b"[{}]")[0]
    for key, value in told.items():
        if re.search(r":(Author|Creator|LastModifiedBy|Company|Manager|Keywords|Subject)$", key) and str(value).strip():
            faults.append(f"property left: {key} {value}")
    return faults


@dataclasses.dataclass
class Known:
    """What other tools say of all pictures of a batch: `exiftool`'s properties, and why Pillow does not open one."""
    properties: dict
    broken: dict


def picture(copy, known):
    faults = []
    if copy.suffix == ".svg":
        if not is_xml(copy.read_bytes()):
            faults.append(f"part not well-formed: {copy.name}")
        for mark in sorted(set(UNDRAWN.findall(re.sub(rb"<metadata>.{0,200}AIGC.*?</metadata>", b"", copy.read_bytes(), flags=re.S)))):
            faults.append(f"not drawn: {copy.name} {mark.decode(errors='replace').strip()}")
        faults += [f"path left: {copy.name} {path.decode(errors='replace')[:80]}" for path in sorted(set(PATHS.findall(copy.read_bytes())))[:3]]
    elif str(copy) in known.broken:
        faults.append(f"does not open: {copy.name}: {known.broken[str(copy)]}")
    for key, value in known.properties.get(str(copy), {}).items():
        # How a picture is turned draws it.
        if key != "IFD0:Orientation" and (key.split(":")[0] not in GROUPS or SILENT.match(key)):
            faults.append(f"property left: {copy.name} {key} {str(value)[:60]}")
    return faults


def properties(files):
    """All that `exiftool` knows of each file, by path."""
    if not files:
        return {}
    told = tool("exiftool", "-j", "-a", "-u", "-G1", "-ee", *files, longest=LONGEST * 5).stdout or b"[]"
    return {one["SourceFile"]: one for one in json.loads(told)}


OPENS = """
import json, sys
from PIL import Image
Image.MAX_IMAGE_PIXELS = None
broken = {}
for path in sys.argv[1:]:
    try:
        Image.open(path).load()
    except Exception as error:
        broken[path] = f"{type(error).__name__}: {error}"
print(json.dumps(broken))
"""


def broken(files):
    """Why Pillow does not open a picture, by path; drawings are not its business."""
    files = [file for file in files if file.suffix != ".svg"]
    if not files:
        return {}
    done = tool("/usr/bin/python3", "-c", OPENS, *files, longest=LONGEST * 5)
    if done.returncode == 0:
        return json.loads(done.stdout)
    if len(files) == 1:
        return {str(files[0]): f"Pillow ends with {done.returncode}"}
    return {path: why for file in files for path, why in broken([file]).items()}


def same_text(scratch, published, results):
    """LibreOffice's text of each office document before and after."""
    chosen = [(one, result) for one, result in zip(published, results)
              if one.sample.format in OFFICE and one.copies and not one.sample.is_mutated and not result.faults]
    before = office_texts(scratch, [one.sample.path for one, _ in chosen])
    after = office_texts(scratch, [one.copies[0] for one, _ in chosen])
    differ = []
    for (one, result), old, new in zip(chosen, before, after):
        if old is not None and new is None:
            result.faults.append("LibreOffice: does not open")
        elif old != new and without_authors(old, one.sample.path) != without_authors(new, one.sample.path):
            differ.append((one, result, old))
    # Some show the time, or a number of chance: they differ from themselves.
    for (one, result, old), again in zip(differ, office_texts(scratch, [one.sample.path for one, _, _ in differ])):
        if again == old:
            result.faults.append("LibreOffice: text differs")


def without_authors(text, source):
    """The words of `text` but for the names that Excel sets before comments: they go, and lines move."""
    if zipfile.is_zipfile(source):
        found = [name for data in parts(source).values() for name in re.findall(rb"<(?:\w+:)?author>([^<]+)<", data)]
        for name in {html.unescape(name.decode(errors="replace")).encode() for name in found}:
            text = text.replace(name + b":", b" ")
    return sorted(text.split())


def office_texts(scratch, files):
    """The text of each document by way of PDF; None where LibreOffice gives none. Files have the same names at every call:
    headers show them."""
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "out").mkdir(parents=True)
    named = [scratch / f"document-{number:04}{file.suffix}" for number, file in enumerate(files)]
    for file, name in zip(files, named):
        shutil.copyfile(file, name)
    made = [scratch / "out" / f"{name.stem}.pdf" for name in named]
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", scratch / "out"]
        for start in range(0, len(named), 20):
            tool(*command, *named[start:start + 20], longest=LONGEST * 3)
        for name, pdf_file in zip(named, made):
            if not pdf_file.exists():
                tool(*command, name)
    return [tool("pdftotext", "-layout", file, "-").stdout if file.exists() else None for file in made]


def tool(*command, longest=LONGEST):
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, b"", b"timed out")
