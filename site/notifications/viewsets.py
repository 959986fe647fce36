"""Dead letters in Wagtail's admin: what could not be sent, for the people who can call the person instead."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from notifications.models import OutboxMessage
from notifications.querysets import OutboxQuerySet


class OutboxPolicy(ModelPermissionPolicy):
    """Letters are written by services: whoever has the permission looks, nobody adds, changes or deletes."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: object, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: object, action: str, instance: OutboxMessage) -> bool:
        return self.user_has_permission(user, action)


class OutboxIndexView(IndexView):
    columns = [
        TitleColumn(
            "subject",
            label=_("Subject"),
            get_url=lambda letter: reverse("notifications_try_again", args=[letter.pk]),
        ),
        Column("to", label=_("To")),
        Column("created_at", label=_("Written"), sort_key="created_at"),
        Column("tries", label=_("Tries")),
        Column("last_error", label=_("Error")),
    ]


class OutboxViewSet(SnippetViewSet):
    model = OutboxMessage
    icon = "mail"
    menu_label = _("E-mails that could not be sent")
    index_view_class = OutboxIndexView
    copy_view_enabled = False
    add_to_settings_menu = True
    panels: list = []

    def get_queryset(self, request: HttpRequest) -> OutboxQuerySet:
        return OutboxMessage.objects.given_up()
