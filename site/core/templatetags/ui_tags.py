"""Small pieces every template uses: icons, page addresses, file sizes, query strings."""

from __future__ import annotations

import functools
from urllib.parse import quote, urlencode

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from core.stylesheets import page_stylesheets
from core.urls_for import page_path as path_of_page

register = template.Library()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """An icon of the sprite; always decoration, the word stands beside it."""
    return _icon(name, extra_class)


@functools.lru_cache(maxsize=200)  # a page has up to a hundred
def _icon(name: str, extra_class: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"i {extra_class}".strip(), static("img/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def stylesheets() -> SafeString:
    """The links to the stylesheets of every page, in the order of their layers."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in page_stylesheets())
    )


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, page: Page) -> str:
    """The path of a page in the reader's language, without a query per page."""
    return path_of_page(page, context.get("request"))


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str) -> str:
    request = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.filter
def file_size(size: int | None) -> str:
    """``180 KB``, ``1.4 MB``: short words that Thai readers know too."""
    if not size:
        return "0 KB"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The current query string with some values changed; None or "" drops one. Always drops ``page`` unless given."""
    params: QueryDict = context["request"].GET.copy()
    params.pop("page", None)
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    encoded = params.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag
def line_share_url(url: str, text: str = "") -> str:
    """LINE's plain share address; nothing of LINE is loaded on our page."""
    return "https://line.me/R/share?" + urlencode({"text": f"{text} {url}".strip()}, quote_via=quote)


@register.simple_tag
def facebook_share_url(url: str) -> str:
    return "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": url})


@register.filter
def in_thai_only(page: Page, main_language: str | None = None) -> bool:
    """True where an English reader gets a Thai page because nobody has translated it yet."""
    return (main_language or get_language() or "th") != "th" and page.locale.language_code == "th"
