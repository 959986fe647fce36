"""How content people are with the way they were heard, as everyone may read it (requirements A181)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from core.types import Words
from hearings.enums import SubmissionStatus
from hearings.models import Hearing, Satisfaction
from hearings.models.satisfaction import BEST, WORST

# Fewer marks would say something about a person.
LEAST_MARKS = 5
MARKS: dict[int, Words] = {
    1: _("Not content at all"),
    2: _("Not content"),
    3: _("So-so"),
    4: _("Content"),
    5: _("Very content"),
}


@dataclass(frozen=True)
class Contentment:
    """``marks``: (mark, its words, how many people), the best on top."""

    people: int
    mean: float
    marks: list[tuple[int, Words, int]]


def contentment(hearing: Hearing) -> Contentment | None:
    """One grouped query; None as long as too few people gave a mark."""
    given = Satisfaction.objects.filter(
        submission__hearing=hearing.pk, submission__status=SubmissionStatus.SUBMITTED
    )
    numbers = dict(given.order_by().values_list("score").annotate(people=Count("pk")))
    people = sum(numbers.values())
    if people < LEAST_MARKS:
        return None
    mean = round(sum(score * number for score, number in numbers.items()) / people, 1)
    marks = [(score, MARKS[score], numbers.get(score, 0)) for score in range(BEST, WORST - 1, -1)]
    return Contentment(people, mean, marks)
