"""Staff need a second factor before they reach the admin or the desk."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import is_staff_member

# Where personal data is seen and pages are published.
STAFF_PATHS = (*settings.ADMIN_PATHS, "/desk/", "/en/desk/")


class StaffSecondFactorMiddleware:
    """Leads staff without an authenticator to the page that sets one up, which then says why.

    Only with settings.STAFF_SECOND_FACTOR_REQUIRED; the demo and tests do without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR_REQUIRED and request.path.startswith(STAFF_PATHS):
            if is_staff_member(request.user) and not is_mfa_enabled(request.user):
                request.session["second_factor_needed"] = True
                return redirect("mfa_activate_totp")
            request.session.pop("second_factor_needed", None)
        return self.get_response(request)
