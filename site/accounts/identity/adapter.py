"""What a provider of identities may do here: confirm who an account belongs to, nothing else."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Nobody gets an account this way: e-mail and password stay the one door (docs/accounts.md)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
