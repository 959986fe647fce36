"""The engine of this site: ``settings.SEARCH_ENGINE`` names it; nothing outside this package knows which it is."""

from __future__ import annotations

import functools

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

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
    Order,
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
    "Order",
    "get_engine",
    "make_engine",
    "search_is_ready",
]


def make_engine(name: str) -> Engine:
    if name == "tantivy":
        from search.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(settings.SEARCH_INDEX_DIR)
    if name == "elasticsearch":
        from search.engines.elasticsearch_engine import ElasticsearchEngine

        return ElasticsearchEngine(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX)
    raise ImproperlyConfigured(f"SEARCH_ENGINE is {name!r}; it must be tantivy or elasticsearch")


@functools.cache
def get_engine() -> Engine:
    """One engine a process: it keeps the index open and notices when another process changed it."""
    return make_engine(settings.SEARCH_ENGINE)


def _forget_engine(*, setting: str, **kwargs: object) -> None:
    if setting.startswith(("SEARCH_", "ELASTICSEARCH_")):
        get_engine.cache_clear()


setting_changed.connect(_forget_engine, dispatch_uid="search.forget_engine")


def search_is_ready() -> bool:
    """For ``/readyz``."""
    return get_engine().is_ready()
