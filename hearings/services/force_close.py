"""Close a hearing before its time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from core.thaidate import format_day, format_time
from hearings.enums import STILL_ASKS, NoticeKind
from hearings.models import Hearing
from hearings.services import stages
from hearings.services.errors import WrongStage
from hearings.services.papers import issue_about_step
from hearings.services.reasons import require_reason


@transaction.atomic
def force_close(*, hearing: Hearing, actor: User, now: dt.datetime, reason: str) -> Hearing:
    """The published dates stay as they were announced (peers P2); the page says when and why it ended early."""
    require(actor, Action.CANCEL_HEARING, hearing)
    require_reason(reason)
    page = stages.fresh(hearing)
    if page.state(now) not in STILL_ASKS:
        raise WrongStage(page.state(now).label)
    stages.write(page, force_closed_at=now, force_closed_reason=reason.strip())
    stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=reason)
    issue_about_step(
        hearing=page, kind=NoticeKind.EARLY_CLOSING, actor=actor, now=now, reason=reason,
        heading="ปิดการรับฟังความคิดเห็นก่อนกำหนด",
        text=f"ให้ปิดการรับฟังความคิดเห็น วัน{format_day(now, 'full', 'th')} เวลา {format_time(now, 'th')}",
    )  # fmt: skip
    stages.tell_readers(page, now)
    return page
