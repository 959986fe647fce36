"""How a hearing goes while it is open: who has been heard, where it is silent, by which way, on which days (R9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate

from core.enums import Sector
from core.thaidate import local_day
from geography.models import District
from hearings.enums import Channel
from hearings.models import Hearing, NoticeBoard, Submission

# The sectors whose silence is an alarm before closing.
EXPECTED = (Sector.CITIZEN, Sector.PRIVATE, Sector.LOCAL_GOV, Sector.CIVIL_SOCIETY)


@dataclass(frozen=True)
class Row:
    label: str
    number: int
    share: int = 0


class Progress:
    """Eight grouped queries at most, however many comments there are."""

    def __init__(self, hearing: Hearing, now: dt.datetime) -> None:
        self.hearing, self.now = hearing, now
        self._counted = Submission.objects.counted().filter(hearing_id=hearing.pk).order_by()

    def _by(self, field: str) -> dict:
        return dict(self._counted.values_list(field).annotate(number=Count("pk")))

    @cached_property
    def _sectors(self) -> dict[str, int]:
        return self._by("sector")

    @cached_property
    def total(self) -> int:
        return sum(self._sectors.values())

    @cached_property
    def sectors(self) -> list[Row]:
        return self._rows((str(Sector(value).label), self._sectors.get(value, 0)) for value in Sector.values)

    @cached_property
    def silent_sectors(self) -> list[str]:
        return [str(sector.label) for sector in EXPECTED if not self._sectors.get(sector)]

    @cached_property
    def channels(self) -> list[Row]:
        numbers = self._by("channel")
        return self._rows(
            (str(label), numbers[value]) for value, label in Channel.choices if numbers.get(value)
        )

    @cached_property
    def districts(self) -> list[tuple[District, int]]:
        """Every district the hearing is about: those it names, else all of its provinces."""
        named = list(self.hearing.districts.select_related("province"))
        if not named:
            provinces = self.hearing.provinces.all()
            named = list(District.objects.filter(province__in=provinces).select_related("province"))
        numbers = self._by("district_id")
        found = [(district, numbers.get(district.pk, 0)) for district in named]
        return sorted(found, key=lambda pair: (pair[0].province_id, -pair[1], pair[0].pk))

    @cached_property
    def silent_districts(self) -> list[District]:
        return [district for district, number in self.districts if not number]

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

    def _rows(self, pairs: Iterable[tuple[str, int]]) -> list[Row]:
        return [
            Row(label, number, round(100 * number / self.total) if self.total else 0)
            for label, number in pairs
        ]
