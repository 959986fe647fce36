"""The rows of a village's sheet: as forms (new, kept before, grown by one, or sent) and as the second person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from core.digits import to_arabic
from hearings.enums import QuestionKind
from hearings.forms.field import RowForm
from hearings.forms.row_questions import RowAsker
from hearings.models import DraftBlock, Hearing, ProxyBatch, ProxyRow, QuestionRevision
from hearings.services.batch_data import MOST_ROWS
from hearings.services.check_batch import answers_of, revisions_of
from hearings.services.records import sections_by_key
from hearings.views.desk.hands import SectionHands
from hearings.views.lookup import sections_of

FIRST_ROWS = 3
BLANK_PREFIX = "r__n__"  # field.js puts the number of the row in
STORED = ("name", "stance", "people", "reason", "suggestion", "sector", "agreed", "agreed_name", "under_20")


def row_count(data: QueryDict) -> int:
    """How many rows the sheet has; the button "one more" adds one. Wrong numbers mean the smallest sheet."""
    typed = to_arabic(data.get("rows", ""))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else FIRST_ROWS
    return min(max(number, 1) + (1 if "add" in data else 0), MOST_ROWS)


def blank_row(hearing: Hearing) -> RowForm:
    questions = RowAsker(hearing).blank(BLANK_PREFIX)
    return RowForm(prefix=BLANK_PREFIX, sections=sections_of(hearing), questions=questions)


def stored_rows(hearing: Hearing, found: ProxyBatch | None) -> list[RowForm]:
    kept = list(found.rows.all()) if found else []
    sections, asker, revisions = sections_of(hearing), RowAsker(hearing), revisions_of(kept)
    made = [
        RowForm(
            prefix=f"r{n}", sections=sections, initial=_initial(row),
            questions=asker.stored(f"r{n}", answers_of(row, revisions)),
        )
        for n, row in enumerate(kept)
    ]  # fmt: skip
    blank = range(len(kept), max(len(kept), FIRST_ROWS))
    return made + [RowForm(prefix=f"r{n}", sections=sections, questions=asker.blank(f"r{n}")) for n in blank]


def typed_rows(hearing: Hearing, data: QueryDict) -> list[RowForm]:
    """Everything typed, nothing checked."""
    sections, asker = sections_of(hearing), RowAsker(hearing)
    return [
        RowForm(
            prefix=f"r{n}", sections=sections, questions=asker.typed(f"r{n}", data),
            initial={name: data.get(f"r{n}-{name}", "") for name in RowForm.base_fields},
        )
        for n in range(row_count(data))
    ]  # fmt: skip


def checked_rows(hearing: Hearing, data: QueryDict, *, most: int = MOST_ROWS) -> list[RowForm]:
    sections, asker = sections_of(hearing), RowAsker(hearing)
    return [
        RowForm(data, prefix=f"r{n}", sections=sections, questions=asker.checked(f"r{n}", data))
        for n in range(min(row_count(data), most))
    ]


def is_right(form: forms.Form, rows: list[RowForm], hands: SectionHands | None = None) -> bool:
    """Every form is asked, so that everything wrong is said at once."""
    answers = [form.is_valid(), *(row.is_valid() for row in rows if not row.is_blank)]
    if hands is not None:
        answers.append(hands.is_valid(form.cleaned_data.get("people")))
    return all(answers)


def _initial(row: ProxyRow) -> dict:
    return {**{name: getattr(row, name) for name in STORED}, "block": str(row.block_key or "")}


@dataclass(frozen=True)
class SaidRow:
    """What one villager said, for the second person."""

    row: ProxyRow
    section: DraftBlock | None
    answers: list[tuple[str, str]]  # question, answer in words


def said_rows(batch: ProxyBatch) -> list[SaidRow]:
    """Three queries whatever the number of rows."""
    rows = list(batch.rows.all())
    revisions, sections = revisions_of(rows), sections_by_key(batch.hearing)
    return [
        SaidRow(
            row,
            sections.get(row.block_key),
            [(a.revision.shown_text, in_words(a.revision, a.value)) for a in answers_of(row, revisions)],
        )
        for row in rows
    ]


def in_words(revision: QuestionRevision, value: Any) -> str:
    """An answer as a person reads it: labels for keys, lines parted by a dot."""
    options = revision.option_labels()
    if revision.kind == QuestionKind.MATRIX:
        rows = revision.row_labels()
        return " · ".join(f"{rows.get(row, row)}: {options.get(key, key)}" for row, key in value.items())
    if revision.kind == QuestionKind.RANKING:
        return " · ".join(f"{place}. {options.get(key, key)}" for place, key in enumerate(value, 1))
    chosen = value if isinstance(value, list) else [value]
    return " · ".join(str(options.get(key, key)) for key in chosen)
