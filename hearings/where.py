"""A place as map apps hand it on, read into a point: two numbers, a link, or a plus code (P31).

For whoever has no GPS, no JavaScript, or means another place than where they stand. Nothing is looked up anywhere: a
short link would have to be asked of its owner, who would learn that somebody takes part here.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic

LONGEST = 1000
NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,15})?"
PAIR = re.compile(rf"(?<![\d.])({NUMBER})\s*°?\s*[NnEe]?\s*[,;\s]\s*({NUMBER})\s*°?\s*[NnEe]?(?![\d.])")
ANGLE = re.compile(
    r"(\d{1,3})\s*°\s*(\d{1,2})\s*['′’]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|'')\s*)?([NSEWnsew])"
)
# Google's own mark of the place comes before the middle of the map, which is only what was on the screen.
MARKED = re.compile(rf"!3d({NUMBER})!4d({NUMBER})")
MIDDLE = re.compile(rf"@({NUMBER}),({NUMBER})")
ANCHOR = re.compile(rf"map=\d+(?:\.\d+)?/({NUMBER})/({NUMBER})")
NAMED = ("q", "query", "ll", "destination", "daddr", "center", "sll")
LETTERS = "23456789CFGHJMPQRVWX"
PLUS_CODE = re.compile(rf"(?<![A-Z0-9])([{LETTERS}]{{8}}\+[{LETTERS}]{{2,7}})(?![A-Z0-9])")
SHORT_PLUS_CODE = re.compile(rf"(?<![A-Z0-9+])[{LETTERS}]{{4}}\+[{LETTERS}]{{2,3}}(?![A-Z0-9])")
Point = tuple[float, float]


def point_from(text: str) -> Point | None:
    """(latitude, longitude); None where nothing was typed. Raises ValidationError with what to do instead."""
    text = to_arabic(text).strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise _unread()
    links = re.findall(r"(?:https?://|geo:)\S+", text)
    found = _of_link(links[0]) if links else _of_words(text)
    if found is None:
        raise _hidden_in_link() if links else _unread()
    return _in_order(*found)


def _in_order(first: float, second: float) -> Point:
    """Here latitudes end where longitudes begin, so turned numbers are turned back."""
    return (second, first) if first > 90 else (first, second)


def _of_link(link: str) -> Point | None:
    link = unquote(link)
    if link.startswith("geo:"):
        return _pair(link.removeprefix("geo:"))
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if found := MARKED.search(link):
        return float(found[1]), float(found[2])
    asked = parse_qs(parts.query)
    if "mlat" in asked and "mlon" in asked:
        return _pair(f"{asked['mlat'][0]}, {asked['mlon'][0]}")
    for name in NAMED:
        for value in asked.get(name, []):
            if found_pair := _of_words(value, strict=False):
                return found_pair
    for pattern, place in ((ANCHOR, parts.fragment), (MIDDLE, link)):
        if found := pattern.search(place):
            return float(found[1]), float(found[2])
    return _of_words(parts.path.replace("/", " "), strict=False)


def _of_words(text: str, *, strict: bool = True) -> Point | None:
    upper = text.upper()
    if code := PLUS_CODE.search(upper):
        return _of_plus_code(code[1])
    if SHORT_PLUS_CODE.search(upper):
        if strict:
            raise ValidationError(
                _("This plus code is short. Copy the long one: eight letters and digits before the plus."),
                code="where",
            )
        return None
    if len(angles := ANGLE.findall(text)) >= 2:
        by_side = {angle[3].upper(): _degrees(*angle) for angle in angles[:2]}
        return (by_side["N"], by_side["E"]) if by_side.keys() == {"N", "E"} else None
    return _pair(text)


def _pair(text: str) -> Point | None:
    # One space at most: several would be tried in every way to part them, for minutes.
    found = PAIR.search(" ".join(text.split()))
    return (float(found[1]), float(found[2])) if found else None


def _degrees(degrees: str, minutes: str, seconds: str, _side: str) -> float:
    return int(degrees) + int(minutes) / 60 + float(seconds or 0) / 3600


def _of_plus_code(code: str) -> Point:
    """The middle of its cell (Open Location Code): five pairs of base 20, then a grid of four by five."""
    digits = [LETTERS.index(letter) for letter in code.replace("+", "")]
    lat, lng, size = -90.0, -180.0, 400.0
    for place in range(0, 10, 2):
        size /= 20
        lat += digits[place] * size
        lng += digits[place + 1] * size
    high, wide = size, size
    for digit in digits[10:]:
        high, wide = high / 5, wide / 4
        lat += digit // 4 * high
        lng += digit % 4 * wide
    return lat + high / 2, lng + wide / 2


def _unread() -> ValidationError:
    return ValidationError(
        _("We cannot read a place from this. Copy two numbers from a map app, for example 15.80123, 100.24561, "
          "or leave it empty."),
        code="where",
    )  # fmt: skip


def _hidden_in_link() -> ValidationError:
    return ValidationError(
        _("This link does not say where it leads. Open it, press the place for a moment, and copy the two numbers that "
          "appear."),
        code="where",
    )  # fmt: skip
