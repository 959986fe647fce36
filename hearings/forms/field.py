"""Forms of staff and change agents: scans, a typed sheet, a village's grid, a spreadsheet, a meeting's heads."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.enums import Sector
from core.forms.fields import CleanCharField, ThaiDateField
from geography.forms import AreaPickerMixin
from hearings.enums import Stance
from hearings.forms.entries import long_text
from hearings.forms.places import section_label
from hearings.forms.row_questions import RowQuestions
from hearings.models import DraftBlock
from hearings.services.batch_data import MOST_HEADS, BatchData, RowData
from hearings.services.data import HIGHEST_VILLAGE_NO
from hearings.services.paper import TYPED_CHANNELS

CHANNELS = [(channel.value, channel.label) for channel in TYPED_CHANNELS]
NEEDS_CONSENT = _("Only what the person agreed to may be stored. Look for the signature, or ask.")


class ThaiNumberField(forms.IntegerField):
    """A number in Arabic or Thai digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        return super().to_python(to_arabic(value).strip() if value not in self.empty_values else value)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Several files at once; what is in them is checked by services.scans."""

    widget = ManyFiles(attrs={"accept": "image/*,application/pdf", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ScansField, self).clean(file, initial) for file in files if file] or [
            super().clean(None, initial)
        ]


class ScanForm(forms.Form):
    scans = ScansField(
        label=_("Photos or PDF of the forms"),
        help_text=_(
            "The code on our printed form keeps its pages together; every other photo or PDF page becomes one "
            "form. At most 20 MB a file."
        ),
    )
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS)
    received_on = ThaiDateField(label=_("Received on"), help_text=_("For example 22 พ.ย. 2569"))


class TalkForm(AreaPickerMixin, forms.Form):
    """Where and when somebody of the network listened, and the proof of it."""

    area_required = ("province", "district")

    key = forms.UUIDField(widget=forms.HiddenInput)
    held_on = ThaiDateField(label=_("Day of the talk"))
    village_no = ThaiNumberField(
        label=_("Village number"), min_value=1, max_value=HIGHEST_VILLAGE_NO, required=False
    )
    note = CleanCharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.FileField(
        label=_("Photo of the signed sheet, or of the board"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self._mark_needed_areas()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark_needed_areas()

    def _mark_needed_areas(self) -> None:
        """Their labels do not say "optional", although a lower level alone is enough when they are checked."""
        for name in self.area_required:
            self.fields[name].required = True

    def _data(self, people: int, heads: dict[str, int]) -> BatchData:
        clean = self.cleaned_data
        province, district, subdistrict = self.cleaned_area()
        return BatchData(
            held_on=clean["held_on"], people=people, village_no=clean["village_no"], heads=heads,
            province=province, district=district, subdistrict=subdistrict, note=clean["note"],
        )  # fmt: skip


class BatchForm(TalkForm):
    """A village's talk: how many hands for which stance."""

    people = ThaiNumberField(label=_("How many people were there?"), min_value=0, max_value=MOST_HEADS)
    head_agree = ThaiNumberField(label=Stance.AGREE.label, min_value=0, max_value=MOST_HEADS, required=False)
    head_partly = ThaiNumberField(
        label=Stance.PARTLY.label, min_value=0, max_value=MOST_HEADS, required=False
    )
    head_against = ThaiNumberField(
        label=Stance.AGAINST.label, min_value=0, max_value=MOST_HEADS, required=False
    )
    head_other = ThaiNumberField(label=Stance.OTHER.label, min_value=0, max_value=MOST_HEADS, required=False)

    @property
    def heads(self) -> list[forms.BoundField]:
        return [self[f"head_{stance}"] for stance in Stance.values]

    def batch_data(self, rows: Sequence[RowForm]) -> BatchData:
        heads = {stance: self.cleaned_data[f"head_{stance}"] or 0 for stance in Stance.values}
        return self._data(self.cleaned_data["people"], heads)


class PersonForm(TalkForm):
    """One person at the door or in the field: a sheet of one, so that a second person checks it like any other."""

    def batch_data(self, rows: Sequence[RowForm]) -> BatchData:
        return self._data(1, {row.cleaned_data["stance"]: 1 for row in rows[:1]})


class RowForm(forms.Form):
    """One villager in the grid. Left empty, it is not there."""

    mark_optional = False  # beside every field of sixty people it would be all there is to read

    name = CleanCharField(label=_("Name"), max_length=120, required=False)
    stance = forms.ChoiceField(
        label=_("Stance"), choices=Stance.choices, widget=forms.RadioSelect, required=False
    )
    people = ThaiNumberField(label=_("People who say the same"), min_value=1, max_value=999, required=False)
    block = forms.ChoiceField(label=_("Section of the draft"), required=False)
    reason = long_text(_("Reason"), "")
    suggestion = long_text(_("Suggestion"), "")
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, required=False)
    agreed = forms.BooleanField(label=_("Agreed that this is written down"), required=False)
    agreed_name = forms.BooleanField(label=_("Agreed that the name is shown"), required=False)
    under_20 = forms.BooleanField(
        label=_("Under 20 years old"), help_text=_("The name is never shown then."), required=False
    )

    def __init__(
        self,
        *args: Any,
        sections: Sequence[DraftBlock],
        questions: RowQuestions | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for name in ("reason", "suggestion"):
            self.fields[name].widget.attrs["rows"] = 2
        field: Any = self.fields["block"]
        field.choices = [
            ("", _("The whole matter")),
            *((str(block.key), section_label(block)) for block in sections),
        ]

    @property
    def is_blank(self) -> bool:
        typed = [self[name].value() for name in ("name", "stance", "reason", "suggestion")]
        return not any(str(value or "").strip() for value in typed) and not self.has_answers

    @property
    def has_answers(self) -> bool:
        return self.questions is not None and self.questions.is_bound and self.questions.has_typed

    def is_valid(self) -> bool:
        return super().is_valid() and (self.questions is None or self.questions.is_valid())

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or (self.questions is not None and self.questions.errors))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_blank and not cleaned.get("stance") and "stance" not in self.errors:
            self.add_error("stance", _("Choose one of the four answers."))
        said = cleaned.get("reason") or cleaned.get("suggestion") or self.has_answers
        if said and not cleaned.get("agreed") and "agreed" not in self.errors:
            self.add_error("agreed", NEEDS_CONSENT)
        return cleaned

    def row_data(self) -> RowData:
        clean = self.cleaned_data
        return RowData(
            stance=clean["stance"], block_key=uuid.UUID(clean["block"]) if clean["block"] else None,
            people=clean["people"] or 1, reason=clean["reason"], suggestion=clean["suggestion"],
            sector=clean["sector"] or Sector.CITIZEN, name=clean["name"], agreed=clean["agreed"],
            agreed_name=clean["agreed_name"], under_20=clean["under_20"],
            answers=self.questions.answers() if self.questions else (),
        )  # fmt: skip


class AttendanceForm(forms.Form):
    """One number a sector."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sector in Sector:
            self.fields[sector.value] = ThaiNumberField(
                label=sector.label, min_value=0, max_value=100_000, required=False
            )
        self.fields["minutes"] = forms.FileField(
            label=_("Minutes (PDF or Word)"), required=False,
            widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        )  # fmt: skip

    def people(self) -> dict[str, int]:
        return {sector: self.cleaned_data[sector] or 0 for sector in Sector.values}
