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
from hearings.keyset import NEWEST, WINDOW, Ask, Order, Position, beyond, until
from hearings.models import Comment, Hearing
from hearings.querysets import CommentQuerySet

LATEST = 3
BY_NUMBER = ("supported", "discussed")
By = Callable[[CommentQuerySet, Any], CommentQuerySet]


def rows_of(hearing: Hearing, wanted: dict[str, str], sort: str) -> tuple[QuerySet[Comment] | Ask, Q | None]:
    """Where ``keyset_page`` reads from, and the rest of the filter."""
    if not wanted:
        return ask_list(hearing), None
    (name, value), *others = wanted.items()
    if not others and name in WINDOWED:
        return ask_window(hearing, name, value), None
    if not others and sort not in BY_NUMBER:
        by = {("block", WHOLE): "whole", ("answered", "yes"): "answered"}.get((name, value), name)
        if by in PREPARED and (name, value) != ("answered", "no"):
            return ask_list(hearing, by, value), None
    return chosen(hearing, wanted, sort)


BY_INDEX: dict[str, By] = {
    "block": lambda found, key: found.for_block(None if key == WHOLE else key),
    "stance": lambda found, stance: found.with_stance(stance),
    "topic": lambda found, topic: found.with_topic(topic),
}
NARROW: dict[str, Callable[[str], Q]] = {
    "block": lambda key: Q(block_key__isnull=True) if key == WHOLE else Q(block_key=key),
    "stance": lambda stance: Q(stance=stance),
    "topic": lambda topic: Q(topic_id=topic),
    "sector": lambda sector: Q(submission__sector=sector),
    "province": lambda code: Q(submission__province_id=code),
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
    "topic": lambda found, topic: found.with_topic(topic),
    "answered": lambda found, _value: found.filter(answered_at__isnull=False),
    "pks": lambda found, pks: found.filter(pk__in=pks),
}
VALUES: dict[str, type[Field]] = {
    "block": UUIDField, "stance": CharField, "topic": BigIntegerField, "pks": BigIntegerField,
}  # fmt: skip
WINDOWED = ("sector", "province")


def ask_list(hearing: Hearing, by: str = "", value: Any = None) -> Ask:
    """The whole list, or what one filter of PREPARED leaves of it."""

    def ask(order: Order, position: Position | None, count: int, *, descending: bool) -> tuple[Answer, None]:
        values = _at(hearing, position)
        if by in VALUES:
            values["value"] = value
        return _prepared(by, order, count, descending)(**values), None

    return ask


def ask_window(hearing: Hearing, name: str, value: str) -> Ask:
    """What one filter of WINDOWED leaves of the list, looked for in a window of it (hearings.keyset)."""

    def ask(
        order: Order, position: Position | None, count: int, *, descending: bool
    ) -> tuple[Answer, Position | None]:
        values = _at(hearing, position)
        ends = _prepared("", order, 1, descending, WINDOW - 1)(**values)
        for end in ends.values(order.field, "id"):
            values["until_at"], values["until_pk"] = end
        found = _prepared(name, order, count, descending)(**values, value=value)
        return found, (values["until_at"], values["until_pk"]) if ends else None

    return ask


def ask_among(hearing: Hearing, pks: Sequence[int]) -> Ask:
    """The same as ``among`` without other filters. Few lengths of the list are prepared, the last one fills it up."""
    room = 1 << (len(pks) - 1).bit_length()
    filled = [*pks, *[pks[-1]] * (room - len(pks))]

    def ask(order: Order, position: Position | None, count: int, *, descending: bool) -> tuple[Answer, None]:
        values = {**_at(hearing, position), "value": filled}
        return _prepared("pks", order, count, descending)(**values), None

    return ask


def _at(hearing: Hearing, position: Position | None) -> dict[str, Any]:
    where = {"hearing": hearing.pk}
    return where if position is None else {**where, "at": position[0], "pk": position[1]}


def latest(hearing: Hearing) -> Answer:
    """The newest few, for the page of the hearing."""
    return _prepared("", NEWEST, LATEST, descending=True)(hearing=hearing.pk)


@functools.cache
def _prepared(by: str, order: Order, count: int, descending: bool, skipped: int = 0) -> Prepared:
    """``skipped`` rows lie before the place where a window ends; of that place only the position is read."""
    sign = "-" if descending else ""

    def build(
        hearing: Any, value: Any = None, at: Any = None, pk: Any = None, until_at: Any = None, until_pk: Any = None
    ) -> CommentQuerySet:  # fmt: skip
        found = Comment.objects.for_lists(hearing)
        if skipped:
            found = Comment.objects.public(hearing).select_related(None).only(order.field)
        if at is not None:
            found = found.filter(beyond(order, (at, pk), descending=descending))
        if until_at is not None:
            found = found.filter(until(order, (until_at, until_pk), descending=descending))
        found = found.filter(NARROW[by](value)) if by in WINDOWED else PREPARED[by](found, value)
        return found.order_by(f"{sign}{order.field}", f"{sign}pk")[skipped : skipped + count]

    at = DateTimeField() if order.field == "created_at" else PositiveIntegerField()
    pk, given = BigIntegerField(), VALUES.get(by, CharField)()
    return Prepared(build, hearing=pk, value=given, at=at, pk=pk, until_at=at, until_pk=pk)
