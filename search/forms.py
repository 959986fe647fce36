from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from core.searchable import kinds
from search.query import LONGEST_QUERY


class SearchForm(forms.Form):
    """What the address may say. Every unknown value is told in words; what was typed stays in the box."""

    q = CleanCharField(
        label=_("Words to search for"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": _(
                "This is too long to search for (%(show_value)d characters). "
                "Keep the few words that matter most, %(limit_value)d characters at most."
            )
        },
    )
    kind = forms.CharField(required=False, max_length=30)
    province = forms.CharField(required=False, max_length=6)
    topic = forms.CharField(required=False, max_length=60)
    exact = forms.BooleanField(required=False)

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind and kind not in kinds():
            raise forms.ValidationError(_("There is no such type. Choose one from the list."))
        return kind

    def clean_province(self) -> str:
        province = self.cleaned_data["province"]
        if province and not re.fullmatch(r"[1-9]\d", province, re.ASCII):
            raise forms.ValidationError(_("There is no such province. Choose one from the list."))
        return province
