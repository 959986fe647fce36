"""An answer as its author reads it back: on the check page and on the receipt."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from geography.models import District, Province, Subdistrict
from hearings.enums import QuestionKind
from hearings.models import QuestionRevision
from hearings.services.answers import AnswerData
from hearings.services.spots import PARTS


def in_words(answer: AnswerData) -> list[str]:
    """One line for each thing that was said."""
    revision, value = answer.revision, answer.value
    options = revision.option_labels()
    match QuestionKind(revision.kind):
        case QuestionKind.SINGLE:
            return [options.get(value, value)]
        case QuestionKind.MULTIPLE:
            return [options.get(key, key) for key in value]
        case QuestionKind.RANKING:
            return [f"{place}. {options.get(key, key)}" for place, key in enumerate(value, 1)]
        case QuestionKind.MATRIX:
            rows = revision.row_labels()
            return [f"{rows.get(row, row)}: {options.get(key, key)}" for row, key in value.items()]
        case QuestionKind.NUMBER:
            return [f"{value} {revision.limit_words('unit')}".strip()]
        case QuestionKind.SCALE:
            return [_scale(revision, value)]
        case QuestionKind.PLACE:
            return _place(value)
        case _:
            return str(value).splitlines()


def _scale(revision: QuestionRevision, value: int) -> str:
    ends = {
        revision.limits.get("min"): revision.limit_words("min_label"),
        revision.limits.get("max"): revision.limit_words("max_label"),
    }
    return f"{value} ({ends[value]})" if ends.get(value) else str(value)


def _place(value: dict[str, Any]) -> list[str]:
    found = [
        model._default_manager.filter(pk=value[level]).first()
        for level, model in (("subdistrict", Subdistrict), ("district", District), ("province", Province))
        if value.get(level)
    ]
    names = " ".join(area.short_name for area in found if area)
    return [names, _("with what you marked on the map")] if any(part in value for part in PARTS) else [names]
