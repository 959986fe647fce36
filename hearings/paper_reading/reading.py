"""What was read from the picture of one form, as it is kept with it, and what it proposes to whoever types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hearings.paper_reading.boxes import Mark


class Trouble(TextChoices):
    """Why the boxes of a page could not be read; it is typed by hand then, as every form was before."""

    NO_CODE = "no_code", _("The code of the page was not found: not our form, or cut off, or not sharp.")
    EDITION = "edition", _("This site does not know where the boxes of this edition of the form stand.")
    CORNERS = "corners", _("The black squares in its corners were not found: cut off, folded or covered.")
    OUTLINES = "outlines", _("The boxes are not where they were printed: the paper lay crumpled.")


@dataclass(frozen=True)
class ReadBox:
    """``at``: left, top, width, height in the picture of its page."""

    field: str
    value: str
    mark: str
    is_round: bool
    at: tuple[int, int, int, int]


@dataclass(frozen=True)
class PageReading:
    width: int
    height: int
    number: int = 0
    trouble: str = ""
    boxes: list[ReadBox] = field(default_factory=list)


@dataclass(frozen=True)
class Proposals:
    """``sure`` fills the fields, ``unsure`` are left empty and shown; names are those of the form for typing."""

    sure: dict[str, Any]
    unsure: frozenset[str]


@dataclass(frozen=True)
class Reading:
    pages: list[PageReading] = field(default_factory=list)

    @property
    def has_read(self) -> bool:
        return any(not page.trouble for page in self.pages)

    @property
    def width(self) -> int:
        return max(page.width for page in self.pages)

    @property
    def height(self) -> int:
        return sum(page.height for page in self.pages)

    @property
    def troubles(self) -> list[tuple[int, Trouble]]:
        """Which page of the scan, and why."""
        return [(at, Trouble(page.trouble)) for at, page in enumerate(self.pages, start=1) if page.trouble]

    @property
    def boxes(self) -> list[tuple[ReadBox, tuple[int, int, int, int]]]:
        """Each box, and where it lies in the one picture of all pages."""
        found, top = [], 0
        for page in self.pages:
            for box in page.boxes:
                left, above, width, height = box.at
                found.append((box, (left, top + above, width, height)))
            top += page.height
        return found

    def proposals(self) -> Proposals:
        """One round box of a field, and no doubt about its neighbours; square boxes as they are ticked. A field without
        ink proposes nothing."""
        fields: defaultdict[str, list[ReadBox]] = defaultdict(list)
        for page in self.pages:
            for box in page.boxes:
                if box.mark != Mark.EMPTY:
                    fields[box.field].append(box)
        sure: dict[str, Any] = {}
        unsure = set()
        for name, boxes in fields.items():
            if any(box.mark == Mark.UNSURE for box in boxes) or (boxes[0].is_round and len(boxes) > 1):
                unsure.add(name)
            elif boxes[0].is_round:
                sure[name] = boxes[0].value
            else:
                sure[name] = [box.value for box in boxes]
        return Proposals(sure, frozenset(unsure))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Reading:
        return cls([_page(page) for page in stored.get("pages", [])])


def _page(stored: dict[str, Any]) -> PageReading:
    boxes = [ReadBox(**{**box, "at": tuple(box["at"])}) for box in stored["boxes"]]
    return PageReading(**{**stored, "boxes": boxes})
