"""From when the days of notice count (R1, ข้อ 11), and what the office is told about it.

A day somebody typed proves nothing, nor does the clock of a phone that was without signal: what counts is a photo, from
the day it reached us. Whoever must open sooner gives the reason and who approved it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.thaidate import format_day, local_day
from hearings.models import Hearing, NoticeBoard
from hearings.rules import counted_from


@dataclass(frozen=True)
class NoticeDays:
    """``said``: the day on the paper. ``late``: the board whose photo came only after the day typed beside it."""

    counted: dt.date
    said: dt.date | None
    late: NoticeBoard | None

    @classmethod
    def of(cls, hearing: Hearing, now: dt.datetime, boards: Sequence[NoticeBoard]) -> NoticeDays:
        announced_on = local_day(hearing.announced_at or now)
        hanging = [board for board in boards if _hangs(board, announced_on)]
        first = min(hanging, key=_proved_on, default=None)
        said = hearing.notice_published_at
        day = counted_from(said or announced_on, announced_on, _proved_on(first) if first else None)
        is_late = first and first.posted_on and first.posted_on < _proved_on(first)
        return cls(day, said, first if is_late else None)

    def why(self) -> str:
        """Which day counts where it is not the one on the paper; else ""."""
        if self.said is None or self.said >= self.counted:
            return ""
        days = {"said": format_day(self.said), "posted": format_day(self.counted)}
        why = _("No photo of a board shows the notice on %(said)s, so the days count from %(posted)s.") % days
        if self.late and self.late.photo_since:
            day = {"place": self.late.place, "arrived": format_day(local_day(self.late.photo_since))}
            why += (
                " "
                + _("The photo of %(place)s reached us on %(arrived)s: it proves the days from then on.")
                % day
            )
        return why


def notice_day(hearing: Hearing, now: dt.datetime, boards: Sequence[NoticeBoard]) -> dt.date:
    return NoticeDays.of(hearing, now, boards).counted


def _hangs(board: NoticeBoard, announced_on: dt.date) -> bool:
    """With a photo, at least until it was announced here; what hung then stays a proof."""
    is_down = board.removed_on is not None and board.removed_on <= announced_on
    return bool(board.posted_on and board.photo_id and board.photo_since) and not is_down


def _proved_on(board: NoticeBoard) -> dt.date:
    days = (board.posted_on, board.photo_since and local_day(board.photo_since))
    return max(day for day in days if day)
