from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.searchable import kinds

register = template.Library()


@register.simple_tag
def kind_label(kind: str) -> str:
    """The reader's word for a type: ``lesson`` → บทเรียน."""
    searchable = kinds().get(kind)
    return str(searchable.label) if searchable else ""


@register.simple_tag
def suggesting() -> SafeString:
    """Attributes of a search field that may propose words; site.js fetches the script when somebody types there."""
    return format_html(
        'autocomplete="off" enterkeyhint="search" data-suggest="{}" data-script="{}" data-list="{}" data-said="{}"',
        reverse("search:suggest"),
        static("js/suggest.js"),
        _("Suggestions"),
        # {n} is filled in by the script
        _("{n} suggestions. Choose with the arrow keys."),
    )


@register.simple_tag(takes_context=True)
def without(context: template.Context, name: str) -> str:
    """The address of the same question with one choice less; what depends on a type goes with it."""
    params = context["request"].GET.copy()
    for gone in (name, "page", *(["variety"] if name == "kind" else [])):
        params.pop(gone, None)
    return f"?{params.urlencode()}"
