"""The edit code is shown once: right after sending, on the device that sent. A signed cookie carries it there.

Whoever typed the right code gets such a cookie without it, and sees for those minutes all that was sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "sent"
SALT = "hearings.sent"
SECONDS = 20 * 60


@dataclass(frozen=True)
class Sent:
    edit_code: str
    again: bool


def remember_sent(response: HttpResponse, receipt_no: str, edit_code: str, *, again: bool) -> None:
    value = signing.dumps([receipt_no, edit_code, again], salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE
    )


def remember_opened(response: HttpResponse, receipt_no: str) -> None:
    remember_sent(response, receipt_no, "", again=False)


def just_sent(request: HttpRequest, receipt_no: str) -> Sent | None:
    """What this device sent, or opened with its code, in the last minutes, if it is this receipt."""
    try:
        number, edit_code, again = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Sent(edit_code, bool(again)) if number == receipt_no else None
