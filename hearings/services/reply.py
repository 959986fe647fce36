"""Reply to a comment, or to a reply to it; and take the reply back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hearings import receipts
from hearings.enums import ModerationMode, Visibility
from hearings.models import Comment, Reply
from hearings.services import records, talk
from hearings.services.edit_codes import verify_reply_code
from hearings.services.errors import AlreadyWithdrawn
from hearings.services.report import settle_unseen
from hearings.services.taking_part import require_may_comment


@dataclass(frozen=True)
class ReplyReceipt:
    reply: Reply
    edit_code: str
    created: bool  # False: this form had been sent before


def reply(
    *,
    comment: Comment,
    text: str,
    idempotency_key: uuid.UUID,
    now: dt.datetime,
    parent: Reply | None = None,
    sector: str = "",
    name: str = "",
    under_20: bool = False,
    author: User | None = None,
) -> ReplyReceipt:
    """Store a reply while the hearing is open, exactly once for each form.

    Who is under 20 appears without a name, and a name nobody will see is not kept (as with comments).
    """
    name = "" if under_20 else name
    if earlier := sent_before(comment, idempotency_key):
        return earlier
    try:
        stored = _store(comment.pk, parent, text, sector, name, idempotency_key, now, author)
    except IntegrityError:
        if earlier := sent_before(comment, idempotency_key):
            return earlier
        raise
    return ReplyReceipt(stored, receipts.make_edit_code(idempotency_key), created=True)


def sent_before(comment: Comment, key: uuid.UUID) -> ReplyReceipt | None:
    """What this form stored when it was first sent; the comment may have been changed since (talk.hand_over_replies)."""
    found = Reply.objects.filter(idempotency_key=key).select_related("comment__hearing").first()
    if found is None:
        return None
    went_over = comment.superseded_at is not None and found.hearing_id == comment.hearing_id
    if found.comment_id != comment.pk and not went_over:
        raise ValidationError(
            _("This form was already used for another comment. Open the form again."), code="used_key"
        )
    return ReplyReceipt(found, receipts.make_edit_code(key), created=False)


@transaction.atomic
def _store(
    comment_id: int,
    parent: Reply | None,
    text: str,
    sector: str,
    name: str,
    key: uuid.UUID,
    now: dt.datetime,
    author: User | None,
) -> Reply:
    comment = talk.public_comment(comment_id)
    records.require_open(comment.hearing, now)
    require_may_comment(comment.hearing, author, [comment.block])
    _require_parent(comment, parent)
    reads_first = comment.hearing.moderation_mode == ModerationMode.PRE
    stored = Reply(
        hearing_id=comment.hearing_id,
        comment=comment,
        parent=parent,
        text=talk.required_words(text),
        sector=sector,
        name=talk.checked_words(name, "name", limit=120),
        author=author,
        idempotency_key=key,
        edit_code_hash=receipts.hash_edit_code(str(key), receipts.make_edit_code(key)),
        visibility=Visibility.PENDING if reads_first else Visibility.PUBLIC,
        created_at=now,
    )
    unchecked = {field.name for field in Reply._meta.get_fields()} - {"text", "sector", "name"}
    stored.clean_fields(exclude=unchecked)
    stored.save(force_insert=True)
    talk.recount_replies(comment.pk)
    return stored


def _require_parent(comment: Comment, parent: Reply | None) -> None:
    """Two deep: a reply to a comment, a reply to that. Deeper talk goes below the same reply."""
    if parent is None:
        return
    if not Reply.objects.public().filter(pk=parent.pk, comment=comment).exists():
        raise ValidationError(_("The reply you answer is no longer published."), code="not_public")
    if parent.parent_id is not None:
        raise ValidationError(_("Answer the reply above it: talks here go two steps deep."), code="too_deep")


def withdraw_reply(*, reply: Reply, edit_code: str, now: dt.datetime) -> Reply:
    """It is no longer shown; replies to it stay, and in its place stands that its author took it back."""
    verify_reply_code(reply, edit_code, now)
    return _withdraw(reply.pk, now)


@transaction.atomic
def _withdraw(pk: int, now: dt.datetime) -> Reply:
    stored = talk.locked_reply(pk)
    if stored.withdrawn_at:
        raise AlreadyWithdrawn
    records.require_open(stored.hearing, now)
    stored.withdrawn_at = now
    stored.save(update_fields=["withdrawn_at"])
    settle_unseen(stored.reports.all(), now=now)
    talk.recount_replies(stored.comment_id)
    return stored
