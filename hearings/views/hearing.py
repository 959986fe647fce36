"""What the page of one hearing shows. About a dozen queries, however many comments there are."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Model, QuerySet, prefetch_related_objects
from django.utils import timezone

from core.fragments import digest, seen
from core.models import Topic
from core.nearby import remember
from core.prepared import Answer, Prepared, row_of, rows_for_key
from core.thaidate import local_day
from geography.models import District, Province
from hearings.areas import AreaOfHearing, area_of
from hearings.comment_lists import latest
from hearings.enums import HearingState, NoticeKind
from hearings.models import Amendment, DraftBlock, Hearing, Meeting, Notice, NoticeBoard, StageChange
from hearings.models.notices import FORM
from hearings.notice_days import notice_day
from hearings.said import Row, said_by
from hearings.satisfaction import Contentment, contentment
from hearings.section_hands import hands_by_section
from hearings.tallies import EMPTY, Board, Tally
from hearings.totals import (
    BatchTotals,
    BlockTotals,
    StanceTotals,
    batch_totals,
    totals_by_block,
    totals_by_stance_and_sector,
)
from hearings.views.lookup import put_sections, sections_of

# Marks are shown when nobody can be persuaded by them any more.
ENDED = (
    HearingState.CLOSED,
    HearingState.SUMMARISING,
    HearingState.RESULT_PUBLISHED,
    HearingState.FOLLOWED_UP,
)


# What is read with a hearing, of the model and in this order.
OWN: dict[str, tuple[type[Model], tuple[str, ...], tuple[str, ...]]] = {
    "meetings": (Meeting, ("minutes",), ("starts_at", "pk")),
    "notices": (Notice, (), ("issued_at", "pk")),
    "amendments": (Amendment, ("notice",), ("at", "pk")),
    "boards": (NoticeBoard, ("photo",), ("pk",)),
}


@functools.cache
def _prepared(name: str) -> Prepared:
    model, beside, order = OWN[name]

    def build(hearing: Any) -> QuerySet:
        found = model._default_manager.filter(hearing_id=hearing).order_by(*order)
        return found.select_related(*beside) if beside else found

    return Prepared(build, hearing=BigIntegerField())


def _now_of(meeting: Meeting) -> Iterator[object]:
    """What its row does not tell."""
    yield meeting.is_over
    for row in meeting.attendance.all():
        yield row.sector
        yield row.people


@dataclass(frozen=True)
class Clause:
    """A frozen section and what was said about it so far."""

    block: DraftBlock
    tally: Tally
    readable: int


@dataclass(frozen=True)
class Extension:
    """The closing day as it was first announced (None in papers issued before it was kept), and the last paper."""

    announced_day: dt.date | None
    paper: Notice


class HearingRoom:
    """One hearing at one moment, in the words of its page."""

    def __init__(self, hearing: Hearing, now: dt.datetime, *, is_preview: bool = False) -> None:
        self.hearing, self.now, self.is_preview = hearing, now, is_preview
        self.state = hearing.state(now)
        self.is_open = self.state == HearingState.OPEN
        self.days_left = hearing.days_left(now)
        self.days_until_open = hearing.days_until_open(now)
        self.is_result_late = not hearing.has_result and hearing.is_result_late(now)

    @property
    def notice_days(self) -> int | None:
        """Days of notice that count (R1); the day on the paper proves none of them."""
        if self.hearing.notice_published_at is None or self.hearing.opens_on is None:
            return None
        return (self.hearing.opens_on - notice_day(self.hearing, self.now, [*self.boards])).days

    @cached_property
    def sector_totals(self) -> StanceTotals:
        return totals_by_stance_and_sector(self.hearing)

    @cached_property
    def block_totals(self) -> BlockTotals:
        return totals_by_block(self.hearing)

    @cached_property
    def board(self) -> Board:
        return Board.of(self.sector_totals)

    @cached_property
    def batches(self) -> BatchTotals:
        """What was collected in villages; shown apart from what people sent themselves."""
        return batch_totals(self.hearing)

    @cached_property
    def section_hands(self) -> list[Tally]:
        return hands_by_section(self.hearing, self.batches.sections)

    @cached_property
    def clauses(self) -> list[Clause]:
        totals = self.block_totals
        return [
            Clause(block, Tally.of(totals[block.key].stances), totals[block.key].readable)
            if block.key in totals
            else Clause(block, EMPTY, 0)
            for block in sections_of(self.hearing)
        ]

    def latest(self) -> list[Row]:
        """Models are made only of those about a page of a document, which no stencil knows."""
        sections = sections_of(self.hearing)
        found = said_by(self.latest_rows, sections)
        models = {
            place: self.latest_rows[place] for place, said in enumerate(found) if said.on_page is not None
        }
        put_sections(list(models.values()), sections)
        return [Row(said.created_at, said, comment=models.get(place)) for place, said in enumerate(found)]

    @cached_property
    def latest_rows(self) -> Answer:
        return latest(self.hearing)

    def _own(self, name: str, *below: str) -> Sequence[Any]:
        """What belongs to the hearing. The page of an editor may hold what is not saved: it is asked for its own."""
        _model, beside, _order = OWN[name]
        if row_of(self.hearing) is None:
            asked = getattr(self.hearing, name)
            own = list(asked.select_related(*beside) if beside else asked.all())
            prefetch_related_objects([row for row in own if row.pk], *below)
            return own
        found = _prepared(name)(hearing=self.hearing.pk)
        for row in found:
            row.hearing = self.hearing
        prefetch_related_objects(list(found), *below)
        return found

    @cached_property
    def meetings(self) -> Sequence[Meeting]:
        """In the order of time (A184), each with the heads that were counted at the door and its last correction."""
        corrected = {change.meeting_id: change for change in self.amendments if change.meeting_id}
        found = self._own("meetings", "attendance")
        for meeting in found:
            meeting.is_over = not meeting.is_upcoming(self.now)
            meeting.correction = corrected.get(meeting.pk)
            meeting.people_came = sum(row.people for row in meeting.attendance.all())
        return found

    @cached_property
    def coming_meetings(self) -> list[Meeting]:
        """Nobody is asked to come where the meeting, or the whole hearing, is off."""
        if self.state == HearingState.CANCELLED:
            return []
        return [meeting for meeting in self.meetings if not meeting.is_over and not meeting.cancelled_at]

    @property
    def tells_of_meetings(self) -> bool:
        """One coming meeting is told by its card alone; a row of them, or one that was held, has a story."""
        return len(self.meetings) > 1 or len(self.meetings) > len(self.coming_meetings)

    @cached_property
    def notices(self) -> Sequence[Notice]:
        """Official papers as they were issued, the announcement first."""
        return self._own("notices")

    @cached_property
    def extension(self) -> Extension | None:
        """Told by its papers, which are read anyway."""
        papers = [notice for notice in self.notices if notice.kind == NoticeKind.EXTENSION]
        if not papers:
            return None
        first = papers[0].data.get("extended_from")
        return Extension(dt.date.fromisoformat(first) if first else None, papers[-1])

    @cached_property
    def amendments(self) -> Sequence[Amendment]:
        return self._own("amendments")

    @property
    def corrections(self) -> list[Amendment]:
        return [amendment for amendment in self.amendments if amendment.field != FORM]

    @property
    def form_changes(self) -> list[Amendment]:
        """Of the questions, while people were answering."""
        return [amendment for amendment in self.amendments if amendment.field == FORM]

    @cached_property
    def boards(self) -> Sequence[NoticeBoard]:
        return self._own("boards")

    @cached_property
    def satisfaction(self) -> Contentment | None:
        """After the end, once enough people gave a mark (A181)."""
        return contentment(self.hearing) if self.state in ENDED else None

    @cached_property
    def cancellation(self) -> StageChange | None:
        """When and why it was cancelled."""
        return self.hearing.stage_changes.cancellation()

    @property
    def has_opened(self) -> bool:
        """Whether people could comment at any time; one cancelled or closed before its day never opened."""
        if self.hearing.ended_unopened:
            return False
        if self.state != HearingState.CANCELLED:
            return self.state not in (HearingState.DRAFT, HearingState.IN_REVIEW, HearingState.ANNOUNCED)
        opens_at, off = self.hearing.opens_at, self.cancellation
        return bool(opens_at and off and opens_at <= off.at)

    @cached_property
    def documents(self) -> list:
        return list(self.hearing.documents.select_related("document"))

    @cached_property
    def contacts(self) -> list:
        return list(self.hearing.contacts.all())

    @cached_property
    def districts(self) -> list[District]:
        return self._remembered("districts", lambda: list(self.hearing.districts.all()))

    @cached_property
    def provinces(self) -> list[Province]:
        return self._remembered("provinces", lambda: list(self.hearing.provinces.all()))

    @cached_property
    def topics(self) -> list[Topic]:
        return self._remembered("topics", lambda: list(self.hearing.topics.all()))

    @property
    def edition(self) -> tuple:
        """Changes with everything that is published in the editor or corrected by a service."""
        page, corrected = self.hearing, self.amendments[-1].pk if self.amendments else None
        return (page.pk, page.stage, page.live_revision_id, page.last_published_at, corrected)

    @property
    def shown(self) -> tuple:
        """All that the page of the hearing shows of it and of its comments; what other apps add is not in it."""
        return (self.told, self.sector_totals, repr(self.block_totals), *rows_for_key(self.latest_rows))

    @cached_property
    def told(self) -> str:
        """Digest of what the office says: all of ``shown`` but the comments and how many there are."""
        return digest(
            row_of(self.hearing),
            str(self.state),
            local_day(self.now).toordinal(),
            repr(self.batches),
            repr(self.satisfaction),
            *rows_for_key(sections_of(self.hearing)),
            *rows_for_key(self.meetings),
            *(value for meeting in self.meetings for value in _now_of(meeting)),
            *rows_for_key(self.notices),
            *rows_for_key(self.amendments),
            *rows_for_key(self.boards),
            *seen(self.cancellation if self.state == HearingState.CANCELLED else None),
        )

    def _remembered(self, name: str, read: Callable[[], list]) -> list:
        """What an edition says, for seconds. A preview shows what was never published and remembers nothing.

        A list has read it for all its rows already: asking for each one's edition would cost a query a row.
        """
        if self.is_preview or name in getattr(self.hearing, "_prefetched_objects_cache", {}):
            return read()
        return remember(f"hearings:{name}:{digest(*self.edition)}", read)

    @cached_property
    def places(self) -> list[str]:
        """Districts if named, else provinces."""
        return [area.short_name for area in self.districts] or [area.full_name for area in self.provinces]

    @cached_property
    def area(self) -> AreaOfHearing:
        return area_of(self.provinces, self.districts)

    @property
    def result_days_left(self) -> int | None:
        due = self.hearing.result_due
        return (due - timezone.localtime(self.now).date()).days if due else None

    @property
    def days_late(self) -> int:
        return max(0, -(self.result_days_left or 0))
