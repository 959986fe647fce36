"""The demo's accounts have known passwords. Only the demo's own settings may start with them in the database."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

DEMO_EMAIL_DOMAIN = "demo.prachakhom.example"


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured if demo accounts are in the database of a site that is not a demo."""
    if settings.DEMO:
        return
    try:
        found = get_user_model().objects.filter(email__endswith=f"@{DEMO_EMAIL_DOMAIN}").exists()
    except DatabaseError:
        return  # not migrated yet: nobody can sign in
    if found:
        raise ImproperlyConfigured(
            "This database holds the demo's accounts, whose passwords are public. Use a new database, "
            "or delete every user whose e-mail ends in @" + DEMO_EMAIL_DOMAIN
        )
