"""Forms of an import: the file, and which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from core.types import Words
from hearings.services.undo_import import LONGEST_REASON


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet (.xlsx)"), help_text=_("At most 10,000 rows and 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


class UndoForm(forms.Form):
    reason = CleanCharField(
        label=_("Why is it taken back?"), help_text=_("It stays with the import."), max_length=LONGEST_REASON
    )


class ColumnsForm(forms.Form):
    """One list for each column of the file; the same of ours cannot be chosen twice."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        headings: list[str],
        known: dict[str, Words],
        columns: dict[str, int],
    ) -> None:
        super().__init__(data)
        self.known = known
        chosen = {place: key for key, place in columns.items()}
        choices = [("", _("Do not import")), *known.items()]
        for place, heading in enumerate(headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or _("Column without heading"), choices=choices, required=False,
                initial=chosen.get(place, ""), widget=forms.Select(attrs={"class": "in"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name, key in list(cleaned.items()):
            if key and key in first:
                sentence = _("“%(name)s” is chosen twice. Each of our columns has one place.")
                self.add_error(name, forms.ValidationError(sentence, params={"name": self.known[key]}))
            first.setdefault(key, name)
        return cleaned

    def columns(self) -> dict[str, int]:
        return {key: int(name.removeprefix("c")) for name, key in self.cleaned_data.items() if key}
