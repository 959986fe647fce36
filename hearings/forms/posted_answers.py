"""Answers between the tables and the fields of a browser: which questions a posted form was written on, and stored
answers as a browser would post them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hearings.enums import QuestionKind
from hearings.models import Hearing, Question, QuestionRevision
from hearings.services.answers import AnswerData, stood_at

SEEN = "seen"
LEVELS = ("province", "district", "subdistrict")
SHOWN, WHERE = "shown", "where"
HIGHEST_ID = 9  # digits of a revision's id; a longer one is nobody's
MOST_SEEN = 200


def revisions_for(
    hearing: Hearing, data: Mapping[str, Any], prefix: str = "q", opened_at: dt.datetime | None = None
) -> list[QuestionRevision]:
    """The revisions a posted form was written on, in order; those asked now if it names none. Two queries at most.

    With ``opened_at`` none of the questions that stood there then is missing, whatever the form names.

    Ids of other hearings are not found here; the form refuses them by their names.
    """
    then, now = stood_at(hearing, opened_at)
    current = list((then if opened_at else now).values())
    named = named_ids(data.get(f"{prefix}-{SEEN}") or "")
    named_in_fields = re.compile(
        rf"{re.escape(prefix)}-r([0-9]{{1,{HIGHEST_ID}}})(?:-.*)?", re.ASCII | re.DOTALL
    )
    named |= {int(match[1]) for name in data if (match := named_in_fields.fullmatch(name))}
    if not named:
        return current
    found = {revision.pk: revision for revision in now.values() if revision.pk in named}
    older = sorted(named - set(found))[:MOST_SEEN]
    if older:
        stored = QuestionRevision.objects.filter(pk__in=older, question__hearing=hearing)
        found.update({revision.pk: revision for revision in stored.select_related("question")})
    if not found:
        return current
    if opened_at:
        named_questions = {revision.question_id for revision in found.values()}
        found.update({r.pk: r for question, r in then.items() if question not in named_questions})
    return sorted(found.values(), key=lambda r: (r.question.order, r.question_id, r.number))


def posted(hearing: Hearing, answers: Iterable[AnswerData], prefix: str = "q") -> dict[str, list[str]]:
    """Stored answers as a browser would post them, to fill a form that changes them (QueryDict.setlist).

    Each question is shown as it stood when it was answered; those not answered as they are asked now.
    """
    answers = list(answers)
    answered = {answer.revision.question_id: answer.revision for answer in answers}
    current = {revision.question_id: revision for revision in Question.objects.asked(hearing)}
    seen = ".".join(str(revision.pk) for revision in {**current, **answered}.values())
    fields: dict[str, list[str]] = {f"{prefix}-{SEEN}": [seen]}
    for answer in answers:
        stem, kind, value = f"{prefix}-r{answer.revision.pk}", answer.revision.kind, answer.value
        if kind == QuestionKind.MULTIPLE:
            fields[stem] = list(value)
        elif kind == QuestionKind.RANKING:
            fields.update({f"{stem}-{key}": [str(place)] for place, key in enumerate(value, 1)})
        elif kind in (QuestionKind.MATRIX, QuestionKind.PLACE):
            fields.update({f"{stem}-{key}": [_as_posted(part)] for key, part in value.items()})
        else:
            fields[stem] = [str(value)]
        if kind == QuestionKind.PLACE:
            fields[f"{stem}-{WHERE}"] = [typed_point(value)]
    return fields


def typed_point(value: Mapping[str, Any]) -> str:
    """A stored point as somebody would type it, latitude first."""
    return f"{value['lat']}, {value['lng']}" if value.get("lat") and value.get("lng") else ""


def _as_posted(part: object) -> str:
    return json.dumps(part) if isinstance(part, dict) else "on" if part is True else str(part)


def named_ids(text: object) -> set[int]:
    parts = str(text).split(".")[:MOST_SEEN]
    return {int(part) for part in parts if re.fullmatch(rf"[0-9]{{1,{HIGHEST_ID}}}", part, re.ASCII)}
