"""One question, one answer: what the results page shows."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.searchable import SearchDocument, searchable_for
from core.thaidate import format_day
from core.urls_for import language_path
from search.engines import Ask, Candidate, Engine, Filters, Found, get_engine
from search.rank import rerank
from search.snippets import highlight, snippet
from search.suggest import correction
from search.text import QueryWords, canonical, query_words

LONGEST_QUERY = 200
PER_PAGE = 10
MOST_PAGES = 10


@dataclass(frozen=True)
class Hit:
    document: SearchDocument
    title: SafeString
    text: SafeString
    url: str  # in the reader's language

    @property
    def date(self) -> dt.datetime | None:
        """The document's day, unless the line under its title says it already."""
        day = self.document.date
        return (
            None
            if day is None or format_day(day, language=self.document.language) in self.document.detail
            else day
        )


@dataclass(frozen=True)
class Results:
    query: str  # what was searched, after a correction
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # facet -> value -> documents
    did_you_mean: str = ""  # set when ``query`` is a correction of what was typed
    page: int = 1

    def of(self, facet: str) -> Mapping[str, int]:
        return self.counts.get(facet, {})

    @property
    def pages(self) -> int:
        return min(math.ceil(self.total / PER_PAGE), MOST_PAGES)

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)

    @property
    def is_last_shown(self) -> bool:
        """The last page there is, though more was found."""
        return self.page == MOST_PAGES and self.total > MOST_PAGES * PER_PAGE

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def find(
    text: str,
    kind: str | None = None,
    province: str | None = None,
    topic: str | None = None,
    page: int = 1,
    *,
    exact: bool = False,
    engine: Engine | None = None,
) -> Results:
    """Search; a word nobody wrote is corrected unless ``exact``. Raises EngineDownError when it is down."""
    engine = engine or get_engine()
    typed = canonical(text)
    corrected = "" if exact else correction(typed, engine)
    searched = corrected or typed
    words = query_words(searched)
    if not words:
        return Results(query=searched, page=page)
    filters = Filters(kind=kind or "", province=province or "", topic=topic or "")
    found = engine.search(Ask(words.weights, filters, PER_PAGE * MOST_PAGES, facets=("kind", "province")))
    return Results(
        query=searched,
        hits=_hits(found, words, page),
        total=found.total,
        counts=found.counts,
        did_you_mean=corrected,
        page=page,
    )


def _hits(found: Found, words: QueryWords, page: int) -> list[Hit]:
    language = (get_language() or "th")[:2]
    ordered = rerank(words, found.candidates, language)[(page - 1) * PER_PAGE : page * PER_PAGE]
    public = still_public(ordered)
    return [
        Hit(
            document=c.document,
            title=highlight(c.document.title, words),
            text=snippet(c.document.body, words),
            url=language_path(c.document.url, language) if c.document.language == "th" else c.document.url,
        )
        for c in ordered
        if c.document.key in public
    ]


def still_public(candidates: Sequence[Candidate]) -> set[str]:
    """The keys that anyone may read at this moment: one small query for each kind of thing on the page.

    The index follows through the task queue, so it may be seconds behind. A page made private must not show its
    words in those seconds (style.md, rule 18).
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for candidate in candidates:
        label, _, pk = candidate.document.key.partition(":")
        wanted[label].append(pk)
    found: set[str] = set()
    for label, pks in wanted.items():
        searchable = searchable_for(apps.get_model(label))
        if searchable is not None:
            public = searchable.public().filter(pk__in=pks)  # type: ignore[attr-defined]
            found |= {f"{label}:{pk}" for pk in public.values_list("pk", flat=True)}
    return found
