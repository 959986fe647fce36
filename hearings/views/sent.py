"""The edit code is shown once: right after sending, on the device that sent. A signed cookie carries it there.

Whoever typed the right code gets such a cookie without it, and sees for those minutes all that was sent. It stands
beside what the device had sent just before: each is signed by itself and ends after its own minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "sent"
SALT = "hearings.sent"
SECONDS = 20 * 60
MOST = 3
BETWEEN = "~"  # in no signature


@dataclass(frozen=True)
class Sent:
    receipt_no: str
    edit_code: str
    again: bool
    signed: str


def remember_sent(response: HttpResponse, receipt_no: str, edit_code: str, *, again: bool) -> None:
    """Alone: at a shared telephone whoever sends next sees nothing of the one before."""
    _remember(response, [_sign(receipt_no, edit_code, again=again)])


def remember_opened(request: HttpRequest, response: HttpResponse, receipt_no: str) -> None:
    others = [sent.signed for sent in _remembered(request) if sent.receipt_no != receipt_no]
    _remember(response, [_sign(receipt_no, "", again=False), *others])


def just_sent(request: HttpRequest, receipt_no: str) -> Sent | None:
    """What this device sent, or opened with its code, in the last minutes, if this receipt is among it."""
    return next((sent for sent in _remembered(request) if sent.receipt_no == receipt_no), None)


def _sign(receipt_no: str, edit_code: str, *, again: bool) -> str:
    return signing.dumps([receipt_no, edit_code, again], salt=SALT)


def _remember(response: HttpResponse, signed: list[str]) -> None:
    """The newest first."""
    response.set_cookie(
        COOKIE, BETWEEN.join(signed[:MOST]), max_age=SECONDS, httponly=True, samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )  # fmt: skip


def _remembered(request: HttpRequest) -> Iterator[Sent]:
    for signed in request.COOKIES.get(COOKIE, "").split(BETWEEN)[:MOST]:
        try:
            receipt_no, edit_code, again = signing.loads(signed, salt=SALT, max_age=SECONDS)
        except (signing.BadSignature, TypeError, ValueError):
            continue
        yield Sent(receipt_no, edit_code, bool(again), signed)
