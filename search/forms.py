from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField
from core.searchable import kinds
from search.engines import Filters, Order
from search.query import LONGEST_QUERY
from search.question import read

NO_SUCH_CHOICE = _("There is nothing under this choice. Choose another one.")
FILTERS = ("kind", "variety", "province", "topic", "sector", "issue", "year")


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
    variety = forms.RegexField(r"\A[\w-]+\Z", required=False, max_length=40, error_messages={"invalid": NO_SUCH_CHOICE})  # fmt: skip
    province = forms.CharField(required=False, max_length=6)
    topic = forms.CharField(required=False, max_length=60)
    sector = forms.ChoiceField(required=False, choices=Sector.choices, error_messages={"invalid_choice": NO_SUCH_CHOICE})  # fmt: skip
    issue = forms.RegexField(r"\A[0-9]+\Z", required=False, max_length=9, error_messages={"invalid": NO_SUCH_CHOICE})  # fmt: skip
    year = forms.RegexField(r"\A2[0-9]{3}\Z", required=False, error_messages={"invalid": NO_SUCH_CHOICE})
    order = forms.ChoiceField(
        required=False,
        choices=[(order.value, order.value) for order in Order],
        error_messages={"invalid_choice": NO_SUCH_CHOICE},
    )
    all = forms.BooleanField(required=False)
    exact = forms.BooleanField(required=False)

    def clean_q(self) -> str:
        text = self.cleaned_data["q"]
        if read(text).is_only_unwanted:
            raise forms.ValidationError(
                _("A word with a minus in front is left out. Write also a word to look for.")
            )
        return text

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

    @property
    def filters(self) -> Filters:
        return Filters(**{name: self.cleaned_data[name] for name in FILTERS})

    @property
    def order_wanted(self) -> Order:
        return Order(self.cleaned_data["order"] or Order.CLOSEST)
