"""Totals as the public tables show them: fixed order of stances, shares that add up, bars in per cent.

Counting is hearings.totals; here numbers only get their places. Sectors are shown as five rows: educational
institutions and government agencies as one (design.md, decision 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from hearings.enums import Stance

OTHER_SECTORS = _("Education and government")
ROWS: tuple[tuple[object, tuple[str, ...]], ...] = (
    *((Sector(value).label, (value,)) for value in ("citizen", "private", "local_gov", "civil_society")),
    (OTHER_SECTORS, (Sector.ACADEMIC.value, Sector.GOVERNMENT.value)),
)
# A thin gap between the pieces of a bar, in per cent of its width.
GAP = 0.6


@dataclass(frozen=True)
class Cell:
    """One stance in one row: a number, its share, and where its piece of the bar lies."""

    stance: str
    number: int
    total: int
    before: int = 0

    @property
    def label(self) -> str:
        return str(Stance(self.stance).label)

    @property
    def fill(self) -> str:
        return f"f{list(Stance.values).index(self.stance) + 1}"

    @property
    def percent(self) -> int:
        return round(100 * self.number / self.total) if self.total else 0

    @property
    def x(self) -> str:
        return f"{100 * self.before / self.total:.2f}%" if self.total else "0%"

    @property
    def width(self) -> str:
        if not self.total:
            return "0%"
        return f"{max(100 * self.number / self.total - GAP, 0):.2f}%"

    @property
    def share(self) -> str:
        """The width of a bar of its own."""
        return f"{100 * self.number / self.total:.1f}%" if self.total else "0%"


@dataclass(frozen=True)
class Tally:
    """The four stances of one thing: a hearing, a section, a sector."""

    label: object
    cells: list[Cell]
    total: int

    @classmethod
    def of(cls, numbers: Mapping[str, int], label: object = "") -> Tally:
        total = sum(numbers.get(stance, 0) for stance in Stance.values)
        cells, before = [], 0
        for stance in Stance.values:
            number = numbers.get(stance, 0)
            cells.append(Cell(stance, number, total, before))
            before += number
        return cls(label, cells, total)


EMPTY = Tally.of({})


@dataclass(frozen=True)
class Board:
    """Everything the tables of one hearing show."""

    stances: Tally
    sectors: list[Tally] = field(default_factory=list)

    @classmethod
    def of(cls, by_sector: Mapping[str, Mapping[str, int]]) -> Board:
        """``by_sector``: {sector: {stance: people}}."""
        rows = [Tally.of(_added(by_sector, sectors), label) for label, sectors in ROWS]
        return cls(Tally.of(_added(by_sector, Sector.values)), rows)


def _added(by_sector: Mapping[str, Mapping[str, int]], sectors: Iterable[str]) -> dict[str, int]:
    return {
        stance: sum(by_sector.get(sector, {}).get(stance, 0) for sector in sectors)
        for stance in Stance.values
    }
