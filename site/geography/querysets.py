from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.sorting import thai_key
from core.thaidate import is_thai


class AreaQuerySet(QuerySet):
    def in_dictionary_order(self) -> list:
        """A list in the order of the reader's language; no database of ours sorts Thai by itself."""
        if is_thai():
            return sorted(self, key=lambda area: thai_key(area.name))
        return sorted(self, key=lambda area: area.name_en)

    def named_like(self, text: str) -> AreaQuerySet:
        return self.filter(Q(name__contains=text) | Q(name_en__icontains=text))


class ProvinceQuerySet(AreaQuerySet):
    def with_ours(self) -> ProvinceQuerySet:
        """Annotate ``ours``: the province belongs to the cluster this site serves."""
        return self.annotate(ours=Exists(self.of_this_site().filter(pk=OuterRef("pk"))))

    def of_this_site(self) -> ProvinceQuerySet:
        from geography.models import Province, SiteCluster

        clusters = SiteCluster.objects.filter(site__is_default_site=True).values("cluster")
        return Province.objects.filter(clusters__in=clusters)


class DistrictQuerySet(AreaQuerySet):
    def of_this_site(self) -> DistrictQuerySet:
        from geography.models import Province

        return self.filter(province__in=Province.objects.all().of_this_site())


class SubdistrictQuerySet(AreaQuerySet):
    def of_this_site(self) -> SubdistrictQuerySet:
        from geography.models import Province

        return self.filter(district__province__in=Province.objects.all().of_this_site())


class ClusterQuerySet(QuerySet):
    def valid_on(self, day: dt.date) -> ClusterQuerySet:
        """Clusters that exist on a day; their list changes by announcement, never in code."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def with_provinces(self) -> ClusterQuerySet:
        return self.select_related("operation_centre").prefetch_related("provinces")
