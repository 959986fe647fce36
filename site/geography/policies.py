from __future__ import annotations

from typing import Any

from django.contrib.auth.models import PermissionsMixin
from wagtail.permission_policies import ModelPermissionPolicy


class LookOnlyPolicy(ModelPermissionPolicy):
    """Everyone who reaches the admin may look; nobody may change, not even a superuser."""

    def user_has_permission(self, user: PermissionsMixin, action: str) -> bool:
        return action == "view" and user.has_perm("wagtailadmin.access_admin")

    def user_has_any_permission(self, user: PermissionsMixin, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: PermissionsMixin, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: PermissionsMixin, actions: Any, instance: Any
    ) -> bool:
        return self.user_has_any_permission(user, actions)
