"""Questions about lessons. Every list, feed, search and box starts with ``readable``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, ExtractYear, RowNumber, TruncDate
from wagtail.query import PageQuerySet

from accounts.roles import is_staff_member
from core.querysets import OneQueryPrivacy
from core.urls_for import DEFAULT_LANGUAGE
from knowledge.enums import EvidenceLevel, Visibility

if TYPE_CHECKING:
    from accounts.permissions import Person
    from core.finding import Inside
    from knowledge.models import LessonPage

RUNG = Case(
    *(When(evidence_level=level, then=Value(level.rung)) for level in EvidenceLevel),
    default=Value(0),
    output_field=IntegerField(),
)


class LessonQuerySet(OneQueryPrivacy, PageQuerySet):
    def visible_to(self, user: Person | None) -> LessonQuerySet:
        """Limited to what a person may read: everyone's, the network's after sign-in, all for staff."""
        if user is None or not getattr(user, "is_authenticated", False):
            return self.filter(visibility=Visibility.PUBLIC)
        if is_staff_member(user):
            return self
        return self.exclude(visibility=Visibility.STAFF)

    def readable(self, language: str, user: Person | None = None) -> LessonQuerySet:
        """Lessons for a reader of ``language``: the translation where there is one, the Thai lesson otherwise."""
        lessons = self.live().public().visible_to(user)
        if language == DEFAULT_LANGUAGE:
            return lessons.filter(locale__language_code=DEFAULT_LANGUAGE)
        translated = self.model.objects.live().public().visible_to(user).filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language
        )  # fmt: skip
        return lessons.filter(
            Q(locale__language_code=language)
            | (Q(locale__language_code=DEFAULT_LANGUAGE) & ~Exists(translated))
        )

    def never_published(self) -> LessonQuerySet:
        """Told, and waiting for somebody to look at it; what was taken down again is not new work."""
        return self.filter(live=False, first_published_at__isnull=True)

    def newest_first(self) -> LessonQuerySet:
        return self.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def best_proven_first(self) -> LessonQuerySet:
        return self.order_by(RUNG.desc(), *NEWEST)

    def closest_first(self, inside: Inside) -> LessonQuerySet:
        """As search found them, by whichever version holds the words."""
        held = self.model.objects.filter(pk__in=inside.pks, translation_key=OuterRef("translation_key"))
        place = held.annotate(place=inside.place).order_by("place").values("place")[:1]
        return self.order_by(Subquery(place), *NEWEST)

    def for_lists(self) -> LessonQuerySet:
        return self.newest_first().select_related("province", "district", "locale")

    def with_year(self) -> LessonQuerySet:
        """Adds ``year`` (CE): of the end of the story, else its beginning, else the day it was published."""
        day = Coalesce("period_end", "period_start", TruncDate("first_published_at"))
        return self.annotate(year=ExtractYear(day))

    def about(self, topics: Iterable[int]) -> LessonQuerySet:
        """Sharing at least one of the topics (primary keys); the most shared first."""
        shared = Count("topic_items", filter=Q(topic_items__tag__in=list(topics)), distinct=True)
        return self.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", *NEWEST)

    def in_other_provinces(self, lesson: LessonPage, topics: Iterable[int]) -> LessonQuerySet:
        """What other provinces did about the same topics (requirement A189)."""
        others = self.exclude(translation_key=lesson.translation_key).exclude(province=None)
        if lesson.province_id:
            others = others.exclude(province_id=lesson.province_id)
        return others.about(topics)

    def count_by(self, expression: str) -> dict:
        """Lessons per value of a field, in one grouped query."""
        rows = self.order_by().values_list(expression).annotate(number=Count("pk", distinct=True))
        return {value: number for value, number in rows if value not in (None, "")}

    def solutions(self, per_problem: int) -> QuerySet:
        """The best-proven lessons of each problem, at most ``per_problem`` of each (requirement A195)."""
        place = Window(
            RowNumber(), partition_by=[F("problem_subarea")], order_by=[RUNG.desc(), *NEWEST]
        )  # fmt: skip
        return (
            self.exclude(problem_subarea="").annotate(place_in_problem=place)
            .filter(place_in_problem__lte=per_problem)
            .select_related("province", "district", "locale").order_by("problem_subarea", "place_in_problem")
        )  # fmt: skip


NEWEST = (F("first_published_at").desc(nulls_last=True), F("pk").desc())
