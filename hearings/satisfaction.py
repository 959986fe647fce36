"""How content people are with the way they were heard, for everyone and, in parts, for the office (requirements A181)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.types import Words
from hearings.enums import Channel, SubmissionStatus
from hearings.models import Hearing, Satisfaction, Submission
from hearings.models.satisfaction import BEST, WORST
from hearings.small_numbers import SMALL, hidden_of_parts

MARKS: dict[int, Words] = {
    1: _("Not content at all"),
    2: _("Not content"),
    3: _("So-so"),
    4: _("Content"),
    5: _("Very content"),
}


@dataclass(frozen=True)
class Contentment:
    """``marks``: (mark, its words, how many people), the best on top; empty where one of the numbers is small:
    beside the mean it could be computed, so all of them are left out."""

    people: int
    mean: float
    marks: list[tuple[int, Words, int]]


@dataclass(frozen=True)
class Part:
    """People of one sector, or of one way of sending; None where they are few."""

    label: Words
    people: int | None
    mean: float | None


@dataclass(frozen=True)
class PartTable:
    heading: Words
    parts: list[Part]

    @property
    def tells_something(self) -> bool:
        return any(part.people is not None for part in self.parts)

    @property
    def hides_some(self) -> bool:
        return any(part.people is None for part in self.parts)


@dataclass(frozen=True)
class StaffContentment:
    """``asked``: how many receipts could have given a mark; ``whole`` is None as long as too few did."""

    asked: int
    whole: Contentment | None
    tables: list[PartTable] = field(default_factory=list)


def contentment(hearing: Hearing) -> Contentment | None:
    """One grouped query; None as long as too few people gave a mark."""
    return _whole(_given(hearing).order_by().values_list("score").annotate(people=Count("pk")))


def contentment_for_staff(hearing: Hearing) -> StaffContentment:
    """The same with its parts: whether those who came on paper feel heard as well as those on the website."""
    asked = Submission.objects.filter(hearing=hearing, status=SubmissionStatus.SUBMITTED).count()
    grouped = _given(hearing).order_by().values_list("score", "submission__channel", "submission__sector")
    rows = list(grouped.annotate(people=Count("pk")))
    whole = _whole((score, people) for score, _channel, _sector, people in rows)
    if whole is None:
        return StaffContentment(asked, None)
    channels = _parts(((channel, score, people) for score, channel, _sector, people in rows), Channel.choices)
    sectors = _parts(((sector, score, people) for score, _channel, sector, people in rows), Sector.choices)
    tables = [PartTable(_("By way of sending"), channels), PartTable(_("By sector"), sectors)]
    return StaffContentment(asked, whole, [table for table in tables if table.tells_something])


def _given(hearing: Hearing) -> QuerySet[Satisfaction]:
    return Satisfaction.objects.filter(
        submission__hearing=hearing.pk, submission__status=SubmissionStatus.SUBMITTED
    )


def _whole(rows: Iterable[tuple[int, int]]) -> Contentment | None:
    numbers = dict.fromkeys(range(BEST, WORST - 1, -1), 0)
    for score, people in rows:
        numbers[score] += people
    people = sum(numbers.values())
    if people < SMALL:
        return None
    mean = round(sum(score * number for score, number in numbers.items()) / people, 1)
    is_telling = hidden_of_parts(list(numbers.values())) == frozenset()
    marks = [(score, MARKS[score], number) for score, number in numbers.items()] if is_telling else []
    return Contentment(people, mean, marks)


def _parts(rows: Iterable[tuple[str, int, int]], choices: Iterable[tuple[str, Words]]) -> list[Part]:
    """In the order of the choices, without those nobody is behind; none at all where leaving out hides nothing."""
    people: dict[str, int] = {}
    points: dict[str, int] = {}
    for key, score, number in rows:
        people[key] = people.get(key, 0) + number
        points[key] = points.get(key, 0) + score * number
    shown = [(key, label) for key, label in choices if key in people]
    hidden = hidden_of_parts([people[key] for key, _label in shown])
    if hidden is None:
        return []
    return [
        Part(label, None, None)
        if place in hidden
        else Part(label, people[key], round(points[key] / people[key], 1))
        for place, (key, label) in enumerate(shown)
    ]
