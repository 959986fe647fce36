"""Putting questions on a hearing and changing them without breaking an answer (peers P25-P27).

While the hearing is a draft and nobody has answered, a question is simply rewritten. Afterwards a change makes the
next revision; answers keep theirs, and forms already open send to the one their author read. Once it is open every
change needs a reason, which is logged beside the other steps; after closing the questions stay as they are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from hearings.enums import STILL_ASKS, HearingState, QuestionKind
from hearings.models import Amendment, Answer, Hearing, Question, QuestionRevision
from hearings.models.notices import FORM
from hearings.question_words import in_record
from hearings.services import stages
from hearings.services.answer_values import LONGEST_LONG, LONGEST_SHORT, SCALE_MAX, SCALE_MIN
from hearings.services.answers import DECIDING
from hearings.services.errors import WrongStage
from hearings.services.reasons import require_reason

MOST_QUESTIONS = 30
MOST_OPTIONS, MOST_ROWS = 20, 12
LONGEST_LABEL = 200
FREE = (HearingState.DRAFT, HearingState.IN_REVIEW)
CHANGEABLE = (*FREE, *STILL_ASKS)
NEEDS_OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING, QuestionKind.MATRIX)
LIMITS_OF: dict[str, tuple[str, ...]] = {
    QuestionKind.MULTIPLE: ("most",),
    QuestionKind.SCALE: ("min", "max", "min_label", "min_label_en", "max_label", "max_label_en"),
    QuestionKind.NUMBER: ("min", "max", "unit", "unit_en"),
    QuestionKind.SHORT_TEXT: ("longest",),
    QuestionKind.LONG_TEXT: ("longest",),
}
KEY = re.compile(r"[a-z][0-9]{1,4}", re.ASCII)
Lines = Sequence[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class QuestionData:
    """How a question is to be put. Lines are {"key", "label", "label_en"}; an empty key gets a new one."""

    kind: str
    text: str
    text_en: str = ""
    help: str = ""
    help_en: str = ""
    is_required: bool = False
    options: Lines = ()
    rows: Lines = ()
    limits: dict[str, Any] = field(default_factory=dict)
    show_if: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_question(
    *, hearing: Hearing, actor: User, data: QuestionData, now: dt.datetime, reason: str = ""
) -> Question:
    page = _changeable(hearing, actor, now, reason)
    if page.questions.filter(removed_at__isnull=True).count() >= MOST_QUESTIONS:
        raise ValidationError(
            _("A hearing may ask 30 questions at most. People stop long before."), code="most"
        )
    last = page.questions.aggregate(last=Max("order"))["last"] or 0
    question = Question(hearing=page, order=last + 1)
    checked = checked_question(page, question, data, used=())
    question.save()
    revision = _write(question, 1, checked, now)
    _tell(page, actor, now, reason, after=in_record(revision))
    return question


@transaction.atomic
def change_question(
    *, question: Question, actor: User, data: QuestionData, now: dt.datetime, reason: str = ""
) -> QuestionRevision:
    page = _changeable(question.hearing, actor, now, reason)
    _require_asked(question)
    revisions = list(question.revisions.order_by("number"))
    checked = checked_question(page, question, data, used=_used_keys(revisions))
    last = revisions[-1]
    if _same(last, checked):
        return last
    rewritten = page.state(now) in FREE and not Answer.objects.filter(revision=last).exists()
    if rewritten:
        QuestionRevision.objects.filter(pk=last.pk).update(**_values(checked), created_at=now)
        return QuestionRevision.objects.get(pk=last.pk)
    revision = _write(question, last.number + 1, checked, now)
    _tell(page, actor, now, reason, before=in_record(last), after=in_record(revision))
    return revision


@transaction.atomic
def move_question(*, question: Question, actor: User, up: bool, now: dt.datetime, reason: str = "") -> None:
    """One place up or down; at the end nothing happens. A question stays after the one that decides about it."""
    page = _changeable(question.hearing, actor, now, reason)
    _require_asked(question)
    asked = Question.objects.asked(page)
    order = [revision.question_id for revision in asked]
    place = order.index(question.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    before = _order(asked)
    asked[place], asked[other] = asked[other], asked[place]
    seen: set[str] = set()
    for revision in asked:
        deciding = revision.show_if.get("question")
        seen.add(str(revision.question.key))
        if deciding and deciding not in seen:
            raise ValidationError(
                _("This question is asked only after a certain answer to the other; it must stay below it."),
                code="order",
            )
    for number, revision in enumerate(asked, 1):
        Question.objects.filter(pk=revision.question_id).exclude(order=number).update(order=number)
    _tell(page, actor, now, reason, before=before, after=_order(asked))


@transaction.atomic
def remove_question(*, question: Question, actor: User, now: dt.datetime, reason: str = "") -> None:
    """Ask it no more. Its answers stay, and forms opened before may still send one."""
    page = _changeable(question.hearing, actor, now, reason)
    _require_asked(question)
    asked = {revision.question_id: revision for revision in Question.objects.asked(page)}
    if any(r.show_if.get("question") == str(question.key) for r in asked.values()):
        raise ValidationError(
            _("Another question is asked only after a certain answer to this one. Change that one first."),
            code="decides",
        )
    Question.objects.filter(pk=question.pk).update(removed_at=now)
    _tell(page, actor, now, reason, before=in_record(asked[question.pk]))


def may_change(hearing: Hearing, now: dt.datetime) -> bool:
    return hearing.state(now) in CHANGEABLE


def needs_reason(hearing: Hearing, now: dt.datetime) -> bool:
    return hearing.state(now) == HearingState.OPEN


def _changeable(hearing: Hearing, actor: User, now: dt.datetime, reason: str) -> Hearing:
    require(actor, Action.PREPARE_HEARING, hearing)
    page = stages.fresh(hearing)
    if not may_change(page, now):
        raise WrongStage(page.state(now).label)
    if needs_reason(page, now):
        require_reason(reason)
        stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=clean_text(reason)[:1000])
    return page


def _tell(
    page: Hearing, actor: User, now: dt.datetime, reason: str, *, before: str = "", after: str = ""
) -> None:
    """What changes while people answer stands on the page of the hearing with its reason, as corrections do."""
    if before == after or not needs_reason(page, now):
        return
    Amendment.objects.create(
        hearing_id=page.pk, field=FORM, before=before, after=after, reason=clean_text(reason)[:1000], at=now, by=actor,
    )  # fmt: skip


def _order(asked: Iterable[QuestionRevision]) -> str:
    return "\n".join(f"{number}. {revision.text}" for number, revision in enumerate(asked, 1))


def _require_asked(question: Question) -> None:
    if Question.objects.filter(pk=question.pk, removed_at__isnull=True).first() is None:
        raise ValidationError(_("This question was taken out."), code="removed")


# --- is it a question? ---------------------------------------------------------------------------------------


def checked_question(
    hearing: Hearing, question: Question, data: QuestionData, *, used: Iterable[str]
) -> QuestionData:
    """Words cleaned, keys given, only what the kind needs kept. Raises ValidationError by field of QuestionData."""
    errors: dict[str, list[ValidationError]] = {}

    def refuse(name: str, words: Any, **params: Any) -> None:
        errors.setdefault(name, []).append(ValidationError(words, code=name, params=params or None))

    if data.kind not in QuestionKind.values:
        refuse("kind", _("Choose the kind of the question."))
        raise ValidationError(errors)
    words: dict[str, Any] = {
        name: clean_text(getattr(data, name)) for name in ("text", "text_en", "help", "help_en")
    }
    if not words["text"]:
        refuse("text", _("Write the question."))
    for name, text in words.items():
        if len(text) > 300:
            refuse(name, _("This is %(length)d characters long, the limit is 300."), length=len(text))
    used = set(used)
    options = _lines(data.options if data.kind in NEEDS_OPTIONS else (), "a", used)
    rows = _lines(data.rows if data.kind == QuestionKind.MATRIX else (), "r", used)
    _check_lines("options", options, MOST_OPTIONS, data.kind in NEEDS_OPTIONS, refuse)
    _check_lines("rows", rows, MOST_ROWS, data.kind == QuestionKind.MATRIX, refuse)
    limits = {
        name: value
        for name in LIMITS_OF.get(data.kind, ())
        if (value := data.limits.get(name)) not in (None, "")
    }
    _check_limits(data.kind, limits, len(options), refuse)
    _check_rule(hearing, question, data.show_if, refuse)
    if errors:
        raise ValidationError(errors)
    return dataclasses.replace(data, **words, options=options, rows=rows, limits=limits)


def _lines(lines: Lines, letter: str, used: set[str]) -> list[dict[str, str]]:
    """Cleaned lines with their keys; a key once used is never given to another line of this question."""
    taken = set(used)
    found: list[dict[str, str]] = []
    for line in lines:
        label = clean_text(line.get("label", ""))
        if not label:
            continue
        key = line.get("key", "")
        known = KEY.fullmatch(key) and key in used and key not in {one["key"] for one in found}
        if not known:
            number = next(n for n in range(1, 10_000) if f"{letter}{n}" not in taken)
            key = f"{letter}{number}"
        taken.add(key)
        english = clean_text(line.get("label_en", ""))
        found.append({"key": key, "label": label, **({"label_en": english} if english else {})})
    return found


def _check_lines(name: str, lines: Lines, most: int, needed: bool, refuse: Any) -> None:
    labels = [line["label"] for line in lines]
    fewest = 2 if name == "options" else 1
    if needed and len(lines) < fewest:
        refuse(
            name,
            _("Write at least two answers, one a line.") if fewest == 2 else _("Write at least one row."),
        )
    if len(lines) > most:
        refuse(name, _("These are %(count)d lines, the limit is %(most)d."), count=len(lines), most=most)
    if len(labels) != len(set(labels)):
        refuse(name, _("Two lines are the same. Take one away."))
    if any(len(label) > LONGEST_LABEL for label in labels):
        refuse(name, _("A line is longer than %(limit)d characters. Shorten it."), limit=LONGEST_LABEL)


def _check_limits(kind: str, limits: dict[str, Any], options: int, refuse: Any) -> None:
    low, high = limits.get("min"), limits.get("max")
    if kind == QuestionKind.SCALE:
        low, high = low if low is not None else SCALE_MIN, high if high is not None else SCALE_MAX
        limits.update(min=low, max=high)
        if not (0 <= low < high <= 10):
            refuse("limits", _("A scale runs upwards between 0 and 10."))
    elif low is not None and high is not None and low >= high:
        refuse("limits", _("The smallest number must be below the greatest."))
    if "most" in limits and not 1 <= limits["most"] <= max(options, 1):
        refuse("limits", _("The most that may be chosen lies between 1 and the number of answers."))
    longest = LONGEST_SHORT if kind == QuestionKind.SHORT_TEXT else LONGEST_LONG
    if "longest" in limits and not 20 <= limits["longest"] <= longest:
        refuse("limits", _("The limit of a text lies between 20 and %(most)d characters."), most=longest)


def _check_rule(hearing: Hearing, question: Question, rule: dict[str, Any], refuse: Any) -> None:
    if not rule:
        return
    asked = Question.objects.asked(hearing)
    earlier = [r for r in asked if (r.question.order, r.question_id) < (question.order, question.pk or 10**9)]
    deciding = next((r for r in earlier if str(r.question.key) == rule.get("question")), None)
    if deciding is None or deciding.kind not in DECIDING:
        refuse("show_if", _("Only an earlier question with answers to choose from can decide."))
    elif not rule.get("options") or not set(rule["options"]) <= set(deciding.option_labels()):
        refuse("show_if", _("Choose the answers after which this question is asked."))


def _used_keys(revisions: Iterable[QuestionRevision]) -> set[str]:
    return {line["key"] for r in revisions for line in (*r.options, *r.rows)}


def _values(data: QuestionData) -> dict[str, Any]:
    return {f.name: getattr(data, f.name) for f in dataclasses.fields(data)}


def _same(revision: QuestionRevision, data: QuestionData) -> bool:
    return all(getattr(revision, name) == value for name, value in _values(data).items())


def _write(question: Question, number: int, data: QuestionData, now: dt.datetime) -> QuestionRevision:
    return QuestionRevision.objects.create(question=question, number=number, created_at=now, **_values(data))
