from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, NullIf


class SearchQueryQuerySet(QuerySet):
    def on(self, day: dt.date) -> SearchQueryQuerySet:
        return self.filter(day=day)

    def outdated(self, today: dt.date) -> SearchQueryQuerySet:
        """Older than the office wants to look back; purge_personal_data deletes them."""
        return self.filter(day__lt=today - dt.timedelta(days=settings.SEARCH_QUESTIONS_DAYS))

    def often_asked(self, since: dt.date, *, days: int, times: int) -> QuerySet:
        """Answered questions that many asked, the most asked first: so many are nobody's own."""
        return (
            self.filter(day__gte=since, hits__gt=0)
            .order_by()
            .values("text")
            .annotate(days=Count("day"), times=Sum("count"))
            .filter(days__gte=days, times__gte=times)
            .order_by("-times", "text")
        )

    def last_days(self, number: int, today: dt.date) -> SearchQueryQuerySet:
        """Today and the days before it, ``number`` in all."""
        return self.filter(day__gt=today - dt.timedelta(days=number), day__lte=today)

    def most_asked(self) -> QuerySet:
        """Each question once, over all its days; one grouped query."""
        return (
            self.order_by()
            .values("text")
            .annotate(
                days=Count("day"),
                times=Sum("count"),
                unanswered=Sum("count", filter=Q(hits=0), default=0),
                opened=Sum("clicks"),
                mean_place=Cast(Sum("places"), FloatField()) / NullIf(F("opened"), 0),
            )
            .order_by("-times", "text")
        )
