"""A hearing in a few lines, to stand on other websites of the province (peers P105).

The only page that others may put in a frame. It holds nothing that could be pressed against somebody's will: two
links that open the site in a window of its own. It sets no cookie and reads none.
"""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from hearings.views.hearing import HearingRoom
from hearings.views.lookup import visible_hearing

MINUTES = 5 * 60
POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}


@xframe_options_exempt
@csp_replace(POLICY)  # type: ignore[arg-type]  # django-csp knows views without arguments only
@cache_control(public=True, max_age=MINUTES)
@require_safe
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    hearing = visible_hearing(slug)
    context = {"hearing": hearing, "room": HearingRoom(hearing, timezone.now())}
    return render(request, "hearings/embed.html", context)
