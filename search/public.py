"""What of the index anyone may read at this moment.

The index follows through the task queue, so it may be seconds behind. A page made private must not show its words in
those seconds (style.md, rule 18).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db.models import QuerySet

from core.searchable import Searchable, SearchDocument, changed, public_of
from search.engines import Ask, Candidate, Found, Gone, Reader
from search.engines.base import NOTHING_GONE, stored_form

LATE_SECONDS = 60
MOST_TRIES = 3  # for something is taken back in each second of a large hearing

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Without:
    """An engine as if it did not hold what is gone."""

    engine: Reader
    gone: Gone

    def search(self, ask: Ask) -> Found:
        return self.engine.search(replace(ask, gone=ask.gone | self.gone))

    def frequencies(self, words: Iterable[str], gone: Gone = NOTHING_GONE) -> dict[str, int]:
        return self.engine.frequencies(words, gone | self.gone)


def asked_until_public(
    ask: Callable[[Reader], Answer], looked_at: Callable[[Answer, int], Sequence[Candidate]], engine: Reader
) -> tuple[Answer, frozenset[str]]:
    """What the engine answers, and the keys that must still be left out of it. Where a candidate that is ``looked_at``
    (of an answer, in which attempt) is not public, it is asked anew without it: all the words may stand in no text
    now. Of these the queue does not know (search.waiting)."""
    for attempt in range(MOST_TRIES):
        answer = ask(engine)
        candidates = looked_at(answer, attempt)
        gone = frozenset(candidate.key for candidate in candidates) - still_public(candidates)
        if not gone:
            break
        engine = Without(engine, Gone(gone))
    return answer, gone


def said_now(documents: Collection[SearchDocument]) -> set[str]:
    """The keys that anyone may read at this moment: one small query for each kind of thing among them; of what may
    lose words while it stays, only those that still say what the index holds."""
    held = {document.key: document for document in documents}
    return {key for searchable, public in public_of(held) for key in _said(searchable, public, held)}


def still_public(candidates: Sequence[Candidate]) -> set[str]:
    """The same of what the index gave. The rest is asked to be brought to the index: either that is under way, or a
    task was lost, or a folder of files was moved, which tells nobody."""
    held = {candidate.key: candidate.document for candidate in candidates}
    found = said_now(held.values())
    _ask_again(held.keys() - found)
    return found


def _said(searchable: Searchable, public: QuerySet, held: Mapping[str, SearchDocument]) -> Iterator[str]:
    label = searchable.model._meta.label_lower
    if searchable.rereads:
        now = (stored_form(searchable.document(row)) for row in public)
        return (document.key for document in now if document.body == held[document.key].body)
    readable = list(public.values_list("pk", flat=True))
    if searchable.sources:
        sources = searchable.sources(readable)
        readable = [pk for pk in readable if held[f"{label}:{pk}"].sources == sources.get(pk, "")]
    return (f"{label}:{pk}" for pk in readable)


def _ask_again(keys: Collection[str]) -> None:
    """Once a minute at most."""
    late: defaultdict[str, list[Any]] = defaultdict(list)
    for key in keys:
        if cache.add(f"search:late:{key}", True, LATE_SECONDS):
            label, _, pk = key.partition(":")
            late[label].append(int(pk))
    for label, pks in late.items():
        changed(apps.get_model(label), pks)
