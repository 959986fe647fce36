"""Searched but not found: a list to read, not to write."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import SearchQuery

Person = AbstractBaseUser | AnonymousUser


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody changes what was counted, not even a superuser."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user: Person, actions: Iterable[str]) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")


register_permission_policy(SearchQuery, ReadOnlyPolicy(SearchQuery))


class SearchQueryViewSet(ModelViewSet):
    model = SearchQuery
    icon = "search"
    menu_label = _("Searched but not found")
    add_to_admin_menu = True
    menu_order = 900
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = ["text", "count", "hits", "day"]
    list_filter = ["day"]
    search_fields = ["text"]
    list_per_page = 50
    ordering = ["-day", "-count"]
    form_fields = ["text"]
