from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet


class ClusterQuerySet(QuerySet):
    def valid_on(self, day: dt.date) -> ClusterQuerySet:
        """Clusters that exist on a day; their list changes by announcement, never in code."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )
