"""A draft from Word or pasted text, cut into sections (peers P21).

Kept is what the editor of a section allows: paragraphs, bold, lists, links; a row of a table becomes an item.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

import mammoth
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from core.forms.uploads import check_real_type
from core.text import clean_text
from hearings.paragraphs import fold

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
LARGEST_XML = 15 * 1024 * 1024
MOST_MARKS = 600_000  # tags and attributes; each takes hundreds of bytes of memory when the file is read
MOST_PARTS = 2000
LONGEST_TEXT = 1_000_000
LONGEST_HEADING = 200
LONGEST_LINE_AS_HEADING = 120
MOST_SECTIONS = 60

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "div", "li", "tr", "blockquote", "section", "article", *HEADINGS)
BOLD = ("b", "strong")
SKIPPED = ("script", "style", "head", "title", "template", "iframe", "object", "svg", "math")
NUMBER = r"[0-9๐-๙]{1,3}"
# หมวด ๑, ข้อ 1, 1., ๑. at the beginning of a line; 1.1 is a paragraph of section 1.
NUMBERED = re.compile(rf"(?:(?:หมวด|ส่วน|บท|ข้อ|มาตรา)(?:ที่)?\s*{NUMBER}|{NUMBER}[.)])(?=\s|$)")


WORDS_MARK = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
TOO_LONG = _("This text is too long. Paste it in parts, or upload the Word file.")


@dataclass(frozen=True)
class ReadSection:
    heading: str
    body: str  # only what ``clean_body`` lets through


def sections_of_text(text: str) -> list[ReadSection]:
    """Sections of a pasted text; every line is a paragraph."""
    lines = [line.strip() for line in clean_text(text).split("\n")]
    return _sections([("p", escape(line)) for line in lines if line])


def sections_of_html(html: str) -> list[ReadSection]:
    return _sections(_all_lines(html))


def sections_of_clipboard(html: str) -> list[ReadSection]:
    """What Word, LibreOffice or a browser puts into the clipboard. Word writes items of lists as paragraphs, each with
    its mark as text: a dot makes it an item, a number stays with its words."""
    if len(html) > LONGEST_TEXT:
        raise ValidationError(TOO_LONG, code="max_length")
    soup = BeautifulSoup(html, "html.parser")
    for mark in soup.find_all(style=WORDS_MARK):
        item = mark.find_parent("p")
        is_dot = not any(sign.isalnum() for sign in mark.get_text().replace("o", "", 1))
        if item is not None and is_dot:
            mark.decompose()
            item.name = "li"
            item.wrap(soup.new_tag("ul"))
    return sections_of_html(str(soup))


def sections_of_file(upload: UploadedFile) -> list[ReadSection]:
    """Sections of a .docx. Raises ValidationError with words an officer can act on."""
    _check_file(upload)
    try:
        converted = mammoth.convert_to_html(
            upload, convert_image=mammoth.images.img_element(lambda image: {})
        )
    except (ExpatError, KeyError, IndexError, AttributeError, ValueError, OSError, zlib.error) as error:
        raise ValidationError(
            _("This file cannot be read. Save it again in Word as .docx."), code="broken"
        ) from error
    return sections_of_html(converted.value)


def clean_body(html: str) -> str:
    """Markup that came back from a browser: the same whitelist again."""
    return _markup(_all_lines(html))


def _check_file(upload: UploadedFile) -> None:
    extension = Path(upload.name or "").suffix.lower()
    if extension in (".doc", ".docm", ".dotm", ".rtf"):
        raise ValidationError(
            _("Files of the old Word or with macros are not taken. Open it in Word and save it as .docx."),
            code="old_word",
        )
    if extension != ".docx":
        raise ValidationError(_("Choose a .docx file."), code="wrong_type")
    if (upload.size or 0) > LARGEST_FILE:
        raise ValidationError(
            _("This file is larger than 5 MB. Take the pictures out and try again."), code="size"
        )
    check_real_type(upload)
    try:
        with zipfile.ZipFile(io.BytesIO(upload.read())) as packed:
            _check_parts(packed)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        struct.error,
        zlib.error,
    ) as error:
        raise ValidationError(
            _("This file cannot be read. Save it again in Word as .docx."), code="broken"
        ) from error
    upload.seek(0)


def _check_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    written = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_UNPACKED
        or sum(part.file_size for part in written) > LARGEST_XML
    ):
        raise _too_large()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise ValidationError(
            _("Files of the old Word or with macros are not taken. Open it in Word and save it as .docx."),
            code="old_word",
        )
    marks = 0
    for part in written:
        text = packed.read(part)
        # Word writes UTF-8, other programs sometimes UTF-16; in any other encoding nothing below would be seen.
        if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = text.decode("utf-16", "replace").encode("utf-8", "replace")
        if b"<!DOCTYPE" in text or b"\0" in text:
            raise ValidationError(
                _("This file cannot be read. Save it again in Word as .docx."), code="broken"
            )
        marks += text.count(b"<") + text.count(b"=")
        if marks > MOST_MARKS:
            raise _too_large()


def _too_large() -> ValidationError:
    return ValidationError(_("This file is too large when it is unpacked."), code="bomb")


# --- from markup to lines ------------------------------------------------------------------------------------


def _all_lines(html: str) -> list[Line]:
    try:
        return _lines(BeautifulSoup(clean_text(html), "html.parser"))
    except RecursionError as error:
        raise ValidationError(
            _("This text cannot be read. Paste it without formatting."), code="nested"
        ) from error


Line = tuple[str, str]  # ("p", "h", "ul" or "ol"; its markup inside)


def _lines(node: Tag, list_kind: str = "") -> list[Line]:
    """The text as lines of one paragraph, heading or item each."""
    found: list[Line] = []
    run: list[str] = []

    def end_run() -> None:
        markup = "".join(run).strip()
        run.clear()
        if fold(BeautifulSoup(markup, "html.parser").get_text()):
            found.append((list_kind or "p", markup))

    for child in node.children:
        lines = _block_lines(child, list_kind)
        if lines is None:
            run.append(_inline(child))
        else:
            end_run()
            found += lines
    end_run()
    return found


def _block_lines(child: PageElement, list_kind: str) -> list[Line] | None:
    """The lines of something that stands on lines of its own; None for a piece of a line."""
    if not isinstance(child, Tag) or child.name in SKIPPED:
        return None
    if child.name in ("ul", "ol"):
        items = [item for item in child.children if isinstance(item, Tag)]
        return [line for item in items for line in _lines(item, child.name)]
    if child.name == "tr":
        cells = [fold(cell.get_text(" ")) for cell in child.find_all(["td", "th"])]
        return [("ul", escape(" · ".join(cell for cell in cells if cell)))] if any(cells) else []
    if child.name in HEADINGS:
        words = fold(child.get_text(" "))
        return [("h", escape(words))] if words else []
    if child.name in BLOCKS or child.find(["p", "div", "ul", "ol", "tr", *HEADINGS]):
        return _lines(child, list_kind)
    return None


def _inline(node: PageElement) -> str:
    if type(node) is NavigableString:
        return escape(re.sub(r"\s+", " ", node))
    if not isinstance(node, Tag) or node.name in SKIPPED:
        return ""
    if node.name == "br":
        return "<br/>"
    inside = "".join(_inline(child) for child in node.children)
    if node.name in BOLD and inside.strip():
        return f"<b>{inside}</b>"
    href = str(node.get("href", "")) if node.name == "a" else ""
    if href.startswith(("https://", "http://", "mailto:")) and inside.strip():
        return f'<a href="{escape(href)}">{inside}</a>'
    return inside


# --- from lines to sections ----------------------------------------------------------------------------------


def _sections(lines: list[Line]) -> list[ReadSection]:
    """By headings where the text has some, else by its numbers; one section if it has neither."""
    by_heading = any(kind == "h" for kind, _words in lines)
    found: list[tuple[str, list[Line]]] = []
    for kind, words in lines:
        text = fold(BeautifulSoup(words, "html.parser").get_text())
        number = None if by_heading or kind != "p" else NUMBERED.match(text)
        if kind == "h" or number:
            heading, rest = (text, "") if kind == "h" else _numbered_heading(text, number)
            found.append((heading[:LONGEST_HEADING], [("p", escape(rest))] if rest else []))
        elif found:
            found[-1][1].append((kind, words))
        else:
            found.append((str(_("Introduction to the draft")), [(kind, words)]))
    return [ReadSection(heading, _markup(body)) for heading, body in found]


def _numbered_heading(text: str, number: re.Match[str] | None) -> tuple[str, str]:
    """The site numbers sections itself; a long line is the text of a section that has only a number."""
    end = number.end() if number else 0
    rest = text[end:].strip()
    if len(rest) > LONGEST_LINE_AS_HEADING:
        return text[:end], rest
    return (rest or text[:end]), ""


def _markup(lines: Iterable[Line]) -> str:
    return "".join(_tagged(lines))


def _tagged(lines: Iterable[Line]) -> Iterator[str]:
    """Items that follow each other are one list."""
    open_list = ""
    for kind, words in lines:
        wanted = kind if kind in ("ul", "ol") else ""
        if wanted != open_list:
            yield (f"</{open_list}>" if open_list else "") + (f"<{wanted}>" if wanted else "")
            open_list = wanted
        yield (
            f"<li>{words}</li>" if wanted else f"<p><b>{words}</b></p>" if kind == "h" else f"<p>{words}</p>"
        )
    if open_list:
        yield f"</{open_list}>"
