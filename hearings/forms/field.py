"""Forms of staff and change agents: scans, a typed sheet, a village's grid, a spreadsheet, a meeting's heads."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.enums import Sector
from core.forms.fields import CleanCharField, ThaiDateField
from geography.forms import AreaPickerMixin
from hearings.consent import CONSENT_VERSION
from hearings.enums import PublishName, Stance
from hearings.forms.entries import long_text, section_label
from hearings.models import DraftBlock
from hearings.services.batches import MOST_HEADS, MOST_ROWS, BatchData, RowData
from hearings.services.data import HIGHEST_VILLAGE_NO, CommentData, SubmissionData
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
        help_text=_("Each photo and each page of a PDF becomes one form. At most 20 MB a file."),
    )
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS)
    received_on = ThaiDateField(label=_("Received on"), help_text=_("For example 22 พ.ย. 2569"))


class SheetForm(AreaPickerMixin, forms.Form):
    """One sheet, in the order of the paper."""

    area_required = ()

    code = CleanCharField(label=_("Number on the form"), max_length=20, required=False)
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS)
    stance = forms.ChoiceField(
        label=_("Stance"), choices=Stance.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four answers.")},
    )  # fmt: skip
    block = forms.ChoiceField(label=_("Section of the draft"), required=False)
    reason = long_text(_("Reason, as written"), "")
    suggestion = long_text(_("Suggestion, as written"), "")
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    village_no = ThaiNumberField(
        label=_("Village number"), min_value=1, max_value=HIGHEST_VILLAGE_NO, required=False
    )
    agreed = forms.BooleanField(
        label=_("Signed, or agreed by word"), error_messages={"required": NEEDS_CONSENT}
    )
    show_name = forms.BooleanField(label=_("Name may be shown on the website"), required=False)
    name = CleanCharField(label=_("Name"), max_length=120, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sections: Sequence[DraftBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {str(block.key): block for block in sections}
        field: Any = self.fields["block"]
        field.choices = [
            ("", _("The whole matter")),
            *((key, section_label(block)) for key, block in self.sections.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("show_name") and not cleaned.get("name"):
            self.add_error("name", _("Write the name to be shown, or choose not to show it."))
        silent = not (cleaned.get("reason") or cleaned.get("suggestion"))
        if silent and "reason" not in self.errors and cleaned.get("stance") not in (None, Stance.AGREE):
            self.add_error("reason", _("Write a reason or a suggestion. One short sentence is enough."))
        return cleaned

    def data_of_person(self) -> SubmissionData:
        clean = self.cleaned_data
        province, district, subdistrict = self.cleaned_area()
        return SubmissionData(
            stance=clean["stance"], sector=clean["sector"], consent_version=CONSENT_VERSION,
            channel=clean["channel"], province=province, district=district, subdistrict=subdistrict,
            village_no=clean["village_no"], name=clean["name"],
            publish_name=PublishName.NAME if clean["show_name"] else PublishName.NONE,
        )  # fmt: skip

    def comments(self) -> list[CommentData]:
        clean = self.cleaned_data
        key = uuid.UUID(clean["block"]) if clean["block"] else None
        words = {name: clean[name] for name in ("stance", "reason", "suggestion")}
        return [CommentData(block_key=key, **words)]


class UnreadableForm(forms.Form):
    unreadable_reason = CleanCharField(label=_("What cannot be read"), max_length=300)


class BatchForm(AreaPickerMixin, forms.Form):
    """Where, when, how many hands."""

    area_required = ("province", "district")

    key = forms.UUIDField(widget=forms.HiddenInput)
    held_on = ThaiDateField(label=_("Day of the talk"))
    village_no = ThaiNumberField(
        label=_("Village number"), min_value=1, max_value=HIGHEST_VILLAGE_NO, required=False
    )
    people = ThaiNumberField(label=_("How many people were there?"), min_value=0, max_value=MOST_HEADS)
    head_agree = ThaiNumberField(label=Stance.AGREE.label, min_value=0, max_value=MOST_HEADS, required=False)
    head_partly = ThaiNumberField(
        label=Stance.PARTLY.label, min_value=0, max_value=MOST_HEADS, required=False
    )
    head_against = ThaiNumberField(
        label=Stance.AGAINST.label, min_value=0, max_value=MOST_HEADS, required=False
    )
    head_other = ThaiNumberField(label=Stance.OTHER.label, min_value=0, max_value=MOST_HEADS, required=False)
    note = CleanCharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.FileField(
        label=_("Photo of the signed sheet, or of the board"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip

    @property
    def heads(self) -> list[forms.BoundField]:
        return [self[f"head_{stance}"] for stance in Stance.values]

    def batch_data(self) -> BatchData:
        clean = self.cleaned_data
        province, district, subdistrict = self.cleaned_area()
        return BatchData(
            held_on=clean["held_on"], people=clean["people"], village_no=clean["village_no"],
            heads={stance: clean[f"head_{stance}"] or 0 for stance in Stance.values},
            province=province, district=district, subdistrict=subdistrict, note=clean["note"],
        )  # fmt: skip


class RowForm(forms.Form):
    """One villager in the grid. Left empty, it is not there."""

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

    def __init__(self, *args: Any, sections: Sequence[DraftBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "suggestion"):
            self.fields[name].widget.attrs["rows"] = 2
        field: Any = self.fields["block"]
        field.choices = [
            ("", _("The whole matter")),
            *((str(block.key), section_label(block)) for block in sections),
        ]

    @property
    def is_blank(self) -> bool:
        return not any(
            str(self[name].value() or "").strip() for name in ("name", "stance", "reason", "suggestion")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_blank and not cleaned.get("stance") and "stance" not in self.errors:
            self.add_error("stance", _("Choose one of the four answers."))
        return cleaned

    def row_data(self) -> RowData:
        clean = self.cleaned_data
        return RowData(
            stance=clean["stance"], block_key=uuid.UUID(clean["block"]) if clean["block"] else None,
            people=clean["people"] or 1, reason=clean["reason"], suggestion=clean["suggestion"],
            sector=clean["sector"] or Sector.CITIZEN, name=clean["name"], agreed=clean["agreed"],
            agreed_name=clean["agreed_name"],
        )  # fmt: skip


FIRST_ROWS = 3


def row_count(data: QueryDict | None, stored: int = 0) -> int:
    """How many rows the grid shows; the button "one more" adds one. Wrong numbers mean the smallest grid."""
    typed = to_arabic(data.get("rows", "")) if data else ""
    number = (
        int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else max(stored, FIRST_ROWS)
    )
    return min(max(number, 1) + (1 if data and "add" in data else 0), MOST_ROWS)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet (.xlsx)"), help_text=_("At most 10,000 rows and 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
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
