"""Put a comment on top of the list, for everyone to read first, and take it down again (peers P52)."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Action, require
from core.nearby import forget
from hearings.models import Comment
from hearings.services import talk

MOST_PINNED = 3


@transaction.atomic
def pin(*, comment: Comment, actor: User, now: dt.datetime) -> Comment:
    """At most three: a list where everything is on top has no top."""
    require(actor, Action.PIN_COMMENT, comment.hearing)
    stored = talk.public_comment(comment.pk)
    if stored.pinned_at is None:
        if Comment.objects.pinned(stored.hearing).count() >= MOST_PINNED:
            raise ValidationError(
                _("%(number)s comments are pinned already. Take one down first."),
                code="too_many",
                params={"number": MOST_PINNED},
            )
        stored.pinned_at = now
        stored.save(update_fields=["pinned_at"])
        key = pinned_key(stored.hearing_id)
        forget(key)
        transaction.on_commit(partial(forget, key))  # what another thread read meanwhile
    return stored


def pinned_key(hearing_id: int) -> str:
    """Under which a process remembers whether a hearing has anything pinned."""
    return f"hearings:has-pinned:{hearing_id}"


@transaction.atomic
def unpin(*, comment: Comment, actor: User) -> Comment:
    require(actor, Action.PIN_COMMENT, comment.hearing)
    stored = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    stored.pinned_at = None
    stored.save(update_fields=["pinned_at"])
    return stored
