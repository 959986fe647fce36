"""The engine of this site: Elasticsearch if ``settings.SEARCH_URL`` is set; nothing outside this package knows."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.db import connection

from search.engines.base import (
    FACETS,
    Ask,
    Candidate,
    Changes,
    Engine,
    EngineBusyError,
    EngineDownError,
    EngineStatus,
    Filters,
    Found,
    Gone,
    IndexMissingError,
    Order,
    Reader,
    nobody_listens,
)

__all__ = [
    "FACETS",
    "Ask",
    "Candidate",
    "Changes",
    "Engine",
    "EngineBusyError",
    "EngineStatus",
    "EngineDownError",
    "Filters",
    "Found",
    "Gone",
    "IndexMissingError",
    "Order",
    "Reader",
    "engine_name",
    "get_engine",
    "make_engine",
    "search_is_ready",
]


def engine_name() -> str:
    """Without ``SEARCH_URL`` the index lies in a folder of this machine."""
    return "elasticsearch" if settings.SEARCH_URL else "tantivy"


def make_engine(
    name: str, *, index: str = "", seconds: float = 0, on_missing: Callable[[], None] = nobody_listens
) -> Engine:
    """A new engine. With another ``index`` (a folder, or a name on the nodes) the site's own is left alone; with
    ``seconds`` it waits that long for an answer, as no reader would."""
    if name == "tantivy":
        from search.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(Path(index or settings.SEARCH_INDEX_DIR), on_missing=on_missing)
    if not settings.SEARCH_URL:
        raise ImproperlyConfigured("Elasticsearch is reached through SEARCH_URL; see docs/settings.md.")
    from search.engines.elasticsearch_engine import ElasticsearchEngine

    options: dict[str, Any] = {
        "seconds": seconds,
        "api_key": settings.SEARCH_API_KEY,
        "ca_certs": settings.SEARCH_CA_CERTS,
    }
    try:
        return ElasticsearchEngine(
            settings.SEARCH_URL,
            index or settings.SEARCH_INDEX,
            shards=settings.SEARCH_SHARDS,
            replicas=settings.SEARCH_REPLICAS,
            clock=microseconds,
            on_missing=on_missing,
            **{name: value for name, value in options.items() if value},
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_URL: {error}") from error


def microseconds() -> int:
    """The time that orders what is written: the database's, which is one for all machines; SQLite has only one."""
    if connection.vendor != "postgresql":
        return time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return cursor.fetchone()[0]


@functools.cache
def get_engine() -> Engine:
    """One engine a process: it keeps the index open and notices when another process changed it."""
    return make_engine(engine_name(), on_missing=_ask_for_rebuild)


def _ask_for_rebuild() -> None:
    from search.tasks import ask_for_rebuild  # tasks use engines

    ask_for_rebuild()


def _forget_engine(*, setting: str, **kwargs: object) -> None:
    if setting.startswith("SEARCH_"):
        get_engine.cache_clear()


setting_changed.connect(_forget_engine, dispatch_uid="search.forget_engine")


def search_is_ready() -> bool:
    """For ``/readyz``."""
    return get_engine().is_ready()
