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
from django.http import HttpRequest

from accounts.identity.exchange import IdentityExchange, nonce_of


class IdentityProvider(OpenIDConnectProvider):
    oauth2_adapter_class = IdentityExchange

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
        """How sure the provider is stands in a scope of its own where it is no ``acr``."""
        claim = settings.IDENTITY_LEVEL_CLAIM
        return ["openid", claim] if settings.IDENTITY_LEVELS and claim != "acr" else ["openid"]

    # What is asked is decided here: allauth would let the address of the button add to it.
    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        if settings.IDENTITY_LEVELS and settings.IDENTITY_LEVEL_CLAIM == "acr":
            return {"acr_values": " ".join(settings.IDENTITY_LEVELS)}
        return {}

    def get_pkce_params(self) -> dict[str, str]:
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}


provider_classes = [IdentityProvider]
