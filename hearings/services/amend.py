"""Correct something that was already announced: never silently (R10)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from core.thaidate import local_day
from hearings.editor import DISCLOSED_FIELDS
from hearings.enums import HearingState, NoticeKind
from hearings.models import Amendment, Hearing
from hearings.rules import Verdict, min_notice_days, notice_verdict
from hearings.services import stages
from hearings.services.announce import newest, publish
from hearings.services.errors import NotReady, WrongStage
from hearings.services.papers import issue_about_step
from hearings.services.reasons import require_reason


@transaction.atomic
def amend(
    *,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    field: str,
    after: str,
    reason: str,
    is_material: bool,
    approver: str = "",
) -> Amendment:
    """The old words stay beside the new ones, with the day and the reason.

    A material change opens R1 again (``material_verdict``): where a project would be blocked, somebody must approve
    the haste, and is named to everyone; or the time is extended first.
    """
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    require_reason(reason)
    page = newest(hearing)
    if page.state(now) not in (HearingState.ANNOUNCED, HearingState.OPEN):
        raise WrongStage(page.state(now).label)
    before, after = _changed(page, field, after)
    if is_material and material_verdict(page, now) == Verdict.BLOCK:
        if not approver.strip():
            raise NotReady([_short_sentence()])
        stages.write(page, short_notice_reason=clean_text(reason), short_notice_approver=clean_text(approver))
    stages.write(page, **{field: after})
    publish(page, actor)
    amendment = Amendment.objects.create(
        hearing_id=page.pk, field=field, before=before, after=after, reason=clean_text(reason),
        is_material=is_material, at=now, by=actor,
    )  # fmt: skip
    stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=reason)
    issue_about_step(
        hearing=page, kind=NoticeKind.AMENDMENT, actor=actor, now=now, reason=reason,
        heading="แก้ไขประกาศการรับฟังความคิดเห็น", text=f"ข้อความเดิม: {before or '-'}\nแก้ไขเป็น: {after or '-'}",
    )  # fmt: skip
    return amendment


def material_verdict(hearing: Hearing, now: dt.datetime) -> Verdict:
    """R1 counted anew from the day of the correction: up to the opening, or, once it is open, up to the last day, so
    that people have as long with the changed matter as the clause gives them with the first."""
    until = hearing.opens_on if hearing.state(now) == HearingState.ANNOUNCED else hearing.closes_on
    return notice_verdict(local_day(now), until, hearing.kind) if until else Verdict.OK


def _short_sentence() -> str:
    return _(
        "A change of the matter needs %(days)s days before people are asked or the time is over (clause 11). "
        "Extend the time first, or name who approved the haste."
    ) % {"days": min_notice_days()}


def _changed(page: Hearing, field: str, after: str) -> tuple[str, str]:
    if field not in DISCLOSED_FIELDS:
        raise ValidationError({"field": _("Choose what is corrected.")}, code="field")
    before, after = getattr(page, field), clean_text(after)
    longest = Hearing._meta.get_field(field).max_length
    if longest and len(after) > longest:
        raise ValidationError(
            {"after": _("This is too long, the limit is %(limit)d characters.") % {"limit": longest}},
            code="max_length",
        )
    if not after:
        raise ValidationError({"after": _("Write the new words.")}, code="required")
    if before == after:
        raise ValidationError({"after": _("These are the words that stand there already.")}, code="same")
    return before, after
