#!/usr/bin/env python3
"""Redraws the sample column's pictures.

    python3 docs/drawings/draw.py            every picture
    python3 docs/drawings/draw.py exam visit just these
    python3 docs/drawings/draw.py --svg      only the SVGs, no browser needed

Each module in `scenes/` has a `draw()` that returns a canvas. Its SVG is written to
`docs/drawings/svg/`, photographed by a headless Chromium, reduced to a palette and saved
under `content/photos/`. `favicon.svg` becomes the site's icon. Needs Python 3.10, Pillow, Chromium (or $CHROMIUM) and, for the two
pictures with lettering (`study-plan`, `share`), the Noto CJK fonts.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PHOTOS = ROOT / "content" / "photos"
STATIC = ROOT / "content" / "static"

PICTURES = {
    "meeting": "meeting",
    "office-night": "office_night",
    "zhugou": "zhugou",
    "exam": "exam",
    "symposium": "symposium",
    "id-card": "id_card",
    "press": "press",
    "notebook": "notebook",
    "night-school": "night_school",
    "study-plan": "study_plan",
    "visit": "visit",
    "honour": "honour",
    "village": "village",
    "share": "share",
}


def chromium() -> str:
    """The browser to photograph with."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and shutil.which(name):
            return name
    sys.exit("draw.py: no Chromium found; set CHROMIUM or pass --svg")


def photograph(body: str, png: Path, width: int, height: int) -> None:
    """The markup as Chromium shows it, pixel for pixel."""
    with tempfile.TemporaryDirectory() as profile:
        page = Path(profile) / "page.html"
        page.write_text(f"<!doctype html><style>html,body{{margin:0}}svg{{display:block}}</style>{body}", "utf-8")
        subprocess.run(
            [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
             "--force-color-profile=srgb", "--force-device-scale-factor=1", f"--user-data-dir={profile}",
             f"--window-size={width},{height}", f"--screenshot={png}", page.as_uri()],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
        )


def reduce(png: Path, colours: int = 144) -> None:
    """A palette in place of true colour, without dithering.

    The flat colours of the drawing, which are the most frequent ones, keep their exact
    value; what is left of the palette goes to the blends along edges. Each colour goes to
    its nearest by its full value: Pillow's own mapping rounds to six bits and shifts tints.
    """
    from PIL import Image

    image = Image.open(png).convert("RGB")
    counts = sorted(image.getcolors(image.width * image.height), reverse=True)
    palette = [rgb for _, rgb in counts[: colours * 2 // 3]]
    rest = [rgb for _, rgb in counts[len(palette) :]]
    if rest:
        strip = Image.new("RGB", (len(rest), 1))
        strip.putdata(rest)
        room = colours - len(palette)
        flat = strip.quantize(room, Image.Quantize.MEDIANCUT, kmeans=3).getpalette()[: room * 3]
        palette += zip(flat[0::3], flat[1::3], flat[2::3])
    index = {}
    for _, (r, g, b) in counts:
        nearest = min(range(len(palette)), key=lambda i: (palette[i][0] - r) ** 2 + (palette[i][1] - g) ** 2 + (palette[i][2] - b) ** 2)
        index[bytes((r, g, b))] = nearest
    raw = image.tobytes()
    out = Image.frombytes("P", image.size, bytes(index[raw[i : i + 3]] for i in range(0, len(raw), 3)))
    out.putpalette([v for rgb in palette for v in rgb])
    out.save(png, optimize=True)


def favicon() -> None:
    """The icon at 16, 32 and 48 px, each drawn at its own size, as bitmaps that old browsers read."""
    from PIL import Image

    source = HERE / "favicon.svg"
    STATIC.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, STATIC / "favicon.svg")
    drawn = {}
    for size in (16, 32, 48):
        with tempfile.TemporaryDirectory() as folder:
            shot = Path(folder) / "icon.png"
            photograph(source.read_text("utf-8").replace('width="32" height="32">', f'width="{size}" height="{size}">', 1), shot, 600, 400)
            drawn[size] = Image.open(shot).convert("RGBA").crop((0, 0, size, size))
    ico = STATIC / "favicon.ico"
    drawn[48].save(ico, sizes=[(s, s) for s in drawn], append_images=[drawn[16], drawn[32]], bitmap_format="bmp")
    print(f"favicon.ico    {ico.stat().st_size:6} bytes")


def picture(name: str, svg_only: bool) -> None:
    canvas = importlib.import_module(f"scenes.{PICTURES[name]}").draw()
    svg = HERE / "svg" / f"{name}.svg"
    svg.parent.mkdir(exist_ok=True)
    svg.write_text(canvas.svg(), "utf-8")
    if svg_only:
        return
    # The picture for sharing has a place that the site knows; the others belong to pieces.
    png = (STATIC if name == "share" else PHOTOS) / f"{name}.png"
    photograph(canvas.svg(), png, canvas.width, canvas.height)
    reduce(png)
    print(f"{name:14} {svg.stat().st_size // 1024:4} KB svg  {png.stat().st_size // 1024:4} KB png")


def main() -> None:
    args = argparse.ArgumentParser(description="Redraws the sample column's pictures.")
    args.add_argument("names", nargs="*", choices=[[], *PICTURES], help="pictures to draw; all when none is named")
    args.add_argument("--svg", action="store_true", help="write the SVGs only")
    given = args.parse_args()
    sys.path.insert(0, str(HERE))
    PHOTOS.mkdir(parents=True, exist_ok=True)
    for name in given.names or PICTURES:
        picture(name, given.svg)
    if not given.names and not given.svg:
        favicon()


if __name__ == "__main__":
    main()
