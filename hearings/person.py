"""Who supports or reports: once per person, without knowing the person (peers P48, P51).

A person is the account, or a browser that once pressed a button and got a signed random cookie. What is stored is a
keyed hash made anew for every comment: rows of two comments cannot be linked, and no row leads back to anybody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from accounts.models import User

COOKIE = "person"
SALT = "hearings.person"
SECONDS = 2 * 365 * 24 * 3600


@dataclass(frozen=True)
class Person:
    identity: str  # "account:7" or "browser:<random>"

    @classmethod
    def of_account(cls, user: User) -> Person:
        return cls(f"account:{user.pk}")

    def mark(self, comment_id: int) -> str:
        """What is stored for this person at this comment."""
        return _mark(settings.SECRET_KEY, comment_id, self.identity)

    def marks(self, comment_id: int) -> list[str]:
        """The same under older keys too: a new SECRET_KEY does not make anyone a second person."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return [_mark(str(key), comment_id, self.identity) for key in keys]


def _mark(key: str, comment_id: int, identity: str) -> str:
    message = f"hearings.person:{comment_id}:{identity}"
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def person_of(request: HttpRequest) -> Person | None:
    """The person behind the request; None for a browser that never pressed one of the buttons."""
    if request.user.is_authenticated:
        return Person.of_account(request.user)
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return Person(f"browser:{known}") if isinstance(known, str) else None


def new_browser() -> tuple[Person, str]:
    """A person we have not met, and the value of the cookie that will know them again."""
    known = secrets.token_urlsafe(16)
    return Person(f"browser:{known}"), signing.dumps(known, salt=SALT)


def remember_browser(response: HttpResponse, value: str) -> None:
    response.set_cookie(
        COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE
    )
