"""Pieces of HTML kept in this process, addressed by everything they show (docs/performance.md).

A key is made from the values themselves, not from a number somebody must remember to raise: a row that was redacted,
withdrawn or renamed has another key and can never show its old piece. What only decides who may see a piece (a page
unpublished, a comment taken down) is asked of the database each time, before any piece is looked up.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.core.cache import caches
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

ALIAS = "fragments"
# Whole pages between header and footer: some 60 KB each, so fewer of them.
PAGES = "pages"
# Of marshal's ways to write values down the last one that is the same for equal values, whoever else holds them.
UNSHARED = 2
Value = TypeVar("Value")


def fragment(
    name: str, key: tuple, make: Callable[[], str], seconds: int | None = None, alias: str = ALIAS
) -> SafeString:
    """The piece ``name`` for these values in the active language, made now if it is not known here.

    ``seconds`` bounds the life of a piece that shows something its key does not hold.
    """
    # What a template rendered was escaped there.
    return mark_safe(kept(name, key, lambda: str(make()), seconds, alias))  # noqa: S308


def kept(
    name: str, key: tuple, make: Callable[[], Value], seconds: int | None = None, alias: str = ALIAS
) -> Value:
    """Any value that follows from ``key`` alone, for those whose piece is more than its HTML."""
    cache = caches[alias]
    address = digest(name, get_language(), *key)
    found = cache.get(address)
    if found is None:
        found = make()
        cache.set(address, found, **({} if seconds is None else {"timeout": seconds}))
    return found


def digest(*values: object) -> str:
    """Short name of any plain values; equal only for equal ones, told apart by their types: 1 is not "1"."""
    try:
        plain = marshal.dumps(values, UNSHARED)  # type: ignore[arg-type]  # refuses what it cannot write
    except ValueError:  # times, keys, words of an enum: their repr tells them apart, more slowly
        plain = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(plain, digest_size=20).hexdigest()


def seen(*rows: Model | None) -> Iterator[object]:
    """All that is loaded of these rows and of what was fetched with them: whatever a template shows of them is here."""
    waiting, met = list(rows), set()
    while waiting:
        row = waiting.pop(0)
        if row is None or id(row) in met:  # rows point back at those that fetched them
            yield None
            continue
        met.add(id(row))
        yield type(row).__name__
        for name, value in row.__dict__.items():
            if not name.startswith("_"):
                yield value
        waiting += row._state.fields_cache.values()
        for found in getattr(row, "_prefetched_objects_cache", {}).values():
            waiting += found
