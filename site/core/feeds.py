"""The registry through which every app offers its news feed (RSS and Atom). The news app serves them all.

An app calls ``register(FeedSource(...))`` in its AppConfig.ready; its feed then appears on /feeds/ and at
``/feeds/<slug>.rss``, ``/feeds/<slug>/province/<code>.rss`` and ``/feeds/<slug>/topic/<slug>.rss``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.types import Words

FEED_LENGTH = 30


@dataclass(frozen=True)
class FeedItem:
    """One entry. Only what anyone may read may ever be put in here."""

    key: str  # never changes, even when the address does: "news.newspage:12"
    title: str
    url: str  # path in the reader's language
    date: dt.datetime  # when it was published, aware
    description: str = ""
    updated: dt.datetime | None = None


# province: DOPA code or None for all; topic: slug or None for all. Newest first, at most FEED_LENGTH are read.
Items = Callable[[str | None, str | None], Iterable[FeedItem]]


@dataclass(frozen=True)
class FeedSource:
    slug: str  # ASCII; becomes part of the address
    label: Words  # lazily translated
    items: Items
    order: int = 50


_registry: dict[str, FeedSource] = {}


def register(source: FeedSource) -> None:
    _registry[source.slug] = source


def sources() -> list[FeedSource]:
    return sorted(_registry.values(), key=lambda source: source.order)


def source_for(slug: str) -> FeedSource | None:
    return _registry.get(slug)
