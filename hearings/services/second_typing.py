"""A second person types some of the sheets again without seeing the first typing; differences are looked at (P106).

Which sheets is settled by their pictures, not by who typed them: one of ``rules.paper_check_every()``. What was typed
first stays a version of the submission.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.enums import Sector
from core.types import Words
from geography.models import District, Province, Subdistrict
from hearings.enums import PaperStatus, PublishName, QuestionKind, Stance, SubmissionStatus
from hearings.models import Hearing, PaperForm, QuestionRevision, Submission, SubmissionVersion
from hearings.rules import paper_check_every
from hearings.services import records
from hearings.services.answers import AnswerData, checked_answers
from hearings.services.data import CommentData, SubmissionData, checked_data
from hearings.services.revise import correct_typing

AREA = (("province", Province), ("district", District), ("subdistrict", Subdistrict))
LABELS: dict[str, Words] = {
    "stance": _("Stance"),
    "sector": _("Sector"),
    "organisation": _("Group they speak for"),
    "area": _("Where the person lives"),
    "village_no": _("Village number"),
    "publish_name": _("Name in public"),
    "name": _("Name"),
    "under_20": _("Under 20 years old"),
}
CHOICES = {"stance": Stance, "sector": Sector, "publish_name": PublishName}
WORDS = {
    "reason": _("Reason"), "suggestion": _("Suggestion"), "expected_impact": _("Expected impact"),
    "stance": _("Stance"), "topic": _("Topic"),
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What one person typed of a sheet, after the checks of every submission."""

    data: SubmissionData
    comments: list[CommentData]
    answers: Sequence[AnswerData] = ()


@dataclass(frozen=True)
class Difference:
    field: str
    label: Words
    first: str
    second: str


def due(hearing: Hearing, user: User) -> list[int]:
    """Sheets this person may check now, the one typed first on top. Two columns of each typed sheet, one query."""
    every = paper_check_every()
    typed = PaperForm.objects.filter(
        hearing=hearing, status=PaperStatus.ENTERED, checked_at__isnull=True, submission__revised_at__isnull=True,
        submission__status=SubmissionStatus.SUBMITTED,
    ).exclude(submission__entered_by=user).exclude(sha256="")  # fmt: skip
    found = typed.order_by("pk").values_list("pk", "sha256")
    return [pk for pk, sha256 in found if every and int(sha256[:8], 16) % every == 0]


def differences(form: PaperForm, second: Typed) -> list[Difference]:
    """What the second person read differently, field by field; spaces at line ends are no difference."""
    now = _record(form, second)
    before = SubmissionVersion.objects.filter(submission=form.submission).latest("number").data
    found = [
        _difference(form, name, before, now) for name in sorted(set(before) | set(now)) if name in LABELS
    ]
    area = [_area(record) for record in (before, now)]
    found.append(
        Difference("area", LABELS["area"], *(_area_name(code) if area[0] != area[1] else "" for code in area))
    )
    found += _of_comments(form, before["comments"], now["comments"])
    found += _of_answers(form, before.get("answers", []), now.get("answers", []))
    return [difference for difference in found if difference.first != difference.second]


@transaction.atomic
def check_typing(
    *, form: PaperForm, second: Typed, by: User, now: dt.datetime, use_second: bool | None = None
) -> list[Difference]:
    """Stored if both typed the same, or if the second person said which of the two is right.

    Returns the differences; where there are any and nobody has decided (``use_second`` None), nothing is stored.
    """
    require(by, Action.ENTER_ON_BEHALF, form.hearing)
    form = (
        PaperForm.objects.select_for_update(of=("self",))
        .select_related("hearing", "submission")
        .get(pk=form.pk)
    )
    if form.submission is None or form.status != PaperStatus.ENTERED or form.submission.revised_at:
        raise ValidationError(_("There is nothing to check on this form."), code="status")
    if form.submission.entered_by_id == by.pk:
        raise PermissionDenied(_("You typed this form. Somebody else must check it."))
    if form.checked_at:
        return []
    found = differences(form, second)
    if found and use_second is None:
        return found
    if found and use_second:
        correct_typing(
            submission=form.submission,
            data=second.data,
            comments=second.comments,
            answers=second.answers,
            now=now,
        )
    form.checked_by, form.checked_at, form.differences = by, now, [found_.field for found_ in found]
    form.save(update_fields=["checked_by", "checked_at", "differences"])
    return found


