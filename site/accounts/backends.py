"""One way to check a person: allauth's, which also refuses people whose access has ended (A080)."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class AccountBackend(AuthenticationBackend):
    def user_can_authenticate(self, user: User) -> bool:
        """Also asked on every request, so an open session ends with the access."""
        return user.may_sign_in()
