"""What an engine must do. Both engines pass the same tests (tests/search/test_engines.py)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from django.conf import settings

from core.searchable import SearchDocument
from core.urls_for import DEFAULT_LANGUAGE
from search.text import Borders, canonical, fold


class EngineDownError(Exception):
    """The engine cannot answer now; the page says so and every other page works."""


class EngineBusyError(EngineDownError):
    """Somebody else is writing; try again soon."""


class IndexMissingError(EngineDownError):
    """No index of this version is there, or it cannot be opened: it must be rebuilt, and the engine says so once
    more to whoever listens (``on_missing``)."""


SCHEMA_VERSION = 10  # of both engines; it is part of every index's name, so another version is never opened


# The filters whose values can be counted, with the field of a document that each reads.
FACETS = {
    "kind": "kind",
    "variety": "variety",
    "province": "provinces",
    "topic": "topics",
    "sector": "sectors",
    "issue": "issues",
    "year": "year",
}
FACET_SIZE = 100  # 77 provinces
MOST_TWICE = 1_000  # things of which two versions answer one question; beyond that both are shown


class Order(StrEnum):
    CLOSEST = "closest"
    NEWEST = "newest"


@dataclass(frozen=True)
class Filters:
    """One value of each, "" for any. ``part_of`` keeps to the pieces of one thing: a hearing's comments."""

    kind: str = ""
    variety: str = ""
    province: str = ""
    topic: str = ""
    sector: str = ""
    issue: str = ""
    year: str = ""
    part_of: str = ""

    def without(self, name: str) -> Filters:
        """The choices beside this one: what the counts of a filter's own values are counted under."""
        return dataclasses.replace(self, **{name: ""}) if getattr(self, name) else self

    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Gone:
    """What nobody may read any more though the index still holds it (search.waiting): neither found nor counted."""

    keys: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()  # their pieces: the comments of a hearing that was hidden

    def __bool__(self) -> bool:
        return bool(self.keys or self.wholes)

    def __or__(self, other: Gone) -> Gone:
        return Gone(self.keys | other.keys, self.wholes | other.wholes)


NOTHING_GONE = Gone()
Group = tuple[str, ...]  # words that stand in a document together


@dataclass(frozen=True)
class Ask:
    """One question to an engine, in words of the index (search.text)."""

    words: Mapping[
        str, float
    ]  # any of these, each with its weight; none asks for everything the rest lets through
    filters: Filters = Filters()
    limit: int = 100
    order: Order = Order.CLOSEST
    required: tuple[tuple[Group, ...], ...] = ()  # of each, at least one group: a word, or the parts of it
    excluded: tuple[Group, ...] = ()  # documents that hold a whole group are left out
    facets: tuple[str, ...] = ()  # which of FACETS to count
    tell_unknown: bool = False  # say which of the words no document holds
    near: str = ""  # in place of words: any word within so many errors, two at most
    errors: int = 1
    only: frozenset[str] = frozenset()  # none but these keys, if any are given
    gone: Gone = NOTHING_GONE
    language: str = ""  # of what says the same in several languages and answers in this one, this one alone
    twice: frozenset[str] = frozenset()  # which these are (SearchDocument.same_as): engines find that out


class Compared(NamedTuple):
    """What rank compares with a question, folded. The text is the title with the body below it, and above both the
    detail, which may hold a hearing's number; it does not count as letters, or a place would make a text long."""

    title: str
    text: bytes
    coding: str
    letters: int


class Candidate:
    """A document that answers the question. What rank and excerpts want to know of it is asked here and not of the
    document, because an engine has it ready (search.engines.kept)."""

    def __init__(self, score: float, document: SearchDocument) -> None:
        self.score, self._document = score, document

    @property
    def document(self) -> SearchDocument:
        return self._document

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def language(self) -> str:
        return self.document.language

    @property
    def boost(self) -> float:
        return self.document.boost

    def compared(self, most: int) -> Compared:
        """Up to so many letters."""
        text = fold(f"{self.document.title}\n{self.document.body}"[:most])
        detail = f"{fold(self.document.detail)}\n" if self.document.heading_searched else ""
        return Compared(fold(self.document.title), f"{detail}{text}".encode(), "utf-8", len(text))

    @property
    def title_borders(self) -> Borders:
        return Borders.of(self.document.title)

    @property
    def body_borders(self) -> Borders:
        return Borders.of(self.document.body)


