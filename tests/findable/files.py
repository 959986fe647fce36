"""Small real files, as people upload them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import typst

from core.typeset import FONTS

WORD_XML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(tmp_path: Any, words: str) -> bytes:
    source = tmp_path / "a.typ"
    # Broken into pieces like this by many programs: typst writes just the letters it is given.
    source.write_text(f'#set text(font: "Sarabun", lang: "th")\n{words}', encoding="utf-8")
    return typst.compile(str(source), font_paths=[str(FONTS)])


def docx(body: str, **parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", WORD_XML.format(body))
        for name, content in parts.items():
            packed.writestr(f"word/{name}.xml", content)
    return made.getvalue()


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def xlsx(fill: Any) -> bytes:
    """``fill`` gets the workbook with its first sheet."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(made)
    return made.getvalue()
