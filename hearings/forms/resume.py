"""The code of a half-written comment that was kept to go on with it elsewhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from hearings.services.save_form import is_code, normalise_code


class ResumeForm(forms.Form):
    code = CleanCharField(
        label=_("Code, 12 letters and digits"),
        max_length=60,
        help_text=_("As it stood on the page “Kept for you”, for example ABCD EFGH JKMN. Small letters are fine."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": None}
        ),
        error_messages={
            "required": _("Type the code you wrote down."),
            "max_length": _("This is too long for a code. It has 12 letters and digits."),
        },
    )  # fmt: skip

    def clean_code(self) -> str:
        code = normalise_code(self.cleaned_data["code"])
        if not is_code(code):
            raise forms.ValidationError(
                _("A letter of this code is missing or wrong. Compare it with what you wrote down."),
                code="invalid",
            )
        return code
