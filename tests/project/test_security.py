"""Headers, policies and doors that hold on the whole site."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

PUBLIC = [
    "/",
    "/en/",
    "/hearings/",
    "/knowledge/",
    "/news/",
    "/strategy/",
    "/search/",
    "/faq/",
    "/contact/",
    "/accounts/login/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PUBLIC, "/no-such-page/"])
def test_public_pages_carry_the_strict_policy(client, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in (
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ):
        assert directive in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_only_the_admin_gets_the_looser_policy(admin_client) -> None:
    assert "unsafe-inline" in admin_client.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in admin_client.get("/").headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/admin/login/", "/django-admin/login/", "/admin/", "/admin/password_reset/"]
)
def test_no_sign_in_form_but_allauths_is_reachable(client, path: str) -> None:
    for response in (client.get(path), client.post(path, {"username": "a@b.example", "password": "x"})):
        assert response.status_code == 302
        assert response.url.startswith(("/accounts/login/", "/accounts/password/reset/"))


@pytest.mark.django_db
def test_cookies_are_protected_by_default() -> None:
    from config.settings import base

    assert base.SESSION_COOKIE_SECURE and base.CSRF_COOKIE_SECURE and base.SESSION_COOKIE_HTTPONLY
    assert base.DEBUG is False and base.DEMO is False
    assert base.STAFF_SECOND_FACTOR_REQUIRED is True


@pytest.mark.django_db
def test_documents_are_served_as_attachments(admin_client) -> None:
    from django.core.files.base import ContentFile

    from core.models import CustomDocument

    document = CustomDocument.objects.create(title="แผน", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    response = admin_client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_form_that_was_open_too_long_keeps_its_text_in_the_browser(db) -> None:
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/contact/", {"message": "x"})
    assert response.status_code == 403
    assert "lang=" in response.content.decode()
    assert settings.CSRF_FAILURE_VIEW == "core.views.errors.csrf_failure"
