"""Error pages in the site's own look; each says what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.pagination import NoSuchListPage


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Without the request: a false host name or a broken character would break the frame of the site too."""
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long. The text is still in the browser: going back keeps it."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Only our own sentence is shown; the text of other exceptions is for developers."""
    reason = str(exception) if isinstance(exception, NoSuchListPage) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request and the database: they may be the reason."""
    return HttpResponse(render_to_string("500.html"), status=500)
