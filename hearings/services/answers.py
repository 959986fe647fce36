"""Answers to the questions of a hearing: what may be stored, storing it, and replacing it without overwriting.

One check for every way in (website, paper, import): ``check_value``. A value is plain JSON:
single "a1" · multiple ["a1", "a2"] · scale 4 · ranking ["a2", "a1"] (first place first) · matrix {"r1": "a1"} ·
number 12.5 · texts "..." · place {"province": "60", "district": "6003", "subdistrict": ""} and what
hearings.services.spots adds to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.text import clean_text
from geography.models import Area, District, Province, Subdistrict
from hearings.enums import QuestionKind
from hearings.models import Answer, AnswerChoice, Hearing, QuestionRevision, Submission
from hearings.services.data import has_citizen_number
from hearings.services.spots import checked_spot

LONGEST_SHORT, LONGEST_LONG = 200, 4000
SCALE_MIN, SCALE_MAX = 1, 5
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", re.ASCII)
LEVELS: tuple[tuple[str, int, type[Area]], ...] = (
    ("province", 2, Province),
    ("district", 4, District),
    ("subdistrict", 6, Subdistrict),
)
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


# --- is it an answer? ----------------------------------------------------------------------------------------


def check_value(revision: QuestionRevision, value: Any) -> Any:
    """The value as it is stored, or None for no answer. Raises ValidationError with words for the person."""
    return CHECKS[QuestionKind(revision.kind)](revision, value)


def _check_single(revision: QuestionRevision, value: Any) -> str | None:
    if value in (None, ""):
        return None
    return _known(value, revision.options)


def _check_multiple(revision: QuestionRevision, value: Any) -> list[str] | None:
    if not value:
        return None
    if not isinstance(value, (list, tuple)):
        raise _not_an_answer()
    chosen = {_known(key, revision.options) for key in value}
    most = revision.limit("most", 0)
    if most and len(chosen) > most:
        raise ValidationError(
            _("You chose %(chosen)s answers; at most %(most)s are possible. Take some away."),
            code="too_many",
            params={"chosen": len(chosen), "most": most},
        )
    return [line["key"] for line in revision.options if line["key"] in chosen]


def _check_scale(revision: QuestionRevision, value: Any) -> int | None:
    if value in (None, ""):
        return None
    number = _number(value)
    low, high = revision.limit("min", SCALE_MIN), revision.limit("max", SCALE_MAX)
    if number is None or number != int(number) or not low <= number <= high:
        raise _not_an_answer()
    return int(number)


def _check_ranking(revision: QuestionRevision, value: Any) -> list[str] | None:
    """All keys in order, first place first; every option has its place."""
    if not value:
        return None
    if not isinstance(value, (list, tuple)):
        raise _not_an_answer()
    keys = [_known(key, revision.options) for key in value]
    if len(keys) != len(set(keys)):
        raise _not_an_answer()
    if len(keys) != len(revision.options):
        raise ValidationError(_("Give every line a place, or leave all of them empty."), code="incomplete")
    return keys


def _check_matrix(revision: QuestionRevision, value: Any) -> dict[str, str] | None:
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise _not_an_answer()
    answered = {_known(row, revision.rows): key for row, key in value.items() if key not in (None, "")}
    for key in answered.values():
        _known(key, revision.options)
    if revision.is_required and answered and len(answered) != len(revision.rows):
        raise ValidationError(_("Choose one answer in every row."), code="incomplete")
    return answered or None


def _check_number(revision: QuestionRevision, value: Any) -> int | float | None:
    if value is None or not str(value).strip():
        return None
    number = _number(value)
    if number is None:
        raise ValidationError(_("Write a number, for example 12 or 2.5."), code="number")
    low, high = revision.limits.get("min"), revision.limits.get("max")
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValidationError(_range_words(low, high), code="range", params={"min": low, "max": high})
    return int(number) if number == int(number) else number


def _range_words(low: object, high: object) -> Any:
    if low is None:
        return _("The number must not be greater than %(max)s.")
    if high is None:
        return _("The number must not be smaller than %(min)s.")
    return _("Write a number from %(min)s to %(max)s.")


def _check_text(revision: QuestionRevision, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _not_an_answer()
    text = clean_text(value)
    if has_citizen_number(text):
        raise ValidationError(
            _(
                "There is a citizen identification number in this text. Please take it out: we never need it, "
                "and in a published comment strangers could misuse it."
            ),
            code="citizen_number",
        )
    limit = longest(revision)
    if len(text) > limit:
        raise ValidationError(
            _("This is %(length)d characters long, the limit is %(limit)d."),
            code="max_length",
            params={"length": len(text), "limit": limit},
        )
    return text or None


def longest(revision: QuestionRevision) -> int:
    short = revision.kind == QuestionKind.SHORT_TEXT
    return revision.limit("longest", LONGEST_SHORT if short else LONGEST_LONG)


def _check_place(revision: QuestionRevision, value: Any) -> dict[str, Any] | None:
    """The lowest area named decides the upper ones; a point or line is extra and never alone."""
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise _not_an_answer()
    codes = {level: str(value.get(level) or "") for level, _digits, _model in LEVELS}
    lowest = codes["subdistrict"] or codes["district"] or codes["province"]
    spot = checked_spot(value)
    if not lowest:
        if spot:
            raise ValidationError(_("Choose the province of the place, too."), code="required")
        return None
    for level, digits, model in LEVELS:
        if codes[level] and codes[level] != lowest[:digits]:
            raise ValidationError(
                _("This place does not belong to the district or province you chose. Choose it again."),
                code="area",
            )
        if len(lowest) == digits and not model._default_manager.filter(pk=lowest).exists():
            raise _not_an_answer()
    if len(lowest) not in (2, 4, 6):
        raise _not_an_answer()
    area = {level: lowest[:digits] if len(lowest) >= digits else "" for level, digits, _model in LEVELS}
    return {**area, **spot}


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    text = re.sub(r"[\s,]", "", to_arabic(value))[:40]
    return float(text) if NUMBER.fullmatch(text) else None


def _known(key: Any, lines: Iterable[Mapping[str, str]]) -> str:
    if not isinstance(key, str) or key not in {line["key"] for line in lines}:
        raise _not_an_answer()
    return key


def _not_an_answer() -> ValidationError:
    return ValidationError(
        _("This answer is not among those of the question. Choose again."), code="unknown_answer"
    )


CHECKS = {
    QuestionKind.SINGLE: _check_single,
    QuestionKind.MULTIPLE: _check_multiple,
    QuestionKind.SCALE: _check_scale,
    QuestionKind.RANKING: _check_ranking,
    QuestionKind.MATRIX: _check_matrix,
    QuestionKind.NUMBER: _check_number,
    QuestionKind.SHORT_TEXT: _check_text,
    QuestionKind.LONG_TEXT: _check_text,
    QuestionKind.PLACE: _check_place,
}


# --- all answers of one person -------------------------------------------------------------------------------


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


def stood_at(hearing: Hearing, opened_at: dt.datetime | None) -> tuple[Revisions, Revisions]:
    """{question id: revision}: as they stood when a form was opened (None: now), and as they stand now. One query.

    Questions taken out since are in neither, questions put since in the second only.
    """
    then: Revisions = {}
    now: Revisions = {}
    revisions = QuestionRevision.objects.filter(
        question__hearing=hearing, question__removed_at__isnull=True
    ).select_related("question")
    for revision in revisions.order_by("question__order", "question_id", "number"):
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
