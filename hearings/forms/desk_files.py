"""What staff decide about one file of a comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from hearings.services.show_file import LONGEST

GO = (("publish", _("Publish")), ("hold", _("Do not publish")), ("write", _("Store the words")))
HIGHEST_ID = 2**63 - 1


class FileForm(forms.Form):
    file = forms.IntegerField(min_value=1, max_value=HIGHEST_ID)
    go = forms.ChoiceField(choices=GO)
    transcript = CleanCharField(label=_("What is said"), max_length=LONGEST, required=False, strip=False)
