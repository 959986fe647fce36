"""How a flat sheet lies in a picture: turned, scaled, seen from the side. Four known points settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hearings.form_places import Spot


class FlatPointsError(ValueError):
    """Three of the points lie on one line: they say nothing about the rest of the sheet."""


@dataclass(frozen=True)
class Plane:
    """x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1)"""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float
    h: float

    @classmethod
    def through(cls, places: Sequence[Spot], seen: Sequence[Spot]) -> Plane:
        """The plane on which the four ``places`` are seen at ``seen``."""
        lines: list[list[float]] = []
        for (x, y), (u, v) in zip(places, seen, strict=True):
            lines.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
            lines.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
        return cls(*_solved(lines))

    def at(self, place: Spot) -> Spot:
        x, y = place
        depth = self.g * x + self.h * y + 1
        return (self.a * x + self.b * y + self.c) / depth, (self.d * x + self.e * y + self.f) / depth

    def window(self, left: float, top: float, dots: float) -> tuple[float, ...]:
        """What Pillow wants to draw the sheet from (left, top) on with ``dots`` dots to a millimetre."""
        depth = self.g * left + self.h * top + 1
        across = self.a * left + self.b * top + self.c
        down = self.d * left + self.e * top + self.f
        numbers = (
            self.a / dots, self.b / dots, across, self.d / dots, self.e / dots, down, self.g / dots, self.h / dots
        )  # fmt: skip
        return tuple(number / depth for number in numbers)


def _solved(lines: list[list[float]]) -> list[float]:
    """Linear equations by elimination, the largest number of a column first."""
    size = len(lines)
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(lines[row][column]))
        if abs(lines[best][column]) < 1e-9:
            raise FlatPointsError
        lines[column], lines[best] = lines[best], lines[column]
        for row in range(size):
            if row != column and (share := lines[row][column] / lines[column][column]):
                lines[row] = [
                    one - share * other for one, other in zip(lines[row], lines[column], strict=True)
                ]
    return [line[-1] / line[row] for row, line in enumerate(lines)]
