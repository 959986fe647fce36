"""allauth's own addresses: /accounts/oidc/<provider>/login/ and its way back."""

from allauth.socialaccount.providers.openid_connect.urls import urlpatterns

__all__ = ["urlpatterns"]
