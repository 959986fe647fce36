"""What search writes down: questions without an answer, and the index itself."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from core import searchable
from core.searchable import SearchDocument
from search import upkeep, vectors
from search.engines import Changes, Engine, EngineDownError
from search.models import LONGEST_LOGGED, SearchQuery
from search.privacy import looks_personal
from search.text import canonical, fold

MOST_A_DAY = 1_000  # a robot with a word list must not fill the table


def as_kept(text: str) -> str:
    """One spelling of a question for counting; "" when it must not be written down."""
    words = " ".join(fold(canonical(text)).split())
    return "" if len(words) > LONGEST_LOGGED or looks_personal(words) else words


def count_question(*, text: str, hits: int, now: dt.datetime) -> bool:
    """Count a question once more for this day; False when it is not to be kept. ``hits``: for the words as typed."""
    words, day = as_kept(text), now.date()
    if not words:
        return False
    queries = SearchQuery.objects.on(day)
    if queries.filter(text=words).update(count=F("count") + 1, hits=hits):
        return True
    if queries.count() >= MOST_A_DAY:
        return False
    _count(words, day, hits)
    return True


def _count(words: str, day: dt.date, hits: int) -> None:
    """Insert, or add one to the row another request has just written: one statement on both databases."""
    table, quote = SearchQuery._meta.db_table, connection.ops.quote_name
    columns = ", ".join(quote(name) for name in ("text", "day", "hits", "count", "clicks", "places"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(table)} ({columns}) VALUES (%s, %s, %s, 1, 0, 0) "  # noqa: S608  (names are ours)
            f"ON CONFLICT ({quote('day')}, {quote('text')}) "
            f"DO UPDATE SET {quote('count')} = {quote(table)}.{quote('count')} + 1",
            [words, day, hits],
        )


def count_click(*, text: str, place: int, now: dt.datetime) -> bool:
    """Add an opened result to the question's row of this day, if there is one; a click alone is never kept."""
    words = as_kept(text)
    row = SearchQuery.objects.on(now.date()).filter(text=words)
    return bool(words and row.update(clicks=F("clicks") + 1, places=F("places") + place))


def apply(read: Callable[[], Changes], *, engine: Engine) -> None:
    """Write what ``read`` finds now into the index, and what goes beside it. Vectors take seconds to make: nobody else
    who writes waits for them."""
    changes = Changes()

    def noted() -> Changes:
        nonlocal changes
        changes = read()
        vectors.let_go(changes)
        return changes

    try:
        engine.apply(noted)
    except EngineDownError:
        vectors.let_go(read())  # numbers of withdrawn words do not wait for the engine
        raise
    vectors.keep(changes.documents)


def rebuild(*, engine: Engine) -> int:
    """Write the whole index anew from what is public now; readers keep the old one until it is done."""
    count = engine.rebuild(upkeep.with_signs_of_life(searchable.documents()))
    upkeep.rebuild_ended()
    vectors.make_all()
    return count


def settle(*, engine: Engine, wait: bool) -> None:
    """After a rebuild, which readers have already: an index that stays larger than it need be is no failure."""
    with contextlib.suppress(EngineDownError):
        engine.settle(wait=wait)


@dataclass(frozen=True)
class Difference:
    """What the index has wrong against the database."""

    missing: tuple[str, ...]
    left_over: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.left_over)


def difference(*, engine: Engine) -> Difference:
    public = {
        f"{s.model._meta.label_lower}:{pk}"
        for s in searchable.searchables()
        for pk in s.public().values_list("pk", flat=True)
    }
    held = engine.keys()
    return Difference(tuple(sorted(public - held)), tuple(sorted(held - public)))


def repair(*, engine: Engine, wrong: Difference) -> None:
    """Index what is missing, remove what is left over."""

    def read() -> Changes:
        found = (_document(key) for key in wrong.missing)
        return Changes([document for document in found if document is not None], wrong.left_over)

    apply(read, engine=engine)


def _document(key: str) -> SearchDocument | None:
    label, _, pk = key.partition(":")
    return searchable.document_for(apps.get_model(label)(pk=pk))
