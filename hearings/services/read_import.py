"""Read a spreadsheet of comments without storing anything (P108): good rows, and what is wrong with the others.

Nothing in the file is calculated or trusted: formulas are read as what they are, limits hold before anything is
unpacked, and every row that is not understood is named with its number, its column and what to do.
"""

from __future__ import annotations

import difflib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from core.digits import to_arabic
from core.enums import Sector
from core.forms.uploads import check_real_type
from core.text import clean_text
from geography.models import District, Province, Subdistrict
from hearings.enums import Channel, Stance
from hearings.models import Hearing
from hearings.services import records
from hearings.services.data import HIGHEST_VILLAGE_NO, LONGEST_TEXT, has_citizen_number

MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_FILES = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 40
MOST_PROBLEMS = 1000
LONGEST_NAME = 120


class Column(TextChoices):
    """Columns of the template in their order; the label is the heading, Thai and English are both understood."""

    STANCE = "stance", _("Stance")
    SECTION = "section", _("Section")
    REASON = "reason", _("Reason")
    SUGGESTION = "suggestion", _("Suggestion")
    SECTOR = "sector", _("Sector")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    SUBDISTRICT = "subdistrict", _("Sub-district")
    VILLAGE_NO = "village_no", _("Village number")
    CHANNEL = "channel", _("Came by")
    CONSENT = "consent", _("Consent")
    NAME = "name", _("Name to be shown")
    ROW = "row", _("Whole row")


# The template is Thai whoever downloads it: it goes to villages. ROW is no column of the file.
HEADINGS = {
    Column.STANCE: "จุดยืน", Column.SECTION: "ข้อในร่าง", Column.REASON: "เหตุผล", Column.SUGGESTION: "ข้อเสนอ",
    Column.SECTOR: "ภาคส่วน", Column.PROVINCE: "จังหวัด", Column.DISTRICT: "อำเภอ", Column.SUBDISTRICT: "ตำบล",
    Column.VILLAGE_NO: "หมู่ที่", Column.CHANNEL: "ช่องทาง", Column.CONSENT: "ยินยอม",
    Column.NAME: "ชื่อที่ให้แสดง",
}  # fmt: skip
STANCE_WORDS = {
    Stance.AGREE: ("เห็นด้วย", "agree", "1"),
    Stance.PARTLY: ("เห็นด้วยบางส่วน", "บางส่วน", "partly agree", "partly", "2"),
    Stance.AGAINST: ("ไม่เห็นด้วย", "disagree", "against", "3"),
    Stance.OTHER: ("มีข้อเสนออื่น", "ข้อเสนออื่น", "other proposal", "other", "4"),
}
SECTOR_WORDS = {
    Sector.CITIZEN: ("ประชาชน", "citizens", "1"),
    Sector.PRIVATE: ("เอกชน", "ภาคเอกชน", "private sector", "2"),
    Sector.LOCAL_GOV: ("อปท.", "อปท", "องค์กรปกครองส่วนท้องถิ่น", "local government", "3"),
    Sector.CIVIL_SOCIETY: ("ประชาสังคม", "ภาคประชาสังคม", "กลุ่มหรือเครือข่าย", "civil society", "4"),
    Sector.ACADEMIC: ("สถาบันการศึกษา", "การศึกษา", "academic", "5"),
    Sector.GOVERNMENT: ("หน่วยงานรัฐ", "ราชการ", "government", "6"),
}
CHANNEL_WORDS = {
    Channel.PAPER: ("กระดาษ", "แบบกระดาษ", "paper"),
    Channel.MEETING: ("เวที", "ประชุม", "meeting"),
    Channel.PHONE: ("โทรศัพท์", "โทร", "phone", "telephone"),
    Channel.LINE: ("ไลน์", "line"),
    Channel.LETTER: ("จดหมาย", "หนังสือ", "letter"),
}
YES = {"ยินยอม", "ใช่", "มี", "yes", "y", "x", "1", "true", "✓"}
WHOLE = {"", "0", "-", "ทั้งโครงการ", "ทั้งเรื่อง", "ทั้งฉบับ", "whole"}
PREFIX = re.compile(r"^(จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง)\s*")


