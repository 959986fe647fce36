"""The talk with the provider: where it is, what was asked, and whether its answer may be believed."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from requests import RequestException

from accounts.identity.adapter import refuse
from accounts.identity.token import BadTokenError, read_token

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def nonce_of(code_verifier: str) -> str:
    """The question's own number: from what only this session and its answer know, so nothing more is kept."""
    return hashlib.sha256(f"nonce:{code_verifier}".encode()).hexdigest()


class IdentityExchange(OpenIDConnectOAuth2Adapter):
    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        try:
            config = super().openid_config
            if not isinstance(config, dict) or any(not isinstance(config.get(name), str) for name in NEEDED):
                raise ValueError("incomplete")
        except (RequestException, ValueError, AttributeError, TypeError):
            refuse(
                self.request,
                _("The service that confirms identities does not answer. Please try again later."),
            )
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """One address in both languages: the provider knows it by heart."""
        with override(settings.LANGUAGE_CODE):
            return super().get_callback_url(request, app)

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        answer = kwargs["response"].get("id_token")
        if not answer:
            raise BadTokenError("the provider sent no token")
        config = self.openid_config
        with get_adapter().get_requests_session() as session:
            found = session.get(config["jwks_uri"])
            found.raise_for_status()
            keys = found.json()
        said = read_token(
            str(answer),
            keys=keys if isinstance(keys, dict) else {},
            issuer=config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        levels = settings.IDENTITY_LEVELS
        if levels and str(said.get(settings.IDENTITY_LEVEL_CLAIM, "")) not in levels:
            refuse(
                request,
                _(
                    "This identity is not confirmed surely enough. Confirm it at a district office, then come back."
                ),
            )
        return self.get_provider().sociallogin_from_response(request, {"id_token": said})
