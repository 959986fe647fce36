"""Telling the office that one will come to a meeting."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField

MOST_PEOPLE = 20


class RegistrationForm(forms.Form):
    name = CleanCharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name or the name of your group.")},
    )  # fmt: skip
    phone = CleanCharField(
        label=_("Telephone"), max_length=40, required=False,
        help_text=_("Only to call you if the time or place changes. Not shown on the website."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    sector = forms.ChoiceField(
        label=_("Which group do you belong to?"), choices=Sector.choices, widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one. If you are not sure, choose “Citizens”."),
            "invalid_choice": _("Choose one. If you are not sure, choose “Citizens”."),
        },
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("How many people will come?"), min_value=1, max_value=MOST_PEOPLE, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write a number from 1 to 20. For more people, call us."),
            "invalid": _("Write a number from 1 to 20. For more people, call us."),
            "min_value": _("Write a number from 1 to 20. For more people, call us."),
            "max_value": _("Write a number from 1 to 20. For more people, call us."),
        },
    )  # fmt: skip
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("A part of this form got lost on the way. Please press the button once more."),
            "invalid": _("A part of this form got lost on the way. Please press the button once more."),
        },
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        if self.is_bound and "key" in self.errors:
            # Shown again with a good key, so that the next press goes through.
            data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
            data["key"] = str(self.initial["key"])
            self.data = data
