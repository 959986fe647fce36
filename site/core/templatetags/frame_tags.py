"""Header and footer, the same for everybody who reads in one language and text size: rendered once in seconds."""

from __future__ import annotations

from django import template
from django.template import Engine
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from core.fragments import fragment, seen
from core.models.settings import SettingWithDefaults
from core.nearby import SECONDS

register = template.Library()

# Stand in the kept piece for the one thing that differs at every address.
HERE, HERE_QUOTED = "\ue000here\ue000", "\ue000here-quoted\ue000"
MENU = ("/hearings/", "/knowledge/", "/news/", "/strategy/", "/search/")


@register.simple_tag(takes_context=True)
def frame(context: template.Context, name: str) -> SafeString:
    """A template that shows the site's settings, the menu and (as ``here`` and ``here_quoted``) the address now.

    Saved settings are part of its key, so a new telephone number stands on the next page.
    """
    request = context.get("request")
    part = Engine.get_default().get_template(name)
    if request is None:
        return part.render(context)
    key = (
        name,
        context.get("text_size"),
        context.get("demo"),
        *(menu in request.path for menu in MENU),
        *seen(*(setting.for_request(request) for setting in SettingWithDefaults.__subclasses__())),
    )

    def render() -> str:
        with context.push(here=HERE, here_quoted=HERE_QUOTED):
            return part.render(context)

    kept = fragment("frame", key, render, SECONDS)
    here = request.get_full_path()
    quoted = urlencode({"": here})[1:]
    return mark_safe(kept.replace(HERE, escape(here)).replace(HERE_QUOTED, escape(quoted)))  # noqa: S308
