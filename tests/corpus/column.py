"""A throw-away column around other people's files, and what the program makes of it."""
import dataclasses
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import urllib.parse

DOCUMENTS = set("pdf docx dotx docm xlsx xlsm xlsb pptx pptm odt ods odp ott ots otp fodt fods doc xls ppt wps et dps rtf ofd epub zip txt csv"
                " htm html mht mhtml pages numbers key".split())
PICTURES = set("jpg jpeg png gif webp svg avif heic tif tiff bmp".split())
LONGEST = 120


@dataclasses.dataclass
class Sample:
    """One file of a corpus: where it lies and what it calls itself."""
    path: pathlib.Path
    format: str
    is_mutated: bool = False

    @property
    def is_picture(self):
        return self.format in PICTURES


def find(folders):
    """Every document and picture below `folders`, each content once, in a fixed order."""
    seen = set()
    for folder in folders:
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for path in paths:
            form = path.suffix.lower().lstrip(".")
            if form not in DOCUMENTS | PICTURES or not path.is_file() or path.is_symlink() or path.stat().st_size == 0:
                continue
            key = (path.stat().st_size, hash(path.read_bytes()))
            if key not in seen:
                seen.add(key)
                yield Sample(path, form)


@dataclasses.dataclass
class Published:
    """What became of one sample: its published copies, or the codes of the errors that keep it out."""
    sample: Sample
    copies: list
    refused: list
    faults: list


class Column:
    """A column with one page a sample. Each has a folder of its own, so a finding's path tells whose it is."""

    def __init__(self, root, samples):
        self.root = root
        self.entries = {f"s{number:04}": sample for number, sample in enumerate(samples)}
        shutil.rmtree(root, ignore_errors=True)
        write(root / "column.yaml", "title: 示例专栏\nbase_url: https://www.example.org/\ntheme: gazette\n"
              "sections:\n  - {folder: news, title: 新闻}\n  - {folder: study, title: 资料, kind: material}\n")
        write(root / "content/news/first.md", "---\ntitle: 第一篇\ndate: 2021-03-08\n---\n\n正文。\n")
        for name, sample in self.entries.items():
            self.add(name, sample)

    def add(self, name, sample):
        file = f"f.{sample.format}"
        head = f"---\ntitle: 示例{name}\ndate: 2021-03-08\nsummary: 示例。\n"
        if sample.is_picture:
            write(self.root / f"content/news/{name}/index.md", f"{head}---\n\n正文。\n\n![说明]({file})\n")
            place(sample.path, self.root / f"content/news/{name}/{file}")
            place(sample.path, self.root / f"content/static/{name}/{file}")
        else:
            write(self.root / f"content/study/{name}/index.md",
                  f"{head}issuer: 专栏编辑组\nfiles:\n  - src: {file}\n    reviewed: true\n---\n\n正文。\n")
            place(sample.path, self.root / f"content/study/{name}/{file}")

    def remove(self, name):
        for folder in ("news", "study", "static"):
            shutil.rmtree(self.root / "content" / folder / name, ignore_errors=True)

    def publish(self, program):
        """Leaves out what `check` refuses, builds the rest, and gives a `Published` a sample."""
        code, found = self.call(program, "check")
        errors = self.errors(found)
        faults = {name: [] for name in self.entries}
        if code not in (0, 1):
            return self.one_by_one(program, f"check ends with {code}")
        for name in errors:
            self.remove(name)
        code, found = self.call(program, "build")
        late = self.errors(found)
        for name, codes in late.items():
            faults[name].append(f"only build finds it: {', '.join(codes)}")
        if code != 0 and not late:
            return self.one_by_one(program, f"check is clean, build ends with {code}")
        if late:
            for name in late:
                self.remove(name)
            shutil.rmtree(self.root / "output", ignore_errors=True)
            self.call(program, "build")
        return [Published(sample, [] if name in errors or name in late else self.copies(name, sample),
                          errors.get(name, []), faults[name]) for name, sample in self.entries.items()]

    def one_by_one(self, program, fault):
        """The whole column failed: each sample alone tells which one it was."""
        if len(self.entries) == 1:
            return [Published(sample, [], [], [fault]) for sample in self.entries.values()]
        alone = [Column(self.root.with_name(f"{self.root.name}-{name}"), [sample]) for name, sample in self.entries.items()]
        return [published for one in alone for published in one.publish(program)]

    def errors(self, found):
        """The codes of the errors by sample."""
        by_name = {}
        for finding in found:
            owner = re.search(r"/(s\d{4})(/|$)", finding.get("path") or "")
            if finding["severity"] == "error" and owner:
                by_name.setdefault(owner[1], []).append(finding["code"])
        return by_name

    def call(self, program, verb):
        """The exit code and the findings; 'timeout' and 'killed' stand for an exit code too."""
        command = [str(program), verb, "--root", str(self.root), "--lang", "en", "--format", "json"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=LONGEST * 5, check=False)
        except subprocess.TimeoutExpired:
            return "a time-out", []
        try:
            return done.returncode, json.loads(done.stdout).get("findings", [])
        except ValueError:
            return f"{done.returncode} and no JSON ({done.stderr.decode(errors='replace').strip()[-200:]})", []

    def copies(self, name, sample):
        """The published files that were made of a sample."""
        output = self.root / "output"
        if not sample.is_picture:
            return linked(output / f"study/{name}.html", output / f"study/{name}/index.html")
        shown = linked(output / f"news/{name}.html", output / f"news/{name}/index.html")
        static = output / name / f"f.{sample.format}"
        return shown + ([static] if static.is_file() else [])


def linked(*pages):
    """The files below `assets/` that a page links, photos in every size included."""
    page = next((page for page in pages if page.is_file()), None)
    if page is None:
        return []
    text = page.read_text(encoding="utf-8")
    addresses = re.findall(r"(?:href|src)=\"([^\"#?]+)", text)
    addresses += [part.split()[0] for group in re.findall(r"srcset=\"([^\"]+)\"", text) for part in group.split(",")]
    files = {pathlib.Path(os.path.normpath(page.parent / urllib.parse.unquote(html.unescape(address)))) for address in addresses}
    return sorted(file for file in files if file.is_file() and {"photos", "files"} & set(file.parts))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def place(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
