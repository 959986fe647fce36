"""New rows whose SQL is written down without Django's help.

    ADD_COMMENTS = PreparedInsert(Comment)
    ADD_COMMENTS([comment, ...])  # one statement; the rows get their keys

For every row it stores Django works out anew which columns there are, which of them may hold an expression, and what
comes back: that costs more than the database takes to store it (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Field, IntegerField, Model, TextField
from django.db.models.fields import AutoFieldMixin

# What is of this type already is stored as it is.
PLAIN: dict[type[Field], type] = {BooleanField: bool, CharField: str, IntegerField: int, TextField: str}


class PreparedInsert:
    """As ``bulk_create`` writes them: no signal is sent, and what they point to must have been stored.

    For models with a key the database gives or the row has, and without fields the database computes.
    """

    def __init__(self, model: type[Model]) -> None:
        self._key_is_given = isinstance(model._meta.pk, AutoFieldMixin)
        self._fields = [
            field
            for field in model._meta.local_concrete_fields
            if not (field.primary_key and self._key_is_given)
        ]
        self._columns = [(field, _plain_type(field)) for field in self._fields]
        self._meta = model._meta
        self._written: dict[int, str] = {}

    def __call__(self, rows: Sequence[Model]) -> None:
        if not rows:
            return
        # Itself: django.db.connection looks it up for every attribute.
        database = connections[DEFAULT_DB_ALIAS]
        values = [self._value(field, plain, row, database) for row in rows for field, plain in self._columns]
        with database.cursor() as cursor:
            cursor.execute(self._sql_for(len(rows)), values)
            keys = cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=True):
            if self._key_is_given:
                row.pk = key
            row._state.adding, row._state.db = False, database.alias

    def _value(self, field: Field, plain: type | None, row: Model, database: BaseDatabaseWrapper) -> Any:
        value = field.pre_save(row, add=True)
        if value is None or type(value) is plain:
            return value
        return field.get_db_prep_save(value, database)

    def _sql_for(self, count: int) -> str:
        if count not in self._written:
            self._written[count] = self._write(count)
        return self._written[count]

    def _write(self, count: int) -> str:
        quoted = connection.ops.quote_name
        table, key = quoted(self._meta.db_table), quoted(str(self._meta.pk.column))
        columns = ", ".join(quoted(str(field.column)) for field in self._fields)
        slots = ", ".join([f"({', '.join(['%s'] * len(self._fields))})"] * count)
        return f"INSERT INTO {table} ({columns}) VALUES {slots} RETURNING {key}"  # noqa: S608  (names, no values)


def _plain_type(field: Field) -> type | None:
    return next((plain for kind, plain in PLAIN.items() if isinstance(field, kind)), None)
