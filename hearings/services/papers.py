"""Issuing official papers: each is stored as it was issued and never written again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core.thaidate import local_day
from hearings.enums import NoticeKind
from hearings.models import Hearing, Notice
from hearings.notices import event_notice_data, next_number


def issue(
    *,
    hearing: Hearing,
    kind: NoticeKind,
    number: str,
    dated: dt.date,
    data: dict[str, Any],
    actor: User,
    now: dt.datetime,
) -> Notice:
    return Notice.objects.create(
        hearing_id=hearing.pk, kind=kind, number=number, dated=dated, data=data, issued_at=now, issued_by=actor,
        signer_name=hearing.signer_name, signer_position=hearing.signer_position,
    )  # fmt: skip


def issue_about_step(
    *,
    hearing: Hearing,
    kind: NoticeKind,
    actor: User,
    now: dt.datetime,
    heading: str,
    text: str,
    reason: str,
    **beside: str,
) -> Notice | None:
    """A numbered paper about a later step; none for a hearing nobody was told about. ``beside`` is kept with its
    words for pages that tell of the step."""
    if hearing.announced_at is None:
        return None
    number = next_number(now)
    data = event_notice_data(hearing, now, number=number, heading=heading, text=text, reason=reason.strip())
    data |= beside
    return issue(
        hearing=hearing, kind=kind, number=number, dated=local_day(now), data=data, actor=actor, now=now
    )
