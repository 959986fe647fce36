"""``/search/suggest/``: words and titles for the box, as JSON. Without it the box works as well."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib

from django.core.cache import caches
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core import nearby
from core.ratelimit import visitor
from search.engines import EngineDownError, get_engine
from search.suggestions import Suggestions, suggestions
from search.waiting import up_to_date

SECONDS = 60
A_MINUTE = 300  # one visitor may be a whole village behind one address


@require_safe
@cache_control(private=True, max_age=30)
def suggest(request: HttpRequest) -> JsonResponse:
    if _too_often(request):
        return JsonResponse({"error": _("Too many requests; please wait a minute.")}, status=429)
    found = Suggestions()
    with contextlib.suppress(EngineDownError):  # the results page says that search is down
        found = suggestions(request.GET.get("q", ""), up_to_date(get_engine()))
    return JsonResponse(dataclasses.asdict(found))


def _too_often(request: HttpRequest) -> bool:
    """Counted in this process only: a row in the database for each key pressed would cost more than the answer."""
    key = f"suggest:{hashlib.sha256(visitor(request).encode()).hexdigest()}"
    cache = caches[nearby.ALIAS]
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > A_MINUTE
    except ValueError:  # gone in the same instant
        return False
