"""The rules of law behind a hearing, each with its clause (mission/hearing-law.md B5).

The numbers are settings: the office's lawyer confirms them (the verbatim clauses could not be read), and a
change of the regulation must not need a developer. Days are calendar days in Bangkok; the first day is not
counted (Civil and Commercial Code section 193/3) and holidays do not move a deadline, which is the stricter way.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import TextChoices

from hearings.enums import HearingKind

# Regulation of the Prime Minister's Office on public hearings B.E. 2548.
LEGAL_BASIS = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการรับฟังความคิดเห็นของประชาชน พ.ศ. 2548"


def min_notice_days() -> int:
    """ข้อ 11: the announcement hangs at least 15 days before the hearing starts (R1)."""
    return settings.HEARING_MIN_NOTICE_DAYS


def min_open_days() -> int:
    """Ours, after the 15 days that hearings on draft laws are open (R2)."""
    return settings.HEARING_MIN_OPEN_DAYS


def most_open_days() -> int:
    """Ours: more is a year typed wrongly, and a closing once announced is never moved back."""
    return settings.HEARING_MOST_OPEN_DAYS


def result_deadline_days() -> int:
    """ข้อ 12: the result is announced within 15 days from the end of the hearing (R3)."""
    return settings.HEARING_RESULT_DEADLINE_DAYS


def closing_soon_days() -> int:
    """Ours, not the law's: from here on the lists say that a hearing closes soon."""
    return settings.HEARING_CLOSING_SOON_DAYS


def retention_days() -> int:
    """Names and addresses are erased two years after the result is published (standards.md D5)."""
    return settings.HEARING_RETENTION_DAYS


def saved_form_days() -> int:
    """Ours: a half-written form nobody came back for, and files that were never sent, are deleted."""
    return settings.HEARING_SAVED_FORM_DAYS


def paper_check_every() -> int:
    """Ours: of how many typed sheets one is typed a second time by somebody else; 1 is every sheet, 0 none."""
    return settings.HEARING_PAPER_CHECK_EVERY


class Verdict(TextChoices):
    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


def notice_verdict(notice_on: dt.date, opens_on: dt.date, kind: str) -> Verdict:
    """R1 as the table of the law has it. Exactly 15 days is a warning: the reading by clear days wants one more.

    The regulation speaks of projects, so here a shorter notice is a warning for plans and other matters. The checklist
    is stricter: it blocks whatever the kind, until the reason and who approved it are given, for everyone to read.
    """
    if opens_on >= safe_opening(notice_on):
        return Verdict.OK
    if has_enough_notice(notice_on, opens_on) or kind != HearingKind.PROJECT:
        return Verdict.WARN
    return Verdict.BLOCK


def has_enough_notice(notice_on: dt.date, until: dt.date) -> bool:
    """R1: the days of ข้อ 11 lie between. With fewer, everyone reads the reason and who approved it."""
    return (until - notice_on).days >= min_notice_days()


def counted_from(notice_on: dt.date, announced_on: dt.date, shown_on: dt.date | None) -> dt.date:
    """The day the days of R1 count from. A day written down proves nothing: it counts only from the day a photo of the
    notice was here (``shown_on``; hearings.notice_days), or else from the day it was announced here."""
    return max(notice_on, min(shown_on or announced_on, announced_on))


def safe_opening(notice_on: dt.date) -> dt.date:
    """The first day on which a hearing may open by every reading of ข้อ 11."""
    return notice_on + dt.timedelta(days=min_notice_days() + 1)


def result_due(closes_on: dt.date) -> dt.date:
    return closes_on + dt.timedelta(days=result_deadline_days())
