"""What readers can be shown. Every list, feed and search starts here."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q
from wagtail.query import PageQuerySet

from core.thaidate import fiscal_year_be
from core.urls_for import DEFAULT_LANGUAGE
from news.enums import PLAN_TYPES


class ReadableQuerySet(PageQuerySet):
    def readable(self, language: str) -> ReadableQuerySet:
        """Public pages for a reader of ``language``: the translation where there is one, the Thai page otherwise."""
        pages = self.live().public()
        if language == DEFAULT_LANGUAGE:
            return pages.filter(locale__language_code=DEFAULT_LANGUAGE)
        translated = self.model.objects.live().public().filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language
        )  # fmt: skip
        return pages.filter(
            Q(locale__language_code=language)
            | (Q(locale__language_code=DEFAULT_LANGUAGE) & ~Exists(translated))
        )

    def about(self, province: str | None = None, topic: str | None = None) -> ReadableQuerySet:
        """Limited to a province (DOPA code) and a topic (slug); None means all."""
        found = self
        if province:
            found = found.filter(provinces__code=province)
        if topic:
            found = found.filter(topics__slug=topic)
        return found.distinct() if province or topic else found


class NewsQuerySet(ReadableQuerySet):
    def newest_first(self) -> NewsQuerySet:
        return self.order_by("-published_on", "-first_published_at", "-pk")

    def for_lists(self) -> NewsQuerySet:
        return self.newest_first().select_related("category", "locale").prefetch_related("provinces")

    def with_same_topics(self, topics: list[int]) -> NewsQuerySet:
        return self.filter(topics__in=topics).distinct()


class StrategyDocumentQuerySet(ReadableQuerySet):
    def with_status(self) -> StrategyDocumentQuerySet:
        """Adds ``superseded``: a newer public document says it replaces this one (in whichever language)."""
        newer = self.model.objects.live().public().filter(
            supersedes__translation_key=OuterRef("translation_key")
        )  # fmt: skip
        return self.annotate(superseded=Exists(newer))

    def in_force(self, today: dt.date, *, negate: bool = False) -> StrategyDocumentQuerySet:
        """Neither replaced nor, for a plan, past its last fiscal year; needs with_status."""
        past = Q(doc_type__in=PLAN_TYPES, end_year__isnull=False, end_year__lt=fiscal_year_be(today))
        over = Q(superseded=True) | past
        return self.filter(over) if negate else self.exclude(over)

    def newest_first(self) -> StrategyDocumentQuerySet:
        return self.order_by(F("official_date").desc(nulls_last=True), "-pk")

    def for_lists(self) -> StrategyDocumentQuerySet:
        return self.with_status().newest_first().select_related("document", "locale")
