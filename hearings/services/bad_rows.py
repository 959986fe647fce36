"""The rows of a spreadsheet that cannot be imported, as a spreadsheet with the reason beside them."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from hearings.models import ImportRun
from hearings.services.import_columns import ADVICE, Trouble, all_columns, question_columns
from hearings.services.open_sheet import open_sheet, text_of

REASON = "สิ่งที่ต้องแก้"


def bad_rows_file(run: ImportRun) -> bytes:
    """Everything as it was sent, as plain text, so that it can be corrected and chosen again."""
    columns = all_columns(question_columns(run.hearing))
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for problem in run.problems:
        reasons[problem["row"]].append(sentence(problem, columns))
    book = Workbook(write_only=True)
    table = book.create_sheet("คำตอบ")
    with run.source.open("rb") as file, open_sheet(file) as sheet:
        for place, (number, cells) in enumerate(sheet.rows):
            if place == 0:
                wide = max(column for column, cell in enumerate(cells, start=1) if text_of(cell))
                table.append([*_plain(table, cells, wide), REASON])
            elif number in reasons:
                table.append([*_plain(table, cells, wide), " ".join(reasons[number])])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sentence(problem: dict, columns: dict[str, Any]) -> str:
    """One problem in words: where, what, what to do."""
    trouble = Trouble(problem["trouble"])
    place = columns.get(problem["column"])
    hint = _("Probably “%(name)s”.") % {"name": problem["hint"]} if problem["hint"] else ""
    where = f"{place}: " if place else ""
    return " ".join(part for part in (f"{where}{trouble.label}.", hint, str(ADVICE[trouble])) if part)


def _plain(table: Any, cells: list[Any], wide: int) -> list[WriteOnlyCell]:
    """A formula stays the text it was: nothing in this file calculates."""
    plain = []
    for cell in cells[:wide]:
        copy = WriteOnlyCell(table, text_of(cell))
        copy.data_type = "s"
        plain.append(copy)
    return plain
