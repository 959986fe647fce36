"""Answers to the hearing's questions in the columns of a spreadsheet, checked as on the website (services.answers)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from hearings.enums import QuestionKind
from hearings.models import QuestionRevision
from hearings.services.answers import check_value
from hearings.services.import_areas import Areas
from hearings.services.import_columns import QuestionColumn, Trouble, word
from hearings.services.import_reading import Reading

BETWEEN_ANSWERS = re.compile(r"[;\n|]")
ANSWER_TROUBLE = {"citizen_number": Trouble.CITIZEN_NUMBER, "max_length": Trouble.TOO_LONG}


class AnswerReader:
    def __init__(self, questions: list[QuestionColumn], areas: Areas, reading: Reading) -> None:
        self.questions, self.areas, self.reading = questions, areas, reading

    def read(self, number: int, text: dict[str, str]) -> list[list]:
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