@dataclass(frozen=True)
class Found:
    candidates: list[Candidate]
    total: int  # documents that match words and filters
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # facet -> value -> documents
    unknown: frozenset[str] = frozenset()  # words asked for that stand in no document, whatever the filters

    def of(self, facet: str) -> Mapping[str, int]:
        """How many documents hold each value, as if this filter were not set."""
        return self.counts.get(facet, {})


@dataclass(frozen=True)
class Changes:
    """What the database says now about some keys: documents to hold, keys to let go."""

    documents: Sequence[SearchDocument] = ()
    gone: Sequence[str] = ()


@dataclass(frozen=True)
class EngineStatus:
    engine: str
    ready: bool
    documents: int = 0
    size: int = 0  # bytes
    updated: dt.datetime | None = None
    where: str = ""
    detail: str = ""  # why it is not ready, or how the cluster is
    version: int = SCHEMA_VERSION


class Reader(Protocol):
    """What may be asked. Every method raises EngineDownError when the engine cannot answer now."""

    def search(self, ask: Ask) -> Found: ...

    def frequencies(self, words: Iterable[str], gone: Gone = NOTHING_GONE) -> dict[str, int]:
        """In how many documents each word stands now."""


class Engine(Reader, Protocol):
    """The whole of it."""

    name: str
    # Seconds after a rebuild, before which ``settle`` gives nothing back; 0: never anything.
    settles_after: float

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Write everything anew; readers keep the old index until the new one is whole."""

    def settle(self, *, wait: bool) -> None:
        """After a rebuild: give back the space that only the writing took. Readers go on. Whoever waits, waits until it
        is done, which may take a minute and a half; else the engine goes on with it by itself."""

    def apply(self, read: Callable[[], Changes]) -> None:
        """Bring the index to what ``read`` says. It is called when its answer can no longer be overtaken by a
        later one: late tasks never bring back old text."""

    def count(self) -> int: ...

    def keys(self) -> set[str]: ...

    def status(self) -> EngineStatus: ...

    def is_ready(self) -> bool: ...

    def remove(self) -> None:
        """For measurements and tests, which leave nothing behind."""


def stored_form(document: SearchDocument) -> SearchDocument:
    """The document with its words in canonical form: what is stored, shown and marked."""
    return dataclasses.replace(
        document,
        title=canonical(document.title),
        body=canonical(document.body),
        detail=canonical(document.detail),
        provinces=tuple(document.provinces),
        topics=tuple(document.topics),
        sectors=tuple(document.sectors),
        issues=tuple(document.issues),
    )


def facet_values(document: SearchDocument, name: str) -> list[str]:
    value = getattr(document, FACETS[name])
    return [value] if isinstance(value, str) and value else list(value or ())


def passes_of(ask: Ask) -> dict[Filters, list[str]]:
    """The facets to count under each set of filters: those that are not chosen share one, each chosen one is counted
    without itself."""
    passes: dict[Filters, list[str]] = {}
    for name in ask.facets:
        passes.setdefault(ask.filters.without(name), []).append(name)
    return passes


def few_texts(language: str) -> list[str]:
    """Nearly everything here is Thai. What says the same in two languages is looked for among the few others first:
    mostly none of them answers, which is known at once."""
    if language != DEFAULT_LANGUAGE:
        return [language]
    return [code for code, _name in settings.LANGUAGES if code != language]


def moment_of(document: SearchDocument) -> int:
    return int(document.date.timestamp()) if document.date else 0


def in_order(candidates: Iterable[tuple[float, Candidate]]) -> Iterator[Candidate]:
    """Equals in the order of their keys, so that a list does not change between two pages of it. What comes in is in
    order but for that; of what has no equal the key is not read."""
    for _value, group in itertools.groupby(candidates, key=lambda pair: pair[0]):
        equal = [candidate for _value, candidate in group]
        yield from sorted(equal, key=lambda candidate: candidate.key) if len(equal) > 1 else equal


def nobody_listens() -> None:
    """What an engine beside the site's own (tests, measurements) does when its index is missing."""
