"""Changes of the index, after the change in the database is committed. Only keys travel, never text."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.apps import apps
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from wagtail.models import Page

from core.searchable import SearchDocument, document_for, key_for, searchable_for, searchables
from search.engines import Changes, EngineDownError, get_engine

logger = logging.getLogger(__name__)
LONGEST_WAIT = dt.timedelta(hours=1)
MOST_ATTEMPTS = 48  # about two days of an engine that is down; search_status --repair does the rest


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
def update_subtree(page_id: int, attempt: int = 1) -> None:
    """Index a page and everything below it anew: it moved, changed its address or changed who may read it."""

    def read() -> Changes:
        page = Page.objects.filter(pk=page_id).first()
        return Changes(*_documents_below(page)) if page else Changes()

    _try(read, update_subtree, attempt, page_id)


def _documents_below(page: Page) -> tuple[list[SearchDocument], list[str]]:
    documents: list[SearchDocument] = []
    gone: list[str] = []
    below_page = Page.objects.descendant_of(page, inclusive=True)
    for searchable in searchables():
        if not issubclass(searchable.model, Page):
            continue
        below = set(below_page.exact_type(searchable.model).values_list("pk", flat=True))
        public = searchable.public().filter(pk__in=below) if below else []  # type: ignore[attr-defined]
        shown = [searchable.document(instance) for instance in public]
        documents += shown
        keys = {f"{searchable.model._meta.label_lower}:{pk}" for pk in below}
        gone += sorted(keys - {document.key for document in shown})
    return documents, gone


def _try(read: Callable[[], Changes], again: Task, attempt: int, *args: object) -> None:
    """An engine that is down or busy gets the change later: 2, 4, 8 … seconds, at most an hour apart."""
    try:
        get_engine().apply(read)
    except EngineDownError:
        if attempt >= MOST_ATTEMPTS or not again.get_backend().supports_defer:
            logger.error("The search index missed a change: %s %s", again.name, args, exc_info=True)
            return
        wait = min(dt.timedelta(seconds=2 ** min(attempt, 12)), LONGEST_WAIT)
        logger.warning("The search index is not writable; trying again in %s", wait)
        again.using(run_after=timezone.now() + wait).enqueue(*args, attempt=attempt + 1)
