"""Response headers and the first sieve for bad requests."""

from __future__ import annotations

import functools
from collections.abc import Callable
from urllib.parse import urlsplit

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# What a column for keys can hold; SQLite refuses to look for more.
HIGHEST_NUMBER = 2**63 - 1

GetResponse = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on public pages; the admin's addresses get the looser policy its editor widgets need."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(settings.ADMIN_PATHS):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]  # what django-csp reads
        elif not settings.DEBUG and not any(name.startswith("_csp_") for name in vars(response)):
            # No view asked for anything else: the same words on every page, and no nonce in them.
            response.headers.setdefault(HEADER, _public_policy())
            return response
        return super().process_response(request, response)


@functools.cache
def _public_policy() -> str:
    return build_policy()


PERMISSIONS = "camera=(), geolocation={geolocation}, microphone=(self), payment=(), usb=()"


def allow_position(response: HttpResponse) -> HttpResponse:
    """For the one page that offers to add the point where its reader stands; everywhere else it is off."""
    response.headers["Permissions-Policy"] = PERMISSIONS.format(geolocation="(self)")
    return response


class PermissionsPolicyMiddleware:
    """The site uses none of these device features on a page load; say so."""

    value = PERMISSIONS.format(geolocation="()")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.value)
        return response


class BadInputMiddleware:
    """Refuse with a 400 or a 404 what would otherwise end as an error 500 deeper down.

    NUL characters in addresses and cookies (PostgreSQL takes none), and forms in another letter code than UTF-8:
    Python knows codes that make half characters or are none of text at all ("unicode_escape", "hex").
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\x00" in value for value in request.COOKIES.values()):
            raise BadRequest("NUL character in a cookie")
        if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            raise BadRequest("not UTF-8")
        if not (request.META.get("CONTENT_LENGTH") or "0").isdecimal():
            raise BadRequest("Content-Length is no number")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict) -> None:
        values = [request.path, *(v for values in request.GET.lists() for v in (values[0], *values[1]))]
        if any("\x00" in value for value in values):
            raise BadRequest("NUL character in the address")
        try:
            urlsplit(request.GET.get("next", ""))
            if request.path_info.removeprefix("/en").startswith("/accounts/"):
                urlsplit(request.POST.get("next", ""))
        except ValueError as error:  # "http://[", which the sign-in would stumble over
            raise BadRequest("next is no address") from error
        if any(isinstance(number, int) and number > HIGHEST_NUMBER for number in kwargs.values()):
            raise Http404("no row has such a number")
