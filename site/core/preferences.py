"""Text size and language a reader chose: two plain cookies, set by a link or button without JavaScript."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TEXT_COOKIE = "text"
LANGUAGE_COOKIE = "language"
TEXT_SIZES = ("1", "2", "3")
LANGUAGES = ("th", "en")
ONE_YEAR = 60 * 60 * 24 * 365


def text_size(request: HttpRequest) -> str:
    """ "1", "2" or "3" (100, 125, 150 %)."""
    size = request.COOKIES.get(TEXT_COOKIE, "1")
    return size if size in TEXT_SIZES else "1"


def preferred_language(request: HttpRequest) -> str | None:
    language = request.COOKIES.get(LANGUAGE_COOKIE)
    return language if language in LANGUAGES else None


def remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
