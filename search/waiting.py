"""What the worker has not brought to the index yet.

The hits of a page can be asked for in the database, but not the thousands of documents that its counts, the frequencies
of words and the lists inside are made of. What is wrong about them is known, though: it waits in the queue. The few
documents behind waiting changes are asked for, and those that nobody may read any more are left out by the engine,
whatever it is asked. What is found, counted and proposed is then true, however many there are, for one query while
nothing waits.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection
from wagtail.models import Page

from core.searchable import public_of
from search.engines import Ask, Gone, Reader
from search.public import Without, said_now
from search.tasks import below, update_document, update_documents, update_pieces, update_subtree, wholes_below

MOST_TASKS = 10_000  # of a worker that is away for longer /readyz tells
MOST_KEYS = 10_000  # the small changes first: a large one is an import, whose rows no index holds yet
MOST_ASKED = 200  # documents that the index holds; where more wait, none is shown until it was written
# By hand, as it is asked at every key press; the states are no parameters, or SQLite would take no index.
TASKS = """
SELECT task_path, args_kwargs FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND task_path LIKE %s
UNION ALL
SELECT task_path, args_kwargs FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING' AND task_path LIKE %s
LIMIT %s
"""
OURS = "search.tasks.update%"


def up_to_date(engine: Reader) -> Reader:
    """Raises EngineDownError."""
    keys, wholes = _waiting()
    gone = Gone(_gone(keys, engine), wholes - _readable(wholes))
    return Without(engine, gone) if gone else engine


def _gone(keys: frozenset[str], engine: Reader) -> frozenset[str]:
    if not keys:
        return keys
    found = engine.search(Ask({}, only=keys, limit=MOST_ASKED))
    if found.total > MOST_ASKED:
        return keys
    held = [candidate.document for candidate in found.candidates]
    return frozenset(document.key for document in held) - said_now(held)


def _readable(keys: Collection[str]) -> set[str]:
    return {
        f"{searchable.model._meta.label_lower}:{pk}"
        for searchable, public in public_of(keys)
        for pk in public.values_list("pk", flat=True)
    }


def _waiting() -> tuple[frozenset[str], frozenset[str]]:
    """Keys of documents, and of what is published in pieces, which follow it."""
    documents: list[list[str]] = []
    wholes: set[str] = set()
    for path, args in _tasks():
        if path == update_document.module_path:
            documents.append(_keys(args[0], [args[1]]))
        elif path == update_documents.module_path:
            documents.append(_keys(*args))
        elif path == update_pieces.module_path:
            wholes.update(_keys(args[0], [args[1]]))
        elif path == update_subtree.module_path and (page := Page.objects.filter(pk=args[0]).first()):
            documents += [_keys(searchable.model._meta.label_lower, pks) for searchable, pks in below(page)]
            for model, pks in wholes_below(page):
                wholes.update(_keys(model._meta.label_lower, pks))
    keys = [key for some in sorted(documents, key=len) for key in some]
    return frozenset(keys[:MOST_KEYS]), frozenset(wholes)


def _keys(label: str, pks: Iterable[int | str]) -> list[str]:
    return [f"{label}:{pk}" for pk in pks]


def _tasks() -> Iterator[tuple[str, list[Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(TASKS, [OURS, OURS, MOST_TASKS])
        rows = cursor.fetchall()
    for path, args_kwargs in rows:
        yield path, json.loads(args_kwargs)["args"]
