"""How a hearing goes while it is open: who has been heard, where it is silent, by which way, on which days (R9)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate

from core.enums import Sector
from core.thaidate import local_day
from geography.models import District, Province, Subdistrict
from hearings.enums import BatchStatus, Channel
from hearings.models import Hearing, NoticeBoard, ProxyBatch, Submission
from hearings.tallies import Board
from hearings.totals import BatchTotals

# The sectors whose silence is an alarm before closing.
EXPECTED = (Sector.CITIZEN, Sector.PRIVATE, Sector.LOCAL_GOV, Sector.CIVIL_SOCIETY)


@dataclass(frozen=True)
class Row:
    label: str
    number: int


@dataclass(frozen=True)
class AreaRow:
    """A district or sub-district: comments people sent, and hands raised in its villages, counted apart."""

    area: District | Subdistrict
    number: int
    hands: int
    is_silent: bool


class Progress:
    """Ten grouped queries at most, however many comments there are.

    Numbers are of what people sent themselves, as on the public pages; what was collected in villages is counted
    apart. Nobody is silent whose village was heard.
    """

    def __init__(self, hearing: Hearing, now: dt.datetime) -> None:
        self.hearing, self.now = hearing, now
        self._heard = Submission.objects.counted().filter(hearing_id=hearing.pk).order_by()
        self._counted = self._heard.filter(batch__isnull=True)

    @cached_property
    def _sectors(self) -> list[tuple[str, str, int]]:
        own = Count("pk", filter=Q(batch__isnull=True))
        return list(self._heard.values_list("sector", "stance").annotate(own=own))

    @cached_property
    def board(self) -> Board:
        totals: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for sector, stance, number in self._sectors:
            totals[sector][stance] = number
        return Board.of(totals)

    @property
    def total(self) -> int:
        return self.board.stances.total

    @cached_property
    def silent_sectors(self) -> list[str]:
        heard = {sector for sector, _stance, _number in self._sectors}
        return [str(sector.label) for sector in EXPECTED if sector not in heard]

    @property
    def expected_sectors(self) -> int:
        return len(EXPECTED)

    @property
    def heard_sectors(self) -> int:
        return len(EXPECTED) - len(self.silent_sectors)

    @cached_property
    def channels(self) -> list[Row]:
        numbers = dict(self._counted.values_list("channel").annotate(number=Count("pk")))
        return [Row(str(label), numbers[value]) for value, label in Channel.choices if numbers.get(value)]

    @cached_property
    def _batches(self) -> list[tuple[str | None, str | None, int, dict[str, int]]]:
        checked = ProxyBatch.objects.filter(hearing_id=self.hearing.pk, status=BatchStatus.CHECKED).order_by()
        return list(checked.values_list("district_id", "subdistrict_id", "people", "heads"))

    @cached_property
    def batches(self) -> BatchTotals:
        """Shows of hands in villages, checked by a second person."""
        stances: Counter[str] = Counter()
        for *_area, _people, heads in self._batches:
            stances.update(heads)
        return BatchTotals(len(self._batches), sum(row[2] for row in self._batches), dict(stances))

    @cached_property
    def _named(self) -> list[District]:
        return list(self.hearing.districts.select_related("province"))

    @property
    def is_one_district(self) -> bool:
        """A district that is the whole area is never silent once anybody spoke: its sub-districts may be."""
        return len(self._named) == 1

    @cached_property
    def areas(self) -> list[AreaRow]:
        """Every area the hearing is about: the districts it names, the sub-districts of a single one, else all
        districts of its provinces."""
        asked: Iterable[District | Subdistrict] = self._named
        if self.is_one_district:
            asked = Subdistrict.objects.filter(district=self._named[0])
        elif not self._named:
            provinces = self.hearing.provinces.all()
            asked = District.objects.filter(province__in=provinces).select_related("province")
        level = "subdistrict_id" if self.is_one_district else "district_id"
        own = Count("pk", filter=Q(batch__isnull=True))
        numbers = dict(self._heard.values_list(level).annotate(own=own))
        hands: Counter[str | None] = Counter()
        for district, subdistrict, people, heads in self._batches:
            hands[subdistrict if self.is_one_district else district] += sum(heads.values()) or people
        found = [
            AreaRow(
                area,
                numbers.get(area.pk, 0),
                hands[area.pk],
                is_silent=area.pk not in numbers and area.pk not in hands,
            )
            for area in asked
        ]
        return sorted(found, key=lambda row: (row.area.pk[:2], -row.number, -row.hands, row.area.pk))

    @property
    def areas_in_place(self) -> list[tuple[District | Province, list[AreaRow]]]:
        """The same by province, or those of the one district. Each stays where it was yesterday: they go by code."""
        rows = sorted(self.areas, key=lambda row: row.area.pk)
        if self.is_one_district:
            return [(self._named[0], rows)]
        found: defaultdict[Province, list[AreaRow]] = defaultdict(list)
        for row in rows:
            if isinstance(row.area, District):
                found[row.area.province].append(row)
        return list(found.items())

    @cached_property
    def silent_areas(self) -> list[District | Subdistrict]:
        return [row.area for row in self.areas if row.is_silent]

    @property
    def heard_areas(self) -> int:
        return len(self.areas) - len(self.silent_areas)

    @cached_property
    def waiting(self) -> tuple[int, dt.datetime | None]:
        """How many wait to be read, and since when the oldest does: who sent it does not see it on the website yet."""
        found = Submission.objects.waiting().filter(hearing_id=self.hearing.pk)
        row = found.aggregate(number=Count("pk"), oldest=Min("submitted_at"))
        return row["number"], row["oldest"]

    @cached_property
    def boards_without_photo(self) -> list[NoticeBoard]:
        """Where somebody says it hangs and nothing shows it (R6)."""
        return [board for board in self.boards if not board.photo_id and not board.removed_on]

    @cached_property
    def days(self) -> list[tuple[dt.date, int]]:
        """The last fourteen days, also those on which nothing came."""
        rows = self._counted.annotate(day=TruncDate("submitted_at")).values_list("day")
        numbers = dict(rows.annotate(number=Count("pk")))
        today = local_day(self.now)
        days = [today - dt.timedelta(days=back) for back in range(13, -1, -1)]
        return [(day, numbers.get(day, 0)) for day in days]

    @cached_property
    def boards(self) -> list[NoticeBoard]:
        """With ``opened``: how often the QR of the board was used."""
        return list(self.hearing.boards.annotate(opened=Sum("visits__visits")))
