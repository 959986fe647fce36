"""Look into each printed box: is there ink inside? The paper round it is the white, so that shadows do not count.

Between "empty" and "ticked" stands "unsure", and it is wide: a person looks at those anyway.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from PIL import Image

from hearings.form_places import Box
from hearings.paper_reading.plane import Plane

DOTS = 8  # to a millimetre, in which a box is drawn anew
AROUND = 2.2  # millimetres of paper round a box
MOST_MOVED = 12  # dots by which paper that is not flat may move a box
OUTLINE = 0.18  # a printed outline is at least this much darker than the paper
WITHIN = 0.6  # millimetres from the middle of the outline to what counts as inside
BEYOND = 0.8  # and to what counts as the paper round it
GREY = 0.08  # darker than the paper by less is dust, noise, or the other side shining through
EMPTY = 0.008  # ink as a share of a black box
TICKED = 0.025
SHADED = 0.16  # ink round a box: a shadow's edge, or a scribble over several boxes


class Mark(TextChoices):
    EMPTY = "empty"
    TICKED = "ticked"
    UNSURE = "unsure"


@dataclass(frozen=True)
class SeenBox:
    box: Box
    mark: Mark
    has_outline: bool
    ink: float = 0.0


def look_at(picture: Image.Image, plane: Plane, box: Box) -> SeenBox:
    """One box; unsure where its printed outline is not found, because then nobody knows what was looked at."""
    left, top, width = box.x - AROUND, box.y - AROUND, round((box.size + 2 * AROUND) * DOTS)
    window = picture.transform(
        (width, width), Image.Transform.PERSPECTIVE, plane.window(left, top, DOTS), Image.Resampling.BICUBIC,
        fillcolor=0,
    )  # fmt: skip
    dots = window.tobytes()
    shape = _Shape.of(box.size, box.is_round, width)
    white = _middle([dots[at] for at in shape.paper])
    if white < 40:
        return SeenBox(box, Mark.UNSURE, has_outline=False)
    dark = [max(0.0, 1 - dot / white) for dot in range(256)]
    move, outline = _moved(dots, dark, shape)
    if outline < OUTLINE:
        return SeenBox(box, Mark.UNSURE, has_outline=False)
    ink = sum(max(0.0, dark[dots[at + move]] - GREY) for at in shape.inside) / len(shape.inside)
    around = sum(max(0.0, dark[dots[at]] - GREY) for at in shape.paper) / len(shape.paper)
    mark = Mark.EMPTY if ink <= EMPTY else Mark.TICKED if ink >= TICKED else Mark.UNSURE
    if around > SHADED:
        mark = Mark.UNSURE
    return SeenBox(box, mark, has_outline=True, ink=ink)


def _middle(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def _moved(dots: bytes, dark: list[float], shape: _Shape) -> tuple[int, float]:
    """Where the outline is darkest near the place where it should be, coarsely, then dot by dot."""

    def outline(across: int, down: int) -> float:
        move = down * shape.width + across
        return sum(dark[dots[at + move]] for at in shape.outline) / len(shape.outline)

    coarse = range(-MOST_MOVED, MOST_MOVED + 1, 3)
    # A little is taken off for each dot it moves, so that a scribble does not draw it away.
    score, across, down = max(
        (outline(across, down) - 0.002 * math.hypot(across, down), across, down)
        for across in coarse for down in coarse
    )  # fmt: skip
    score, across, down = max(
        (outline(across + x, down + y), across + x, down + y) for x in range(-2, 3) for y in range(-2, 3)
    )
    return down * shape.width + across, score


@dataclass(frozen=True)
class _Shape:
    """The dots of a box of one size: on its outline, inside, and on the paper round it."""

    width: int
    outline: tuple[int, ...]
    inside: tuple[int, ...]
    paper: tuple[int, ...]

    @classmethod
    @functools.cache
    def of(cls, size: float, is_round: bool, width: int) -> _Shape:
        half = size / 2 * DOTS
        inside, paper = [], []
        room = MOST_MOVED + 2
        for row in range(width):
            for column in range(width):
                x, y = column + 0.5 - width / 2, row + 0.5 - width / 2
                off = (math.hypot(x, y) if is_round else max(abs(x), abs(y))) - half
                is_within_reach = room <= row < width - room and room <= column < width - room
                if off <= -WITHIN * DOTS and is_within_reach:
                    inside.append(row * width + column)
                elif off >= BEYOND * DOTS:
                    paper.append(row * width + column)
        outline = (
            round(y + width / 2 - 0.5) * width + round(x + width / 2 - 0.5)
            for x, y in _round_about(half, is_round)
        )
        return cls(width, tuple(outline), tuple(inside), tuple(paper))


def _round_about(half: float, is_round: bool) -> Iterator[tuple[float, float]]:
    steps = 48
    for step in range(steps):
        angle = 2 * math.pi * (step + 0.5) / steps
        x, y = math.cos(angle), math.sin(angle)
        reach = half if is_round else half / max(abs(x), abs(y))
        yield x * reach, y * reach
