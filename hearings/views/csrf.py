"""An expired form must not cost anyone their words (people.md 3; issue 3, "Bad input").

Django's middleware answers a failed check with an error page. A view marked ``csrf_exempt`` that asks
``expired(request)`` first makes the very same check, and can show the form again with everything typed.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _unused(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_CHECK = _Check(_unused)


def expired(request: HttpRequest) -> bool:
    """True if the form's proof of origin is missing or wrong; nothing may be stored then."""
    _CHECK.process_request(request)
    return _CHECK.process_view(request, _unused, (), {}) is not None
