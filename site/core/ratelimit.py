"""How often one visitor may do something: buckets of tokens, with a clear refusal.

A village shares one address behind a mobile operator, so limits are generous and refill steadily. Each bucket is one
row that says when it will be full again; one statement compares and takes, so two requests in the same instant never
take the same last token. The row's key is a keyed hash, and the row is worthless, and swept, once the bucket is full.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from core.models import Bucket

# Sums of seconds are floating: the last token must not fail by a millionth.
SLACK = 1e-3


@dataclass(frozen=True)
class Limit:
    """``capacity`` at once; an empty bucket is full again after ``seconds``."""

    scope: str
    capacity: int
    seconds: int

    @property
    def step(self) -> float:
        """Seconds in which one token comes back."""
        return self.seconds / self.capacity


class TooManyRequestsError(Exception):
    """Raised when the bucket is empty; ``str(error)`` is a sentence for the reader."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(wait)

    @property
    def minutes(self) -> int:
        return max(1, math.ceil(self.wait / 60))

    def __str__(self) -> str:
        return ngettext(
            "Too many were sent from this connection just now. Try again in %(minutes)d minute, or call us.",
            "Too many were sent from this connection just now. Try again in %(minutes)d minutes, or call us.",
            self.minutes,
        ) % {"minutes": self.minutes}


def refuse(response: HttpResponse, error: TooManyRequestsError) -> None:
    """This page says so, to machines as well."""
    response.status_code = 429
    response.headers["Retry-After"] = str(error.wait)


Held = tuple[Limit, str]


def take(limit: Limit, key: str, now: float | None = None) -> None:
    """Take one token of ``key``'s bucket or raise TooManyRequestsError with the seconds to wait."""
    take_all([(limit, key)], now)


def take_all(buckets: Sequence[Held], now: float | None = None) -> None:
    """Take one token of each bucket, or raise TooManyRequestsError if one of them is empty.

    Several buckets must be taken within a transaction that the error rolls back: then the full ones lose nothing.
    One statement whatever their number; in the order of their keys, so that two requests never wait for each other.
    """
    moment = time.time() if now is None else now
    names = {_name(limit, key): limit for limit, key in buckets}
    rows = [(name, moment + limit.step, float(limit.seconds)) for name, limit in sorted(names.items())]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE.format(rows=", ".join(["(%s, %s, %s)"] * len(rows))),
            [*(value for row in rows for value in row), moment, moment, moment, moment, moment + SLACK],
        )
        taken = {name for (name,) in cursor.fetchall()}
    if refused := names.keys() - taken:
        raise TooManyRequestsError(max(1, *(_wait(name, names[name], moment) for name in refused)))


# The new row is full one step from now; what is missing from the old one is added, unless that would be too much.
TAKE = """
INSERT INTO core_bucket (key, full_at, seconds) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
    seconds = excluded.seconds,
    full_at = excluded.full_at + CASE WHEN core_bucket.full_at > %s THEN core_bucket.full_at - %s ELSE 0 END
WHERE excluded.full_at + CASE WHEN core_bucket.full_at > %s THEN core_bucket.full_at - %s ELSE 0 END
    <= excluded.seconds + %s
RETURNING key
"""


def look(limit: Limit, key: str, now: float | None = None) -> None:
    """Raise as ``take`` does, but take nothing: for counting mistakes only."""
    if wait := _wait(_name(limit, key), limit, time.time() if now is None else now):
        raise TooManyRequestsError(wait)


def _wait(name: str, limit: Limit, moment: float) -> int:
    """Seconds until there is a token."""
    full_at = Bucket.objects.filter(key=name).values_list("full_at", flat=True).first()
    missing = (full_at or moment) + limit.step - moment - limit.seconds
    return math.ceil(missing) if missing > SLACK else 0


def forget_full(now: float) -> int:
    """Sweep what says nothing any more; called by the clock."""
    return Bucket.objects.filter(full_at__lt=now).delete()[0]


def _name(limit: Limit, key: str) -> str:
    """Keyed: addresses are few enough to try them all against a plain hash."""
    sealed = hmac.new(settings.SECRET_KEY.encode(), f"rate:{limit.scope}:{key}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(sealed.digest()).decode().rstrip("=")


def visitor(request: HttpRequest) -> str:
    """The network address that counts for one visitor; of IPv6 the part one household gets (/64).

    ``TRUSTED_PROXY_COUNT`` says how many of our own proxies stand in front; without it ``X-Forwarded-For`` is
    whatever the sender likes and is not read.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = getattr(settings, "TRUSTED_PROXY_COUNT", 0)
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        address = forwarded[-proxies]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
