"""Changes of the index, after the change in the database is committed. Only keys travel, never text."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from wagtail.models import Page

from core.searchable import (
    CHUNK,
    Searchable,
    SearchDocument,
    document_for,
    has_pieces,
    key_for,
    pieces_of,
    searchable_for,
    searchables,
)
from search import upkeep
from search.engines import Changes, Engine, EngineDownError, engine_name, get_engine, make_engine
from search.services import apply, rebuild, settle

logger = logging.getLogger(__name__)
LONGEST_WAIT = dt.timedelta(hours=1)


@task()
def update_document(label: str, pk: int | str, attempt: int = 1) -> None:
    """Index one instance as it is now, or take it out if the public may not read it (any more)."""
    model = apps.get_model(label)
    if searchable_for(model) is None:
        return
    instance = model(pk=pk)

    def read() -> Changes:
        document = document_for(instance)
        return Changes([document]) if document else Changes(gone=[key_for(instance)])

    _try(read, update_document, attempt, label, pk)


@task()
def update_documents(label: str, pks: list[int], attempt: int = 1) -> None:
    """The same for many rows of one model."""
    searchable = searchable_for(apps.get_model(label))
    if searchable is not None:
        _try(lambda: _changes_of(searchable, pks), update_documents, attempt, label, pks)


@task()
def update_pieces(label: str, pk: int, attempt: int = 1) -> None:
    """Index whatever is a piece of this: the comments of a hearing that was hidden. A chunk at a time, so that
    100,000 take no more memory than 500."""
    for searchable, rows in pieces_of(apps.get_model(label), [pk]):
        pks = rows.order_by("pk").values_list("pk", flat=True)
        for chunk in _chunks(pks.iterator(CHUNK)):
            read = partial(_changes_of, searchable, chunk)
            if not _try(read, update_pieces, attempt, label, pk):
                return


def _chunks(pks: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(pks, CHUNK)):
        yield chunk


def _changes_of(searchable: Searchable, pks: Sequence[int]) -> Changes:
    public = searchable.public().filter(pk__in=pks)
    shown = [searchable.document(instance) for instance in public]
    label = searchable.model._meta.label_lower
    return Changes(shown, sorted({f"{label}:{pk}" for pk in pks} - {document.key for document in shown}))


@task()
def update_subtree(page_id: int, attempt: int = 1) -> None:
    """Index a page and everything below it anew: it moved, changed its address or changed who may read it."""

    def read() -> Changes:
        page = Page.objects.filter(pk=page_id).first()
        return Changes(*_documents_below(page)) if page else Changes()

    _try(read, update_subtree, attempt, page_id)
    if page := Page.objects.filter(pk=page_id).first():
        for model, pks in wholes_below(page):
            for pk in pks:
                update_pieces.enqueue(model._meta.label_lower, pk)


def _documents_below(page: Page) -> tuple[list[SearchDocument], list[str]]:
    documents: list[SearchDocument] = []
    gone: list[str] = []
    for searchable, pks in below(page):
        changes = _changes_of(searchable, pks)
        documents += changes.documents
        gone += changes.gone
    return documents, gone


def below(page: Page) -> Iterator[tuple[Searchable, list[int]]]:
    """What can be found of this page and everything under it."""
    below_page = Page.objects.descendant_of(page, inclusive=True)
    for searchable in searchables():
        if issubclass(searchable.model, Page):
            pks = below_page.exact_type(searchable.model).values_list("pk", flat=True)
            if found := list(pks):
                yield searchable, found


def wholes_below(page: Page) -> Iterator[tuple[type[Model], list[int]]]:
    return ((found.model, pks) for found, pks in below(page) if has_pieces(found.model))


def _try(read: Callable[[], Changes], again: Task, attempt: int, *args: object) -> bool:
    """An engine that is down or busy gets the change later: 2, 4, 8 … seconds, then hourly until it is back. False
    then."""
    try:
        apply(read, engine=get_engine())
    except EngineDownError as error:
        upkeep.note_error(error)
        if not again.get_backend().supports_defer:
            logger.error("The search index missed a change: %s %s", again.name, args, exc_info=True)
            return False
        wait = min(dt.timedelta(seconds=2 ** min(attempt, 12)), LONGEST_WAIT)
        logger.warning("The search index is not writable; trying again in %s: %s", wait, error)
        again.using(run_after=timezone.now() + wait).enqueue(*args, attempt=attempt + 1)
        return False
    return True


def ask_for_rebuild() -> None:
    """Called by every process that finds the index gone, damaged or of an older version."""
    if upkeep.is_first_to_ask():
        logger.warning("There is no usable search index; a rebuild is asked for.")
        rebuild_index.enqueue()


@task()
def rebuild_index() -> None:
    engine = make_engine(engine_name())  # looks with fresh eyes: asked twice, it is there the second time
    if engine.is_ready():
        return
    try:
        rebuild(engine=engine)
    except EngineDownError as error:
        upkeep.note_error(error)
        upkeep.rebuild_failed()
        logger.warning("The search index cannot be rebuilt now: %s", error)
    else:
        _settle_later(engine)


def _settle_later(engine: Engine) -> None:
    """Nobody waits for it: mails go the same way. Where tasks cannot be put off, the index stays larger."""
    if engine.settles_after and settle_index.get_backend().supports_defer:
        when = timezone.now() + dt.timedelta(seconds=engine.settles_after)
        settle_index.using(run_after=when).enqueue()


@task()
def settle_index() -> None:
    settle(engine=get_engine(), wait=False)
