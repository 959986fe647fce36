"""Personal data of notifications: e-mail addresses of followers and of letters (PDPA sections 23, 30, 33, 37).

A follower stays until the person stops or the thing followed is deleted. A request nobody confirmed goes after a week.
A letter loses its text when it is sent and its address after a month.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from notifications.models import Follow, OutboxMessage
from notifications.querysets import FollowQuerySet, OutboxQuerySet
from notifications.sources import sources


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
    follows, letters = _follows_to_forget(now), OutboxMessage.objects.kept_too_long(now)
    if dry_run:
        return {"follows": follows.count(), "letters": letters.count()}
    return {"follows": follows.delete()[0], "letters": _empty(letters)}


def _follows_to_forget(now: dt.datetime) -> FollowQuerySet:
    """Wishes nobody confirmed, and those for something that was deleted: no letter would ever come of them."""
    gone = Q(pk__in=())
    for source in sources():
        if source.existing is not None:
            of_kind = Follow.objects.filter(kind=source.kind)
            keys = set(of_kind.values_list("key", flat=True).distinct())
            gone |= Q(kind=source.kind, key__in=keys - {str(key) for key in source.existing(keys)})
    return Follow.objects.forgotten(now) | Follow.objects.filter(gone)


def _empty(letters: OutboxQuerySet) -> int:
    return letters.update(to="", subject="", body="", headers={}, last_error="", next_try_at=None)
