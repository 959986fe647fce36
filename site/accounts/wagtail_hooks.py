from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.models import User
from accounts.permissions import may_manage, signed_in
from accounts.views import slips
from accounts.viewsets import NetworkGroup

register_snippet(NetworkGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("users/<int:pk>/slip/", slips.make, name="accounts_slip")]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "accounts.slip_made", _("Print a one-time slip"), _("Printed a one-time slip for a new password")
    )
    actions.register_action(
        "accounts.slip_used", _("Use a one-time slip"), _("Set a new password with a one-time slip")
    )


@hooks.register("before_bulk_action")
def nobody_reaches_up(request: HttpRequest, action_type: str, objects: list, action: object) -> None:
    """The list's bulk actions know no roles: hold them to the same rule as the form."""
    if any(isinstance(obj, User) and not may_manage(signed_in(request), obj) for obj in objects):
        raise PermissionDenied
