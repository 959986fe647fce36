"""All answers of one person: which questions were asked, storing them, and replacing them without overwriting.

What a single answer may be is decided in hearings.services.answer_values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext_lazy as _

from core.prepared import Prepared
from hearings.enums import QuestionKind
from hearings.models import Answer, AnswerChoice, Hearing, QuestionRevision, Submission
from hearings.services.answer_values import check_value

Revisions = dict[int, QuestionRevision]
# Kinds whose answer can decide whether another question is asked.
DECIDING = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@dataclass(frozen=True)
class AnswerData:
    """What one person answers to one question, as it was put when the form was opened."""

    revision: QuestionRevision
    value: Any

    def as_json(self) -> dict:
        """For SubmissionVersion: readable without the tables, exact with them."""
        return {
            "question": str(self.revision.question.key),
            "revision": self.revision.number,
            "asked": self.revision.text,
            "value": self.value,
        }


def asked_of(revisions: Sequence[QuestionRevision], values: Mapping[int, Any]) -> set[int]:
    """Revisions this person is asked, by pk: show-if rules followed from question to question.

    ``values``: {revision pk: checked value}. A rule about a question that is not on the form does not hide anything.
    """
    by_key = {str(revision.question.key): revision for revision in revisions}

    def is_asked(revision: QuestionRevision, seen: frozenset[int]) -> bool:
        deciding = by_key.get(revision.show_if.get("question", "")) if revision.show_if else None
        if deciding is None or deciding.pk in seen:
            return True
        value = values.get(deciding.pk)
        chosen = set(value) if isinstance(value, list) else {value}
        wanted = set(revision.show_if.get("options", []))
        return bool(chosen & wanted) and is_asked(deciding, seen | {revision.pk})

    return {revision.pk for revision in revisions if is_asked(revision, frozenset({revision.pk}))}


def checked_answers(
    hearing: Hearing, answers: Sequence[AnswerData], *, opened_at: dt.datetime | None = None
) -> list[AnswerData]:
    """The answers as they are stored. Refuses questions of another hearing, the same question twice, and a question
    taken out before the form was opened (``opened_at``; None where nobody knows, such as paper).

    Blank answers and answers to questions the person was not asked (show-if) are left out. What must be answered is
    asked by ``require_answers``, on the website only: a paper sheet with an empty line is still a voice.
    """
    questions = [answer.revision.question_id for answer in answers]
    if len(questions) != len(set(questions)):
        raise ValidationError(_("The same question was answered twice. Open the form again."), code="twice")
    values: dict[int, Any] = {}
    for answer in answers:
        question = answer.revision.question
        if question.hearing_id != hearing.pk:
            raise foreign_question()
        if question.removed_at and opened_at and question.removed_at <= opened_at:
            raise foreign_question()
        value = check_value(answer.revision, answer.value)
        if value is not None:
            values[answer.revision.pk] = value
    asked = asked_of([answer.revision for answer in answers], values)
    return [
        AnswerData(answer.revision, values[answer.revision.pk])
        for answer in answers
        if answer.revision.pk in values and answer.revision.pk in asked
    ]


def _asked(hearing: Any) -> QuerySet[QuestionRevision]:
    found = QuestionRevision.objects.filter(question__hearing=hearing, question__removed_at__isnull=True)
    return found.select_related("question").order_by("question__order", "question_id", "number")


_ASKED = Prepared(_asked, hearing=BigIntegerField())


def stood_at(hearing: Hearing, opened_at: dt.datetime | None) -> tuple[Revisions, Revisions]:
    """{question id: revision}: as they stood when a form was opened (None: now), and as they stand now. One query.

    Questions taken out since are in neither, questions put since in the second only.
    """
    then: Revisions = {}
    now: Revisions = {}
    for revision in _ASKED(hearing=hearing.pk):
        now[revision.question_id] = revision
        if opened_at is None or revision.created_at <= opened_at:
            then[revision.question_id] = revision
    return then, now


def require_answers(
    hearing: Hearing, answers: Sequence[AnswerData], *, opened_at: dt.datetime | None = None
) -> None:
    """Refuse if a question that must be answered was asked and is not among these checked answers.

    Asked is what stood there when the form was opened, whatever the form says about itself: a post that leaves a
    question out answers it no less. What has been made voluntary since is not missed.
    """
    then, now = stood_at(hearing, opened_at)
    given = {answer.revision.question_id: answer.revision for answer in answers}
    asked = asked_of(
        list({**then, **given}.values()), {answer.revision.pk: answer.value for answer in answers}
    )
    for question, revision in then.items():
        is_required = revision.is_required and now[question].is_required
        if is_required and question not in given and revision.pk in asked:
            raise ValidationError(
                _("Please answer the question “%(question)s”."),
                code="unanswered",
                params={"question": revision.shown_text},
            )


def foreign_question() -> ValidationError:
    return ValidationError(
        _("A question you answered does not belong to this hearing or was taken out. Open the form again."),
        code="unknown_question",
    )


def store_answers(submission: Submission, answers: Sequence[AnswerData], now: dt.datetime) -> list[Answer]:
    """Write checked answers and the rows that are counted. Two queries whatever their number."""
    return store_answers_of([(submission, answers)], now)


@transaction.atomic
def store_answers_of(
    people: Sequence[tuple[Submission, Sequence[AnswerData]]], now: dt.datetime
) -> list[Answer]:
    """The answers of many people at once, in two queries, too."""
    if not any(answers for _submission, answers in people):
        return []
    given = [(submission, answer) for submission, answers in people for answer in answers]
    stored = Answer.objects.bulk_create(
        Answer(
            submission=submission,
            question_id=answer.revision.question_id,
            revision=answer.revision,
            value=answer.value,
            created_at=now,
        )
        for submission, answer in given
    )
    AnswerChoice.objects.bulk_create(
        AnswerChoice(answer=answer, option_key=option, row_key=row, place=place)
        for answer in stored
        for option, row, place in choices_of(answer.revision.kind, answer.value)
    )
    return stored


@transaction.atomic
def replace_answers(submission: Submission, answers: Sequence[AnswerData], now: dt.datetime) -> None:
    """Supersede what changed, leave what did not, add what is new. Nothing is overwritten."""
    wanted = {answer.revision.question_id: answer for answer in answers}
    replaced = []
    for old in submission.answers.filter(superseded_at__isnull=True):
        new = wanted.get(old.question_id)
        if new and new.revision.pk == old.revision_id and new.value == old.value:
            del wanted[old.question_id]
        else:
            replaced.append(old.pk)
    if replaced:
        Answer.objects.filter(pk__in=replaced).update(superseded_at=now)
    store_answers(submission, list(wanted.values()), now)


def current_answers(submission: Submission) -> list[AnswerData]:
    """What counts now, in the order of the questions; to show on a receipt or to change."""
    rows = submission.answers.filter(superseded_at__isnull=True).select_related("revision__question")
    return [AnswerData(row.revision, row.value) for row in rows.order_by("question__order", "question_id")]


def choices_of(kind: str, value: Any) -> list[tuple[str, str, int | None]]:
    """(option, row, place) rows of an answer. A scale counts its step, a place its lowest area code."""
    if kind == QuestionKind.SINGLE:
        return [(value, "", None)]
    if kind == QuestionKind.MULTIPLE:
        return [(key, "", None) for key in value]
    if kind == QuestionKind.SCALE:
        return [(str(value), "", None)]
    if kind == QuestionKind.RANKING:
        return [(key, "", place) for place, key in enumerate(value, 1)]
    if kind == QuestionKind.MATRIX:
        return [(key, row, None) for row, key in value.items()]
    if kind == QuestionKind.PLACE:
        return [(value["subdistrict"] or value["district"] or value["province"], "", None)]
    return []
