from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.reports import MostAskedView
from search.viewsets import SearchQueryViewSet, SynonymGroupViewSet

register_snippet(SynonymGroupViewSet)


@hooks.register("register_admin_viewset")
def register_search_queries() -> SearchQueryViewSet:
    return SearchQueryViewSet("searched")


@hooks.register("register_admin_urls")
def most_asked_urls() -> list[URLPattern]:
    return [
        path("searched/most/", MostAskedView.as_view(), name="search_most_asked"),
        path(
            "searched/most/results/",
            MostAskedView.as_view(results_only=True),
            name="search_most_asked_results",
        ),
    ]


class MostAskedItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search.view_searchquery"))


@hooks.register("register_reports_menu_item")
def most_asked_item() -> MenuItem:
    return MostAskedItem(_("Most searched"), reverse("search_most_asked"), icon_name="search", order=900)


@hooks.register("construct_reports_menu")
def leave_out_search_terms(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own report counts what its own search was asked, which is nothing here; ours is "Searched"."""
    items[:] = [item for item in items if item.name != "search-terms"]
