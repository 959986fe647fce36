"""Makes the demo's PDF files from JSON with typst: tagged (PDF/UA-1), text exact, the same bytes every time.

The rules behind it are those of docs/documents.md (marks off, words kept whole, fonts from a package).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import typst
from django.core.files.base import ContentFile

from core.digits import to_thai
from core.models import CustomDocument
from core.text import clean_text
from core.thaidate import MONTHS
from search.text.cut import cut

HERE = Path(__file__).parent
FONTS = Path(fontpkg_sarabun.__file__).parent / "files"
ZERO_WIDTH_SPACE = "\u200b"
NO_BREAK_SPACE = "\u00a0"
# Letters that may not begin a line: vowels after, marks, and signs that close.
TAIL = re.compile("[ะ-ฺๅ-๎)\\]}”’,.:;!?%/–-]")
TOGETHER = (
    (re.compile(rf"(\d) ({'|'.join(MONTHS)})(?: (พ\.ศ\.))?(?: (\d{{4}}))?"), None),
    (re.compile(r"(\d) (?=บาท|ล้าน|คน|วัน|ไร่|จังหวัด|ตำบล|ครั้ง|แห่ง|จุด|ข้อ|ประเด็น|เวที|โครงการ|ครัวเรือน|น\.)"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(r"(พ\.ศ\.|ที่|ข้อ|มาตรา|ครั้งที่|ร้อยละ|เวลา|หมู่) (?=\d)"), rf"\1{NO_BREAK_SPACE}"),
)  # fmt: skip
# Keys that are not for reading or must keep their own digits.
RAW = {"widths", "right", "thai_digits", "letter"}
MADE_ON = dt.datetime(2026, 11, 12, tzinfo=dt.UTC)


def keep_together(text: str) -> str:
    """Dates, numbers with their unit and "ข้อ 7" do not break."""
    for pattern, replacement in TOGETHER:
        if replacement is None:
            text = pattern.sub(lambda m: NO_BREAK_SPACE.join(part for part in m.groups() if part), text)
        else:
            text = pattern.sub(replacement, text)
    return text


def part_words(text: str) -> str:
    """The text with U+200B between its words, so that typst breaks lines there and nowhere else."""
    pieces: list[str] = []
    for word in cut(keep_together(clean_text(text))):
        if pieces and (TAIL.match(word) or not pieces[-1].strip() or not word.strip()):
            pieces[-1] += word
        else:
            pieces.append(word)
    return ZERO_WIDTH_SPACE.join(pieces)


def prepare(value: Any, *, thai: bool, key: str = "") -> Any:
    if isinstance(value, str):
        return part_words(to_thai(value) if thai else value)
    if isinstance(value, list):
        return [prepare(item, thai=thai, key=key) for item in value]
    if isinstance(value, dict):
        return {k: v if k in RAW else prepare(v, thai=thai, key=k) for k, v in value.items()}
    return value


def pdf(data: dict[str, Any]) -> bytes:
    """The bytes of one document; the same data gives the same bytes."""
    ready = prepare(data, thai=bool(data.get("thai_digits")))
    compiler = typst.Compiler(
        str(HERE / "strategy.typ"),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(ready, ensure_ascii=False)},
    )
    return compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(MADE_ON.timestamp()))


def document(name: str, title: str, data: dict[str, Any]) -> CustomDocument:
    """The file called ``name`` (ASCII), made on first use; later calls return the same one."""
    import pypdfium2  # only the first load needs it

    filename = f"demo-{name}.pdf"
    found = CustomDocument.objects.filter(file__endswith=f"/{filename}").first()
    if found and found.file.storage.exists(found.file.name):
        return found
    content = pdf(data)
    made = found or CustomDocument(title=title[:255])
    if found:
        found.file.storage.save(found.file.name, ContentFile(content))
    else:
        made.file.save(filename, ContentFile(content), save=False)
    made.pages = len(pypdfium2.PdfDocument(content))
    made.file_size = len(content)
    made.file_hash = ""
    made.save()
    made.get_file_hash()
    return made
