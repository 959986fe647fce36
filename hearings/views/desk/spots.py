"""Points and lines people added to their answers: a list for staff, and the same as a GeoJSON file (P31, P32)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Action, may
from hearings.models import Hearing
from hearings.spots import as_geojson, spots_for_staff
from hearings.views.desk.rooms import hearing_for


def _sees_exactly(request: HttpRequest, hearing: Hearing) -> bool:
    """Where somebody lives is for who deals with that person's comment; who sums up needs the area (PDPA 22)."""
    return may(request.user, Action.MODERATE_COMMENT, hearing)


@login_required
@never_cache
@require_safe
def spots(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    exact = _sees_exactly(request, hearing)
    context = {"hearing": hearing, "spots": spots_for_staff(hearing, exact=exact), "exact": exact}
    return render(request, "hearings/desk/spots.html", context)


@login_required
@never_cache
@require_safe
def spots_file(request: HttpRequest, pk: int) -> HttpResponse:
    hearing = hearing_for(request, pk, Action.CODE_THEMES)
    exact = _sees_exactly(request, hearing)
    found = as_geojson(spots_for_staff(hearing, exact=exact), exact=exact)
    response = JsonResponse(
        found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )
    name = f"places-{hearing.code or hearing.pk}.geojson"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
