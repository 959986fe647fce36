"""Correct something that was already announced: never silently (R10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextField
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from core.thaidate import local_day
from hearings.editor import DISCLOSED_FIELDS, DISCLOSED_ROWS
from hearings.enums import STILL_ASKS, HearingState, NoticeKind
from hearings.models import Amendment, Hearing, HearingContact, HearingMethod, Meeting
from hearings.models.notices import disclosed_label
from hearings.rules import has_enough_notice, min_notice_days
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
    """New words for one field. The old ones stay beside them, with the day and the reason.

    A material change opens R1 again, whatever the kind: where fewer days are left than a notice needs, somebody must
    approve the haste, and is named to everyone; or the time is extended first.
    """
    page = _opened(hearing, actor, now, reason)
    before, after = _changed(page, field, after)
    approved_by = _check_days(page, now, is_material, approver)
    stages.write(page, **{field: after})
    publish(page, actor)
    return record(
        page=page, actor=actor, now=now, field=field, before=before, after=after, reason=reason,
        is_material=is_material, approved_by=approved_by,
    )  # fmt: skip


@transaction.atomic
def amend_rows(
    *,
    hearing: Hearing,
    actor: User,
    now: dt.datetime,
    relation: str,
    rows: Sequence[Mapping[str, str]],
    reason: str,
    is_material: bool,
    approver: str = "",
) -> Amendment:
    """All ways of hearing people, or all contacts, as they are from now on (``rows``: fields of each)."""
    page = _opened(hearing, actor, now, reason)
    if relation not in DISCLOSED_ROWS:
        raise ValidationError({"field": _("Choose what is corrected.")}, code="field")
    manager = getattr(page, relation)
    before = _lines(manager.all())
    made = [manager.model(sort_order=order, **row) for order, row in enumerate(rows)]
    if not made:
        raise ValidationError(_("At least one must stay."), code="required")
    for row in made:
        row.clean_fields(exclude={"hearing", "sort_order"})
    after = _lines(made)
    if before == after:
        raise ValidationError(_("These are the words that stand there already."), code="same")
    approved_by = _check_days(page, now, is_material, approver)
    setattr(page, relation, made)
    getattr(page, relation).commit()
    publish(page, actor)
    return record(
        page=page, actor=actor, now=now, field=relation, before=before, after=after, reason=reason,
        is_material=is_material, approved_by=approved_by,
    )  # fmt: skip


def _opened(hearing: Hearing, actor: User, now: dt.datetime, reason: str) -> Hearing:
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    require_reason(reason)
    page = newest(hearing)
    if page.state(now) not in STILL_ASKS:
        raise WrongStage(page.state(now).label)
    return page


def _check_days(page: Hearing, now: dt.datetime, is_material: bool, approver: str) -> str:
    """Who approved the haste, "" where the days are enough. It belongs to this correction: the reason and the approver
    of the announcement stay as they were told."""
    until = _until(page, now)
    if not is_material or not until or has_enough_notice(local_day(now), until):
        return ""
    if not approver.strip():
        raise NotReady([_short_sentence()])
    return clean_text(approver)


def record(
    *,
    page: Hearing,
    actor: User,
    now: dt.datetime,
    field: str,
    before: str,
    after: str,
    reason: str,
    is_material: bool,
    meeting: Meeting | None = None,
    approved_by: str = "",
) -> Amendment:
    """The numbered paper, the log and the old words beside the new ones. Whoever calls has asked and has written."""
    stages.log(page, page.stage, page.stage, actor=actor, now=now, reason=reason)
    with translation.override("th"):
        what = disclosed_label(field)
    haste = (
        {"approver": approved_by, "short_notice": f"{reason.strip()} ผู้อนุมัติ {approved_by}"}
        if approved_by
        else {}
    )
    notice = issue_about_step(
        hearing=page, kind=NoticeKind.AMENDMENT, actor=actor, now=now, reason=reason,
        heading="แก้ไขประกาศการรับฟังความคิดเห็น",
        text=f"ให้แก้ไข{what}\nข้อความเดิม: {before or '-'}\nแก้ไขเป็น: {after}", **haste,
    )  # fmt: skip
    return Amendment.objects.create(
        hearing_id=page.pk, field=field, before=before, after=after, reason=clean_text(reason),
        is_material=is_material, at=now, by=actor, notice=notice, meeting=meeting,
    )  # fmt: skip


def _lines(rows: Iterable[HearingContact | HearingMethod]) -> str:
    """One line a row, in Thai: the paper is."""
    with translation.override("th"):
        return "\n".join(row.in_words() for row in rows)


def _until(hearing: Hearing, now: dt.datetime) -> dt.date | None:
    """R1 is counted anew from the day of the correction: up to the opening, or, once it is open, up to the last day,
    so that people have as long with the changed matter as the clause gives them with the first."""
    return hearing.opens_on if hearing.state(now) == HearingState.ANNOUNCED else hearing.closes_on


def _short_sentence() -> str:
    return _(
        "A change of the matter needs %(days)s days before people are asked or the time is over (clause 11). "
        "Extend the time first, or name who approved the haste."
    ) % {"days": min_notice_days()}


def _changed(page: Hearing, field: str, after: str) -> tuple[str, str]:
    if field not in DISCLOSED_FIELDS:
        raise ValidationError({"field": _("Choose what is corrected.")}, code="field")
    column = Hearing._meta.get_field(field)
    before, after = getattr(page, field), clean_text(after)
    if not isinstance(column, TextField):
        after = " ".join(after.split())
    longest = column.max_length
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
