"""Replying to a comment and reporting one: short forms, native fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField, LongTextField
from hearings.enums import Decision, ReasonCode, ReportReason
from hearings.forms.receipt import CodeForm
from hearings.services.report import LONGEST_NOTE
from hearings.services.talk import longest_reply

TOO_LONG = _("This is %(show_value)d characters long, the limit is %(limit_value)d.")


def words(
    label: Any, hint: Any, longest: Callable[[], int], *, required: bool = True, rows: int = 4
) -> LongTextField:
    return LongTextField(
        label=label,
        help_text=hint,
        longest=longest,
        rows=rows,
        required=required,
        error_messages={"required": _("Write a sentence or two."), "max_length": TOO_LONG},
    )


class ReplyForm(forms.Form):
    text = words(
        _("Your reply"),
        _("Everyone can read it. Leave out telephone numbers and names of other people."),
        longest_reply,
    )
    sector = forms.ChoiceField(
        label=_("Which group do you belong to?"), required=False,
        choices=[("", _("I do not want to say")), *Sector.choices],
    )  # fmt: skip
    name = CleanCharField(
        label=_("Name shown on the website"), max_length=120, required=False,
        help_text=_("Leave it empty to reply without a name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    under_20 = forms.BooleanField(
        label=_("I am under 20 years old"), required=False,
        help_text=_("You can reply. We do not keep or show your name."),
    )  # fmt: skip
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    started = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class WithdrawReplyForm(CodeForm):
    """By the code that was shown when the reply was sent."""

    sure = forms.BooleanField(
        label=_("I want to withdraw my reply"),
        help_text=_("It is no longer shown. This cannot be undone."),
        error_messages={"required": _("Tick the box if you really want to withdraw your reply.")},
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=ReportReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )  # fmt: skip
    text = words(
        _("Say more"),
        _("Only staff read this. To disagree, write a reply instead."),
        lambda: LONGEST_NOTE,
        required=False,
    )


class AnswerForm(forms.Form):
    """Of the office: shown to everyone under its own sign."""

    text = words(
        _("Answer of the office"),
        _("Everyone can read it, under the sign of the office. Say what will be done, or why it cannot be."),
        longest_reply,
        rows=6,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Show a reply or not, with a reason of the list."""

    decision = forms.ChoiceField(choices=Decision.choices)
    reason_code = forms.ChoiceField(choices=ReasonCode.choices)
