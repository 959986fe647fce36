"""Open a spreadsheet somebody sent, a row at a time: limits hold before anything is unpacked, nothing is calculated.

What is merged or hidden is read from the marks in the file itself, in pieces, because the quick reader skips them;
so a table of 10,000 rows takes a few megabytes however wide it is.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from core.forms.uploads import check_real_type
from core.text import clean_text

MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_FILES = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 120
MOST_MERGED = 2000
PIECE = 1024 * 1024
ROW_OR_MERGED = re.compile(rb"<(?:\w+:)?(row|mergeCell)\s([^>]*)>")
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
BROKEN = _("This file cannot be opened. Save it again in Excel as .xlsx and choose the new file.")
CANNOT_READ = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError, IndexError,
)  # fmt: skip

Row = tuple[int, list[Any]]


@dataclass
class Sheet:
    rows: Iterator[Row]
    merged: list[tuple[int, int, int, int]]  # first column, first row, last column, last row
    hidden: set[int]


@contextmanager
def open_sheet(file: File) -> Iterator[Sheet]:
    """The first sheet people can see. Raises ValidationError, also while its rows are read."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except CANNOT_READ as error:
        raise ValidationError(BROKEN, code="broken") from error
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        merged, hidden = _marks(file, getattr(shown[0], "_worksheet_path", ""))
        yield Sheet(_rows(shown[0]), merged, hidden)
    except ValidationError:
        raise
    except CANNOT_READ as error:
        raise ValidationError(BROKEN, code="broken") from error
    finally:
        book.close()


def guard(upload: UploadedFile) -> None:
    """Before anything is unpacked: size, kind, what it would unfold to, and no XML that defines its own entities."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than 8 MB. Split it and import the parts."), code="too_big"
        )
    if not (upload.name or "").lower().endswith(".xlsx"):
        raise ValidationError(
            _("Choose a file that ends in .xlsx. Excel can save any table so."), code="kind"
        )
    check_real_type(upload)
    with zipfile.ZipFile(upload) as archive:
        files = archive.infolist()
        if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
            raise ValidationError(
                _(
                    "This file unfolds to far more than a table of 10,000 rows. Copy the table into our template."
                ),
                code="bomb",
            )
        for file in files:
            if file.filename.endswith((".xml", ".rels")):
                with archive.open(file) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper():
                        raise ValidationError(_("This file holds something no table needs."), code="doctype")
    upload.seek(0)


def _marks(file: File, path: str) -> tuple[list[tuple[int, int, int, int]], set[int]]:
    """Merged ranges and hidden rows."""
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    with zipfile.ZipFile(file) as archive, archive.open(path.lstrip("/")) as part:
        for kind, attributes in _tags(part):
            if kind == b"mergeCell" and len(merged) < MOST_MERGED:
                merged.append(range_boundaries(attributes.get(b"ref", b"A1").decode("ascii")))
            elif kind == b"row" and attributes.get(b"hidden") in (b"1", b"true"):
                hidden.add(int(attributes.get(b"r", b"0")))
    return merged, hidden


def _tags(part: Any) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
    """Cut at a "<", no tag is ever in two pieces."""
    rest = b""
    while True:
        piece = part.read(PIECE)
        text = rest + piece
        cut = text.rfind(b"<") if piece else len(text)
        rest = text[cut:] if cut >= 0 else text
        for found in ROW_OR_MERGED.finditer(text, 0, max(cut, 0)):
            yield found[1], dict(ATTRIBUTE.findall(found[2]))
        if not piece:
            return


def _rows(sheet: Any) -> Iterator[Row]:
    """(row number, cells) of every row that holds something; empty rows between are nothing."""
    kept = 0
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS * 5)
    for number, row in enumerate(rows, start=1):
        if any(text_of(cell) for cell in row):
            kept += 1
            if kept > MOST_ROWS + 1:
                raise ValidationError(
                    _("The table has more than 10,000 rows. Split it and import the parts."), code="rows"
                )
            yield number, list(row)


def text_of(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    return clean_text(str(value))


def is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f" or text_of(cell).startswith("=")
