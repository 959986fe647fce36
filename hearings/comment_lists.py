"""Which comments a list shows: by an index where one answers, else within a window of its order (hearings.keyset).

What readers ask for most is prepared (core.prepared): each order, whole or by one filter that an index answers, from
its start or from a place in it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Field,
    PositiveIntegerField,
    Q,
    QuerySet,
    UUIDField,
)

from core.prepared import Answer, Prepared
from hearings.forms.filters import WHOLE
from hearings.keyset import NEWEST, Ask, Order, Position, beyond
from hearings.models import Comment, Hearing
from hearings.querysets import CommentQuerySet

LATEST = 3
BY_NUMBER = ("supported", "discussed")
By = Callable[[CommentQuerySet, Any], CommentQuerySet]


def rows_of(hearing: Hearing, wanted: dict[str, str], sort: str) -> tuple[QuerySet[Comment] | Ask, Q | None]:
    """Where ``keyset_page`` reads from, and the rest of the filter."""
    if not wanted:
        return ask_list(hearing), None
    if len(wanted) == 1 and sort not in BY_NUMBER:
        (name, value), *_ = wanted.items()
        by = {("block", WHOLE): "whole", ("answered", "yes"): "answered"}.get((name, value), name)
        if by in PREPARED and (name, value) != ("answered", "no"):
            return ask_list(hearing, by, value), None
    return chosen(hearing, wanted, sort)


BY_INDEX: dict[str, By] = {
    "block": lambda found, key: found.for_block(None if key == WHOLE else key),
    "stance": lambda found, stance: found.with_stance(stance),
}
NARROW: dict[str, Callable[[str], Q]] = {
    "block": lambda key: Q(block_key__isnull=True) if key == WHOLE else Q(block_key=key),
    "stance": lambda stance: Q(stance=stance),
    "sector": lambda sector: Q(submission__sector=sector),
    "province": lambda code: Q(submission__province=code),
    "paragraph": lambda key: Q(paragraph_key=key),
    "answered": lambda answered: Q(answered_at__isnull=answered == "no"),
}


def chosen(hearing: Hearing, wanted: dict, sort: str) -> tuple[CommentQuerySet, Q | None]:
    """One filter by its index, the others within a window of that order (hearings.keyset)."""
    found, rest = Comment.objects.for_lists(hearing), dict(wanted)
    if sort not in BY_NUMBER:
        if wanted.get("answered") == "yes":
            found = found.filter(answered_at__isnull=False)
            del rest["answered"]
        elif name := next((name for name in BY_INDEX if name in wanted), None):
            found = BY_INDEX[name](found, rest.pop(name))
    narrow = Q()
    for name, value in rest.items():
        narrow &= NARROW[name](value)
    return found, narrow or None


def among(hearing: Hearing, pks: Sequence[int], wanted: dict[str, str]) -> CommentQuerySet:
    """Of these comments, which search found by their words, those that pass the other filters."""
    found = Comment.objects.for_lists(hearing).filter(pk__in=pks)
    for name, value in wanted.items():
        found = found.filter(NARROW[name](value))
    return found


# --- prepared -----------------------------------------------------------------------------------------------

PREPARED: dict[str, By] = {
    "": lambda found, _value: found,
    "block": lambda found, key: found.for_block(key),
    "whole": lambda found, _value: found.for_block(None),
    "stance": lambda found, stance: found.with_stance(stance),
    "answered": lambda found, _value: found.filter(answered_at__isnull=False),
}
VALUES: dict[str, type[Field]] = {"block": UUIDField, "stance": CharField}


def ask_list(hearing: Hearing, by: str = "", value: Any = None) -> Ask:
    """The whole list, or what one filter of PREPARED leaves of it."""

    def ask(order: Order, position: Position | None, count: int, *, descending: bool) -> Answer:
        values = {"hearing": hearing.pk}
        if by in VALUES:
            values["value"] = value
        if position is not None:
            values["at"], values["pk"] = position
        return _prepared(by, order, count, descending)(**values)

    return ask


def latest(hearing: Hearing) -> Answer:
    """The newest few, for the page of the hearing."""
    return _prepared("", NEWEST, LATEST, descending=True)(hearing=hearing.pk)


@functools.cache
def _prepared(by: str, order: Order, count: int, descending: bool) -> Prepared:
    sign = "-" if descending else ""

    def build(hearing: Any, value: Any = None, at: Any = None, pk: Any = None) -> CommentQuerySet:
        found = PREPARED[by](Comment.objects.for_lists(hearing), value)
        if at is not None:
            found = found.filter(beyond(order, (at, pk), descending=descending))
        return found.order_by(f"{sign}{order.field}", f"{sign}pk")[:count]

    at = DateTimeField() if order.field == "created_at" else PositiveIntegerField()
    given = VALUES.get(by, CharField)()
    return Prepared(build, hearing=BigIntegerField(), value=given, at=at, pk=BigIntegerField())
