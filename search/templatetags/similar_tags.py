"""Similar things for the pages of other apps: they use this tag and import nothing of search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.db.models import Model
from django.utils.text import Truncator

from core.searchable import key_for
from core.urls_for import DEFAULT_LANGUAGE, language_path, reader_language
from search import similar as likeness

register = template.Library()
EXCERPT = 160


@dataclass(frozen=True)
class Similar:
    title: str
    detail: str
    excerpt: str
    url: str  # in the reader's language
    language: str


@register.simple_tag
def similar(
    thing: Model, kind: str, number: int = 3, part_of: Model | None = None, skip: Iterable[Model] = ()
) -> list[Similar]:
    """``{% similar page "lesson" 3 as alike %}``; ``skip`` are things that the page shows already."""
    whole = key_for(part_of) if part_of else ""
    found = likeness.similar(thing, kind, number, part_of=whole, skip=[key_for(other) for other in skip])
    language = reader_language()
    return [
        Similar(
            document.title,
            document.detail,
            Truncator(" ".join(document.body.split())).chars(EXCERPT),
            language_path(document.url, language) if document.language == DEFAULT_LANGUAGE else document.url,
            document.language,
        )
        for document in found
    ]
