"""The words of PDF, Word and Excel files, read once and kept, so that search can find them (A024).

Read by the index task, so neither the editor nor a reader waits. Every file was sent by somebody: size, time and what
an archive unfolds to are bounded, and what cannot be read gives no words and a sentence for the editor, never an error.
"""

from __future__ import annotations

import hashlib
import re
import struct
import time
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any
from xml.etree import ElementTree

from django.db.models import QuerySet
from wagtail.models import CollectionViewRestriction

from core.enums import FileProblem
from core.models import CustomDocument, FileText
from core.pdfium import PDFIUM
from core.text import clean_text

READER = "2"  # count up when files shall be read anew
MAX_CHARS = 200_000
MAX_PAGES = 2_000
MAX_ROWS, MAX_COLUMNS = 20_000, 200
MOST_ELEMENTS = 1_000_000  # of a part that says nothing and never ends
MAX_SECONDS = 20.0
MAX_PARTS = 5_000
MAX_UNPACKED = 80 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0"  # an office file behind a password is no zip archive but this
PASSWORD = 4  # FPDF_ERR_PASSWORD
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, ElementTree.ParseError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, EOFError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_TEXT = re.compile(r"#(?:REF|DIV/0|N/A|NAME|VALUE|NUM|NULL)[!?]?")

# What search does to text from PDF files: the repaired text, and whether anything was mended.
Repair = Callable[[str], tuple[str, bool]]
_repairs: list[Repair] = []


class UnreadableFileError(Exception):
    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def register_repair(repair: Repair) -> None:
    """Search knows how PDF files spoil Thai; core does not import it."""
    _repairs[:] = [repair]


def text_of_file(document: CustomDocument | None) -> str:
    """The words of a file, "" where there are none. Opens it only when it is new or was replaced."""
    if document is None or document.file_extension.lower() not in READERS:
        return ""
    if document.collection.get_view_restrictions().exists():
        return ""  # who may not open a file must not read its sentences in search either
    try:
        with document.file.open("rb") as stream:
            source = f"{READER}:{hashlib.file_digest(stream, 'sha1').hexdigest()}"
            stored = FileText.objects.filter(document=document).first()
            if stored is None or stored.source != source:
                found = {"source": source, **_read(document.file_extension.lower(), stream)}
                stored, _created = FileText.objects.update_or_create(document=document, defaults=found)
    except FileNotFoundError:
        return ""  # the file store lost it; the page itself can still be found
    return stored.text


def texts_of_files(documents: Iterable[CustomDocument | None]) -> str:
    """Of all files of a page, as many as search takes of one thing."""
    found: list[str] = []
    for document in documents:
        if sum(map(len, found)) < MAX_CHARS:
            found.append(text_of_file(document))
    return "\n".join(text for text in found if text)[:MAX_CHARS]


# Which files lend a thing their words: kept in the index with these words, and compared when they are shown. A file taken
# away, closed or replaced takes its words along at once and not when the worker comes to it.


def sources_of(documents: Iterable[CustomDocument | None]) -> str:
    """ "" where there are none that anyone may open."""
    return _sources(
        (document.pk, document.file.name, document.file_hash)
        for document in documents
        if document is not None and not document.collection.get_view_restrictions().exists()
    )


def sources_now(*links: tuple[QuerySet, str, str]) -> dict[int, str]:
    """{thing: ``sources_of`` its files} of many things, without opening a file. ``links``: rows with the names of the
    columns of the thing and of its file."""
    found: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
    closed: tuple[str, ...] | None = None
    for rows, thing, file in links:
        fields = ("", "__file", "__file_hash", "__collection__path")
        wanted = rows.order_by().filter(**{f"{file}__isnull": False})
        for pk, *of_file, folder in wanted.values_list(thing, *(f"{file}{field}" for field in fields)):
            if closed is None:
                closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
            if not folder.startswith(closed):
                found[pk].append(tuple(of_file))
    return {pk: _sources(files) for pk, files in found.items()}


def _sources(files: Iterable[tuple[int, str, str]]) -> str:
    known = sorted(set(files))
    return hashlib.sha256(repr(known).encode()).hexdigest()[:32] if known else ""


