"""Filters of the agency directory and the FAQ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from core.types import Words
from geography.models import Province
from home.enums import AgencyKind
from home.models import Agency

WORDS_LENGTH = 80


def words_field(label: Words) -> CleanCharField:
    return CleanCharField(
        label=label, max_length=WORDS_LENGTH, required=False, widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Use fewer words.")},
    )  # fmt: skip


class FaqFilterForm(forms.Form):
    mark_optional = False
    q = words_field(_("Words in the question or answer"))


class AgencyFilterForm(forms.Form):
    mark_optional = False
    q = words_field(_("Name or abbreviation"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        province: Any = self.fields["province"]
        kind.choices = [("", _("All kinds")), *AgencyKind.choices]
        used = Agency.objects.exclude(province=None).values("province")
        provinces = Province.objects.filter(pk__in=used).order_by("name")
        province.choices = [
            ("", _("All provinces")),
            *((found.code, found.display_name) for found in provinces),
        ]
