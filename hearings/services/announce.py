"""Announce a hearing: freeze its draft, publish its page, and let the clock open it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Action, require
from core.thaidate import local_day
from hearings.enums import Stage
from hearings.models import Hearing
from hearings.rules import Verdict, min_notice_days, notice_verdict
from hearings.services import stages
from hearings.services.drafts import freeze, name_paragraphs
from hearings.services.errors import NotReady


@transaction.atomic
def announce(*, hearing: Hearing, actor: User, now: dt.datetime, reason: str = "") -> Hearing:
    """From here on everyone can read it and its draft text is frozen (R10).

    ``reason`` is needed when a project is announced with less notice than ข้อ 11 asks for; it is kept in the log.
    """
    require(actor, Action.ANNOUNCE_HEARING, hearing)
    page = newest(hearing)
    stages.require_stage(page, Stage.DRAFT, Stage.IN_REVIEW)
    if missing := missing_for_announcement(page, now, reason):
        raise NotReady(missing)
    page.notice_published_at = page.notice_published_at or local_day(now)
    stages.move(page, Stage.ANNOUNCED, actor=actor, now=now, reason=reason, announced_at=now)
    name_paragraphs(page)
    publish(page, actor)
    freeze(page, now=now)
    return stages.fresh(page)


def newest(hearing: Hearing) -> Hearing:
    """The hearing with everything editors have saved so far, also what is not published yet."""
    return stages.fresh(hearing).get_latest_revision_as_object()


def publish(page: Hearing, actor: User) -> None:
    """Publish as a service: who may do so was asked by the table of casework, not by Wagtail's page permissions."""
    page.save_revision(user=actor, clean=False).publish(user=actor, skip_permission_checks=True)


def missing_for_announcement(page: Hearing, now: dt.datetime, reason: str = "") -> list[str]:
    """What stands in the way, in words an officer can act on (R1, R5, requirement A174)."""
    checks = [
        (not page.code, _("Give the hearing a code.")),
        (not page.title.strip(), _("Write a title.")),
        (not page.summary.strip(), _("Write a summary in two or three plain sentences.")),
        (not page.draft, _("Put at least one section into the draft.")),
        (not page.opens_at, _("Say when it opens.")),
        (not page.closes_at, _("Say when it closes.")),
        (not page.contacts.all(), _("Name at least one contact person.")),
    ]
    missing = [sentence for is_missing, sentence in checks if is_missing]
    return missing + _time_problems(page, now, reason)


def _time_problems(page: Hearing, now: dt.datetime, reason: str) -> list[str]:
    if not page.opens_at or not page.closes_at:
        return []
    problems = []
    if page.closes_at <= page.opens_at:
        problems.append(_("It must close after it opens."))
    elif page.closes_at <= now:
        problems.append(_("The closing time is already over."))
    posted = page.notice_published_at or local_day(now)
    verdict = notice_verdict(posted, local_day(page.opens_at), page.kind)
    if verdict == Verdict.BLOCK and not reason.strip():
        problems.append(
            _("A project must be announced at least %(days)s days before it opens (clause 11). "
              "Move the opening, or give the reason for the haste.") % {"days": min_notice_days()}
        )  # fmt: skip
    return problems
