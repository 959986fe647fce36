from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Count, QuerySet, Sum


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
