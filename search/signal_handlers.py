"""The database changed: ask for the same change in the index. Connected in SearchConfig.ready.

Signals of Wagtail and Django are the only place that sees every way to publish, move, hide and delete: the admin,
services, commands, workflows and the scheduled publishing. Each handler enqueues one task with a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django_tasks.base import Task
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import CustomDocument
from core.searchable import CHUNK, follow, has_pieces, searchable_for
from search.tasks import update_document, update_documents, update_pieces, update_subtree


def _after_commit(task: Task, *args: object) -> None:
    transaction.on_commit(partial(task.enqueue, *args), robust=True)


def _update(instance: Model) -> None:
    if searchable_for(type(instance)) is not None:
        _after_commit(update_document, instance._meta.label_lower, instance.pk)


def on_page_change(sender: type[Model], instance: Page, **kwargs: object) -> None:
    _update(instance)
    if has_pieces(type(instance)):
        _after_commit(update_pieces, instance._meta.label_lower, instance.pk)


def on_written_past_save(model: type[Model], pks: Sequence[int]) -> None:
    """``core.searchable.changed``."""
    if searchable_for(model) is not None:
        for start in range(0, len(pks), CHUNK):
            _after_commit(update_documents, model._meta.label_lower, list(pks[start : start + CHUNK]))


def on_page_moved(sender: type[Model], instance: Page, **kwargs: object) -> None:
    _after_commit(update_subtree, instance.pk)


def on_restriction_change(sender: type[Model], instance: PageViewRestriction, **kwargs: object) -> None:
    _after_commit(update_subtree, instance.page_id)


def on_save(sender: type[Model], instance: Model, raw: bool = False, **kwargs: object) -> None:
    """Saving a page is not publishing it; everything else is public as soon as it is saved."""
    if not isinstance(instance, Page) and not raw:
        _update(instance)


def on_file_saved(sender: type[Model], instance: CustomDocument, **kwargs: object) -> None:
    """Another file under the same name: what shows it is found by the new words, and by the old ones no more."""
    for place, _references in ReferenceIndex.get_grouped_references_to(instance):
        _update(place.specific if isinstance(place, Page) else place)


def on_files_restricted(sender: type[Model], instance: CollectionViewRestriction, **kwargs: object) -> None:
    """A folder of files was closed or opened: what shows one of them is written anew without, or with, its words."""
    folders = instance.collection.get_descendants(inclusive=True)
    for document in CustomDocument.objects.filter(collection__in=folders):
        on_file_saved(CustomDocument, document)


def on_delete(sender: type[Model], instance: Model, **kwargs: object) -> None:
    _update(instance)


def connect() -> None:
    follow(on_written_past_save)
    page_published.connect(on_page_change, dispatch_uid="search.published")
    page_unpublished.connect(on_page_change, dispatch_uid="search.unpublished")
    page_slug_changed.connect(on_page_moved, dispatch_uid="search.slug_changed")
    post_page_move.connect(on_page_moved, dispatch_uid="search.moved")
    post_save.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="search.restricted")
    post_delete.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="search.unrestricted")
    post_save.connect(on_file_saved, sender=CustomDocument, dispatch_uid="search.file_saved")
    for signal, name in ((post_save, "closed"), (post_delete, "opened")):
        signal.connect(
            on_files_restricted, sender=CollectionViewRestriction, dispatch_uid=f"search.files_{name}"
        )
    post_save.connect(on_save, dispatch_uid="search.saved")
    post_delete.connect(on_delete, dispatch_uid="search.deleted")
