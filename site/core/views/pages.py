"""Wagtail's pages by a shorter way: one page is looked up by its whole address instead of step by step."""

from __future__ import annotations

import functools
import hashlib

from django.db.models import TextField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.nearby import forget, know_site, remember
from core.prepared import Prepared
from core.urls_for import DEFAULT_LANGUAGE


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    found = _straight(request, path)
    if found is not None:
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # where Wagtail looks first
    return serve(request, path)


def _straight(request: HttpRequest, path: str) -> RouteResult | None:
    """A live page at exactly this Thai address. Everything else (English, drafts, no page) goes Wagtail's way."""
    site = know_site(request)
    if site is None or not path or get_language() != DEFAULT_LANGUAGE:
        return None
    page = _live_page(f"{site.root_page.url_path}{path}")
    if page is None:
        return None
    try:
        return page.route(request, [])
    except Http404:
        return None


def _live_page(url_path: str) -> Page | None:
    """Asked of the right table at once; only which table that is, is remembered. Whether it is live is always asked."""
    key = f"page-type:{hashlib.sha256(url_path.encode()).hexdigest()}"
    try:
        model = remember(key, lambda: _type_of(url_path))
    except Page.DoesNotExist:  # not remembered: anyone can ask for addresses that lead nowhere
        return None
    found = _at(model)(url_path=url_path).first()  # type: ignore[arg-type]  # a class is hashable
    if found is None:
        forget(key)
    return found


@functools.cache
def _at(model: type[Page]) -> Prepared:
    return Prepared(
        lambda url_path: model.objects.filter(url_path=url_path, live=True)[:1], url_path=TextField()
    )


def _type_of(url_path: str) -> type[Page]:
    return Page.objects.filter(live=True).get(url_path=url_path).specific_class or Page
