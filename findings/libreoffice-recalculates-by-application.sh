#!/usr/bin/env bash
# LibreOffice shows other words in a workbook when one property of it is gone. "Recalculation on file load: never" is its
# default for XLSX, yet every formula that gives text is computed anew unless docProps/app.xml names a program that it
# trusts (`Application`: Microsoft Excel). So who cleans that part of what names people and programs, as the standard allows
# (each of its elements is optional, ECMA-376 part 1, 22.2), changes what readers see: what Excel computed by its own rules
# (TRUE joined to text, ADDRESS with a sheet) becomes what LibreOffice makes of it. Numbers stay as they are stored.
# Seen with LibreOffice 7.4.7.2 (Debian 12) and xlsxwriter 3.3.1: `stored` with the element, `ab` without it. Ends non-zero
# where that changes.
set -eu
for tool in soffice python3; do
  command -v $tool >/dev/null || { echo "wants $tool (Debian: libreoffice-calc-nogui, python3-venv)" >&2; exit 2; }
done
home=$(mktemp -d); trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"; "$home/venv/bin/pip" install -q xlsxwriter==3.3.1
"$home/venv/bin/python" - "$home" <<'PYTHON'
import pathlib, re, sys, zipfile, xlsxwriter
home = pathlib.Path(sys.argv[1])
book = xlsxwriter.Workbook(str(home / "with.xlsx"))
book.add_worksheet().write_formula("A1", '="a"&"b"', None, "stored")
book.close()
with zipfile.ZipFile(home / "with.xlsx") as source, zipfile.ZipFile(home / "without.xlsx", "w") as target:
    for name in source.namelist():
        data = source.read(name)
        if name == "docProps/app.xml":
            data, count = re.subn(rb"<Application>[^<]*</Application>", b"", data)
            assert count == 1
        target.writestr(name, data)
PYTHON
soffice --version | cut -d' ' -f1-2
shown() {
  soffice -env:UserInstallation="file://$home/profile" --headless --convert-to csv --outdir "$home" "$home/$1.xlsx" >/dev/null 2>&1
  cat "$home/$1.csv"
}
with=$(shown with); without=$(shown without)
echo "a formula whose text is stored: with Application: $with; without: $without"
[ "$with $without" = "stored ab" ]