def _record(form: PaperForm, typed: Typed) -> dict[str, Any]:
    """As records.new_version writes it, so that the two are compared like with like."""
    placed = records.placed_comments(form.hearing, typed.comments)
    answers = checked_answers(form.hearing, typed.answers)
    version = records.new_version(
        form.submission or Submission(), 0, checked_data(typed.data), [comment for comment, _block in placed],
        form.created_at, answers=answers,
    )  # fmt: skip
    return version.data


def _difference(form: PaperForm, name: str, before: dict, now: dict) -> Difference:
    return Difference(name, LABELS[name], _plain(name, before.get(name)), _plain(name, now.get(name)))


def _plain(name: str, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if value is True:
        return str(_("Yes"))
    if name == "topic":
        return value["name"]
    return str(CHOICES[name](value).label) if name in CHOICES else " ".join(str(value).split())


def _area(record: dict) -> str:
    return next(
        (record[f"{level}_code"] for level, _model in reversed(AREA) if record.get(f"{level}_code")), ""
    )


def _area_name(code: str) -> str:
    model = {2: Province, 4: District, 6: Subdistrict}.get(len(code))
    found = model._default_manager.filter(pk=code).first() if model else None
    return str(found) if found else ""


def _of_comments(form: PaperForm, before: list[dict], now: list[dict]) -> list[Difference]:
    sections = {str(key): block for key, block in records.sections_by_key(form.hearing).items()}
    first, second = ({comment["block_key"]: comment for comment in said} for said in (before, now))
    found = []
    for key in {**first, **second}:
        about = f"{sections[key].number}. {sections[key].heading}" if key else _("The whole matter")
        for name, word in WORDS.items():
            texts = [_plain(name, said.get(key, {}).get(name)) for said in (first, second)]
            found.append(Difference(f"{name}:{key or ''}", f"{about}: {word}", *texts))
    return found


def _of_answers(form: PaperForm, before: list[dict], now: list[dict]) -> list[Difference]:
    first, second = ({answer["question"]: answer for answer in given} for given in (before, now))
    found = []
    for key in {**first, **second}:
        values = [given[key]["value"] if key in given else None for given in (first, second)]
        asked = (second.get(key) or first[key])["asked"]
        if values[0] != values[1]:
            revision = _revision(form, second.get(key) or first[key])
            found.append(
                Difference(f"answer:{key}", asked, *(answer_words(revision, value) for value in values))
            )
    return found


def _revision(form: PaperForm, answer: dict) -> QuestionRevision:
    return QuestionRevision.objects.get(
        question__hearing=form.hearing_id, question__key=answer["question"], number=answer["revision"]
    )


def answer_words(revision: QuestionRevision, value: Any) -> str:
    """One answer in words, as a person would read it out."""
    if value is None:
        return ""
    options, rows = revision.option_labels(), revision.row_labels()
    match revision.kind:
        case QuestionKind.SINGLE:
            return options.get(value, value)
        case QuestionKind.MULTIPLE | QuestionKind.RANKING:
            return " · ".join(options.get(key, key) for key in value)
        case QuestionKind.MATRIX:
            return " · ".join(f"{rows.get(row, row)}: {options.get(key, key)}" for row, key in value.items())
        case QuestionKind.PLACE:
            return _area_name(value["subdistrict"] or value["district"] or value["province"])
    return str(value)
