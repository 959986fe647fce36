"""Outlines of provinces, drawn by the server as SVG: no script, no tiles of strangers, a few KB (peers P24).

The outlines know no latitude and longitude: a map of ours shows which provinces, never a point.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from core.nearby import remember
from core.sorting import thai_key
from core.thaidate import is_thai
from geography.models import Province

SHAPES = Path(__file__).parent / "data" / "province_shapes.json"
# Units of a drawn map; a label is about 17 of them high.
WIDTH = 400
MOST_HIGH = 600
MARGIN = 4
LETTER = 9


class Outline(NamedTuple):
    path: str
    box: tuple[float, float, float, float]
    label: tuple[float, float]


@functools.cache
def outlines() -> dict[str, Outline]:
    """By DOPA code; read once a process."""
    rows = json.loads(SHAPES.read_text(encoding="utf-8"))
    return {code: Outline(row["path"], tuple(row["box"]), tuple(row["label"])) for code, row in rows.items()}


@dataclass
class Tile:
    """One province on a drawn map. ``words`` say what the shading says; ``url`` leads to the same in the list."""

    province: Province
    path: str
    x: str
    y: str
    number_y: str
    shows_name: bool
    is_on: bool = False
    number: int | None = None
    url: str = ""
    words: str = ""


@dataclass(frozen=True)
class DrawnMap:
    tiles: list[Tile]
    height: str
    transform: str
    unscale: str  # what keeps a pattern's stripes the same on every map

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


def draw(provinces: Iterable[Province]) -> DrawnMap | None:
    """These provinces and no others, as large as the frame allows; None where there is nothing to draw."""
    known = [province for province in provinces if province.pk in outlines()]
    if not known:
        return None
    boxes = [outlines()[province.pk].box for province in known]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    scale = min((WIDTH - 2 * MARGIN) / (right - left), (MOST_HIGH - 2 * MARGIN) / (bottom - top))
    # In the middle of the frame where the provinces are higher than wide.
    start = (WIDTH - scale * (right - left)) / 2
    return DrawnMap(
        tiles=[_tile(province, scale, left - start / scale, top - MARGIN / scale) for province in known],
        height=f"{scale * (bottom - top) + 2 * MARGIN:.0f}",
        transform=f"translate({start:.2f} {MARGIN}) scale({scale:.4f}) translate({-left:.1f} {-top:.1f})",
        unscale=f"scale({1 / scale:.4f})",
    )


def _tile(province: Province, scale: float, left: float, top: float) -> Tile:
    outline = outlines()[province.pk]
    x, y = scale * (outline.label[0] - left), scale * (outline.label[1] - top)
    room = scale * (outline.box[2] - outline.box[0])
    shows_name = room > LETTER * len(province.display_name)
    return Tile(
        province, outline.path, f"{x:.1f}", f"{y:.1f}", f"{y + 24 if shows_name else y + 6:.1f}", shows_name
    )


def cluster_provinces() -> list[Province]:
    """Of the cluster this site serves, in the reader's dictionary order; empty as long as nobody chose one."""
    found = remember("geography:cluster", lambda: list(Province.objects.all().of_this_site()))
    return in_dictionary_order(found)


def in_dictionary_order(provinces: Iterable[Province]) -> list[Province]:
    if is_thai():
        return sorted(provinces, key=lambda province: thai_key(province.name))
    return sorted(provinces, key=lambda province: province.name_en)


def frame(provinces: Sequence[Province]) -> list[Province]:
    """What a map of these provinces shows: the whole cluster, and those outside it that they name."""
    cluster = cluster_provinces()
    return [*cluster, *(province for province in provinces if province not in cluster)]
