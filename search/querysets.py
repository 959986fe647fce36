from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

KEPT = dt.timedelta(days=365)


class SearchQueryQuerySet(QuerySet):
    def on(self, day: dt.date) -> SearchQueryQuerySet:
        return self.filter(day=day)

    def outdated(self, today: dt.date) -> SearchQueryQuerySet:
        """Older than a year: no longer of use."""
        return self.filter(day__lt=today - KEPT)
