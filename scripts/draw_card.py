"""Draw the pictures made from the emblem: sharing card, touch icon, favicon.ico. Run after the emblem changed.

.venv/bin/python scripts/draw_card.py
"""

from __future__ import annotations

import io
from pathlib import Path

import fontpkg_sarabun
import typst
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "static" / "img"
FONTS = Path(fontpkg_sarabun.__file__).parent

CARD = """
#set page(width: 1200pt, height: 630pt, margin: 0pt, fill: rgb("#073a44"))
#set text(font: "Sarabun", lang: "th", fill: white)
#place(bottom, rect(width: 100%, height: 24pt, fill: rgb("#93412a")))
#place(bottom, dy: -24pt, rect(width: 100%, height: 24pt, fill: rgb("#86d3d6")))
#place(left + horizon, dx: 90pt, dy: -24pt, image("emblem.svg", width: 300pt))
#place(left + horizon, dx: 450pt, dy: -24pt, block(width: 680pt)[
  #text(size: 110pt, weight: "bold")[ประชาคม]
  #v(-56pt)
  #text(size: 40pt)[รับฟังความเห็น · บทเรียน · ข่าวและแผน]
])
"""
ICON = """
#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {fill})
#image("emblem-small.svg", width: 100%)
"""


def draw(source: str) -> Image.Image:
    """Compile beside the emblem, so that it is found by its name."""
    folder = PICTURES / "_drawing.typ"
    folder.write_text(source)
    try:
        png = typst.compile(str(folder), format="png", ppi=72, font_paths=[str(FONTS)])
    finally:
        folder.unlink()
    return Image.open(io.BytesIO(png))


def main() -> None:
    card = draw(CARD).convert("RGB").quantize(64)
    card.save(PICTURES / "card.png", optimize=True)
    touch = draw(ICON.format(size=180, fill='rgb("#faf8f3")')).convert("RGB").quantize(32)
    touch.save(PICTURES / "touch.png", optimize=True)
    small = draw(ICON.format(size=256, fill="none")).convert("RGBA")
    small.save(ROOT / "static" / "root" / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
