"""Spreadsheets as people send them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = ("จุดยืน", "ข้อในร่าง", "เหตุผล", "ข้อเสนอ", "ภาคส่วน", "ตำบล", "หมู่ที่", "ช่องทาง", "ยินยอม", "ชื่อที่ให้แสดง")
GOOD = ("ไม่เห็นด้วย", "3", "ทางเบี่ยงผ่านหน้าโรงเรียน", "", "ประชาชน", "", "๖", "เวที", "ยินยอม", "")


def row(**changes: Any) -> list[Any]:
    """A good row with some cells changed: ``row(stance="เฉยๆ")``."""
    names = (
        "stance",
        "section",
        "reason",
        "suggestion",
        "sector",
        "tambon",
        "village",
        "channel",
        "consent",
        "name",
    )
    return [changes.get(name, value) for name, value in zip(names, GOOD, strict=True)]


def workbook(
    rows: Iterable[Sequence[Any]], head: Sequence[str] = HEAD, merge: str = ""
) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(head))
    for cells in rows:
        sheet.append(list(cells))
    if merge:
        sheet.merge_cells(merge)
    return as_upload(book)


def as_upload(book: openpyxl.Workbook, name: str = "เวที.xlsx") -> SimpleUploadedFile:
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())
