"""Points, lines and areas that people add to a place: what may be stored, and what of it everyone may see (P31, P32).

Kept in the answer to a place question, beside its area: ``lat``, ``lng``, ``accuracy`` in metres, ``shape`` (a
GeoJSON geometry, longitude first), ``shown`` (the author wants it on the website). A spot tells where somebody lives
or works: in public it is rounded to about a kilometre, and stands there only if its author said so.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The four corners of Thailand, a little generous: a point outside is a mistake, not a place in the area.
SOUTH, NORTH, WEST, EAST = 5.6, 20.5, 97.3, 105.7
MOST_POINTS = 200
LONGEST_SHAPE = 20_000
LEAST_POINTS = {"LineString": 2, "Polygon": 4}
HIGHEST_ACCURACY = 100_000
DIGITS, PUBLIC_DIGITS = 6, 2
PARTS = ("lat", "lng", "accuracy", "shape", "shown")
Position = list[float]


def checked_spot(value: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the area; {} where nothing was added. Raises ValidationError with words for the person."""
    point, shape = _point(value.get("lat"), value.get("lng")), _shape(value.get("shape"))
    if not point and not shape:
        return {}
    spot: dict[str, Any] = {**point}
    accuracy = _coordinate(value.get("accuracy"))
    if point and accuracy is not None and 0 < accuracy <= HIGHEST_ACCURACY:
        spot["accuracy"] = math.ceil(accuracy)
    if shape:
        spot["shape"] = shape
    if value.get("shown") in (True, "on", "True"):
        spot["shown"] = True
    return spot


def _point(lat: Any, lng: Any) -> dict[str, float]:
    if lat in (None, "") and lng in (None, ""):
        return {}
    north, east = _coordinate(lat), _coordinate(lng)
    if north is None or east is None or not _is_inside(east, north):
        raise ValidationError(
            _("The point on the map does not lie in Thailand. Put it again, or leave it out."), code="point"
        )
    return {"lat": round(north, DIGITS), "lng": round(east, DIGITS)}


def _shape(value: Any) -> dict[str, Any] | None:
    if value in (None, "", {}):
        return None
    geometry = _parsed(value)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(kind, str) or kind not in LEAST_POINTS:
        raise _no_shape()
    if kind == "Polygon":
        coordinates = coordinates[0] if isinstance(coordinates, list) and len(coordinates) == 1 else None
    if not isinstance(coordinates, list) or not LEAST_POINTS[kind] <= len(coordinates) <= MOST_POINTS:
        raise _no_shape()
    line = [_position(position) for position in coordinates]
    if kind == "Polygon" and (line[0] != line[-1] or len({tuple(point) for point in line}) < 3):
        raise _no_shape()
    return {"type": kind, "coordinates": [line] if kind == "Polygon" else line}


def _parsed(value: Any) -> Mapping[str, Any]:
    if isinstance(value, str):
        if len(value) > LONGEST_SHAPE:
            raise _no_shape()
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise _no_shape() from error
    if not isinstance(value, Mapping):
        raise _no_shape()
    return value


def _position(value: Any) -> Position:
    if not isinstance(value, list) or len(value) != 2:
        raise _no_shape()
    if any(isinstance(part, bool) or not isinstance(part, int | float) for part in value):
        raise _no_shape()
    east, north = value
    if not _is_inside(east, north):  # refuses what is no number or endless, too
        raise ValidationError(
            _("A point of the line does not lie in Thailand. Record it again, or leave it out."), code="shape"
        )
    return [round(east, DIGITS), round(north, DIGITS)]


def _is_inside(east: float, north: float) -> bool:
    return SOUTH <= north <= NORTH and WEST <= east <= EAST


def _coordinate(value: Any) -> float | None:
    try:
        number = float(str(value)[:30])
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _no_shape() -> ValidationError:
    return ValidationError(
        _("The line could not be read. Record it again with 2 to 200 points, or leave it out."), code="shape"
    )


# --- reading -------------------------------------------------------------------------------------------------


def geometries(value: Mapping[str, Any], digits: int = DIGITS) -> list[dict[str, Any]]:
    """The point and the shape of a stored answer as GeoJSON, rounded."""
    found: list[dict[str, Any]] = []
    if "lat" in value:
        found.append({"type": "Point", "coordinates": _rounded([value["lng"], value["lat"]], digits)})
    if shape := value.get("shape"):
        found.append(_rounded_shape(shape, digits))
    return found


def _rounded(position: list[float], digits: int) -> Position:
    return [round(position[0], digits), round(position[1], digits)]


def _rounded_shape(shape: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """Neighbours that rounding made one become one; what is left may be only a line, or a point."""
    is_area = shape["type"] == "Polygon"
    line = shape["coordinates"][0] if is_area else shape["coordinates"]
    points = [_rounded(position, digits) for position in line]
    points = [points[0], *(b for a, b in pairwise(points) if a != b)]
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    if is_area and len(points) >= LEAST_POINTS["Polygon"]:
        return {"type": "Polygon", "coordinates": [points]}
    return {"type": "LineString", "coordinates": points}


def without_spot(value: Mapping[str, Any]) -> dict[str, Any]:
    """The area alone: what stays of a place when its author becomes nameless."""
    return {name: part for name, part in value.items() if name not in PARTS}
