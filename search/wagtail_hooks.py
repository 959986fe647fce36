from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.viewsets import SearchQueryViewSet, SynonymGroupViewSet

register_snippet(SynonymGroupViewSet)


@hooks.register("register_admin_viewset")
def register_search_queries() -> SearchQueryViewSet:
    return SearchQueryViewSet("searched")


@hooks.register("construct_reports_menu")
def leave_out_search_terms(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own report counts what its own search was asked, which is nothing here; ours is "Searched"."""
    items[:] = [item for item in items if item.name != "search-terms"]