class Trouble(TextChoices):
    """What can be wrong with a cell, and (ADVICE) what to do. Codes are stored, so that either language can show them."""

    UNKNOWN_STANCE = "unknown_stance", _("not one of the four stances")
    UNKNOWN_SECTION = "unknown_section", _("not a section of the draft")
    UNKNOWN_SECTOR = "unknown_sector", _("not one of the six sectors")
    UNKNOWN_CHANNEL = "unknown_channel", _("not a way we know")
    UNKNOWN_AREA = "unknown_area", _("this place is not found")
    VILLAGE_NO = "village_no", _("not a village number from 1 to 99")
    NO_CONSENT = "no_consent", _("no consent")
    NO_WORDS = "no_words", _("neither reason nor suggestion")
    TOO_LONG = "too_long", _("too long")
    CITIZEN_NUMBER = "citizen_number", _("holds a citizen identification number")
    FORMULA = "formula", _("is a formula")
    MERGED = "merged", _("cells are merged")


ADVICE = {
    Trouble.UNKNOWN_STANCE: _("Choose from the list in the cell, or type 1 to 4."),
    Trouble.UNKNOWN_SECTION: _("Type the number of the section, or leave it empty for the whole matter."),
    Trouble.UNKNOWN_SECTOR: _("Choose from the list in the cell, or type 1 to 6."),
    Trouble.UNKNOWN_CHANNEL: _("Choose from the list in the cell."),
    Trouble.UNKNOWN_AREA: _("Check the spelling, or leave the cell empty."),
    Trouble.VILLAGE_NO: _("Type only the number, or leave the cell empty."),
    Trouble.NO_CONSENT: _("Import it only if the person agreed; then type “ยินยอม”."),
    Trouble.NO_WORDS: _("Whoever does not simply agree gives a reason or a suggestion."),
    Trouble.TOO_LONG: _("Shorten it; the limit is 4,000 characters, 120 for a name."),
    Trouble.CITIZEN_NUMBER: _("Take the number out. We never need it."),
    Trouble.FORMULA: _("Copy the cell and paste it as a value."),
    Trouble.MERGED: _("Undo the merging and write the value into each cell."),
}


@dataclass
class Reading:
    """What a file holds; both lists are plain values that fit into ImportRun."""

    rows: list[dict] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)

    def complain(self, row: int, column: str, trouble: str, value: object = "", hint: str = "") -> None:
        self.problems.append(
            {
                "row": row,
                "column": str(column),
                "trouble": str(trouble),
                "value": str(value)[:80],
                "hint": hint,
            }
        )


