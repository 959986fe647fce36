"""How far a province reaches, to tell a slip of the finger from a place: a box in degrees, not a border.

The drawn outlines are in Mercator's projection (measured at Bangkok, Phuket and Nakhon Sawan: right to about two
kilometres), so their frame and the four corners of Thailand give the scale. Far too coarse to place a point.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from geography.maps import outlines

# The ends of Thailand: Mae Sai, Betong, Mae Sariang, Khong Chiam.
NORTH, SOUTH, WEST, EAST = 20.465, 5.613, 97.343, 105.637
NEAR = 0.1  # about eleven kilometres


class Extent(NamedTuple):
    south: float
    north: float
    west: float
    east: float

    def is_near(self, lat: float, lng: float) -> bool:
        return self.south - NEAR <= lat <= self.north + NEAR and self.west - NEAR <= lng <= self.east + NEAR


def extent_of(province_code: str) -> Extent | None:
    """None for a province without an outline."""
    outline = outlines().get(province_code)
    if outline is None:
        return None
    boxes = [one.box for one in outlines().values()]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)

    def lng(x: float) -> float:
        return WEST + (x - left) / (right - left) * (EAST - WEST)

    def lat(y: float) -> float:
        highest, lowest = _stretched(NORTH), _stretched(SOUTH)
        return _flat(highest - (y - top) / (bottom - top) * (highest - lowest))

    west, north, east, south = outline.box
    return Extent(lat(south), lat(north), lng(west), lng(east))


def _stretched(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _flat(stretched: float) -> float:
    return math.degrees(2 * math.atan(math.exp(stretched)) - math.pi / 2)
