"""Taking points and lines out of answers: they tell where a person lives or works. The area stays (PDPA 33)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from hearings.models import Submission, SubmissionVersion
from hearings.services.spots import PARTS, without_spot
from hearings.spots import with_spot


def submissions_with_spot(hearings: Iterable[int]) -> list[int]:
    """Of these hearings, in the current answers or in a replaced one."""
    held = with_spot().filter(submission=OuterRef("pk"))
    return list(Submission.objects.filter(Exists(held), hearing__in=hearings).values_list("pk", flat=True))


def forget_spots(submission_ids: Iterable[int]) -> None:
    """From the answers and from every stored version of what was sent."""
    ids = list(submission_ids)
    for answer in with_spot().filter(submission__in=ids):
        answer.value = without_spot(answer.value)
        answer.save(update_fields=["value"])
    for version in SubmissionVersion.objects.filter(submission__in=ids, data__has_key="answers"):
        answers = [_blank(answer) for answer in version.data["answers"]]
        if answers != version.data["answers"]:
            version.data = {**version.data, "answers": answers}
            version.save(update_fields=["data"])


def _blank(answer: dict) -> dict:
    value = answer.get("value")
    if not isinstance(value, dict) or "province" not in value or not any(part in value for part in PARTS):
        return answer
    return {**answer, "value": without_spot(value)}
