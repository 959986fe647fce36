"""Reading the points and lines people added (P31, P32): exact for who moderates the hearing, rounded for other staff,
rounded and by choice for everyone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from geography.models import District, Province, Subdistrict
from hearings.enums import QuestionKind, SubmissionStatus, Visibility
from hearings.models import Answer, Comment, Hearing, Submission
from hearings.services.spots import DIGITS, PUBLIC_DIGITS, geometries

MOST_SPOTS = 5000
KM_OF_DEGREE = 111.32
AREAS = {2: Province, 4: District, 6: Subdistrict}


@dataclass(frozen=True)
class Spot:
    """One person's place with what was added to it; ``shapes`` are GeoJSON geometries."""

    answer: Answer
    areas: list[Province | District | Subdistrict]
    shapes: list[dict[str, Any]]
    comment_pk: int | None = None

    @property
    def submission(self) -> Submission:
        return self.answer.submission

    @property
    def question(self) -> str:
        return self.answer.revision.shown_text

    @property
    def area(self) -> str:
        return " ".join(area.short_name for area in reversed(self.areas))

    @property
    def point(self) -> str:
        """Latitude first, as maps and telephones read it."""
        found = next((shape for shape in self.shapes if shape["type"] == "Point"), None)
        return f"{found['coordinates'][1]}, {found['coordinates'][0]}" if found else ""

    @property
    def accuracy(self) -> int | None:
        return self.answer.value.get("accuracy")

    @property
    def is_shown(self) -> bool:
        return self.answer.value.get("shown") is True

    @property
    def corners(self) -> int:
        """Points of the line or of the border; 0 without one."""
        line = self._line
        return len(line) - (self.is_area and line[0] == line[-1])

    @property
    def is_area(self) -> bool:
        return any(shape["type"] == "Polygon" for shape in self.shapes)

    @property
    def metres(self) -> int:
        """Length of the line, or round the area."""
        return round(1000 * sum(_km(a, b) for a, b in pairwise(self._line)))

    @property
    def _line(self) -> list[list[float]]:
        for shape in self.shapes:
            if shape["type"] != "Point":
                return shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"]
        return []


def _km(a: list[float], b: list[float]) -> float:
    """Good enough over the few kilometres somebody walks."""
    east = (b[0] - a[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return KM_OF_DEGREE * math.hypot(east, b[1] - a[1])


def with_spot() -> QuerySet[Answer]:
    has_spot = Q(value__has_key="lat") | Q(value__has_key="shape")
    return Answer.objects.filter(has_spot, revision__kind=QuestionKind.PLACE)


def spots_for_staff(hearing: Hearing, *, exact: bool) -> list[Spot]:
    """Everything that counts: as it was sent, or rounded to about a kilometre."""
    counted = with_spot().filter(
        question__hearing=hearing,
        superseded_at__isnull=True,
        submission__status=SubmissionStatus.SUBMITTED,
    ).exclude(submission__visibility=Visibility.HIDDEN)  # fmt: skip
    rows = counted.select_related("submission", "revision").order_by("pk")[:MOST_SPOTS]
    return _spots(rows, DIGITS if exact else PUBLIC_DIGITS)


def spots_for_everyone(hearing: Hearing, submission: Submission | None = None) -> list[Spot]:
    """Rounded; only of people who chose it and whose comment is published."""
    published = Comment.objects.filter(submission=OuterRef("submission"), is_public=True)
    rows = with_spot().filter(
        Exists(published), question__hearing=hearing, superseded_at__isnull=True, value__shown=True
    )
    if submission:
        rows = rows.filter(submission=submission)
    rows = rows.select_related("submission", "revision").order_by("pk")[:MOST_SPOTS]
    return _spots(rows, PUBLIC_DIGITS)


def _spots(rows: Iterable[Answer], digits: int) -> list[Spot]:
    answers = list(rows)
    names = _areas({code for answer in answers for code in _codes(answer.value)})
    firsts: dict[int, int] = {}
    sent = [answer.submission_id for answer in answers]
    public = Comment.objects.filter(submission__in=sent, is_public=True).order_by("-pk")
    firsts.update(public.values_list("submission_id", "pk"))
    return [
        Spot(
            answer,
            [names[code] for code in _codes(answer.value)],
            geometries(answer.value, digits),
            firsts.get(answer.submission_id),
        )
        for answer in answers
    ]


def _codes(value: dict[str, Any]) -> list[str]:
    return [value[level] for level in ("province", "district", "subdistrict") if value.get(level)]


def _areas(codes: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for digits, model in AREAS.items():
        found |= model._default_manager.in_bulk([code for code in codes if len(code) == digits])
    return found


def as_geojson(spots: Iterable[Spot], *, exact: bool) -> dict[str, Any]:
    """A feature for each point and each line. Who sees them exactly gets the receipt, all others the comment's number."""
    features = [
        {"type": "Feature", "geometry": shape, "properties": _properties(spot, exact=exact)}
        for spot in spots
        for shape in spot.shapes
    ]
    return {"type": "FeatureCollection", "features": features}


def _properties(spot: Spot, *, exact: bool) -> dict[str, Any]:
    shared = {"question": spot.question, "area": spot.area, "comment": spot.comment_pk}
    if not exact:
        return {**shared, "rounded": True}
    return {
        **shared,
        "receipt": spot.submission.grouped_receipt_no,
        "accuracy_m": spot.accuracy,
        "sector": spot.submission.sector,
        "shown_in_public": spot.is_shown,
    }
