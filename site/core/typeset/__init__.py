"""Printed documents: data in, bytes of a tagged PDF (PDF/UA-1) out, by typst.

    typeset.pdf(HERE / "notice.typ", data)

The template stands beside the app that prints it and begins with ``#import "style.typ": *``; style, emblem and icons
are handed to every template. The same data gives the same bytes. docs/documents.md says why things are so.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.metadata
import json
import tempfile
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from core.typeset.qr import qr_png, qr_svg
from core.typeset.words import FONTS, prepare, register_cutter

__all__ = ["ask", "pdf", "public_pdf", "qr_png", "qr_svg", "register_cutter", "source_of"]

HERE = Path(__file__).parent
# A PDF carries the time it was made; one that never changes keeps equal documents equal (caches, evidence).
MADE_ON = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KEPT = 32  # documents of 30 to 90 kB


@functools.cache
def _source(path: Path) -> bytes:
    return path.read_bytes()


@functools.cache
def _fonts() -> typst.Fonts:
    """Sarabun only: what a server has installed must not change a document."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf(template: Path, data: dict[str, Any], *, made_on: dt.datetime = MADE_ON) -> bytes:
    """The document that ``template`` makes of ``data`` (JSON-like; every text in it is cleaned and cut into words).

    ``data["digits"] == "thai"`` turns digits Thai, except in addresses and numbers that people type.
    """
    return _compiled(template, _as_json(data), made_on)


def public_pdf(template: Path, data: dict[str, Any], *, made_on: dt.datetime = MADE_ON) -> bytes:
    """The same for papers everyone gets (posters, forms, notices): the newest ones stay in this process.

    Never for a paper that names who sent something or shows a code.
    """
    return _kept(template, _as_json(data), made_on)


def source_of(template: Path) -> bytes:
    """All that decides how data are laid out beside the data: the template, the style, the typesetter."""
    return b"\0".join([_source(template), _source(HERE / "style.typ"), _typesetter()])


@functools.cache
def _typesetter() -> bytes:
    return importlib.metadata.version("typst").encode()


def ask(template: Path, data: dict[str, Any], expression: str) -> Any:
    """What a typst expression is in the document as it is laid out: where things stand on its pages, above all."""
    with tempfile.TemporaryDirectory() as folder:  # a document of memory can be printed, but not asked
        for name, content in _files(template).items():
            (Path(folder) / name).write_bytes(content)
        inputs = {"data": _as_json(prepare(data))}
        main = str(Path(folder) / "main.typ")
        compiler = typst.Compiler(main, root=folder, font_paths=_fonts(), sys_inputs=inputs)
        return json.loads(compiler.eval(expression))


def _files(template: Path) -> dict[str, bytes]:
    return {
        "main.typ": _source(template),
        "style.typ": _source(HERE / "style.typ"),
        "emblem.svg": _source(HERE / "emblem.svg"),
        "icons.svg": _source(settings.BASE_DIR / "static/img/icons.svg"),
    }


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _compiled(template: Path, data: str, made_on: dt.datetime) -> bytes:
    """Its words are cut here, not before: a paper that is kept costs its next reader no search in the dictionary."""
    sources: Any = _files(template)  # typst takes a dict of files; its types do not say so yet
    compiler = typst.Compiler(
        sources,
        font_paths=_fonts(),
        sys_inputs={"data": _as_json(prepare(json.loads(data)))},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_on.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


_kept = functools.lru_cache(maxsize=KEPT)(_compiled)
