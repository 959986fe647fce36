"""How the index gets right again without hands: one rebuild, however many notice that it is gone.

The note in the shared cache says that a rebuild is asked for or under way. It ends by itself, so that a rebuild that
was killed is followed by another as soon as somebody asks for the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.searchable import SearchDocument

REBUILD, LAST_ERROR = "search:rebuild", "search:last-error"
SETTLING = "search.tasks.settle_index"
ASKED_SECONDS = 600  # for a worker to begin; also the pause after a rebuild that failed
ALIVE_SECONDS = 120
DOCUMENTS_BETWEEN_SIGNS = 500
ERROR_SECONDS = 7 * 24 * 3600


def is_first_to_ask() -> bool:
    return cache.add(REBUILD, True, ASKED_SECONDS)


def with_signs_of_life(documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
    for number, document in enumerate(documents):
        if number % DOCUMENTS_BETWEEN_SIGNS == 0:
            cache.set(REBUILD, True, ALIVE_SECONDS)
        yield document


def rebuild_ended() -> None:
    cache.delete(REBUILD)


def rebuild_failed() -> None:
    cache.set(REBUILD, True, ASKED_SECONDS)


def note_error(error: Exception) -> None:
    cache.set(LAST_ERROR, f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {error}", ERROR_SECONDS)


def last_error() -> str:
    return cache.get(LAST_ERROR, "")


def waiting_changes() -> int:
    """Changes the worker has not brought to the index yet; none where tasks run at once."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    ours = waiting.filter(task_path__startswith="search.tasks.")
    return ours.exclude(task_path=SETTLING).count()  # which changes nothing
