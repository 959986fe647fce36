"""What a member of staff decides about one opinion, in one choice: the reason says whether it is shown."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from hearings.enums import Decision, ReasonCode

HIGHEST_ID = 2**63 - 1
SEEN = re.compile(r"\d{1,19}\.\d{1,9}", re.ASCII)
STAY = "stay"


class OpinionDecisionForm(forms.Form):
    """``STAY`` leaves it as it is and settles what was reported."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(STAY, _("It may stay: settle the report")), *ReasonCode.choices],
        error_messages={"required": _("Choose a decision and a reason of the list.")},
    )
    note = CleanCharField(label=_("Note for colleagues"), required=False, max_length=1000)
    # What was on the screen: the words (SubmissionQuerySet.with_seen) and the newest of its reports.
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reports = forms.IntegerField(required=False, min_value=0, max_value=HIGHEST_ID, widget=forms.HiddenInput)

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        if not SEEN.fullmatch(seen):
            raise ValidationError(_("This form is not of this page. Open the opinion again."), code="seen")
        return seen

    @property
    def outcome(self) -> Decision:
        """A reason belongs to one decision only (services.moderate.check_decision)."""
        shown = self.cleaned_data["decision"] == ReasonCode.FITS_RULES
        return Decision.PUBLISH if shown else Decision.HIDE
