"""Further hearings like one that the services announced in this process: its rows, written again.

Announcing asks the database a hundred times, and two thousand tests start with an announced hearing. The first of a
kind is announced; the next gets copies of its rows with names, keys and times of its own, and the same signals.
tests/hearings/test_copies.py compares every table of the database with what the services write.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Model
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.crypto import get_random_string
from modelcluster.models import get_field_value
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from accounts.models import User
from core.thaidate import local_day
from hearings.models import (
    DraftBlock,
    DraftVersion,
    Hearing,
    HearingContact,
    HearingIndexPage,
    HearingMethod,
    Notice,
    StageChange,
)
from hearings.notices import notice_data
from hearings.paragraphs import KEY_LENGTH, KEY_LETTERS
from hearings.services import stages

Row = TypeVar("Row", bound=Model)
STREAMS = ("plain_summary", "intro", "draft", "result_body")
NAMED = (
    "path", "translation_key", "title", "draft_title", "slug", "url_path", "code", "notice_number", "announced_at",
    "notice_published_at", "opens_at", "closes_at",
)  # fmt: skip
PLACES = ("provinces", "districts", "strategy_issues")
# The key of a block, or of a paragraph inside JSON or not.
KEYS = re.compile(r'[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<=data-block-key=)(\\*)"([\w-]+)\\*"')


@dataclass(frozen=True)
class Rows:
    """What the services left in the database for one hearing."""

    hearing: Hearing
    streams: dict[str, str]
    places: dict[str, list[Any]]
    contacts: list[HearingContact]
    methods: list[HearingMethod]
    revision: Revision
    entries: list[PageLogEntry]
    step: StageChange
    version: DraftVersion
    blocks: list[DraftBlock]
    notice: Notice


def kind_of(fields: dict[str, Any]) -> str | None:
    """The same for the same traits; None for what cannot be copied: moments, objects that live in one test only."""

    def plain(value: Any) -> Any:
        match value:
            case Enum():
                return value.value
            case str() | int() | float() | None:
                return value
            case dict():
                return {key: plain(inner) for key, inner in value.items()}
            case list() | tuple():
                return [plain(inner) for inner in value]
        raise TypeError

    places = {name: [getattr(place, "pk", place) for place in fields.get(name, ())] for name in PLACES}
    try:
        return json.dumps(plain({**fields, **places}), sort_keys=True)
    except TypeError:
        return None


def rows_of(hearing: Hearing) -> Rows:
    stored = Hearing.objects.get(pk=hearing.pk)
    version = stored.draft_versions.get()
    return Rows(
        hearing=stored,
        streams={name: Hearing._meta.get_field(name).value_to_string(stored) for name in STREAMS},
        places={name: list(getattr(stored, name).values_list("pk", flat=True)) for name in PLACES},
        contacts=list(HearingContact.objects.filter(hearing=stored).order_by("pk")),
        methods=list(HearingMethod.objects.filter(hearing=stored).order_by("pk")),
        revision=Revision.objects.get(object_id=str(stored.pk), base_content_type__model="page"),
        entries=list(PageLogEntry.objects.filter(page=stored).order_by("pk")),
        step=StageChange.objects.get(hearing=stored),
        version=version,
        blocks=list(version.blocks.order_by("pk")),
        notice=Notice.objects.get(hearing=stored),
    )


@transaction.atomic
def again(
    rows: Rows,
    *,
    index: HearingIndexPage,
    actor: User,
    announced: dt.datetime,
    own: dict[str, Any],
    given: str,
) -> Hearing:
    """``own`` are the fields in which the new hearing differs; keys inside ``given`` were chosen by the test."""
    keys = _NewKeys(given)
    later = timezone.now() - rows.entries[-1].timestamp
    hearing = _page(rows, index, announced, own, keys, later)
    for name, pks in rows.places.items():
        if pks:
            through = getattr(Hearing, name).through
            target = Hearing._meta.get_field(name).m2m_reverse_field_name() + "_id"
            through.objects.bulk_create(through(hearing_id=hearing.pk, **{target: pk}) for pk in pks)
    contacts = HearingContact.objects.bulk_create(_copies(rows.contacts, hearing=hearing))
    methods = HearingMethod.objects.bulk_create(_copies(rows.methods, hearing=hearing))
    [revision] = _copies([rows.revision], object_id=str(hearing.pk), object_str=hearing.title, user=actor)
    revision.created_at += later
    revision.content = _content(rows, hearing, contacts, methods, keys)
    Revision.objects.bulk_create([revision])
    Page.objects.filter(pk=hearing.pk).update(latest_revision=revision, live_revision=revision)
    _log(rows, hearing, revision, actor, later)
    StageChange.objects.bulk_create(_copies([rows.step], hearing=hearing, actor=actor, at=announced))
    versions = _copies([rows.version], hearing=hearing, published_at=announced)
    DraftVersion.objects.bulk_create(versions)
    blocks = _copies(rows.blocks, version=versions[0])
    for block in blocks:
        block.key, block.body = uuid.UUID(keys.text(str(block.key))), keys.text(block.body)
    DraftBlock.objects.bulk_create(blocks)
    hearing = stages.fresh(hearing)
    page_published.send(sender=Hearing, instance=hearing, revision=revision)
    said = {"number": hearing.notice_number, "dated": hearing.notice_published_at or local_day(announced)}
    [notice] = _copies([rows.notice], hearing=hearing, issued_by=actor, issued_at=announced, **said)
    notice.data = notice_data(hearing, announced)
    Notice.objects.bulk_create([notice])
    return hearing


def _page(
    rows: Rows, index: HearingIndexPage, announced: dt.datetime, own: dict[str, Any], keys: _NewKeys, later: dt.timedelta
) -> Hearing:  # fmt: skip
    last = Page.objects.filter(path__startswith=index.path, depth=index.depth + 1).order_by("path").last()
    [hearing] = _copies(
        [rows.hearing],
        id=None,
        **own,
        draft_title=own.get("title", rows.hearing.title),
        path=last._inc_path() if last else Page._get_path(index.path, index.depth + 1, 1),
        translation_key=uuid.uuid4(),
        announced_at=announced,
        latest_revision=None,
        live_revision=None,
    )
    hearing.set_url_path(index)
    for name, text in rows.streams.items():
        setattr(hearing, name, keys.text(text))
    for name in ("first_published_at", "last_published_at", "latest_revision_created_at"):
        setattr(hearing, name, getattr(hearing, name) + later)
    hearing.save_base(force_insert=True)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + 1)
    return hearing


def _content(
    rows: Rows,
    hearing: Hearing,
    contacts: list[HearingContact],
    methods: list[HearingMethod],
    keys: _NewKeys,
) -> dict[str, Any]:
    """What the editor saved: the page as it was just before it was published."""
    content = {**rows.revision.content, "pk": hearing.pk}
    said = {name: get_field_value(Hearing._meta.get_field(name), hearing) for name in NAMED}
    content |= json.loads(json.dumps(said, cls=DjangoJSONEncoder))
    content |= {name: keys.text(content[name]) for name in STREAMS}
    for name, children in (("contacts", contacts), ("methods", methods)):
        content[name] = [
            {**kept, "pk": child.pk, "hearing": hearing.pk}
            for kept, child in zip(content[name], children, strict=True)
        ]
    return content


def _log(rows: Rows, hearing: Hearing, revision: Revision, actor: User, later: dt.timedelta) -> None:
    entries = _copies(rows.entries, page=hearing, label=hearing.title)
    for entry in entries:
        entry.timestamp += later
        entry.user = actor if entry.user_id else None
        entry.revision = revision if entry.revision_id else None
    PageLogEntry.objects.bulk_create(entries)


class _NewKeys:
    """Another key for each of the recorded ones, the same wherever it stands."""

    def __init__(self, given: str) -> None:
        self._given = given
        self._new: dict[str, str] = {}

    def text(self, text: str) -> str:
        return KEYS.sub(self._renewed, text)

    def _renewed(self, found: re.Match[str]) -> str:
        quote, key = found[1], found[2] or found[0]
        if key not in self._new:
            fresh = get_random_string(KEY_LENGTH, KEY_LETTERS) if found[2] else str(uuid.uuid4())
            self._new[key] = key if key in self._given else fresh
        return f'{quote}"{self._new[key]}{quote}"' if found[2] else self._new[key]


def _copies(rows: list[Row], **values: Any) -> list[Row]:
    copies = [copy.copy(row) for row in rows]
    for row in copies:
        row._state, row.pk = ModelState(), None
        for name, value in values.items():
            setattr(row, name, value)
    return copies
