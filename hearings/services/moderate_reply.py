"""Decide whether a reply is shown. A layer: its words stay as they were sent."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import Decision
from hearings.models import Reply
from hearings.services import talk
from hearings.services.errors import AlreadyWithdrawn
from hearings.services.moderate import VISIBILITY_AFTER, check_decision


@transaction.atomic
def moderate_reply(*, reply: Reply, actor: User, decision: str, reason_code: str, now: dt.datetime) -> Reply:
    """The same reasons as for a comment; to disagree is none of them. Who, when and why stay on the reply."""
    stored = talk.locked_reply(reply.pk)
    require(actor, Action.MODERATE_COMMENT, stored.hearing)
    if stored.withdrawn_at:
        raise AlreadyWithdrawn
    check_decision(decision, reason_code)
    stored.visibility = VISIBILITY_AFTER[Decision(decision)]
    stored.reason_code, stored.moderated_by, stored.moderated_at = reason_code, actor, now
    stored.save(update_fields=["visibility", "reason_code", "moderated_by", "moderated_at"])
    talk.recount_replies(stored.comment_id)
    return stored
