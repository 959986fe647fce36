"""Forms that are made at every step of a dialogue, without copying what is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar

from django import forms

F = TypeVar("F", bound=type[forms.Form])


def shares_fields(*own: str) -> Callable[[F], F]:
    """Class decorator: all forms of the class use the same fields; only those named ``own`` may be altered in a form.

    Django copies every field with its widget, choices and messages for each form, in case the form changes one. Of
    checking a comment that is a third. A form may set attributes and choices of its own fields, their messages and
    the attributes of their widgets; nothing deeper is copied.
    """

    def share(form: F) -> F:
        form.base_fields = _Fields(form.base_fields, own)
        return form

    return share


class _Fields(dict):
    def __init__(self, fields: dict[str, forms.Field], own: tuple[str, ...]) -> None:
        super().__init__(fields)
        self._own = own

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: _copied(field) if name in self._own else field for name, field in self.items()}


def _copied(field: Any) -> Any:
    mine = copy(field)
    mine.widget = copy(field.widget)
    mine.widget.attrs = {**field.widget.attrs}
    mine.error_messages = {**field.error_messages}
    mine.validators = [*field.validators]
    return mine
