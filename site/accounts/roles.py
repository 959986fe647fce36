"""Who works here. Roles are Django groups with stable codes; what each may do is in accounts.permissions
(services) and accounts.grants (admin).

A group's name is its code, so that it never changes with a translation; people see ``Role(code).label``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class Role(models.TextChoices):
    """Requirements A050-A057 and A063."""

    OFFICE_HEAD = "office_head", _("Head of the office")
    ADMINISTRATION = "administration", _("General administration")
    STRATEGY = "strategy", _("Strategy development")
    MONITORING = "monitoring", _("Monitoring and evaluation")
    PROVINCE_COORDINATOR = "province_coordinator", _("Province coordinator")
    CHANGE_AGENT = "change_agent", _("Change agent")
    MEMBER = "member", _("Member")


# Roles of people who work for the office or a province: they reach the desk and the admin.
STAFF_ROLES = frozenset(
    {
        Role.OFFICE_HEAD,
        Role.ADMINISTRATION,
        Role.STRATEGY,
        Role.MONITORING,
        Role.PROVINCE_COORDINATOR,
    }
)


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """The role codes of a person who may act now; read once a request, since user objects live that long."""
    if not user.is_authenticated or not user.may_sign_in():
        return frozenset()
    if not hasattr(user, "_role_codes"):
        user._role_codes = frozenset(user.groups.values_list("name", flat=True)) & frozenset(Role.values)
    return user._role_codes


def has_role(user: User | AnonymousUser, *roles: Role) -> bool:
    """True if the person has one of the roles. A superuser is no role: ask accounts.permissions.may."""
    return bool(roles_of(user) & {str(role) for role in roles})


def is_staff_member(user: User | AnonymousUser) -> bool:
    """True for everyone who does casework: superusers and the staff roles."""
    return (
        user.is_authenticated and user.may_sign_in() and (user.is_superuser or has_role(user, *STAFF_ROLES))
    )


def role_labels(user: User) -> list[str]:
    """Names of the person's roles for people to read."""
    return [str(role.label) for role in Role if role in roles_of(user)]
