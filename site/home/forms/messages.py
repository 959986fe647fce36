"""Writing to the office. Nothing but the message is asked for; a robot meets three quiet hurdles (A047)."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.forms.fields import CleanCharField
from home.models.tickets import MESSAGE_LENGTH, NAME_LENGTH, PHONE_LENGTH

SALT = "home.forms.messages"
# Nobody reads the form and writes a sentence faster than this.
SHORTEST_SECONDS = 3
PHONE = re.compile(r"[0-9+][0-9 \-]{7,}")


class MessageForm(forms.Form):
    """What contact form and "ask a new question" share."""

    message = CleanCharField(
        label=_("Message"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Write what you want to tell or ask us."),
            "max_length": _("This is longer than %(limit_value)d characters. Shorten it, or call us."),
        },
    )
    name = CleanCharField(
        label=_("Your name"), max_length=NAME_LENGTH, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("This name is too long. Leave out the titles.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail for the answer"), max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This e-mail address is not complete. It looks like name@example.com.")},
        help_text=_("Without it you read the answer at a private address that we show you next."),
    )  # fmt: skip
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    started = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    # Hidden from people; robots fill in everything.
    website = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid.uuid4().hex)
        self.initial.setdefault("started", signing.dumps(int(time.time()), salt=SALT))

    def clean_message(self) -> str:
        return self._with_something_visible(self.cleaned_data["message"])

    @staticmethod
    def _with_something_visible(text: str) -> str:
        if not text.strip():
            raise ValidationError(_("Write what you want to tell or ask us."), code="required")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            self.add_error(None, _("A field that must stay empty was filled in. Send it again, or call us."))
        elif not self.errors and not self._slow_enough(cleaned.get("started", "")):
            self.add_error(None, _("This was sent very fast. Read it once more and press the button again."))
        return cleaned

    @staticmethod
    def _slow_enough(started: str) -> bool:
        """A missing or changed mark counts as fast; an old one is fine: people stop to make dinner."""
        try:
            return time.time() - signing.loads(started, salt=SALT) >= SHORTEST_SECONDS
        except signing.BadSignature:
            return False

    def restart_clock(self) -> None:
        """Give the form that is shown again a mark of now, so that pressing the button again works."""
        data = cast(QueryDict, self.data).copy()
        data["started"] = signing.dumps(int(time.time()), salt=SALT)
        data["website"] = ""
        self.data = data


class ContactForm(MessageForm):
    phone = CleanCharField(
        label=_("Telephone"), max_length=PHONE_LENGTH, required=False,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
        help_text=_("If you prefer that we call back."),
        error_messages={"max_length": _("This number is too long.")},
    )  # fmt: skip
    field_order = ["message", "name", "email", "phone"]

    def clean_phone(self) -> str:
        phone = to_arabic(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("Write the number with digits, for example 056 000 123."), code="invalid")
        return phone


class QuestionForm(MessageForm):
    """Under the FAQ (A008)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("Your question")
        self.fields["message"].widget.attrs["rows"] = 4
