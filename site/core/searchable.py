"""The registry through which every app tells search what can be found. Search imports no app; apps register here.

An app calls ``register(Searchable(...))`` in its AppConfig.ready. Search asks ``documents()`` for a full
rebuild and ``document_for(instance)`` after a change.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localtime
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.thaidate import BE
from core.types import Words

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class SearchDocument:
    """One thing a reader can find. Only text that is public may ever be put in here."""

    key: str  # "app.model:pk", unique over the site
    kind: str  # one of the registered kinds, shown as the type filter
    title: str
    url: str  # path in the document's language
    body: str = ""
    language: str = "th"
    date: dt.datetime | None = None
    provinces: tuple[str, ...] = ()  # DOPA codes
    topics: tuple[str, ...] = ()  # topic slugs
    sectors: tuple[str, ...] = ()  # core.enums.Sector: who speaks, or whom it is for
    issues: tuple[str, ...] = ()  # codes of strategy issues
    variety: str = ""  # what it is within its kind, e.g. "caution"; its word stands in Searchable.varieties
    part_of: str = ""  # key of the thing this is a piece of: a comment's hearing, a section's hearing
    detail: str = ""  # one short line under the title, e.g. "แบบอย่างที่ดี · อ.บางมูลนาก จ.พิจิตร"
    # False where title and detail only repeat other documents' words: 10,000 comments must not answer a search for
    # their hearing's title.
    heading_searched: bool = True
    boost: float = 1.0  # FAQ entries come first (requirements A007)
    # Whose words it holds that may be taken back while it stays public (Searchable.sources).
    sources: str = ""
    same_as: str = ""  # shared with what says the same in another language: of both a reader finds one

    @property
    def year(self) -> str:
        """The Buddhist year of its date, as people here write and choose it; "" without a date."""
        return str(localtime(self.date).year + BE) if self.date else ""


@dataclass(frozen=True)
class Searchable(Generic[M]):
    """How one model becomes search documents."""

    kind: str
    label: Words  # lazily translated plural, shown in the filter
    model: type[M]
    public: Callable[[], QuerySet[M]]  # what anyone may read now, with its relations loaded
    document: Callable[[M], SearchDocument]
    icon: str = "doc"
    order: int = field(default=50)
    rereads: bool = False  # its text may change while it stays public: replies below a comment
    # {row: SearchDocument.sources now} in two or three queries for all: which files lend a page their words. Cheaper
    # than reading its whole text again.
    sources: Callable[[Collection[int]], Mapping[int, str]] | None = None
    varieties: Mapping[str, Words] = field(default_factory=dict)  # SearchDocument.variety -> its word
    # What its documents are pieces of, with the lookup that leads there: {Hearing: "hearing"} of comments. They follow
    # when the whole is published, moved or hidden.
    whole: Mapping[type[Model], str] = field(default_factory=dict)


_registry: dict[type[Model], Searchable[Any]] = {}
Follower = Callable[[type[Model], Sequence[int]], None]
_followers: list[Follower] = []
CHUNK = 500  # rows of one model in memory at once


def register(searchable: Searchable[Any]) -> None:
    _registry[searchable.model] = searchable


def searchables() -> list[Searchable[Any]]:
    return sorted(_registry.values(), key=lambda s: s.order)


def kinds() -> dict[str, Searchable[Any]]:
    """First searchable of each kind, in the order of the filter."""
    found: dict[str, Searchable[Any]] = {}
    for searchable in searchables():
        found.setdefault(searchable.kind, searchable)
    return found


def searchable_for(model: type[Model]) -> Searchable[Any] | None:
    return _registry.get(model)


def key_for(instance: Model) -> str:
    return f"{instance._meta.label_lower}:{instance.pk}"


def follow(follower: Follower) -> None:
    """Search asks to be told of changes."""
    _followers.append(follower)


def changed(model: type[Model], pks: Iterable[int]) -> None:
    """These rows may read differently now. For writes that send no signal: ``update``, ``bulk_create``, and rows that
    changed because another one did. Whatever has to follow follows after the commit."""
    if found := list(pks):
        for follower in _followers:
            follower(model, found)


def pieces_of(model: type[Model], pks: Iterable[int]) -> Iterator[tuple[Searchable[Any], QuerySet]]:
    """Rows that are pieces of these, public or not, with how they become documents."""
    for searchable in searchables():
        if lookup := searchable.whole.get(model):
            yield searchable, searchable.model._default_manager.filter(**{f"{lookup}__in": pks})


def has_pieces(model: type[Model]) -> bool:
    return any(model in searchable.whole for searchable in searchables())


def document_for(instance: Model) -> SearchDocument | None:
    """The document of one instance, or None if the public may not read it (any more)."""
    searchable = searchable_for(type(instance))
    if searchable is None:
        return None
    found = searchable.public().filter(pk=instance.pk).first()
    return searchable.document(found) if found else None


def public_of(keys: Iterable[str]) -> Iterator[tuple[Searchable[Any], QuerySet]]:
    """What anyone may read now of the rows behind these keys, those of one kind together."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, _, pk = key.partition(":")
        wanted[label].append(pk)
    for label, pks in wanted.items():
        if searchable := searchable_for(apps.get_model(label)):
            yield searchable, searchable.public().filter(pk__in=pks)


def documents() -> Iterator[SearchDocument]:
    """Everything that can be found. A chunk at a time: a hearing may have 100,000 comments."""
    for searchable in searchables():
        for instance in searchable.public().iterator(chunk_size=CHUNK):
            yield searchable.document(instance)


def only_public(pages: PageQuerySet) -> PageQuerySet:
    """Without pages that are live but not for everyone: lessons of the network, hearings before the announcement.

    A list of ``wagtail.Page`` knows nothing of the rules of its types; the registered types do.
    """
    pages = pages.live().public()
    for searchable in searchables():
        if issubclass(searchable.model, Page):
            kind = ContentType.objects.get_for_model(searchable.model)
            readable = searchable.public().order_by().values("pk")
            pages = pages.exclude(Q(content_type=kind) & ~Q(pk__in=readable))
    return pages
