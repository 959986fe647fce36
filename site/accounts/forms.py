"""allauth's forms in our words: real labels instead of placeholders, hints that say what will happen."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.types import Words

MAX_PASSWORD = 200
EMAIL = _("E-mail")
NEW_PASSWORD_HINT = _(
    "At least 8 characters, not digits only, not your name or e-mail. Three or four words in a row are good."
)
FieldWords = dict[str, tuple[Words, Words]]


class OurWords(forms.BaseForm):
    """Sets label and hint of each field in ``words`` and takes the placeholders away."""

    words: FieldWords = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["maxlength"] = MAX_PASSWORD
            if name == "code":
                field.widget.attrs.update(
                    {"autocapitalize": "characters", "spellcheck": "false", "maxlength": 40}
                )


class LoginForm(OurWords, account_forms.LoginForm):
    words = {
        "login": (EMAIL, ""),
        "password": (_("Password"), _("Pasting from a password manager works.")),
        "remember": (_("Stay signed in on this device"), _("Not on a device you share.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(OurWords, account_forms.SignupForm):
    words = {
        "email": (EMAIL, _("We send a code to it. Nobody else sees it.")),
        "password1": (_("Password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trap = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        trap.label = _("Leave this empty")
        trap.widget.attrs = {"tabindex": "-1", "autocomplete": "off", "class": "in"}

    @property
    def trap(self) -> forms.BoundField:
        """The field that only robots fill in; drawn apart from the others."""
        return self[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]

    def questions(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != self.trap.name]


class ResetPasswordForm(OurWords, account_forms.ResetPasswordForm):
    words = {"email": (EMAIL, _("The one you sign in with."))}


class ResetPasswordKeyForm(OurWords, account_forms.ResetPasswordKeyForm):
    words = {
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class ChangePasswordForm(OurWords, account_forms.ChangePasswordForm):
    words = {
        "oldpassword": (_("Password you use now"), ""),
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class SetPasswordForm(OurWords, account_forms.SetPasswordForm):
    words = ResetPasswordKeyForm.words


class ReauthenticateForm(OurWords, account_forms.ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class AddEmailForm(OurWords, account_forms.AddEmailForm):
    words = {"email": (_("Another e-mail"), _("We send a code to it before it counts."))}


CODE = (_("Code from the e-mail"), _("Letters and digits; capital or small letters are the same."))


class ConfirmEmailVerificationCodeForm(OurWords, account_forms.ConfirmEmailVerificationCodeForm):
    words = {"code": CODE}


class ConfirmPasswordResetCodeForm(OurWords, account_forms.ConfirmPasswordResetCodeForm):
    words = {"code": CODE}


class ChangeEmailForm(OurWords, account_forms.ChangeEmailForm):
    words = {"email": (EMAIL, "")}


APP_CODE = (_("Code from the app"), _("Six digits, or one of your recovery codes."))


class AuthenticateForm(OurWords, mfa_forms.AuthenticateForm):
    words = {"code": APP_CODE}


class ReauthenticateCodeForm(OurWords, mfa_forms.ReauthenticateForm):
    words = {"code": APP_CODE}


class ActivateTOTPForm(OurWords, totp_forms.ActivateTOTPForm):
    words = {"code": (_("Code from the app"), _("The six digits that the app shows now."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
