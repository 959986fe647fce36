"""Small JSON lists for the picker's script, and the public page of the clusters."""

from __future__ import annotations

import csv

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.text import clean_text
from geography.forms import valid_code
from geography.models import Area, Cluster, District, Province, Subdistrict

LIMIT = 10
MAX_QUERY = 60
for_a_day = cache_control(public=True, max_age=86_400)


def _bad(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=400)


def _options(areas: list[Area]) -> JsonResponse:
    return JsonResponse({"areas": [{"code": area.code, "name": area.display_name} for area in areas]})


@require_safe
@for_a_day
def districts(request: HttpRequest) -> JsonResponse:
    """Districts of ``?province=60``."""
    code = valid_code(request.GET.get("province"), 2)
    found = District.objects.filter(province_id=code).in_dictionary_order() if code else []
    return _options(found) if found else _bad(_("Give the two-digit code of a province, for example 60."))


@require_safe
@for_a_day
def subdistricts(request: HttpRequest) -> JsonResponse:
    """Sub-districts of ``?district=6003``."""
    code = valid_code(request.GET.get("district"), 4)
    found = Subdistrict.objects.filter(district_id=code).in_dictionary_order() if code else []
    return _options(found) if found else _bad(_("Give the four-digit code of a district, for example 6003."))


@require_safe
@for_a_day
def search(request: HttpRequest) -> JsonResponse:
    """Up to ten areas whose name contains ``?q=``: this site's first, then names that begin with it."""
    query = _bare_name(clean_text(request.GET.get("q", "")))
    if not 2 <= len(query) <= MAX_QUERY:
        return _bad(_("Type at least two letters of the name."))
    return JsonResponse({"areas": [_suggestion(area) for area in find_areas(query)]})


def _bare_name(text: str) -> str:
    """The name without its label: ``ต.เกยไชย`` and ``ตำบลเกยไชย`` become ``เกยไชย``."""
    for label in ("ตำบล", "ต.", "แขวง", "อำเภอ", "อ.", "จังหวัด", "จ."):
        if text.startswith(label):
            return text.removeprefix(label).strip()
    return text


def find_areas(query: str) -> list[Area]:
    ours = set(Province.objects.all().of_this_site().values_list("code", flat=True))
    starts = Q(name__startswith=query) | Q(name_en__istartswith=query)
    found: list[Area] = []
    for areas in (
        Subdistrict.objects.select_related("district__province"),
        District.objects.select_related("province"),
        Province.objects.all(),
    ):
        matching = areas.named_like(query)
        home = matching.filter(_code_begins_with(ours))
        # Enough of each kind that the best ten are among them.
        found += [*home[: LIMIT * 3], *matching.filter(starts)[: LIMIT * 3], *matching[:LIMIT]]
    best = {(type(area), area.code): area for area in found}.values()
    return sorted(best, key=lambda area: _rank(area, query, ours))[:LIMIT]


def _code_begins_with(provinces: set[str]) -> Q:
    condition = Q(pk__in=[])
    for code in sorted(provinces):
        condition |= Q(pk__startswith=code)
    return condition


def _rank(area: Area, query: str, ours: set[str]) -> tuple:
    names = (area.name, area.name_en.lower())
    exact = query in names or query.lower() in names
    begins = any(name.startswith(query.lower()) for name in names)
    return (area.code[:2] not in ours, not exact, not begins, -len(area.code), area.code)


def _suggestion(area: Area) -> dict[str, str]:
    chain: list[Area] = [area]
    if isinstance(area, Subdistrict):
        chain += [area.district, area.district.province]
    elif isinstance(area, District):
        chain.append(area.province)
    codes = {"province": area.code[:2], "district": area.code[:4], "subdistrict": area.code}
    return {
        "label": " ".join(one.short_name for one in chain),
        **{level: code for level, code in codes.items() if len(code) == _digits(level)},
    }


def _digits(level: str) -> int:
    return {"province": 2, "district": 4, "subdistrict": 6}[level]


@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    """The clusters that exist today, by region (A010: in English too)."""
    found = Cluster.objects.valid_on(timezone.localdate()).with_provinces()
    regions: dict[str, list[Cluster]] = {}
    for cluster in found:
        regions.setdefault(cluster.display_region, []).append(cluster)
    return render(request, "geography/clusters.html", {"regions": regions, "total": len(found)})


@require_safe
@for_a_day
def clusters_csv(request: HttpRequest) -> HttpResponse:
    """The same list as open data; the mark at the start lets Excel read Thai."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="clusters.csv"'
    writer = csv.writer(response)
    writer.writerow(
        ["cluster", "region", "name_th", "name_en", "province_code", "province_th", "province_en", "centre"]
    )
    for cluster in Cluster.objects.valid_on(timezone.localdate()).with_provinces():
        for province in cluster.provinces.all():
            centre = "1" if province.pk == cluster.operation_centre_id else ""
            writer.writerow(
                [
                    cluster.slug, cluster.region, str(cluster), cluster.name_en,
                    province.code, province.name, province.name_en, centre,
                ]
            )  # fmt: skip
    return response
