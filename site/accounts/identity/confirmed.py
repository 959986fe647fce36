"""Whether somebody confirmed who they are, and with whom one can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

if TYPE_CHECKING:
    from accounts.models import User


def is_identity_confirmed(user: User) -> bool:
    """One query; none where this site knows no provider of identities."""
    providers = settings.IDENTITY_PROVIDERS
    return bool(providers) and SocialAccount.objects.filter(user=user, provider__in=providers).exists()
