"""A part of a page of a hearing's document, as a comment carries it: document, page, and a rectangle (peers P21).

Kept with the comment together with the title of that day, so that a list of comments reads nothing else, and what
somebody meant stays readable after the paper is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

FULL = 1000  # a rectangle is told in thousandths of the page, whatever its size on a screen or on paper
MOST_PAGES = 300
RECT = re.compile(r"([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,4})", re.ASCII)
VALUE = re.compile(r"([0-9]{1,9})/([0-9]{1,3})/([0-9,]{7,19})", re.ASCII)

Rect = tuple[int, int, int, int]
WHOLE_PAGE: Rect = (0, 0, FULL, FULL)
THIRDS = (0, 333, 667, FULL)
HALVES = (0, 500, FULL)
GRID: list[Rect] = [
    (HALVES[column], THIRDS[row], HALVES[column + 1], THIRDS[row + 1])
    for row in range(3)
    for column in range(2)
]
# Whoever draws round nearly everything means the page; a rectangle in the middle is neither left nor right.
NEARLY_ALL = 900
LEFT_OF_MIDDLE, RIGHT_OF_MIDDLE = 400, 600


def parse_rect(text: str) -> Rect | None:
    """``0,0,500,333``: left, top, right, bottom; None if it is no rectangle on a page."""
    found = RECT.fullmatch(text)
    if found is None:
        return None
    x0, y0, x1, y1 = map(int, found.groups())
    return (x0, y0, x1, y1) if x0 < x1 <= FULL and y0 < y1 <= FULL else None


def rect_value(rect: Rect) -> str:
    return ",".join(map(str, rect))


def part_label(rect: Rect) -> str:
    """Where on the page, in words: ``upper left``."""
    x0, y0, x1, y1 = rect
    wide, high = x1 - x0 >= NEARLY_ALL, y1 - y0 >= NEARLY_ALL
    across, down = (x0 + x1) / 2, (y0 + y1) / 2
    column = 1 if wide or LEFT_OF_MIDDLE <= across <= RIGHT_OF_MIDDLE else 0 if across < LEFT_OF_MIDDLE else 2
    row = 1 if high else 0 if down < THIRDS[1] else 1 if down <= THIRDS[2] else 2
    if wide and high:
        return _("whole page")
    if high:
        return [_("left side"), _("middle of the page"), _("right side")][column]
    return [
        [_("upper left"), pgettext("on a page", "top"), _("upper right")],
        [_("middle left"), _("middle of the page"), _("middle right")],
        [_("lower left"), pgettext("on a page", "bottom"), _("lower right")],
    ][row][column]


@dataclass(frozen=True, kw_only=True)
class PageMark:
    document: int
    page: int
    rect: Rect = WHOLE_PAGE
    title: str = ""

    @classmethod
    def parse(cls, value: str) -> PageMark | None:
        """What a form carries; None if it cannot be a mark at all. Whether the page exists is asked by the service."""
        found = VALUE.fullmatch(value)
        rect = parse_rect(found[3]) if found else None
        return cls(document=int(found[1]), page=int(found[2]), rect=rect) if found and rect else None

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> PageMark | None:
        if not stored:
            return None
        x0, y0, x1, y1 = stored["rect"]
        return cls(
            document=stored["document"], page=stored["page"], rect=(x0, y0, x1, y1), title=stored["title"]
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document, "title": self.title, "page": self.page, "rect": list(self.rect),
        }  # fmt: skip

    @property
    def value(self) -> str:
        return f"{self.document}/{self.page}/{rect_value(self.rect)}"

    @property
    def path(self) -> str:
        """Below the address of its hearing."""
        at = f"documents/{self.document}/{self.page}/"
        return at if self.rect == WHOLE_PAGE else f"{at}?part={rect_value(self.rect)}"

    @property
    def label(self) -> str:
        """``Map of the canal, page 4, upper left``."""
        words = {"title": self.title, "page": self.page, "part": part_label(self.rect)}
        if self.rect == WHOLE_PAGE:
            return _("%(title)s, page %(page)s") % words
        return _("%(title)s, page %(page)s, %(part)s") % words
