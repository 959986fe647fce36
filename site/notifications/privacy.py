"""Personal data of notifications: e-mail addresses of followers and of letters (PDPA sections 23, 30, 33, 37).

A follower stays until the person stops or the thing followed is over (services.follows.forget). A request nobody
confirmed goes after a week. A letter loses its text when it is sent and its address after a month.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from notifications.models import Follow, OutboxMessage
from notifications.querysets import OutboxQuerySet


def export_person(user: Any) -> dict:
    return {
        "follows": [
            {
                "kind": follow.kind,
                "key": follow.key,
                "asked": follow.created_at.isoformat(),
                "confirmed": follow.confirmed_at.isoformat() if follow.confirmed_at else None,
            }
            for follow in Follow.objects.of_person(user.email).order_by("pk")
        ],
        "letters": [
            {
                "subject": letter.subject,
                "written": letter.created_at.isoformat(),
                "sent": letter.sent_at.isoformat() if letter.sent_at else None,
            }
            for letter in OutboxMessage.objects.of_person(user.email).order_by("pk")
        ],
    }


def erase_person(user: Any) -> None:
    """Stop every letter to this person and forget the address; a letter not sent yet is not sent."""
    Follow.objects.of_person(user.email).delete()
    _empty(OutboxMessage.objects.of_person(user.email))


def purge(now: dt.datetime, *, dry_run: bool = False) -> dict[str, int]:
    follows, letters = Follow.objects.forgotten(now), OutboxMessage.objects.kept_too_long(now)
    if dry_run:
        return {"follows": follows.count(), "letters": letters.count()}
    return {"follows": follows.delete()[0], "letters": _empty(letters)}


def _empty(letters: OutboxQuerySet) -> int:
    return letters.update(to="", subject="", body="", headers={}, last_error="", next_try_at=None)
