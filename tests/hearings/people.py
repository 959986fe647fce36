"""People in their roles, for tests of who may do what."""

from __future__ import annotations

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import STAFF_ROLES, Role
from geography.models import Province

HOME, ELSEWHERE = "60", "66"  # Nakhon Sawan, Phichit


def person(role: Role | None, province: str | None = None) -> User:
    """Somebody with exactly this role; None is somebody without any."""
    user = User.objects.create_user(f"{role or 'nobody'}-{province}@example.org", "tests")
    user.is_staff = role in STAFF_ROLES
    user.province_id = province
    user.save()
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return User.objects.get(pk=user.pk)


def province(code: str = HOME) -> Province:
    return Province.objects.get(pk=code)
