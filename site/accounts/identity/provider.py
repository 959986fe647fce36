"""allauth's OpenID Connect, keeping nothing of what the provider tells but that it knows this person.

A provider of identities sends the citizen number as the person's id, and name, birthday and address beside it. We
need none of them (PDPA 22): the id is stored as a keyed hash, so that one identity cannot stand behind two accounts,
and the rest is dropped before anything is saved.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings


class IdentityProvider(OpenIDConnectProvider):
    def extract_uid(self, data: dict[str, Any]) -> str:
        message = f"identity:{self.app.provider_id}:{super().extract_uid(data)}"
        return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        return []

    def get_default_scope(self) -> list[str]:
        return ["openid"]


provider_classes = [IdentityProvider]
