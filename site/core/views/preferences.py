"""Remember text size and language. Plain GET forms and links, so they work without JavaScript and without a session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.preferences import LANGUAGE_COOKIE, LANGUAGES, TEXT_COOKIE, TEXT_SIZES, remember
from core.urls_for import language_path


def _next_path(request: HttpRequest) -> str:
    path = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None, require_https=request.is_secure())
    return path if safe and path.startswith("/") else "/"


@never_cache
@require_GET
def preferences(request: HttpRequest) -> HttpResponse:
    """``?text=1|2|3`` or ``?language=th|en``, and ``next``: where to go back to. Unknown values change nothing."""
    text, language = request.GET.get("text"), request.GET.get("language")
    path = _next_path(request)
    response = HttpResponseRedirect(language_path(path, language) if language in LANGUAGES else path)
    if text in TEXT_SIZES:
        remember(response, TEXT_COOKIE, text)
    if language in LANGUAGES:
        remember(response, LANGUAGE_COOKIE, language)
    return response
