"""The registry of the desk: what waits for a member of staff, whichever app it belongs to (design.md, decision 13).

An app calls ``register(DeskItem(...))`` in its AppConfig.ready. The desk shows a person only what the own role allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.types import Words


@dataclass(frozen=True)
class DeskItem:
    """A pile of work with a number on it, or, if ``count`` gives None, a door to a tool."""

    key: str
    label: Words  # lazily translated
    url: Callable[[], str]
    icon: str  # a name in static/img/icons.svg
    count: Callable[[Any], int | None]  # user -> how many wait
    allowed: Callable[[Any], bool]  # user -> may this person do it; must not ask the database again
    hint: Words = ""  # lazily translated, one short line: what is done there, or by when
    order: int = 50


@dataclass(frozen=True)
class DeskLine:
    """One item as one person sees it now."""

    item: DeskItem
    url: str
    count: int | None


_registry: dict[str, DeskItem] = {}


def register(item: DeskItem) -> None:
    _registry[item.key] = item


def lines_for(user: Any) -> list[DeskLine]:
    """Everything this person may do, in order, counted now."""
    items = sorted(_registry.values(), key=lambda item: item.order)
    return [DeskLine(item, item.url(), item.count(user)) for item in items if item.allowed(user)]
