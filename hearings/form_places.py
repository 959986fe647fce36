"""Where the boxes of one edition of the printed form stand, in millimetres from the upper left corner of A4 (P109).

Boxes carry the names under which the form for typing knows them (``stance``, ``on_<section>``, ``q-r12``).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Spot = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Box:
    page: int
    field: str
    value: str
    is_round: bool  # of round boxes of one field only one may be ticked, as everywhere
    x: float
    y: float
    size: float


@dataclass(frozen=True, kw_only=True)
class FormPlaces:
    """The code in the upper right corner, the centres of the three squares in the others, the boxes of all pages."""

    code: tuple[float, float, float]
    corners: list[Spot]
    corner_size: float
    boxes: list[Box]

    def on_page(self, page: int) -> list[Box]:
        return [box for box in self.boxes if box.page == page]

    @property
    def code_centre(self) -> Spot:
        x, y, size = self.code
        return x + size / 2, y + size / 2

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> FormPlaces:
        x, y, size = stored["code"]
        return cls(
            code=(x, y, size),
            corners=[(x, y) for x, y in stored["corners"]],
            corner_size=stored["corner_size"],
            boxes=[Box(**box) for box in stored["boxes"]],
        )
