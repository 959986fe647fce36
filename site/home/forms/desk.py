"""What staff type at the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from home.models import FaqCategory
from home.models.tickets import ANSWER_LENGTH

TOO_LONG = {"max_length": _("This is longer than %(limit_value)d characters.")}


class AnswerForm(forms.Form):
    text = CleanCharField(
        label=_("Answer"), max_length=ANSWER_LENGTH, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain words. The asker reads it at the private address, and by e-mail if one was given."),
        error_messages={"required": _("Write the answer first."), **TOO_LONG},
    )  # fmt: skip


class PromoteForm(forms.Form):
    """The office's own words, without names."""

    category = forms.ModelChoiceField(FaqCategory.objects.all(), label=_("Category"), empty_label=None)
    question = CleanCharField(label=_("Question for everyone"), max_length=250, error_messages=TOO_LONG)
    answer = CleanCharField(
        label=_("Answer for everyone"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave out every name. The entry is published in the admin after reading it once more."),
        error_messages=TOO_LONG,
    )  # fmt: skip
