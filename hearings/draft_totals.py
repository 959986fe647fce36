"""How many published comments each paragraph has: one grouped query, kept as long as the other totals."""

from __future__ import annotations

import uuid

from django.core.cache import cache
from django.db.models import Count

from hearings.models import Comment, Hearing
from hearings.totals import SECONDS

ParagraphTotals = dict[tuple[uuid.UUID | None, str], int]


def comments_by_paragraph(hearing: Hearing) -> ParagraphTotals:
    """By section key and paragraph key; a paragraph nobody spoke about is missing."""
    key = f"hearings:totals:{hearing.pk}:paragraphs"  # cleared by totals.clear_totals
    found = cache.get(key)
    if found is None:
        rows = (
            Comment.objects.filter(hearing=hearing, is_public=True)
            .exclude(paragraph_key="")
            .order_by()
            .values_list("block_key", "paragraph_key")
            .annotate(readable=Count("pk"))
        )
        found = {(block, paragraph): readable for block, paragraph, readable in rows}
        cache.set(key, found, SECONDS)
    return found
