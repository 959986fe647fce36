"""Our own public forms of accounts (allauth's are in forms.py)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import EMAIL, MAX_PASSWORD, NEW_PASSWORD_HINT
from accounts.models import User
from core.forms.fields import CleanCharField
from geography.models import Province


class ProfileForm(forms.ModelForm):
    title = CleanCharField(
        label=_("Title before the name"),
        max_length=40,
        required=False,
        help_text=_("นาย, นาง, ดร., พระ or a rank"),
    )
    first_name = CleanCharField(label=_("First name"), max_length=100, required=False)
    last_name = CleanCharField(label=_("Last name"), max_length=100, required=False)
    phone = CleanCharField(
        label=_("Telephone"), max_length=40, required=False,
        help_text=_("Only the office sees it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ("title", "first_name", "last_name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in {
            "title": "honorific-prefix",
            "first_name": "given-name",
            "last_name": "family-name",
        }.items():
            self.fields[name].widget.attrs["autocomplete"] = token


class SlipForm(forms.Form):
    email = forms.EmailField(
        label=EMAIL, max_length=254, help_text=_("It stands on the slip."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    code = CleanCharField(
        label=_("Code on the slip"), max_length=40, help_text=_("Twelve digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
    password1 = forms.CharField(
        label=_("New password"), strip=False, max_length=MAX_PASSWORD, help_text=NEW_PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("The same password again"), strip=False, max_length=MAX_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_password2(self) -> str:
        if self.cleaned_data["password2"] != self.cleaned_data.get("password1"):
            raise ValidationError(_("The two passwords differ. Type the same one twice."))
        return self.cleaned_data["password2"]


class NetworkFilter(forms.Form):
    """``?province=60``; provinces of this site, and all of them where the site has no cluster yet."""

    mark_optional = False
    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        error_messages={"invalid_choice": _("This province is not in our list. Choose again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = Province.objects.all().with_ours().in_dictionary_order()
        ours = [province for province in provinces if province.ours] or provinces
        province_field: Any = self.fields["province"]
        province_field.choices = [
            ("", _("All provinces")),
            *((province.code, province.display_name) for province in ours),
        ]
