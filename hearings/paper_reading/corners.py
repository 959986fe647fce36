"""The sheet in the picture: from the code on the page to the three printed squares, and from these to every place.

The code alone is too small to tell where the other end of the page lies; it says about where to look.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Iterator

from PIL import Image, ImageFilter, ImageMath

from hearings.form_places import FormPlaces, Spot
from hearings.paper_reading.plane import FlatPointsError, Plane

CODE_SHARE = 21 / 23  # of the drawn square the code itself takes; one module of white is around it
DOTS = 3  # to a millimetre are enough to tell a square from letters
DARK = 120
LEAST_AREA, MOST_AREA = 0.5, 2.0  # of a square's area as it would be beside the code
LEAST_FILLED = 0.66  # of the box round it: 0.74 for a square turned by ten degrees
MOST_UNEVEN = 1.5
# How far a photo from the side changes the way from one square to the next, and how far (rad) it turns it.
LEAST_STEP, MOST_STEP, MOST_TURN = 0.65, 1.5, 0.3
MOST_OFF = 2.0  # millimetres by which the code may stand elsewhere than the squares say


def find_plane(picture: Image.Image, code: list[Spot], places: FormPlaces) -> Plane | None:
    """Where the sheet lies; None where its squares are not all in the picture, or belong to another sheet.

    ``code`` are the four corners of the code as it was found, beginning with its own upper left one.
    """
    upper_left, upper_right, lower_right, lower_left = (complex(*spot) for spot in code)
    side = places.code[2] * CODE_SHARE
    right = (upper_right - upper_left + lower_right - lower_left) / (2 * side)
    down = (lower_left - upper_left + lower_right - upper_right) / (2 * side)
    centre = _crossing(upper_left, lower_right, upper_right, lower_left)
    if not right or not down or centre is None:
        return None
    known = [places.code_centre, *places.corners]
    ways = [
        (x - before_x) * right + (y - before_y) * down
        for (before_x, before_y), (x, y) in itertools.pairwise(known)
    ]
    best, error = None, MOST_OFF * abs(right)
    for seen in _walks([centre], ways, list(_squares(picture, abs(right), places.corner_size))):
        try:
            plane = Plane.through(known, [(at.real, at.imag) for at in seen])
        except FlatPointsError:
            continue
        off = _off(plane, code, places)
        if off < error:
            best, error = plane, off
    return best


def _walks(seen: list[complex], ways: list[complex], squares: list[complex]) -> Iterator[list[complex]]:
    """From the code to the first square, on to the second, to the third: each about where the code says."""
    if not ways:
        yield seen
        return
    for square in squares:
        step = (square - seen[-1]) / ways[0]
        if LEAST_STEP <= abs(step) <= MOST_STEP and abs(cmath.phase(step)) <= MOST_TURN:
            yield from _walks([*seen, square], ways[1:], squares)


def _off(plane: Plane, code: list[Spot], places: FormPlaces) -> float:
    """The corners of the code were not used: they say whether the squares found are those of this sheet."""
    x, y = places.code_centre
    half = places.code[2] * CODE_SHARE / 2
    wanted = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    return max(math.dist(plane.at(place), seen) for place, seen in zip(wanted, code, strict=True))


def _crossing(a: complex, b: complex, c: complex, d: complex) -> complex | None:
    """Where the diagonals meet: the middle of the code also when it is seen from the side."""
    one, other = b - a, d - c
    across = (one.conjugate() * other).imag
    if not across:
        return None
    return a + one * (((c - a).conjugate() * other).imag / across)


def even_light(picture: Image.Image) -> Image.Image:
    """The paper white everywhere, also in the shadow of a hand: each dot beside the brightest ones near it."""
    small = picture.reduce(4).filter(ImageFilter.MaxFilter(11)).filter(ImageFilter.GaussianBlur(3))
    paper = small.resize(picture.size, Image.Resampling.BILINEAR)
    return ImageMath.lambda_eval(
        lambda given: given["convert"](
            given["min"](given["dot"] * 255 / given["max"](given["paper"], 1), 255), "L"
        ),
        dot=picture, paper=paper,
    )  # fmt: skip


def _squares(picture: Image.Image, scale: float, size: float) -> Iterator[complex]:
    """The middle of all that is dark, filled, about as wide as high, and of the right size."""
    shrink = max(1, round(scale / DOTS))
    small = even_light(picture.reduce(shrink))
    width, area = small.width, (size * scale / shrink) ** 2
    waiting = {at for at, dot in enumerate(small.tobytes()) if dot < DARK}
    while waiting:
        blob = _joined(waiting, width)
        if not LEAST_AREA * area <= len(blob) <= MOST_AREA * area:
            continue
        columns, rows = [at % width for at in blob], [at // width for at in blob]
        across, down = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
        is_even = max(across, down) <= MOST_UNEVEN * min(across, down)
        if is_even and len(blob) >= LEAST_FILLED * across * down:
            middle = complex(sum(columns) / len(blob) + 0.5, sum(rows) / len(blob) + 0.5)
            yield middle * shrink


def _joined(waiting: set[int], width: int) -> list[int]:
    """Takes one dot and all that touch it out of ``waiting``."""
    blob = [waiting.pop()]
    for at in blob:
        for near in (at - 1, at + 1, at - width, at + width):
            if near in waiting:
                waiting.remove(near)
                blob.append(near)
    return blob
