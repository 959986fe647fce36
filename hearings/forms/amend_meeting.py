"""A meeting that was or will be announced: all that people are told of it, and why it changes (R10)."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField, ThaiDateTimeField
from hearings.enums import MeetingMode, MeetingSeries
from hearings.models import Meeting
from hearings.services.amend_meeting import MEETING_FIELDS, stand_of


class MeetingReasonForm(forms.Form):
    reason = CleanCharField(
        label=_("Reason (everyone can read it)"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AmendMeetingForm(MeetingReasonForm):
    title = CleanCharField(label=_("Name of the meeting"), max_length=200)
    mode = forms.ChoiceField(
        label=_("How people meet"), choices=MeetingMode.choices, widget=forms.RadioSelect
    )
    series = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingSeries.choices)
    starts_at = ThaiDateTimeField(label=_("Starts"), help_text=_("For example 28/11/2569 09.30."))
    ends_at = ThaiDateTimeField(label=_("Ends"), required=False)
    place = CleanCharField(label=_("Place of the meeting"), max_length=250, required=False)
    online_url = forms.URLField(
        label=_("Address of the online meeting"), required=False, assume_scheme="https", widget=forms.TextInput(attrs={"inputmode": "url"})
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=100_000,
        help_text=_("Empty if seats are not counted."), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    agenda = CleanCharField(
        label=_("Agenda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    stood = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = (*MEETING_FIELDS, "reason")

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", ValidationError(_("It must end after it starts."), code="order"))
        return cleaned

    @classmethod
    def of(cls, meeting: Meeting | None, data: QueryDict | None) -> AmendMeetingForm:
        """As it stands; a new one starts as a single meeting in a room."""
        values = {name: getattr(meeting or Meeting(), name) for name in MEETING_FIELDS}
        return cls(data, initial={**values, "stood": stand_of(meeting) if meeting else ""})

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in MEETING_FIELDS}
