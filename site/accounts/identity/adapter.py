"""What a provider of identities may do here: confirm who an account belongs to, nothing else."""

from __future__ import annotations

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.identity.token import BadTokenError

logger = logging.getLogger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Nobody gets an account or is signed in this way: e-mail and password stay the one door (docs/accounts.md)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not request.user.is_authenticated or sociallogin.state.get("process") != AuthProcess.CONNECT:
            refuse(request, _("Sign in first, then confirm who you are."))
        if sociallogin.is_existing and sociallogin.user != request.user:
            refuse(
                request,
                _("This identity already stands behind another account. Sign in there, or ask the office."),
            )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict | None = None,
    ) -> None:
        if error == AuthError.CANCELLED:
            refuse(request, _("You stopped before it was confirmed. Nothing was changed."))
        # Answers of providers hold people: of what is not our own sentence only the kind is logged.
        why = exception if isinstance(exception, BadTokenError) else type(exception).__name__
        logger.warning("an identity was not confirmed: %s", why)
        refuse(request, _("It could not be confirmed. Please try again; if it fails again, tell the office."))


def refuse(request: HttpRequest, sentence: str) -> NoReturn:
    """Back to the page where it began, with the reason."""
    messages.error(request, sentence)
    raise ImmediateHttpResponse(HttpResponseRedirect(reverse("accounts:identity")))
