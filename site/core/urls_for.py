"""Addresses of pages in the reader's language, without a query per page.

Thai addresses have no prefix, English ones start with /en/. A page without a translation is served under its
Thai path behind /en/ (see BasePage.route), so a link never leads nowhere and never changes the language.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

DEFAULT_LANGUAGE = "th"
ANOTHER_SITE = re.compile(r"^[/\\\x00-\x20]+")


def reader_language() -> str:
    """Code of the language that is spoken now; Thai where none is."""
    return (get_language() or DEFAULT_LANGUAGE)[:2]


def language_path(path: str, language: str) -> str:
    """The same path in another language: ``/news/`` and ``/en/news/``."""
    bare = path[3:] if path.startswith("/en/") else "/" if path == "/en" else path
    # One slash in front: browsers read "//name" and "/\\name", also with a tab between, as another site's address.
    bare = "/" + ANOTHER_SITE.sub("", bare)
    return bare if language == DEFAULT_LANGUAGE else f"/{language}{bare}"


def site_roots(request: HttpRequest | None) -> list:
    """Wagtail's site root paths, read once per request (they live in the cache, which may be the database)."""
    if request is None:
        return Site.get_site_root_paths()
    if not hasattr(request, "_site_roots"):
        request._site_roots = Site.get_site_root_paths()  # type: ignore[attr-defined]  # our own cache on it
    return request._site_roots  # type: ignore[attr-defined]


def page_path(page: Page, request: HttpRequest | None = None, language: str | None = None) -> str:
    """The path of a page for a reader of ``language`` (default: the active one); "" if it is in no site."""
    language = language or get_language() or DEFAULT_LANGUAGE
    for root in site_roots(request):
        if page.url_path.startswith(root.root_path):
            bare = "/" + page.url_path[len(root.root_path) :]
            own = (root.language_code or DEFAULT_LANGUAGE)[:2]
            return language_path(bare, own if own != DEFAULT_LANGUAGE else language)
    return ""
