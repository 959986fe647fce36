"""Give more time (R9: a sector has not been heard yet)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from hearings.enums import STILL_ASKS, NoticeKind
from hearings.models import Hearing
from hearings.notices import period
from hearings.rules import most_open_days
from hearings.services import stages
from hearings.services.announce import newest, publish
from hearings.services.errors import NotReady, WrongStage
from hearings.services.papers import issue_about_step
from hearings.services.reasons import require_reason


@transaction.atomic
def extend(
    *, hearing: Hearing, actor: User, closes_at: dt.datetime, now: dt.datetime, reason: str
) -> Hearing:
    """Move the closing time later, never earlier, and before it has passed: nobody can be told it closed twice."""
    require(actor, Action.EXTEND_HEARING, hearing)
    require_reason(reason)
    page = newest(hearing)
    if page.state(now) not in STILL_ASKS:
        raise WrongStage(page.state(now).label)
    if page.closes_at and closes_at <= page.closes_at:
        raise NotReady([_("The new closing time must be later than the announced one.")])
    if page.opens_at and (closes_at - page.opens_at).days > most_open_days():
        sentence = _("That is more than %(days)s days. Check the year.")
        raise NotReady([sentence % {"days": most_open_days()}])
    announced_day = page.closes_on
    stages.write(page, closes_at=closes_at)
    publish(page, actor)
    stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=reason)
    issue_about_step(
        hearing=page, kind=NoticeKind.EXTENSION, actor=actor, now=now, reason=reason,
        heading="ขยายเวลาการรับฟังความคิดเห็น",
        text=f"ให้ขยายเวลาการรับฟังความคิดเห็นออกไป เป็น{period(page)}",
        extended_from=announced_day.isoformat() if announced_day else "",
    )  # fmt: skip
    return stages.fresh(page)
