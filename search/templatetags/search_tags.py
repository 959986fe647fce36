from __future__ import annotations

from django import template

from core.searchable import kinds

register = template.Library()


@register.simple_tag
def kind_label(kind: str) -> str:
    """The reader's word for a type: ``lesson`` → บทเรียน."""
    searchable = kinds().get(kind)
    return str(searchable.label) if searchable else ""
