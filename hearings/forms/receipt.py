"""The number on the slip and the secret code that opens it for changes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from hearings import receipts

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class LookupForm(forms.Form):
    number = CleanCharField(
        label=_("Receipt number, 12 digits"),
        max_length=60,
        help_text=_("Spaces, hyphens and Thai digits are fine, for example 4829 3051 7264."),
        widget=forms.TextInput(attrs={**DIGITS, "maxlength": None}),
        error_messages={
            "required": _("Type the 12 digits of your receipt."),
            "max_length": _("This is too long for a receipt number. It has 12 digits."),
        },
    )

    def clean_number(self) -> str:
        number = receipts.normalise(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("This number is not complete or has a wrong digit. Compare it with your receipt."),
                code="invalid",
            )
        return number


class CodeForm(forms.Form):
    code = CleanCharField(
        label=_("Edit code, 6 digits"),
        max_length=20,
        help_text=_("It stands on the page you saw right after sending, for example 628 194."),
        widget=forms.TextInput(attrs={**DIGITS, "maxlength": None}),
        error_messages={
            "required": _("Type the 6 digits of your edit code."),
            "max_length": _("This is too long for an edit code. It has 6 digits."),
        },
    )


class WithdrawForm(CodeForm):
    sure = forms.BooleanField(
        label=_("I want to withdraw my comment"),
        help_text=_("It is no longer shown or counted. This cannot be undone; you may send a new one."),
        error_messages={"required": _("Tick the box if you really want to withdraw your comment.")},
    )
