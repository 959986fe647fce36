"""What was searched: a report to read, not to write; and words of the same meaning, which editors write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from core.cells import safe_cell
from core.thaidate import format_day
from search.models import SearchQuery, SynonymGroup
from search.querysets import SearchQueryQuerySet

Person = AbstractBaseUser | AnonymousUser


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody changes what was counted, not even a superuser."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user: Person, actions: Iterable[str]) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")


register_permission_policy(SearchQuery, ReadOnlyPolicy(SearchQuery))


class UnansweredFilter(django_filters.ChoiceFilter):
    """A choice and no box to tick: Wagtail names an empty box beside the list as a filter that is set."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Questions"), choices=[("on", _("Only without result"))], empty_label=_("All"),
            widget=forms.RadioSelect, **kwargs,
        )  # fmt: skip


class SearchedFilterSet(WagtailFilterSet):
    unanswered = UnansweredFilter(method="only_unanswered")

    class Meta:
        model = SearchQuery
        fields = {"day": ["gte", "lte"]}

    def only_unanswered(self, queries: SearchQueryQuerySet, name: str, value: str) -> SearchQueryQuerySet:
        return queries.filter(hits=0) if value else queries


def day_of(query: SearchQuery) -> str:
    """In the officer's era; Django's own formats would print the Christian one."""
    return format_day(query.day)


class SearchedIndexView(IndexView):
    """Anybody typed these words: none of them may run in a spreadsheet."""

    custom_field_preprocess = {"text": {"csv": safe_cell, "xlsx": safe_cell}}


class SearchQueryViewSet(ModelViewSet):
    model = SearchQuery
    icon = "search"
    menu_label = _("Searched")
    index_view_class = SearchedIndexView
    add_to_admin_menu = True
    menu_order = 900
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = [
        "text",
        "count",
        "hits",
        "clicks",
        Column("mean_place", label=_("Mean place opened")),
        Column("day", label=_("day"), accessor=day_of, sort_key="day"),
    ]
    list_export = ["day", "text", "count", "hits", "clicks", "mean_place"]
    export_headings = {"mean_place": _("Mean place opened")}
    export_filename = "searched"
    filterset_class = SearchedFilterSet
    search_fields = ["text"]
    list_per_page = 50
    ordering = ["-day", "-count"]
    form_fields = ["text"]


class SynonymGroupViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "glossary"
    menu_label = _("Words of the same meaning")
    add_to_settings_menu = True
    menu_order = 910  # beside the recommended pages
    list_display = ["words"]
    search_fields = ["words"]
    panels = [FieldPanel("words")]
