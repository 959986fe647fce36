"""Announce a hearing: freeze its draft, number its notice, publish its page, and let the clock open it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from core.text import clean_text
from core.thaidate import local_day
from hearings.checklist import blocking, boards_of, checklist
from hearings.editor import ANNOUNCED_ROWS, FROZEN_FIELDS
from hearings.enums import NoticeKind, Stage
from hearings.models import Hearing
from hearings.naming import slug_for_announcement
from hearings.notice_days import notice_day
from hearings.notices import next_number, notice_data
from hearings.rules import has_enough_notice
from hearings.services import stages
from hearings.services.drafts import freeze, name_paragraphs
from hearings.services.errors import NotReady
from hearings.services.papers import issue


@transaction.atomic
def announce(
    *, hearing: Hearing, actor: User, now: dt.datetime, reason: str = "", approver: str = ""
) -> Hearing:
    """From here on everyone can read it; its draft and the eight items are frozen (R10).

    ``reason`` and ``approver`` are needed when it is announced with less notice than ข้อ 11 asks for, whatever its
    kind; both are shown to everyone.
    """
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    page = newest(hearing)
    stages.require_stage(page, Stage.DRAFT, Stage.IN_REVIEW)
    if missing := missing_for_announcement(page, now, reason, approver):
        raise NotReady(missing)
    page.notice_published_at = page.notice_published_at or local_day(now)
    page.notice_number = page.notice_number or next_number(now)
    page.slug = slug_for_announcement(page)
    # Written past the revision, because from this stage on a revision cannot change these fields any more.
    frozen = {name: getattr(page, name) for name in FROZEN_FIELDS}
    for relation in ANNOUNCED_ROWS:
        getattr(page, relation).commit()
    haste = _short_notice(page, now, reason, approver)
    stages.move(
        page, Stage.ANNOUNCED, actor=actor, now=now, reason=reason, announced_at=now, **frozen, **haste
    )
    name_paragraphs(page)
    publish(page, actor)
    freeze(page, now=now)
    page = stages.fresh(page)
    issue(
        hearing=page, kind=NoticeKind.ANNOUNCEMENT, number=page.notice_number, dated=page.notice_published_at or local_day(now),
        data=notice_data(page, now), actor=actor, now=now,
    )  # fmt: skip
    return page


def newest(hearing: Hearing) -> Hearing:
    """The hearing with everything editors have saved so far, also what is not published yet."""
    return stages.fresh(hearing).get_latest_revision_as_object()


def publish(page: Hearing, actor: User) -> None:
    """Publish as a service: who may do so was asked by the table of casework, not by Wagtail's page permissions."""
    page.save_revision(user=actor, clean=False).publish(user=actor, skip_permission_checks=True)


def missing_for_announcement(
    page: Hearing, now: dt.datetime, reason: str = "", approver: str = ""
) -> list[str]:
    """What stands in the way, in words an officer can act on (R1, R4, R5, R7, requirement A174)."""
    checks = checklist(page, now, reason=reason, approver=approver)
    return [str(check.sentence) for check in blocking(checks)]


def _short_notice(page: Hearing, now: dt.datetime, reason: str, approver: str) -> dict[str, str]:
    """Kept for everyone to read where the days of ข้อ 11 are not there, whatever the kind of hearing."""
    enough = page.opens_on and has_enough_notice(notice_day(page, now, boards_of(page)), page.opens_on)
    if enough or not reason.strip():
        return {}
    return {"short_notice_reason": clean_text(reason), "short_notice_approver": clean_text(approver)}
