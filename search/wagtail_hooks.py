from __future__ import annotations

from wagtail import hooks

from search.viewsets import SearchQueryViewSet


@hooks.register("register_admin_viewset")
def register_search_queries() -> SearchQueryViewSet:
    return SearchQueryViewSet("searched")
