"""Write site/geography/data/province_shapes.json from ``@svg-maps/thailand`` 2.0.0 (CC BY 4.0, see the README there).

Run by a developer: ``npm pack @svg-maps/thailand@2.0.0``, unpack it, ``python scripts/build_map.py package/thailand.svg``.
Outlines are rounded to a tenth of a unit, so that neighbours still share their border, and each gets a box and the
point furthest from its border, where its label stands. Outlines carry no latitude and longitude, and none is guessed.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parents[1] / "site" / "geography" / "data"
TARGET = DATA / "province_shapes.json"
# Spelled differently in the map than by the Department of Provincial Administration.
OTHER_NAMES = {"buriram": "buri ram", "chainat": "chai nat", "chonburi": "chon buri", "lopburi": "lop buri"}
NOT_A_PROVINCE = {"lake songkha"}
STEPS = 20
Point = tuple[float, float]


def codes_by_name() -> dict[str, str]:
    areas = json.loads(gzip.decompress((DATA / "areas.json.gz").read_bytes()))
    return {squeezed(name_en): code for code, _name, name_en in areas["provinces"]}


def squeezed(name: str) -> str:
    return re.sub(r"[^a-z]", "", OTHER_NAMES.get(name.lower(), name.lower()))


def rings_of(path: str) -> Iterator[list[Point]]:
    """The corners of each closed outline, in the map's own units; only ``m`` and ``z`` occur, all relative."""
    if set(re.findall(r"[A-Za-z]", path)) - {"m", "z"}:
        raise ValueError(f"an outline with curves: {path[:60]}")
    x = y = 0.0
    for piece in filter(str.strip, path.split("z")):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", piece)]
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring
        x, y = ring[0]  # where ``z`` leads back to


def rounded(ring: list[Point]) -> list[Point]:
    points = [(round(x, 1), round(y, 1)) for x, y in ring]
    return [point for last, point in pairwise([(math.inf, math.inf), *points]) if point != last]


def drawn(ring: list[Point]) -> str:
    """Short: an absolute start, then relative steps: ``M200.1 4.2l-.3 5z``."""
    steps = " ".join(f"{short(b[0] - a[0])} {short(b[1] - a[1])}" for a, b in pairwise(ring))
    return f"M{short(ring[0][0])} {short(ring[0][1])}l{steps}z".replace(" -", "-")


def short(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return re.sub(r"^(-?)0\.", r"\1.", "0" if text == "-0" else text)


def label_point(ring: list[Point]) -> Point:
    """The inner point of a grid that is furthest from the outline."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    grid = [
        (min(xs) + wide * i / STEPS, min(ys) + high * j / STEPS)
        for i in range(1, STEPS)
        for j in range(1, STEPS)
    ]
    best = max((p for p in grid if inside(p, ring)), key=lambda p: distance(p, ring))
    return round(best[0], 1), round(best[1], 1)


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    found = False
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


def distance(point: Point, ring: list[Point]) -> float:
    return min(to_line(point, a, b) for a, b in pairwise([*ring, ring[0]]))


def to_line(point: Point, a: Point, b: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = 0.0 if not length else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay))


def area(ring: list[Point]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2


def shape(path: str) -> dict[str, object]:
    rings = [ring for ring in map(rounded, rings_of(path)) if len(ring) > 2]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return {
        "path": "".join(map(drawn, rings)),
        "box": [round(number, 1) for number in (min(xs), min(ys), max(xs), max(ys))],
        "label": list(label_point(max(rings, key=area))),
    }


def main(source: str) -> None:
    codes, shapes = codes_by_name(), {}
    for found in ET.parse(source).getroot().iter("{http://www.w3.org/2000/svg}path"):
        name = found.attrib["aria-label"]
        if name.lower() not in NOT_A_PROVINCE:
            shapes[codes[squeezed(name)]] = shape(found.attrib["d"])
    if len(shapes) != len(codes):
        raise ValueError(f"without an outline: {sorted(set(codes.values()) - set(shapes))}")
    lines = ",\n".join(
        f"{json.dumps(code)}:{json.dumps(shapes[code], separators=(',', ':'))}" for code in sorted(shapes)
    )
    TARGET.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
