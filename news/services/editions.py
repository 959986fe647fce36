"""All editions of one document, found by following "replaces" both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import get_language

if TYPE_CHECKING:
    from news.models import StrategyDocument


def editions_of(document: StrategyDocument) -> list[StrategyDocument]:
    """Public editions, newest first, this one among them; empty if there is only this one.

    Two queries whatever the number of editions: the links of all documents are few and read at once.
    """
    model = type(document)
    pairs = model.objects.exclude(supersedes=None).values_list(
        "translation_key", "supersedes__translation_key"
    )  # fmt: skip
    family, grown = {document.translation_key}, True
    links = list(pairs)
    while grown:
        size = len(family)
        family |= {key for pair in links if family.intersection(pair) for key in pair}
        grown = len(family) > size
    if len(family) == 1:
        return []
    readable = model.objects.readable(get_language() or "th").filter(translation_key__in=family)
    return list(
        readable.with_status()
        .annotate(replaces_key=F("supersedes__translation_key"))
        .newest_first()
        .select_related("locale")
    )
