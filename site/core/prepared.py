"""Queries whose SQL Django writes once a process, and answers that become objects only when somebody asks for one.

    BY_SLUG = Prepared(lambda slug: Hearing.objects.visible().filter(slug=slug), slug=CharField())
    answer = BY_SLUG(slug="...")
    answer.rows  # as the database gave them: whatever differs there differs on the page, a key for core.fragments
    answer[0]    # the model instance of the first row

Of what a page with six queries costs, Django's writing the same SQL again and making objects that only lead to a
piece of HTML known already is the larger half (docs/performance.md). Only for queries that every reader sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import get_related_populators

from core.fragments import seen

Shape = tuple[tuple[str, int | None], ...]


class Slot(Value):
    """Stands in a queryset for a value that comes with each call; ``place`` counts within a list of them."""

    def __init__(self, name: str, field: Field, place: int | None = None) -> None:
        super().__init__((name, place), output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def fill(self, values: dict[str, Any], database: Any) -> Any:
        name, place = self.value
        value = values[name] if place is None else values[name][place]
        return self.output_field.get_db_prep_value(value, database)


class Prepared:
    """``build`` makes the queryset from slots; a value that is not given is not passed, a list is a list of slots.

    Compare keys (``hearing_id``, ``comment__pk__in``), not objects, and write no value of a reader into the lambda.
    """

    def __init__(self, build: Callable[..., QuerySet], **fields: Field) -> None:
        self._build, self._fields = build, fields
        self._written: dict[tuple[str, Shape], _Written] = {}

    def __call__(self, **values: Any) -> Answer:
        shape = tuple((name, len(v) if isinstance(v, list) else None) for name, v in sorted(values.items()))
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        written = self._written.get((vendor, shape))
        if written is None:
            slots = {name: self._slots(name, count) for name, count in shape}
            written = self._written[vendor, shape] = _Written(self._build(**slots))
        return written.ask(values)

    def _slots(self, name: str, count: int | None) -> Slot | list[Slot]:
        field = self._fields[name]
        if count is None:
            return Slot(name, field)
        return [Slot(name, field, place) for place in range(count)]


class _Written:
    """The SQL of one queryset, and how its rows become instances (as django.db.models.query.ModelIterable does it)."""

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self._compiler, info = compiler, compiler.klass_info
        self._converters = compiler.get_converters(
            [found[0] for found in compiler.select[: compiler.col_count]]
        )
        self._model: type[Model] = info["model"]
        self._first, self._end = info["select_fields"][0], info["select_fields"][-1] + 1
        self._names = [found[0].target.attname for found in compiler.select[self._first : self._end]]
        self._related = get_related_populators(info, compiler.select, queryset.db)  # type: ignore[call-arg]  # types of a later Django
        self._annotations = list((compiler.annotation_col_map or {}).items())
        self._db = queryset.db
        self._places = dict(_places(info, compiler.select))
        self._picks: dict[tuple[str, ...], _Pick] = {}
        self.pk = self._first + self._names.index(self._model._meta.pk.attname)

    def ask(self, values: dict[str, Any]) -> Answer:
        # Itself: django.db.connection looks it up for every attribute.
        database = connections[DEFAULT_DB_ALIAS]
        params = [param.fill(values, database) if isinstance(param, Slot) else param for param in self.params]
        with database.cursor() as cursor:
            cursor.execute(self.sql, params)
            return Answer(self, [tuple(row) for row in cursor.fetchall()])

    def pick(self, names: tuple[str, ...]) -> Callable[[tuple], list]:
        """Makes of a row the values of these columns."""
        if names not in self._picks:
            places = [self._places[name] for name in names]
            converters = [
                (place, *self._converters[found])
                for place, found in enumerate(places)
                if found in self._converters
            ]
            self._picks[names] = _Pick(itemgetter(*places), converters, self._compiler.connection)
        return self._picks[names]

    def renew(self, made: Model, row: tuple) -> None:
        converted = self._converted(row)
        for name, value in zip(self._names, converted[self._first : self._end], strict=True):
            setattr(made, name, value)
        for name, place in self._annotations:
            setattr(made, name, converted[place])

    def _converted(self, row: tuple) -> Any:
        if not self._converters:
            return row
        (converted,) = self._compiler.apply_converters([row], self._converters)
        return converted

    def instance(self, row: tuple) -> Any:
        converted = self._converted(row)
        made = self._model.from_db(self._db, self._names, converted[self._first : self._end])
        for related in self._related:
            related.populate(converted, made)
        for name, place in self._annotations:
            setattr(made, name, converted[place])
        made._state.row = row  # type: ignore[attr-defined]  # for row_of
        return made


def _places(info: dict, select: list) -> Iterator[tuple[str, int]]:
    """Where each column stands: ``reason``, and of rows that came with it ``submission.name``."""
    for place in info["select_fields"]:
        yield select[place][0].target.attname, place
    for related in info.get("related_klass_infos", ()):
        if not related["reverse"]:
            for name, place in _places(related, select):
                yield f"{related['field'].name}.{name}", place


@dataclass(frozen=True)
class _Pick:
    get: Callable[[tuple], tuple]
    converters: list[tuple]
    connection: Any

    def __call__(self, row: tuple) -> list:
        values = list(self.get(row))
        for place, convert, expression in self.converters:
            for step in convert:
                values[place] = step(values[place], expression, self.connection)
        return values


def row_of(instance: Model) -> tuple | None:
    """The row an instance was made of, as the database gave it; None where it came another way."""
    return getattr(instance._state, "row", None)


class Answer(Sequence):
    """The rows of one answer; each becomes an instance once, when it is asked for."""

    def __init__(self, written: _Written, rows: list[tuple]) -> None:
        self.rows, self._written = rows, written
        self._made: list[Any] = [None] * len(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Answer(self._written, self.rows[place])
        if self._made[place] is None:
            self._made[place] = self._written.instance(self.rows[place])
        return self._made[place]

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def values(self, *names: str) -> list[list]:
        """These columns of each row, without making the instances; two or more."""
        pick = self._written.pick(names)
        return [pick(row) for row in self.rows]

    @cached_property
    def keys(self) -> list[Any]:
        """Primary keys, without making the instances."""
        return [row[self._written.pk] for row in self.rows]

    def first(self) -> Any:
        return self[0] if self.rows else None

    def renew(self, instance: Model) -> Any:
        """Let an instance that was read earlier say what the first row says, as ``refresh_from_db(fields=...)``."""
        self._written.renew(instance, self.rows[0])
        return instance


def columns(found: Sequence[Any], *names: str) -> list[list]:
    """These columns of rows that were read in one way or the other; ``submission.name`` is None without a submission."""
    if isinstance(found, Answer):
        return found.values(*names)
    return [[_column(row, name) for name in names] for row in found]


def _column(row: Any, name: str) -> Any:
    for part in name.split("."):
        row = None if row is None else getattr(row, part)
    return row


def rows_for_key(found: Sequence[Any]) -> Iterator[object]:
    """How many there are, and the rows as they were read, or all that is loaded of instances that came another way."""
    yield len(found)
    yield from found.rows if isinstance(found, Answer) else seen(*found)
