"""Links and agencies (requirements A019, A040, A041)."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import is_staff_member
from core.pagination import paginate
from home.enums import LinkCategory
from home.exports import agency_lines, agency_record
from home.forms import AgencyFilterForm
from home.models import Agency, DirectoryLink
from home.querysets import AgencyQuerySet

PER_PAGE = 50


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Shelves in the order of LinkCategory; the staff shelf only for staff."""
    found = list(DirectoryLink.objects.for_reader(is_staff=is_staff_member(request.user)))
    shelves = [
        (category.label, members)
        for category in LinkCategory
        if (members := [link for link in found if link.category == category])
    ]
    return render(request, "home/links.html", {"shelves": shelves})


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    form = AgencyFilterForm(request.GET or None)
    page = paginate(request, _chosen(form).by_kind(), PER_PAGE)
    groups = [(label, list(members)) for label, members in groupby(page, key=Agency.get_kind_display)]
    return render(request, "home/agencies.html", {"form": form, "page_obj": page, "groups": groups})


def _chosen(form: AgencyFilterForm) -> AgencyQuerySet:
    """All, the matching ones, or none when the filter makes no sense (the form then says what is wrong)."""
    if not form.is_bound:
        return Agency.objects.matching()
    if not form.is_valid():
        return Agency.objects.none()
    data = form.cleaned_data
    return Agency.objects.matching(data["q"], data["kind"], [data["province"]])


@require_safe
def agencies_csv(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        agency_lines(Agency.objects.matching().iterator(chunk_size=500)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="agencies.csv"'},
    )


@require_safe
def agencies_json(request: HttpRequest) -> JsonResponse:
    records = [agency_record(agency) for agency in Agency.objects.matching().iterator(chunk_size=500)]
    return JsonResponse({"agencies": records}, json_dumps_params={"ensure_ascii": False})
