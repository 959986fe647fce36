"""The questions of a hearing beside each villager of a sheet.

They are asked once for all rows. An empty line is still a voice, so none must be answered; a place is not asked, since
the sheet names the village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from hearings.enums import QuestionKind
from hearings.forms.posted_answers import SEEN, revisions_for
from hearings.forms.questions import QuestionsForm
from hearings.models import Hearing, Question, QuestionRevision
from hearings.services.answers import AnswerData


class RowQuestions(QuestionsForm):
    @property
    def has_typed(self) -> bool:
        """Whether anything was answered, right or wrong."""
        return any(self[name].value() for name in self.fields if name != SEEN)


class RowAsker:
    """Makes the questions of each row: one query for a sheet, and two for a row written on older questions."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.asked = _for_rows(Question.objects.asked(hearing))
        self.seen = _seen(self.asked)

    def blank(self, prefix: str) -> RowQuestions | None:
        return _form(prefix, self.asked)

    def checked(self, prefix: str, data: QueryDict) -> RowQuestions | None:
        name = f"{prefix}-q"
        seen = data.get(f"{name}-{SEEN}", "")
        known = not seen or seen == self.seen
        revisions = self.asked if known else _for_rows(revisions_for(self.hearing, data, name))
        return _form(prefix, revisions, data)

    def typed(self, prefix: str, data: QueryDict) -> RowQuestions | None:
        """The row as it was typed, not checked: when the page only grew by a row."""
        blank = self.blank(prefix)
        if blank is None:
            return None
        found = {
            name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
            if name != SEEN
        }
        return _form(
            prefix, self.asked, initial={name: value for name, value in found.items() if value is not None}
        )

    def stored(self, prefix: str, answers: Sequence[AnswerData]) -> RowQuestions | None:
        """A kept row: each question as it was put when it was answered, the others as they are asked now."""
        answered = {answer.revision.question_id: answer.revision for answer in answers}
        revisions = _for_rows({**{r.question_id: r for r in self.asked}, **answered}.values())
        return _form(prefix, revisions, initial=_fields(answers))


def _form(
    prefix: str,
    revisions: Sequence[QuestionRevision],
    data: QueryDict | None = None,
    initial: Mapping[str, Any] | None = None,
) -> RowQuestions | None:
    """None where nothing is asked."""
    return RowQuestions(data, revisions, prefix=f"{prefix}-q", initial=initial) if revisions else None


def _fields(answers: Iterable[AnswerData]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for answer in answers:
        stem, kind = f"r{answer.revision.pk}", answer.revision.kind
        if kind == QuestionKind.RANKING:
            fields |= {f"{stem}-{key}": str(place) for place, key in enumerate(answer.value, 1)}
        elif kind == QuestionKind.MATRIX:
            fields |= {f"{stem}-{row}": key for row, key in answer.value.items()}
        else:
            fields[stem] = answer.value
    return fields


def _seen(revisions: Iterable[QuestionRevision]) -> str:
    return ".".join(str(revision.pk) for revision in revisions)


def _for_rows(revisions: Iterable[QuestionRevision]) -> list[QuestionRevision]:
    kept = [revision for revision in revisions if revision.kind != QuestionKind.PLACE]
    for revision in kept:
        revision.is_required = False
    return kept
