"""The registry of what can be followed. An app says what a key means and what happened; it imports us, we not it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """What followers read, in one language."""

    subject: str
    body: str


Thing = tuple[str, str]  # kind and key


def nothing(*_since_and_until: object) -> tuple:
    return ()


@dataclass(frozen=True)
class Event:
    """Something that happened to a followed thing. ``name`` is unique for the key: the same event has the same name."""

    key: str
    name: str
    at: dt.datetime
    letter: Callable[[], Letter]  # called once for each language, which is active then
    # Wider things whose followers are told as well, the nearest first; asked once, when the letters are written.
    also: Callable[[], Iterable[Thing]] = nothing


@dataclass(frozen=True)
class Source:
    kind: str
    title: Callable[
        [str], str | None
    ]  # key -> what it is called, in the active language; None: nothing to follow
    path: Callable[[str], str | None]  # key -> its address
    # (since, until) -> what happened in that time, as far as it still matters at ``until``
    events: Callable[[dt.datetime, dt.datetime], Iterable[Event]] = nothing
    # of these keys those that still exist, shown or not; who follows another is forgotten. None: they all do
    existing: Callable[[set[str]], Iterable[object]] | None = None


_registry: dict[str, Source] = {}


def register(source: Source) -> None:
    _registry[source.kind] = source


def source_of(kind: str) -> Source | None:
    return _registry.get(kind)


def sources() -> list[Source]:
    return list(_registry.values())
