"""People in their roles, for every test that needs one."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role

PASSWORD = "two rivers meet 1"


def person(*roles: Role, email: str = "", superuser: bool = False, **fields: Any) -> User:
    """A user with a verified e-mail; without one given it is named after the roles."""
    email = email or f"{'-'.join(roles) or 'somebody'}@example.org"
    make = User.objects.create_superuser if superuser else User.objects.create_user
    user = make(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
    for role in roles:
        user.groups.add(Group.objects.get(name=role))
    return user
