"""QR codes: error level M, so that a crease or a stain does not matter, with white around them."""

from __future__ import annotations

import functools
import io

import segno

DOTS = 12  # of one module in a bitmap: 8 cm at 300 dpi for an ordinary address


@functools.lru_cache(maxsize=256)  # the pages of a form carry the same codes each time it is printed
def qr_svg(text: str, *, border: int = 2) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, omitsize=True, border=border, light="#fff", scale=1
    )
    return out.getvalue().decode()


def qr_png(text: str, *, border: int = 4) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=border, scale=DOTS, light="#fff")
    return out.getvalue()
