"""The pages of a hearing's PDF files as pictures with their words, drawn once and kept on disk (peers P21).

Kept beside the media and not in them: a proxy serves those to everyone, and whether somebody may read a page is
asked each time. The name is the checksum of the file, so a replaced file never shows its old pages.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2
from django.conf import settings

from core.models import CustomDocument
from core.pdfium import PDFIUM
from core.text import clean_text

WIDEST = 1200
HIGHEST = 2400  # a page may say it is a kilometre long
MOST_TEXT = 20_000
CHECKSUM = re.compile(r"[0-9a-f]{40}")
FORMAT = "WEBP"


class UnreadablePageError(Exception):
    """The file is gone, protected or broken, or has no such page."""


@dataclass(frozen=True)
class PageOfDocument:
    width: int
    height: int
    text: str


def page_of(document: CustomDocument, number: int) -> PageOfDocument:
    """Size and words of one page, counted from 1. Raises UnreadablePageError."""
    return PageOfDocument(**json.loads(_kept(document, number, "json").read_text("utf-8")))


def picture_of(document: CustomDocument, number: int) -> Path:
    """The file with its picture. Raises UnreadablePageError."""
    return _kept(document, number, "webp")


def _kept(document: CustomDocument, number: int, kind: str) -> Path:
    try:
        checksum = document.get_file_hash()
        if not CHECKSUM.fullmatch(checksum):
            raise UnreadablePageError
        folder = Path(settings.DOCUMENT_PAGES_DIR) / checksum
        found = folder / f"{number}.{kind}"
        if not found.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _draw(document, number, folder)
    except (FileNotFoundError, pypdfium2.PdfiumError) as error:
        raise UnreadablePageError from error
    return found


def _draw(document: CustomDocument, number: int, folder: Path) -> None:
    with document.file.open("rb") as stream:
        content = stream.read()
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= number <= len(pdf):
                raise UnreadablePageError
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
            # PDFium rounds up: a hair less, so that a page is never a pixel wider than we say.
            picture = page.render(scale=scale * 0.999).to_pil().convert("RGB")
            words = clean_text(page.get_textpage().get_text_bounded())[:MOST_TEXT]
        finally:
            pdf.close()
    facts = PageOfDocument(picture.width, picture.height, words)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        drawn, written = Path(place) / "page.webp", Path(place) / "page.json"
        picture.save(drawn, FORMAT, quality=80, method=2)
        written.write_text(json.dumps(asdict(facts), ensure_ascii=False), "utf-8")
        # Complete or not there: two readers at once draw the same and the later one wins.
        os.replace(drawn, folder / f"{number}.webp")
        os.replace(written, folder / f"{number}.json")
