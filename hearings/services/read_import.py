"""Read a spreadsheet of comments without storing anything (P108): good rows, and what is wrong with the others.

Nothing in the file is calculated or trusted: formulas are read as what they are, limits hold before anything is
unpacked, and every row that is not understood is named with its number, its column and what to do.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.thaidate import parse_day
from geography.models import District, Province, Subdistrict
from hearings.enums import Channel, QuestionKind, Stance
from hearings.models import Hearing, QuestionRevision
from hearings.services import records
from hearings.services.answer_values import check_value
from hearings.services.data import HIGHEST_VILLAGE_NO, LONGEST_TEXT, has_citizen_number
from hearings.services.import_columns import (
    AREAS,
    CHANNEL_WORDS,
    NEEDED,
    NO,
    SECTOR_WORDS,
    STANCE_WORDS,
    WHOLE,
    YES,
    Column,
    QuestionColumn,
    Trouble,
    all_columns,
    places_of,
    question_columns,
    word,
    words_of,
)
from hearings.services.open_sheet import MOST_COLUMNS, Row, Sheet, is_formula, open_sheet, text_of

MOST_PROBLEMS = 1000
LONGEST_NAME, LONGEST_GROUP = 120, 200
PREFIX = re.compile(r"^(จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง)\s*")
BETWEEN_ANSWERS = re.compile(r"[;\n|]")


@dataclass
class Reading:
    """What a file holds; all of it plain values that fit into ImportRun."""

    rows: list[dict] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[Column]:
        """Without these nothing can be read; somebody has to say where they stand."""
        return [column for column in NEEDED if column not in self.columns]

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


def read_import(
    hearing: Hearing,
    file: File,
    *,
    today: dt.date,
    columns: Mapping[str, int] | None = None,
    only_headings: bool = False,
) -> Reading:
    """Raises ValidationError if the file as a whole cannot be read.

    ``columns`` is where somebody said that our columns stand; None goes by the headings. Rows without a day reached
    the office ``today``. If a needed column is missing, only headings and a sample are read.
    """
    with open_sheet(file) as sheet:
        return _Reader(hearing, sheet, today, columns).read(only_headings)


class _Reader:
    def __init__(
        self, hearing: Hearing, sheet: Sheet, today: dt.date, columns: Mapping[str, int] | None
    ) -> None:
        self.hearing, self.sheet, self.today, self.given = hearing, sheet, today, columns
        self.reading = Reading()
        self.questions = question_columns(hearing)
        self.words = {
            Column.STANCE: words_of(STANCE_WORDS), Column.SECTOR: words_of(SECTOR_WORDS),
            Column.CHANNEL: words_of(CHANNEL_WORDS),
        }  # fmt: skip
        self.sections: dict[str, str] = {}
        for block in records.sections_by_key(hearing).values():
            numbered = f"{block.number}. {block.heading}"
            for name in (block.number, f"ข้อ {block.number}", numbered, block.heading):
                self.sections[word(str(name))] = str(block.key)
        self.areas = _Areas(hearing)

    def read(self, only_headings: bool) -> Reading:
        rows = self.sheet.rows
        first = next(rows, None)
        second = next(rows, None)
        if first is None or second is None:
            raise ValidationError(_("The first sheet of the file is empty."), code="empty")
        self._headings(first[1], second[1])
        if only_headings or self.reading.missing:
            return self.reading
        for row in self._all(second, rows):
            if len(self.reading.problems) >= MOST_PROBLEMS:
                break
            self._row(*row)
        return self.reading

    @staticmethod
    def _all(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
        yield first
        yield from rest

    def _headings(self, cells: list[Any], sample: list[Any]) -> None:
        headings = [text_of(cell) for cell in cells]
        while headings and not headings[-1]:
            headings.pop()
        self.reading.headings = headings
        self.reading.samples = [text_of(cell)[:80] for cell in sample[: len(headings)]]
        if self.given is None:
            self.reading.columns = places_of(headings, self.questions)
            return
        places = list(self.given.values())
        known = all_columns(self.questions)
        if len(places) != len(set(places)) or not set(self.given) <= set(known):
            raise ValidationError(_("A column of ours can stand in one place only."), code="columns")
        if any(not 0 <= place < MOST_COLUMNS for place in places):
            raise ValidationError(_("This column is not in the file."), code="columns")
        self.reading.columns = dict(self.given)

    def _row(self, number: int, cells: list[Any]) -> None:
        before = len(self.reading.problems)
        if number in self.sheet.hidden:
            self.reading.complain(number, Column.ROW, Trouble.HIDDEN)
            return
        if self._in_merged(number):
            self.reading.complain(number, Column.ROW, Trouble.MERGED)
            return
        columns = self.reading.columns
        text = {column: text_of(cells[place]) for column, place in columns.items() if place < len(cells)}
        for column, place in columns.items():
            if place < len(cells) and is_formula(cells[place]):
                self.reading.complain(number, column, Trouble.FORMULA, text[column])
        if len(self.reading.problems) > before:
            return
        row = self._values(number, text)
        if len(self.reading.problems) == before:
            self.reading.rows.append(row)

    def _in_merged(self, number: int) -> bool:
        used = set(self.reading.columns.values())
        return any(
            top <= number <= bottom and any(left - 1 <= place <= right - 1 for place in used)
            for left, top, right, bottom in self.sheet.merged
        )

    def _values(self, number: int, text: dict[str, str]) -> dict:
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
            value = self.words[column].get(word(typed)) if typed else default
            if value is None:
                complain(number, column, trouble, typed)
            row[str(column)] = value
        row["block_key"] = self._section(number, get(Column.SECTION))
        for column, longest in (
            (Column.REASON, LONGEST_TEXT),
            (Column.SUGGESTION, LONGEST_TEXT),
            (Column.NAME, LONGEST_NAME),
            (Column.ORGANISATION, LONGEST_GROUP),
        ):
            row[str(column)] = get(column)
            if len(get(column)) > longest:
                complain(number, column, Trouble.TOO_LONG, get(column))
            elif has_citizen_number(get(column)):
                complain(number, column, Trouble.CITIZEN_NUMBER)
        if row["stance"] not in (None, Stance.AGREE) and not (row["reason"] or row["suggestion"]):
            complain(number, Column.REASON, Trouble.NO_WORDS)
        row["village_no"] = self._village(number, get(Column.VILLAGE_NO))
        row.update(self.areas.find(self.reading, number, {level: get(level) for level in AREAS}))
        row["received_on"] = self._day(number, get(Column.RECEIVED_ON))
        row["under_20"] = self._is_young(number, get(Column.UNDER_20))
        row["answers"] = self._answers(number, text)
        if word(get(Column.CONSENT)) not in YES:
            complain(number, Column.CONSENT, Trouble.NO_CONSENT, get(Column.CONSENT))
        return row

    def _section(self, number: int, typed: str) -> str | None:
        if word(typed) in WHOLE:
            return None
        if key := self.sections.get(word(typed)):
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

    def _day(self, number: int, typed: str) -> str:
        """Thai digits and years of the Buddhist era are read; the time of day is left out."""
        day = self.today
        if typed:
            try:
                day = parse_day(
                    re.sub(r"[,\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*น\.?)?$", "", to_arabic(typed))
                )
            except ValueError:
                self.reading.complain(number, Column.RECEIVED_ON, Trouble.NO_DAY, typed)
                return ""
        if day > self.today or not records.came_in_time(self.hearing, day):
            self.reading.complain(number, Column.RECEIVED_ON, Trouble.OUT_OF_TIME, typed)
        return day.isoformat()

    def _is_young(self, number: int, typed: str) -> bool:
        if word(typed) not in YES | NO:
            self.reading.complain(number, Column.UNDER_20, Trouble.YES_OR_NO, typed)
        return word(typed) in YES

    # --- answers to the questions of the hearing -------------------------------------------------------------

    def _answers(self, number: int, text: dict[str, str]) -> list[list]:
        """[[revision, value], …], each checked as on the website (services.answers)."""
        typed: defaultdict[int, dict[str, str]] = defaultdict(dict)
        columns: dict[int, QuestionColumn] = {}
        for column in self.questions:
            if text.get(column.key):
                typed[column.revision.pk][column.part] = text[column.key]
                columns.setdefault(column.revision.pk, column)
        found = []
        for pk, parts in typed.items():
            column = columns[pk]
            before = len(self.reading.problems)
            try:
                value = check_value(column.revision, self._raw(number, column, parts))
            except ValidationError as error:
                trouble = ANSWER_TROUBLE.get(error.code or "", Trouble.ANSWER)
                shown = "" if trouble == Trouble.CITIZEN_NUMBER else " · ".join(parts.values())
                self.reading.complain(number, column.key, trouble, shown)
                continue
            if value is not None and len(self.reading.problems) == before:
                found.append([pk, value])
        return found

    def _raw(self, number: int, column: QuestionColumn, parts: dict[str, str]) -> Any:
        revision = column.revision
        match revision.kind:
            case QuestionKind.SINGLE:
                return _option(revision, parts[""])
            case QuestionKind.MULTIPLE:
                return _options(revision, parts[""])
            case QuestionKind.RANKING:
                return _ranked(revision, parts)
            case QuestionKind.MATRIX:
                return {row: _option(revision, typed) for row, typed in parts.items()}
            case QuestionKind.PLACE:
                return self.areas.find(self.reading, number, parts, at=column.key)
        return parts[""]


ANSWER_TROUBLE = {"citizen_number": Trouble.CITIZEN_NUMBER, "max_length": Trouble.TOO_LONG}


def _option(revision: QuestionRevision, typed: str) -> str:
    """The key of an answer by its words in either language, or by its number on the form; else what was typed."""
    for number, line in enumerate(revision.options, start=1):
        if word(typed) in {str(number), word(line["label"]), word(line.get("label_en") or line["label"])}:
            return line["key"]
    return typed


def _options(revision: QuestionRevision, typed: str) -> list[str]:
    keys = {line["key"] for line in revision.options}
    whole = _option(revision, typed)
    if whole in keys:
        return [whole]
    chosen = [_option(revision, part) for part in BETWEEN_ANSWERS.split(typed) if part.strip()]
    if set(chosen) <= keys:
        return chosen
    return [_option(revision, part) for part in re.split(r"[;\n|,]", typed) if part.strip()]


def _ranked(revision: QuestionRevision, places: dict[str, str]) -> list[str]:
    """{line: its place} as the keys in order. Two lines on one place are no order."""
    by_place = {to_arabic(place).strip(): key for key, place in places.items()}
    wanted = [str(place) for place in range(1, len(revision.options) + 1)]
    if sorted(by_place) != sorted(wanted):
        raise ValidationError(_("Give every line a place, or leave all of them empty."), code="incomplete")
    return [by_place[place] for place in wanted]


class _Areas:
    """Places by their names: read once, looked up as often as there are rows. Lower levels make upper ones certain."""

    def __init__(self, hearing: Hearing) -> None:
        self.names: dict[str, dict[str, list[str]]] = {}
        for column, model in zip(AREAS, (Province, District, Subdistrict), strict=True):
            names = self.names.setdefault(str(column), {})
            for code, name in model._default_manager.values_list("code", "name"):
                names.setdefault(name, []).append(code)
        self.home = tuple(hearing.acting_provinces())
        self.home_districts = tuple(hearing.districts.values_list("pk", flat=True))

    def find(
        self, reading: Reading, number: int, typed: Mapping[str, str], at: str = ""
    ) -> dict[str, str | None]:
        """The codes of the lowest level named; the levels above follow from its code (2, 4 and 6 digits)."""
        within = ""
        for column, names in self.names.items():
            name = PREFIX.sub("", typed.get(column, "")).strip()
            if not name:
                continue
            found = self._pick(names.get(name, []), within)
            if found is None:
                hint = self._like(name, names, within)
                reading.complain(number, at or column, Trouble.UNKNOWN_AREA, typed[column], hint)
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
