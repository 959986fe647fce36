from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet


class ChangeAgentQuerySet(QuerySet):
    def public(self) -> ChangeAgentQuerySet:
        """Only people who agreed to be shown (A020)."""
        return self.filter(consent_to_publish=True)

    def with_area(self) -> ChangeAgentQuerySet:
        return self.select_related("province", "district", "subdistrict").prefetch_related("topics")

    def in_province(self, code: str) -> ChangeAgentQuerySet:
        return self.filter(province_id=code)

    def in_order(self) -> ChangeAgentQuerySet:
        """Two of one name keep their places, so that nobody is on two pages."""
        return self.order_by("display_name", "pk")


class NetworkMemberQuerySet(QuerySet):
    def public(self) -> NetworkMemberQuerySet:
        return self.filter(is_public=True)

    def in_province(self, code: str) -> NetworkMemberQuerySet:
        """Of the province, and those of the whole cluster, which have none."""
        return self.filter(province_id=code) | self.filter(province=None)


class AccessSlipQuerySet(QuerySet):
    def usable(self, now: dt.datetime) -> AccessSlipQuerySet:
        """Not used, not too old, not guessed at too often."""
        return self.filter(used_at=None, expires_at__gt=now, wrong_tries__lt=F("allowed_tries"))
