"""Read a spreadsheet of comments without storing anything (P108): good rows, and what is wrong with the others.

Nothing in the file is calculated or trusted: formulas are read as what they are, limits hold before anything is
unpacked, and every row that is not understood is named with its number, its column and what to do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.thaidate import parse_day
from hearings.enums import Channel, Stance
from hearings.models import Hearing
from hearings.models.submissions import COMMENT_WORDS
from hearings.services import records
from hearings.services.data import HIGHEST_VILLAGE_NO, has_citizen_number, longest_text
from hearings.services.import_answers import AnswerReader
from hearings.services.import_areas import Areas
from hearings.services.import_columns import (
    AREAS,
    CHANNEL_WORDS,
    NO,
    NO_TOPIC,
    SECTOR_WORDS,
    STANCE_WORDS,
    WHOLE,
    YES,
    Column,
    Trouble,
    all_columns,
    places_of,
    question_columns,
    word,
    words_of,
)
from hearings.services.import_reading import Reading
from hearings.services.open_sheet import MOST_COLUMNS, Row, Sheet, is_formula, open_sheet, text_of
from hearings.topics import topics_to_choose

MOST_PROBLEMS = 1000
LONGEST_NAME, LONGEST_GROUP = 120, 200


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
        self.topics = {
            word(name): topic.pk for topic in topics_to_choose(hearing) for name in (topic.name, topic.name_en) if name
        }  # fmt: skip
        self.areas = Areas(hearing)
        self.answers = AnswerReader(self.questions, self.areas, self.reading)

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
        row["topic"] = self._topic(number, get(Column.TOPIC))
        for column, longest in (
            (Column.REASON, longest_text()),
            (Column.SUGGESTION, longest_text()),
            (Column.EXPECTED_IMPACT, longest_text()),
            (Column.NAME, LONGEST_NAME),
            (Column.ORGANISATION, LONGEST_GROUP),
        ):
            row[str(column)] = get(column)
            if len(get(column)) > longest:
                complain(number, column, Trouble.TOO_LONG, get(column))
            elif has_citizen_number(get(column)):
                complain(number, column, Trouble.CITIZEN_NUMBER)
        if row["stance"] not in (None, Stance.AGREE) and not any(row[name] for name in COMMENT_WORDS):
            complain(number, Column.REASON, Trouble.NO_WORDS)
        row["village_no"] = self._village(number, get(Column.VILLAGE_NO))
        row.update(self.areas.find(self.reading, number, {level: get(level) for level in AREAS}))
        row["received_on"] = self._day(number, get(Column.RECEIVED_ON))
        row["under_20"] = self._is_young(number, get(Column.UNDER_20))
        row["answers"] = self.answers.read(number, text)
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

    def _topic(self, number: int, typed: str) -> int | None:
        if word(typed) in NO_TOPIC:
            return None
        if key := self.topics.get(word(typed)):
            return key
        self.reading.complain(number, Column.TOPIC, Trouble.UNKNOWN_TOPIC, typed)
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
