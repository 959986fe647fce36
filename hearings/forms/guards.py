"""Quiet guards against machines. None of them drops a comment: they answer, and the text stays in the form."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

SALT = "hearings.comment.started"
FASTEST = dt.timedelta(seconds=3)
HONEYPOT = "homepage"
# Whoever cannot prove work, because the browser runs no scripts or is too slow, is let through after this time.
PATIENCE = dt.timedelta(seconds=60)
LONGEST_PROOF = 20


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


def refusal(data: dict, started: dt.datetime | None, now: dt.datetime) -> str:
    """Why this does not look like a person's form, in words for the person it may be after all; "" if it does.

    ``started`` is what ``started_at`` says of its mark.
    """
    if (data.get(HONEYPOT) or "").strip():
        return _(
            "A field that should stay empty was filled in, perhaps by your browser. We emptied it. Press send again."
        )
    if started is None:
        return _("A part of this form got lost on the way. Please check it and press send again.")
    if now - started < FASTEST:
        return _("That was faster than anyone can read. Please check your comment and press send again.")
    return ""


def works(mark: str, proof: str) -> bool:
    """Whether the browser found a number that gives this form's mark the asked-for zero bits (static/js/work.js)."""
    bits = settings.HEARING_WORK_BITS
    if not proof.isascii() or len(proof) > LONGEST_PROOF:
        return False
    digest = hashlib.sha256(f"{mark}:{proof}".encode()).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - bits) == 0


def patience(data: dict, now: dt.datetime) -> int:
    """Seconds to wait before sending, because no work was shown for a form opened just now; 0 for nearly everybody.

    Asked where HEARING_WORK_BITS says so. No step needs a script: a form that was open for a minute goes through.
    """
    mark = data.get("started", "")
    if not settings.HEARING_WORK_BITS or works(mark, data.get("work", "")):
        return 0
    started = started_at(mark)
    left = PATIENCE - (now - started) if started else PATIENCE
    return max(0, -(-left // dt.timedelta(seconds=1)))
