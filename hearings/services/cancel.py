"""Call a hearing off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import NoticeKind, Stage
from hearings.models import Hearing
from hearings.services import stages
from hearings.services.papers import issue_about_step
from hearings.services.reasons import require_reason


@transaction.atomic
def cancel(*, hearing: Hearing, actor: User, now: dt.datetime, reason: str) -> Hearing:
    """Once announced it stays readable with the reason; what was sent stays on record."""
    require(actor, Action.CANCEL_HEARING, hearing)
    require_reason(reason)
    page = stages.fresh(hearing)
    stages.move(page, Stage.CANCELLED, actor=actor, now=now, reason=reason)
    issue_about_step(
        hearing=page, kind=NoticeKind.CANCELLATION, actor=actor, now=now, reason=reason,
        heading="ยกเลิกการรับฟังความคิดเห็น", text="ให้ยกเลิกการรับฟังความคิดเห็นเรื่องนี้",
    )  # fmt: skip
    stages.tell_readers(page, now)
    return page
