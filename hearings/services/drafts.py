"""Freezing the draft: copies of its sections that no editing can reach."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from hearings.models import DraftBlock, DraftVersion, Hearing


def freeze(hearing: Hearing, *, now: dt.datetime, note: str = "") -> DraftVersion:
    """Copy the sections into the next DraftVersion. Keys are the stream ids and stay when a section is edited."""
    last = hearing.draft_versions.order_by("-number").first()
    version = DraftVersion.objects.create(
        hearing_id=hearing.pk, number=last.number + 1 if last else 1, published_at=now, note=note.strip()
    )
    DraftBlock.objects.bulk_create(_blocks(hearing, version))
    hearing.__dict__.pop("current_draft", None)
    return version


def is_changed(hearing: Hearing) -> bool:
    """Whether the draft in the editor differs from the newest frozen one."""
    last = hearing.draft_versions.order_by("-number").first()
    if last is None:
        return bool(hearing.draft)
    frozen = list(last.blocks.order_by("order").values_list("key", "body_hash"))
    return frozen != [(block.key, block.body_hash) for block in _blocks(hearing, last)]


def _blocks(hearing: Hearing, version: DraftVersion) -> list[DraftBlock]:
    return [
        DraftBlock(
            version=version,
            key=uuid.UUID(child.id),
            order=order,
            number=str(order),
            heading=child.value["heading"],
            body=child.value["body"].source,
            body_hash=_hash(child.value["heading"], child.value["body"].source),
        )
        for order, child in enumerate(hearing.draft, start=1)
    ]


def _hash(heading: str, body: str) -> str:
    return hashlib.sha256(f"{heading}\n{body}".encode()).hexdigest()