def _read(extension: str, stream: IO[bytes]) -> dict[str, Any]:
    stream.seek(0)
    try:
        raw = _bounded(READERS[extension](stream))
    except UnreadableFileError as error:
        return {"text": "", "is_repaired": False, "problem": error.problem}
    except UNREADABLE:
        return {"text": "", "is_repaired": False, "problem": FileProblem.BROKEN}
    text, is_repaired = clean_text(raw), False
    if extension == "pdf":
        for repair in _repairs:
            text, is_repaired = repair(text)
    problem = FileProblem.PICTURES if extension == "pdf" and not text.strip() else ""
    return {"text": text[:MAX_CHARS], "is_repaired": is_repaired, "problem": problem}


def _bounded(pieces: Iterator[str]) -> str:
    """As many pieces as the limits let through; a file that takes too long gives what was read until then."""
    found: list[str] = []
    length, end = 0, time.monotonic() + MAX_SECONDS
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > MAX_CHARS or time.monotonic() > end:
            break
    return "".join(found)[: MAX_CHARS + 1]


def _pdf(stream: IO[bytes]) -> Iterator[str]:
    """Page by page, so that other threads that need PDFium are let in between."""
    import pypdfium2  # loaded late: only indexing needs it

    content = stream.read()
    try:
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            count = min(len(pdf), MAX_PAGES)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == PASSWORD
        raise UnreadableFileError(FileProblem.LOCKED if locked else FileProblem.BROKEN) from error
    try:
        for number in range(count):
            with PDFIUM:
                words = pdf[number].get_textpage().get_text_bounded()
            yield f"{words}\n"
    finally:
        with PDFIUM:
            pdf.close()


def _docx(stream: IO[bytes]) -> Iterator[str]:
    """Paragraphs and cells of the text and its footnotes; neither hidden nor deleted words, which nobody sees."""
    with _archive(stream) as archive:
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in archive.namelist():
                with archive.open(name) as part:
                    yield from _words_of_part(part)


def _words_of_part(part: IO[bytes]) -> Iterator[str]:
    run: list[str] = []
    is_hidden = False
    # _archive refuses entities of its own.
    for number, (_event, element) in enumerate(ElementTree.iterparse(part)):  # noqa: S314
        if number > MOST_ELEMENTS:
            raise UnreadableFileError(FileProblem.TOO_LARGE)
        tag = element.tag
        if tag == f"{WORD}t":
            run.append(element.text or "")
        elif tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
            run.append(" ")
        elif tag == f"{WORD}vanish":
            is_hidden = element.get(f"{WORD}val", "1") not in ("0", "false")
        elif tag == f"{WORD}pPr":
            is_hidden = False  # that was the mark at the end of the paragraph
        elif tag == f"{WORD}r":
            if not is_hidden:
                yield "".join(run)
            run, is_hidden = [], False
        elif tag == f"{WORD}p":
            yield "\n"
            element.clear()


def _xlsx(stream: IO[bytes]) -> Iterator[str]:
    """What is seen in the cells of visible sheets: of a formula its result, of merged cells the one value."""
    import openpyxl

    with _archive(stream):
        pass
    stream.seek(0)
    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            yield f"{sheet.title}\n"
            for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
                if line := " ".join(text for value in row if (text := _text_of(value))):
                    yield f"{line}\n"
    finally:
        book.close()


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 6)
    text = str(value).removesuffix(" 00:00:00").strip()
    return "" if NOT_TEXT.fullmatch(text) else text


def _archive(stream: IO[bytes]) -> zipfile.ZipFile:
    """An office file, opened after it was asked how large it unfolds and whether its XML defines entities."""
    if stream.read(4) == OLE:
        raise UnreadableFileError(FileProblem.LOCKED)
    stream.seek(0)
    archive = zipfile.ZipFile(stream)
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableFileError(FileProblem.TOO_LARGE)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                if b"<!DOCTYPE" in opened.read(4096).upper():
                    raise UnreadableFileError(FileProblem.BROKEN)
    return archive


READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}
