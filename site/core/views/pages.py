"""Wagtail's pages by a shorter way: one page is looked up by its whole address instead of step by step."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.nearby import know_site
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
    page = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}", live=True).first()
    if page is None:
        return None
    try:
        return page.specific.route(request, [])
    except Http404:
        return None
