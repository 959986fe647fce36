"""Who may do what, and which device a session is on, for templates."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from accounts.permissions import Action

register = template.Library()

# The first that fits: most browsers also claim to be Chrome and Safari.
BROWSERS = (
    ("LINE", re.compile(r"\bLine/")),
    ("Facebook", re.compile(r"\bFBA[NV]/")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Edge", re.compile(r"\bEdg[A-Za-z]*/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/")),
    ("Safari", re.compile(r"Safari/")),
)
SYSTEMS = (
    ("Android", re.compile("Android")),
    ("iPhone", re.compile("iPhone")),
    ("iPad", re.compile("iPad")),
    ("Windows", re.compile("Windows")),
    ("Mac", re.compile("Macintosh")),
    ("Linux", re.compile("Linux|X11")),
)


@register.filter
def device(user_agent: str) -> str:
    """``Chrome, Android`` instead of the long line a browser sends."""
    names = [
        next((name for name, pattern in table if pattern.search(user_agent)), "")
        for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in names if name) or _("Unknown device")


@register.simple_tag
def may(user: User, action: str, obj: object | None = None) -> bool:
    """``{% may request.user "moderate_comment" submission as allowed %}``"""
    return permissions.may(user, Action(action), obj)
