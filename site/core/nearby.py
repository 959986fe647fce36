"""What every page asks for and hardly ever changes, kept in this process for seconds (docs/performance.md).

Each value has a short lifetime, so that other processes see a change soon; whoever saves calls ``forget``, so that
this process sees it at once. Values are kept pickled: every reader gets a copy and cannot spoil the next one's.
Nothing of a person and nothing in a language belongs here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.http import HttpRequest
from wagtail.models import Site

ALIAS = "process"
SECONDS = 10
MISSING = object()
Value = TypeVar("Value")


def remember(key: str, make: Callable[[], Value], seconds: int = SECONDS) -> Value:
    """The value under ``key``, made now if it is not known here. None is a value."""
    found = caches[ALIAS].get(key, MISSING)
    if found is MISSING:
        found = make()
        caches[ALIAS].set(key, found, seconds)
    return found


def forget(key: str) -> None:
    caches[ALIAS].delete(key)


def know_site(request: HttpRequest) -> Site | None:
    """Wagtail's site of this request, where Wagtail looks for it, without asking the database each time."""
    if not hasattr(request, "_wagtail_site"):
        host = request._get_raw_host()  # type: ignore[attr-defined]  # as Wagtail asks, whatever ALLOWED_HOSTS says
        key = f"site:{hashlib.sha256(f'{host} {request.get_port()}'.encode()).hexdigest()}"
        found = remember(key, lambda: Site._find_for_request(request))
        request._wagtail_site = found  # type: ignore[attr-defined]  # where Wagtail looks
    return request._wagtail_site  # type: ignore[attr-defined]


class NearDatabaseCache(DatabaseCache):
    """The cache in the database with a level in the process before it, for keys named in settings.NEAR_SECONDS.

    Everything else (limits, codes) is always read from the database: it must be the same in every process.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        seconds = self._near_seconds(key)
        if not seconds:
            return super().get(key, default, version)
        near = f"near:{version}:{key}"
        found = caches[ALIAS].get(near, MISSING)
        if found is MISSING:
            found = super().get(key, MISSING, version)
            if found is not MISSING:
                caches[ALIAS].set(near, found, seconds)
        return default if found is MISSING else found

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:  # fmt: skip
        super().set(key, value, timeout, version)
        if seconds := self._near_seconds(key):
            caches[ALIAS].set(f"near:{version}:{key}", value, seconds)

    def delete(self, key: str, version: int | None = None) -> bool:
        caches[ALIAS].delete(f"near:{version}:{key}")
        return super().delete(key, version)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        """Django deletes them with one statement, past ``delete``."""
        keys = list(keys)
        caches[ALIAS].delete_many([f"near:{version}:{key}" for key in keys])
        super().delete_many(keys, version)

    def _near_seconds(self, key: str) -> float:
        return next((s for prefix, s in settings.NEAR_SECONDS.items() if key.startswith(prefix)), 0)
