"""/accounts/oidc/<provider>/login/ and its way back: allauth's names, our way of asking and believing."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.exchange import IdentityExchange


@never_cache
@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _ask(OAuth2LoginView, request, provider_id)


@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _ask(OAuth2CallbackView, request, provider_id)


def _ask(
    view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        return view.adapter_view(IdentityExchange(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


urlpatterns = [
    path("oidc/<str:provider_id>/login/", login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", callback, name="openid_connect_callback"),
]
