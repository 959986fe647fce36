"""Freezing the draft: copies of its sections that no editing can reach."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from wagtail.rich_text import RichText

from hearings.models import DraftBlock, DraftVersion, Hearing
from hearings.paragraphs import with_keys, without_keys


def freeze(hearing: Hearing, *, now: dt.datetime, note: str = "") -> DraftVersion:
    """Copy the sections into the next DraftVersion. Keys are the stream ids and stay when a section is edited.

    Paragraphs without a key get one; call ``name_paragraphs`` before publishing the page so that it keeps them too.
    """
    last = hearing.draft_versions.order_by("-number").first()
    version = DraftVersion.objects.create(
        hearing_id=hearing.pk, number=last.number + 1 if last else 1, published_at=now, note=note.strip()
    )
    name_paragraphs(hearing)
    DraftBlock.objects.bulk_create(_blocks(hearing, version))
    hearing.__dict__.pop("current_draft", None)
    return version


def name_paragraphs(hearing: Hearing) -> None:
    """Give each paragraph of the draft in the editor a key, so that the next editing keeps it. Does not save."""
    earlier = _earlier_bodies(hearing)
    for child in hearing.draft:
        body = child.value["body"].source
        named = with_keys(body, earlier.get(child.id, ""))
        if named != body:
            child.value["body"] = RichText(named)


def _earlier_bodies(hearing: Hearing) -> dict[str, str]:
    """The newest frozen text of every section, by its key."""
    blocks = DraftBlock.objects.filter(version__hearing=hearing.pk).order_by("version__number")
    return {str(key): body for key, body in blocks.values_list("key", "body")}


def is_changed(hearing: Hearing) -> bool:
    """Whether the draft in the editor differs from the newest frozen one."""
    last = hearing.draft_versions.order_by("-number").first()
    if last is None:
        return bool(hearing.draft)
    frozen = [(b.key, b.kind, _hash(b.heading, b.body)) for b in last.blocks.order_by("order")]
    return frozen != [(b.key, b.kind, b.body_hash) for b in _blocks(hearing, last)]


def unfrozen_blocks(hearing: Hearing) -> list[DraftBlock]:
    """The sections as they would be frozen now, unsaved: for the preview."""
    return _blocks(hearing, DraftVersion(hearing_id=hearing.pk, number=1))


def _blocks(hearing: Hearing, version: DraftVersion) -> list[DraftBlock]:
    return [
        DraftBlock(
            version=version,
            key=uuid.UUID(child.id),
            kind=child.block_type,
            order=order,
            number=str(order),
            heading=child.value["heading"],
            body=child.value["body"].source,
            body_hash=_hash(child.value["heading"], child.value["body"].source),
            who_may_comment=child.value.get("who_may_comment") or "",
        )
        for order, child in enumerate(hearing.draft, start=1)
    ]


def _hash(heading: str, body: str) -> str:
    """The same for a text before and after its paragraphs got their keys."""
    return hashlib.sha256(f"{heading}\n{without_keys(body)}".encode()).hexdigest()
