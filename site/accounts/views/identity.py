"""Confirming who one is, for hearings that ask for it. We keep that it was confirmed, nothing of what was told."""

from __future__ import annotations

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity.confirmed import is_identity_confirmed
from accounts.permissions import signed_in


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if request.method == "POST" and request.POST.get("go") == "forget":
        SocialAccount.objects.filter(user=user, provider__in=settings.IDENTITY_PROVIDERS).delete()
        return HttpResponseRedirect(request.path)
    wanted = request.GET.get("next", "")[:2000]
    back = wanted if _is_ours(request, wanted) else reverse("accounts:identity")
    context = {
        "is_confirmed": is_identity_confirmed(user),
        "provider_name": settings.IDENTITY_PROVIDER_NAME,
        "login_url": _login_url(request, back),
        "back": wanted if back == wanted else "",
    }
    return render(request, "accounts/identity.html", context)


def _login_url(request: HttpRequest, back: str) -> str:
    """Where the button leads; "" where the office has no provider."""
    if not settings.IDENTITY_PROVIDER:
        return ""
    provider = get_adapter().get_provider(request, settings.IDENTITY_PROVIDER)
    return provider.get_login_url(request, process="connect", next=back)


def _is_ours(request: HttpRequest, address: str) -> bool:
    fits = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    return fits and address.startswith("/")
