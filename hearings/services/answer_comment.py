"""The office answers one comment, in public and under its own sign (peers P53)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import Visibility
from hearings.models import Comment, Reply
from hearings.services import talk


def answer_comment(
    *, comment: Comment, actor: User, text: str, idempotency_key: uuid.UUID, now: dt.datetime
) -> Reply:
    """Possible as long as the comment is readable, also after closing: an answer changes no count."""
    require(actor, Action.ANSWER_COMMENT, comment.hearing)
    if earlier := Reply.objects.filter(idempotency_key=idempotency_key, comment=comment).first():
        return earlier
    try:
        return _store(comment.pk, actor, text, idempotency_key, now)
    except IntegrityError:
        return Reply.objects.get(idempotency_key=idempotency_key, comment=comment)


@transaction.atomic
def _store(pk: int, actor: User, text: str, key: uuid.UUID, now: dt.datetime) -> Reply:
    comment = talk.public_comment(pk)
    stored = Reply.objects.create(
        hearing_id=comment.hearing_id, comment=comment, text=talk.required_words(text), is_official=True,
        author=actor, idempotency_key=key, visibility=Visibility.PUBLIC, created_at=now,
    )  # fmt: skip
    talk.recount_replies(comment.pk)
    return stored
