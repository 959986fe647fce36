"""What may be stored as an answer to one question. One check for every way in: website, paper, import.

A value is plain JSON: single "a1" · multiple ["a1", "a2"] · scale 4 · ranking ["a2", "a1"] (first place first) ·
matrix {"r1": "a1"} · number 12.5 · texts "..." · place {"province": "60", "district": "6003", "subdistrict": ""} and
what hearings.services.spots adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.text import clean_text
from geography.extents import extent_of
from geography.models import Area, District, Province, Subdistrict
from hearings.enums import QuestionKind
from hearings.models import QuestionRevision
from hearings.services.data import has_citizen_number
from hearings.services.spots import checked_spot

LONGEST_SHORT, LONGEST_LONG = 200, 4000
SCALE_MIN, SCALE_MAX = 1, 5
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", re.ASCII)
LEVELS: tuple[tuple[str, int, type[Area]], ...] = (
    ("province", 2, Province),
    ("district", 4, District),
    ("subdistrict", 6, Subdistrict),
)


def check_value(revision: QuestionRevision, value: Any) -> Any:
    """The value as it is stored, or None for no answer. Raises ValidationError with words for the person."""
    return CHECKS[QuestionKind(revision.kind)](revision, value)


def _check_single(revision: QuestionRevision, value: Any) -> str | None:
    if value in (None, ""):
        return None
    return _known(value, revision.options)


def _check_multiple(revision: QuestionRevision, value: Any) -> list[str] | None:
    if not value:
        return None
    if not isinstance(value, (list, tuple)):
        raise _not_an_answer()
    chosen = {_known(key, revision.options) for key in value}
    most = revision.limit("most", 0)
    if most and len(chosen) > most:
        raise ValidationError(
            _("You chose %(chosen)s answers; at most %(most)s are possible. Take some away."),
            code="too_many",
            params={"chosen": len(chosen), "most": most},
        )
    return [line["key"] for line in revision.options if line["key"] in chosen]


def _check_scale(revision: QuestionRevision, value: Any) -> int | None:
    if value in (None, ""):
        return None
    number = _number(value)
    low, high = revision.limit("min", SCALE_MIN), revision.limit("max", SCALE_MAX)
    if number is None or number != int(number) or not low <= number <= high:
        raise _not_an_answer()
    return int(number)


def _check_ranking(revision: QuestionRevision, value: Any) -> list[str] | None:
    """All keys in order, first place first; every option has its place."""
    if not value:
        return None
    if not isinstance(value, (list, tuple)):
        raise _not_an_answer()
    keys = [_known(key, revision.options) for key in value]
    if len(keys) != len(set(keys)):
        raise _not_an_answer()
    if len(keys) != len(revision.options):
        raise ValidationError(_("Give every line a place, or leave all of them empty."), code="incomplete")
    return keys


def _check_matrix(revision: QuestionRevision, value: Any) -> dict[str, str] | None:
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise _not_an_answer()
    answered = {_known(row, revision.rows): key for row, key in value.items() if key not in (None, "")}
    for key in answered.values():
        _known(key, revision.options)
    if revision.is_required and answered and len(answered) != len(revision.rows):
        raise ValidationError(_("Choose one answer in every row."), code="incomplete")
    return answered or None


def _check_number(revision: QuestionRevision, value: Any) -> int | float | None:
    if value is None or not str(value).strip():
        return None
    number = _number(value)
    if number is None:
        raise ValidationError(_("Write a number, for example 12 or 2.5."), code="number")
    low, high = revision.limits.get("min"), revision.limits.get("max")
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValidationError(_range_words(low, high), code="range", params={"min": low, "max": high})
    return int(number) if number == int(number) else number


def _range_words(low: object, high: object) -> Any:
    if low is None:
        return _("The number must not be greater than %(max)s.")
    if high is None:
        return _("The number must not be smaller than %(min)s.")
    return _("Write a number from %(min)s to %(max)s.")


def _check_text(revision: QuestionRevision, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _not_an_answer()
    text = clean_text(value)
    if has_citizen_number(text):
        raise ValidationError(
            _(
                "There is a citizen identification number in this text. Please take it out: we never need it, "
                "and in a published comment strangers could misuse it."
            ),
            code="citizen_number",
        )
    limit = longest(revision)
    if len(text) > limit:
        raise ValidationError(
            _("This is %(length)d characters long, the limit is %(limit)d."),
            code="max_length",
            params={"length": len(text), "limit": limit},
        )
    return text or None


def longest(revision: QuestionRevision) -> int:
    short = revision.kind == QuestionKind.SHORT_TEXT
    return revision.limit("longest", LONGEST_SHORT if short else LONGEST_LONG)


def _check_place(revision: QuestionRevision, value: Any) -> dict[str, Any] | None:
    """The lowest area named decides the upper ones; a point or line is extra and never alone."""
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise _not_an_answer()
    codes = {level: str(value.get(level) or "") for level, _digits, _model in LEVELS}
    lowest = codes["subdistrict"] or codes["district"] or codes["province"]
    spot = checked_spot(value)
    if not lowest:
        if spot:
            raise ValidationError(_("Choose the province of the place, too."), code="required")
        return None
    for level, digits, model in LEVELS:
        if codes[level] and codes[level] != lowest[:digits]:
            raise ValidationError(
                _("This place does not belong to the district or province you chose. Choose it again."),
                code="area",
            )
        if len(lowest) == digits and not model._default_manager.filter(pk=lowest).exists():
            raise _not_an_answer()
    if len(lowest) not in (2, 4, 6):
        raise _not_an_answer()
    _refuse_far_point(lowest[:2], spot)
    area = {level: lowest[:digits] if len(lowest) >= digits else "" for level, digits, _model in LEVELS}
    return {**area, **spot}


def _refuse_far_point(province_code: str, spot: Mapping[str, Any]) -> None:
    """Two figures changed, a comma lost: better asked now than found by who goes there."""
    extent = extent_of(province_code) if "lat" in spot else None
    if extent and not extent.is_near(spot["lat"], spot["lng"]):
        province = Province.objects.get(pk=province_code)
        raise ValidationError(
            _(
                "The point on the map lies far from %(province)s. Check it, or choose the province it lies in."
            ),
            code="far",
            params={"province": province.full_name},
        )


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    text = re.sub(r"[\s,]", "", to_arabic(value))[:40]
    return float(text) if NUMBER.fullmatch(text) else None


def _known(key: Any, lines: Iterable[Mapping[str, str]]) -> str:
    if not isinstance(key, str) or key not in {line["key"] for line in lines}:
        raise _not_an_answer()
    return key


def _not_an_answer() -> ValidationError:
    return ValidationError(
        _("This answer is not among those of the question. Choose again."), code="unknown_answer"
    )


CHECKS = {
    QuestionKind.SINGLE: _check_single,
    QuestionKind.MULTIPLE: _check_multiple,
    QuestionKind.SCALE: _check_scale,
    QuestionKind.RANKING: _check_ranking,
    QuestionKind.MATRIX: _check_matrix,
    QuestionKind.NUMBER: _check_number,
    QuestionKind.SHORT_TEXT: _check_text,
    QuestionKind.LONG_TEXT: _check_text,
    QuestionKind.PLACE: _check_place,
}
