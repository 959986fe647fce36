"""Places people chose to show, rounded to about a kilometre, as a GeoJSON file for everyone (P31)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hearings.spots import as_geojson, spots_for_everyone
from hearings.views.lookup import visible_hearing


@require_safe
def public_spots(request: HttpRequest, slug: str) -> HttpResponse:
    """Never cached: who takes a comment back is off this file at once."""
    found = as_geojson(spots_for_everyone(visible_hearing(slug)), exact=False)
    response = JsonResponse(
        found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
