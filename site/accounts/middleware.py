"""Staff need a second factor before they reach the admin or the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import is_staff_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Where personal data is seen and pages are published.
STAFF_PATHS = (*settings.ADMIN_PATHS, "/desk/", "/en/desk/")


class StaffSecondFactorMiddleware:
    """Leads staff without an authenticator to the page that sets one up, which then says why.

    Only with settings.STAFF_SECOND_FACTOR_REQUIRED; the demo and tests do without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # path_info is what the views are found by; ``path`` begins with SCRIPT_NAME, which a sender may add.
        if settings.STAFF_SECOND_FACTOR_REQUIRED and request.path_info.startswith(STAFF_PATHS):
            if reaches_the_admin(request.user) and not is_mfa_enabled(request.user):
                request.session["second_factor_needed"] = True
                return redirect("mfa_activate_totp")
            request.session.pop("second_factor_needed", None)
        return self.get_response(request)


def reaches_the_admin(user: User | AnonymousUser) -> bool:
    """Staff by role, and everyone whom Django or Wagtail would let in for another reason."""
    return (
        is_staff_member(user)
        or (user.is_authenticated and user.is_staff)
        or user.has_perm("wagtailadmin.access_admin")
    )
