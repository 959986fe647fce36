"""Quiet guards against machines. None of them drops a comment: they answer, and the text stays in the form."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing
from django.utils.translation import gettext as _

SALT = "hearings.comment.started"
FASTEST = dt.timedelta(seconds=3)
HONEYPOT = "homepage"


def new_key() -> str:
    """One per dossier, so that sending twice stores once."""
    return str(uuid.uuid4())


def parse_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError):
        return None


def new_start(now: dt.datetime) -> str:
    return signing.dumps(now.timestamp(), salt=SALT)


def started_at(text: str) -> dt.datetime | None:
    """When the form was opened; None if the mark is missing or was changed. There is no latest time (people.md, 3)."""
    try:
        return dt.datetime.fromtimestamp(float(signing.loads(text, salt=SALT)), tz=dt.UTC)
    except (signing.BadSignature, TypeError, ValueError, OverflowError, OSError):
        return None


def refusal(data: dict, now: dt.datetime) -> str:
    """Why this does not look like a person's form, in words for the person it may be after all; "" if it does."""
    if (data.get(HONEYPOT) or "").strip():
        return _(
            "A field that should stay empty was filled in, perhaps by your browser. We emptied it. Press send again."
        )
    started = started_at(data.get("started", ""))
    if started is None:
        return _("A part of this form got lost on the way. Please check it and press send again.")
    if now - started < FASTEST:
        return _("That was faster than anyone can read. Please check your comment and press send again.")
    return ""
