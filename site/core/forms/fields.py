"""Form fields that know how people here write: cleaned text and dates in the Buddhist era."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.text import clean_text
from core.thaidate import format_day, format_time, parse_day, parse_moment


class CleanCharField(forms.CharField):
    """Text without invisible characters and with Thai marks in order; empty if nothing visible is left.

    A widget that says ``"maxlength": None`` gets none: a browser would cut a pasted text without a word.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        # False is what Django's templates leave out; None would be written as a word.
        return {**attrs, "maxlength": False} if widget.attrs.get("maxlength", "") is None else attrs

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        return clean_text(text) if text else text


class LongTextField(CleanCharField):
    """A box for many words. Its limit is asked when it is needed, stands under the box and cuts nothing."""

    def __init__(self, *, longest: Callable[[], int], rows: int, **kwargs: Any) -> None:
        attrs = {"rows": rows, "data-longest": lazy(longest, int)()}
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)
        self.validators.append(MaxLengthValidator(longest))


class EnumField(forms.ChoiceField):
    """One of a TextChoices. What may be chosen is asked of the enum: a plain choice field makes every label for it."""

    def __init__(self, enum: type[TextChoices], **kwargs: Any) -> None:
        self._values = frozenset(enum.values)
        super().__init__(choices=lambda: enum.choices, **kwargs)

    def valid_value(self, value: object) -> bool:
        return value in self._values


class ThaiDateField(forms.Field):
    """A day typed as ``9/12/2569``, ``9 ธ.ค. 2569``, ``๙ ธันวาคม ๒๕๖๙`` or ``2026-12-09``."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Type the day, for example 9/12/2569."),
        "invalid": _("This is not a day we know. Type it like 9/12/2569 or 9 ธ.ค. 2569."),
    }

    def to_python(self, value: object) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_day(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: object) -> object:
        return format_day(value, language="th") if isinstance(value, dt.date) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ThaiDateTimeField(forms.Field):
    """A day and a time in Bangkok typed as ``9/12/2569 23.59`` or ``9 ธ.ค. 2569 เวลา 23.59 น.``"""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Type the day and the time, for example 9/12/2569 23.59."),
        "invalid": _("This is not a day and a time we know. Type them like 9/12/2569 23.59."),
    }

    def to_python(self, value: object) -> dt.datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value if timezone.is_aware(value) else timezone.make_aware(value)
        try:
            return parse_moment(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: object) -> object:
        if isinstance(value, dt.datetime):
            return f"{format_day(value, language='th')} {format_time(value, language='th')}"
        return value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