def read_import(hearing: Hearing, upload: UploadedFile) -> Reading:
    """Raises ValidationError if the file as a whole cannot be read."""
    _guard(upload)
    try:
        book = openpyxl.load_workbook(upload, read_only=True, data_only=False, keep_links=False)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        SyntaxError,
    ) as error:
        raise ValidationError(
            _("This file cannot be opened. Save it again in Excel as .xlsx and choose the new file."),
            code="broken",
        ) from error
    try:
        sheet = book.worksheets[0]
        merged = _merged(upload, getattr(sheet, "_worksheet_path", ""))
        return _Reader(hearing, merged).read(_cells(sheet))
    except (IndexError, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        if isinstance(error, ValidationError):
            raise
        raise ValidationError(
            _("This file cannot be opened. Save it again in Excel as .xlsx and choose the new file."),
            code="broken",
        ) from error
    finally:
        book.close()


def _guard(upload: UploadedFile) -> None:
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


def _merged(upload: UploadedFile, path: str) -> list[tuple[int, int, int, int]]:
    """Ranges of merged cells as (first column, first row, last column, last row); the quick reader skips them."""
    with zipfile.ZipFile(upload) as archive, archive.open(path.lstrip("/")) as part:
        # They stand after the rows: the tail of the text is enough, and no tree is built.
        text = part.read(MOST_UNPACKED).decode("utf-8", "replace")
    tail = text[text.rfind("</sheetData>") :]
    return [
        range_boundaries(found) for found in re.findall(r'<mergeCell ref="([A-Z0-9:]{2,20})"', tail)[:2000]
    ]


def _cells(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """(row number, cells) of every row that holds something; empty rows between are nothing."""
    kept = 0
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS * 5)
    for number, row in enumerate(rows, start=1):
        if any(_text(cell) for cell in row):
            kept += 1
            if kept > MOST_ROWS + 1:
                raise ValidationError(
                    _("The table has more than 10,000 rows. Split it and import the parts."), code="rows"
                )
            yield number, list(row)


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_text(str(value))


def _word(text: str) -> str:
    return " ".join(to_arabic(text).lower().split())


def _words(table: dict) -> dict[str, str]:
    found = {word: str(value) for value, words in table.items() for word in words}
    return {**{_word(str(value.label)): str(value) for value in table}, **found}


class _Reader:
    def __init__(self, hearing: Hearing, merged: list[tuple[int, int, int, int]]) -> None:
        self.hearing, self.merged = hearing, merged
        self.reading = Reading()
        self.columns: dict[str, int] = {}
        self.words = {
            Column.STANCE: _words(STANCE_WORDS), Column.SECTOR: _words(SECTOR_WORDS),
            Column.CHANNEL: _words(CHANNEL_WORDS),
        }  # fmt: skip
        self.sections: dict[str, str] = {}
        for block in records.sections_by_key(hearing).values():
            for name in (
                block.number,
                f"ข้อ {block.number}",
                f"{block.number}. {block.heading}",
                block.heading,
            ):
                self.sections[_word(str(name))] = str(block.key)
        self.areas = _Areas(hearing)

    def read(self, rows: Iterator[tuple[int, list[Any]]]) -> Reading:
        for number, cells in rows:
            if not self.columns:
                self._headings(cells)
                continue
            if len(self.reading.problems) >= MOST_PROBLEMS:
                break
            self._row(number, cells)
        if not self.columns:
            raise ValidationError(_("The first sheet of the file is empty."), code="empty")
        return self.reading

    def _headings(self, cells: list[Any]) -> None:
        names = {_word(heading): column for column, heading in HEADINGS.items()}
        names |= {_word(str(column.label)): column for column in HEADINGS} | {str(c): c for c in HEADINGS}
        for place, cell in enumerate(cells):
            column = names.get(_word(_text(cell)).rstrip(" *"))
            if column is not None:
                self.columns.setdefault(column, place)
        missing = [
            HEADINGS[c] for c in (Column.STANCE, Column.SECTOR, Column.CONSENT) if c not in self.columns
        ]
        if missing:
            self.columns = {}
            raise ValidationError(
                _("The first row must hold the headings. Missing: %(names)s. Use our template."),
                code="headings", params={"names": ", ".join(missing)},
            )  # fmt: skip

    def _row(self, number: int, cells: list[Any]) -> None:
        before = len(self.reading.problems)
        if self._in_merged(number):
            self.reading.complain(number, Column.ROW, Trouble.MERGED)
            return
        text = {column: _text(cells[place]) for column, place in self.columns.items() if place < len(cells)}
        for column, place in self.columns.items():
            if place < len(cells) and _is_formula(cells[place]):
                self.reading.complain(number, column, Trouble.FORMULA, text[column])
        if len(self.reading.problems) > before:
            return
        row = self._values(number, text)
        if len(self.reading.problems) == before:
            self.reading.rows.append(row)

    def _in_merged(self, number: int) -> bool:
        used = set(self.columns.values())
        return any(
            top <= number <= bottom and any(left - 1 <= place <= right - 1 for place in used)
            for left, top, right, bottom in self.merged
        )

    def _values(self, number: int, text: dict) -> dict:
        def get(column: Column) -> str:
            return text.get(column, "")

        complain = self.reading.complain
        row: dict[str, Any] = {"row": number}
        for column, trouble, default in (
            (Column.STANCE, Trouble.UNKNOWN_STANCE, None),
            (Column.SECTOR, Trouble.UNKNOWN_SECTOR, None),
            (Column.CHANNEL, Trouble.UNKNOWN_CHANNEL, str(Channel.PAPER)),
        ):
            typed = get(column)
            value = self.words[column].get(_word(typed)) if typed else default
            if value is None:
                complain(number, column, trouble, typed)
            row[str(column)] = value
        row["block_key"] = self._section(number, get(Column.SECTION))
        row["reason"], row["suggestion"] = get(Column.REASON), get(Column.SUGGESTION)
        row["name"] = get(Column.NAME)
        for column, longest in (
            (Column.REASON, LONGEST_TEXT),
            (Column.SUGGESTION, LONGEST_TEXT),
            (Column.NAME, LONGEST_NAME),
        ):
            if len(get(column)) > longest:
                complain(number, column, Trouble.TOO_LONG, get(column))
            elif has_citizen_number(get(column)):
                complain(number, column, Trouble.CITIZEN_NUMBER)
        if row["stance"] not in (None, Stance.AGREE) and not (row["reason"] or row["suggestion"]):
            complain(number, Column.REASON, Trouble.NO_WORDS)
        row["village_no"] = self._village(number, get(Column.VILLAGE_NO))
        row.update(self.areas.find(self.reading, number, text))
        if _word(get(Column.CONSENT)) not in YES:
            complain(number, Column.CONSENT, Trouble.NO_CONSENT, get(Column.CONSENT))
        return row

    def _section(self, number: int, typed: str) -> str | None:
        if _word(typed) in WHOLE:
            return None
        if key := self.sections.get(_word(typed)):
            return key
        self.reading.complain(number, Column.SECTION, Trouble.UNKNOWN_SECTION, typed)
        return None

    def _village(self, number: int, typed: str) -> int | None:
        if not typed:
            return None
        found = re.fullmatch(r"(?:หมู่ที่|หมู่|ม\.)?\s*([0-9]{1,2})", to_arabic(typed))
        if found and 1 <= int(found[1]) <= HIGHEST_VILLAGE_NO:
            return int(found[1])
        self.reading.complain(number, Column.VILLAGE_NO, Trouble.VILLAGE_NO, typed)
        return None


def _is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f" or _text(cell).startswith("=")


class _Areas:
    """Places by their names: read once, looked up as often as there are rows. Lower levels make upper ones certain."""

    def __init__(self, hearing: Hearing) -> None:
        self.provinces = {name: code for code, name in Province.objects.values_list("code", "name")}
        self.districts: dict[str, list[str]] = {}
        for code, name in District.objects.values_list("code", "name"):
            self.districts.setdefault(name, []).append(code)
        self.subdistricts: dict[str, list[str]] = {}
        for code, name in Subdistrict.objects.values_list("code", "name"):
            self.subdistricts.setdefault(name, []).append(code)
        self.home = tuple(hearing.acting_provinces())
        self.home_districts = tuple(hearing.districts.values_list("pk", flat=True))

    def find(self, reading: Reading, number: int, text: dict) -> dict[str, str | None]:
        """The codes of the lowest level named; the levels above follow from its code (2, 4 and 6 digits)."""
        within = ""
        for column, names in (
            (Column.PROVINCE, {name: [code] for name, code in self.provinces.items()}),
            (Column.DISTRICT, self.districts),
            (Column.SUBDISTRICT, self.subdistricts),
        ):
            typed = text.get(column, "")
            name = PREFIX.sub("", typed).strip()
            if not name:
                continue
            found = self._pick(names.get(name, []), within)
            if found is None:
                reading.complain(number, column, Trouble.UNKNOWN_AREA, typed, self._like(name, names, within))
                return {}
            within = found
        return {
            "province": within[:2] or None,
            "district": within[:4] if len(within) >= 4 else None,
            "subdistrict": within if len(within) == 6 else None,
        }

    def _pick(self, codes: list[str], within: str) -> str | None:
        """One place of that name: in what stands above it, or else in the area of the hearing; never a guess."""
        inside = [code for code in codes if code.startswith(within)]
        if len(inside) == 1:
            return inside[0]
        for area in (self.home_districts, self.home):
            near = [code for code in inside if area and code.startswith(area)]
            if len(near) == 1:
                return near[0]
        return None

    def _like(self, name: str, names: dict[str, list[str]], within: str) -> str:
        area = (within,) if within else self.home or ("",)
        near = [known for known, codes in names.items() if any(code.startswith(area) for code in codes)]
        return next(iter(difflib.get_close_matches(name, near, n=1, cutoff=0.6)), "")
