"""Stand behind a comment, once, and step back again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from hearings.models import Comment, Support
from hearings.person import Person
from hearings.services import records, talk
from hearings.services.taking_part import require_may_support


@transaction.atomic
def support(*, comment: Comment, person: Person, now: dt.datetime, user: User | None = None) -> Comment:
    """Pressing twice counts once: the unique constraint decides, also between two presses at the same moment."""
    stored = _open(comment, now)
    require_may_support(stored.hearing, user)
    if not _of(stored, person).exists():
        row = Support(comment=stored, person=person.mark(stored.pk), created_at=now)
        Support.objects.bulk_create([row], ignore_conflicts=True)
    return _recount(stored)


@transaction.atomic
def take_back_support(*, comment: Comment, person: Person, now: dt.datetime) -> Comment:
    """Nothing of it stays behind."""
    stored = _open(comment, now)
    _of(stored, person).delete()
    return _recount(stored)


def supported_by(person: Person | None, comment_ids: list[int]) -> set[int]:
    """Which of these comments the person stands behind. One query; none for a browser we never met."""
    if person is None or not comment_ids:
        return set()
    marks = [mark for pk in comment_ids for mark in person.marks(pk)]
    found = Support.objects.filter(comment__in=comment_ids, person__in=marks)
    return set(found.values_list("comment_id", flat=True))


def _open(comment: Comment, now: dt.datetime) -> Comment:
    stored = talk.public_comment(comment.pk)
    records.require_open(stored.hearing, now)
    return stored


def _of(comment: Comment, person: Person) -> QuerySet[Support]:
    return Support.objects.filter(comment=comment, person__in=person.marks(comment.pk))


def _recount(comment: Comment) -> Comment:
    """Counted from the rows under the comment's lock, never added up: it cannot drift."""
    comment.supports_counted = comment.supports.count()
    comment.save(update_fields=["supports_counted"])
    return comment
