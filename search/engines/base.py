"""What an engine must do. Both engines pass the same tests (tests/search/test_engines.py)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.searchable import SearchDocument
from search.text import canonical, fold, index_field


class EngineDownError(Exception):
    """The engine cannot answer now; the page says so and every other page works."""


class EngineBusyError(EngineDownError):
    """Somebody else is writing; try again soon."""


@dataclass(frozen=True)
class Filters:
    kind: str = ""
    province: str = ""
    topic: str = ""

    def without(self, name: str) -> Filters:
        """The choices beside this one: what the counts of a filter's own values are counted under."""
        return dataclasses.replace(self, **{name: ""})

    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in dataclasses.asdict(self).items() if value}


@dataclass(frozen=True)
class Candidate:
    """A document that holds at least one word of the question, before reranking."""

    score: float
    document: SearchDocument


@dataclass(frozen=True)
class Found:
    candidates: list[Candidate]
    total: int  # documents that match words and filters
    counts_by_kind: dict[str, int] = field(default_factory=dict)  # as if no kind were chosen
    counts_by_province: dict[str, int] = field(default_factory=dict)  # as if no province were chosen


@dataclass(frozen=True)
class EngineStatus:
    engine: str
    ready: bool
    documents: int = 0
    size: int = 0  # bytes
    updated: dt.datetime | None = None
    detail: str = ""


class Engine(Protocol):
    name: str

    def rebuild(self, documents: Iterable[SearchDocument]) -> int: ...

    def index(self, documents: Iterable[SearchDocument]) -> int: ...

    def delete(self, keys: Iterable[str]) -> None: ...

    def search(self, words: Mapping[str, float], filters: Filters, limit: int) -> Found: ...

    def frequencies(self, words: Iterable[str]) -> dict[str, int]: ...

    def count(self) -> int: ...

    def keys(self) -> set[str]: ...

    def status(self) -> EngineStatus: ...

    def is_ready(self) -> bool: ...


def stored_form(document: SearchDocument) -> SearchDocument:
    """The document with its words in canonical form: what is stored, shown and marked."""
    return dataclasses.replace(
        document,
        title=canonical(document.title),
        body=canonical(document.body),
        detail=canonical(document.detail),
        provinces=tuple(document.provinces),
        topics=tuple(document.topics),
    )


def words_of(stored: SearchDocument) -> str:
    return index_field(fold(f"{stored.title}\n{stored.detail}\n{stored.body}"))


def to_json(stored: SearchDocument) -> str:
    values = dataclasses.asdict(stored)
    values["date"] = stored.date.isoformat() if stored.date else None
    return json.dumps(values, ensure_ascii=False)


def from_json(text: str | bytes) -> SearchDocument:
    values = json.loads(text)
    date = values.pop("date")
    return SearchDocument(
        **{**values, "provinces": tuple(values["provinces"]), "topics": tuple(values["topics"])},
        date=dt.datetime.fromisoformat(date) if date else None,
    )
