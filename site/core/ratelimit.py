"""How often one visitor may do something: a bucket of tokens per key in the cache, with a clear refusal.

A village shares one address behind a mobile operator, so limits are generous and refill steadily. Two requests
in the same instant may both take the last token (the cache has no lock); that is fine for slowing a robot down
and is the reason nothing legal depends on it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Limit:
    """``capacity`` at once; an empty bucket is full again after ``seconds``."""

    scope: str
    capacity: int
    seconds: int

    @property
    def per_second(self) -> float:
        return self.capacity / self.seconds


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


def take(limit: Limit, key: str, now: float | None = None) -> None:
    """Take one token of ``key``'s bucket or raise TooManyRequestsError with the seconds to wait."""
    moment = time.time() if now is None else now
    tokens = look(limit, key, moment)
    cache.set(_name(limit, key), (tokens - 1, moment), limit.seconds * 2)


def look(limit: Limit, key: str, now: float | None = None) -> float:
    """How many tokens are left; raise as ``take`` does, but take nothing: for counting mistakes only."""
    moment = time.time() if now is None else now
    tokens, last = cache.get(_name(limit, key), (float(limit.capacity), moment))
    tokens = min(limit.capacity, tokens + max(0.0, moment - last) * limit.per_second)
    if tokens < 1:
        raise TooManyRequestsError(math.ceil((1 - tokens) / limit.per_second))
    return tokens


def _name(limit: Limit, key: str) -> str:
    return f"rate:{limit.scope}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


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
