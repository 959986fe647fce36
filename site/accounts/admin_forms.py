"""Forms of the admin's user screens: e-mail is the name, nobody types another person's password.

A new person sets the password with a code by e-mail, or with a one-time slip (services.access_slips).
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from accounts.models import User
from accounts.permissions import may_manage
from accounts.roles import Role, has_role
from core.forms.fields import ThaiDateField
from geography.admin_forms import AreaChoiceField, offer_our_areas
from geography.models import District, Province, Subdistrict

FIELDS = {"title", "phone", "province", "expires_on"}


class PersonFields(forms.ModelForm):
    """What both forms add, and the rule that nobody lifts a person above themselves."""

    expires_on = ThaiDateField(
        label=_("Access ends on"), required=False, help_text=_("The last day. Empty: no end.")
    )
    province = forms.ModelChoiceField(
        queryset=Province.objects.none(),
        label=_("Province"),
        required=False,
        help_text=_("A province coordinator may act only there."),
    )

    def __init__(self, *args: Any, editor: User, **kwargs: Any) -> None:
        self.editor = editor
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        province.queryset = Province.objects.all()
        if not editor.is_superuser:
            self.fields.pop("is_superuser", None)
        groups: Any = self.fields["groups"]
        groups.label_from_instance = _group_label

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        taken = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if taken.exists():
            raise ValidationError(_("This e-mail already has an account."))
        return email

    def clean_groups(self) -> Any:
        groups = self.cleaned_data["groups"]
        lifts = any(group.name == Role.OFFICE_HEAD for group in groups)
        if lifts and not (self.editor.is_superuser or has_role(self.editor, Role.OFFICE_HEAD)):
            raise ValidationError(
                _("Only the head of the office or an administrator of the site gives this role.")
            )
        return groups

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and self.instance != self.editor and not may_manage(self.editor, self.instance):
            raise ValidationError(_("Only an administrator of the site may do this for this person."))
        coordinator = any(group.name == Role.PROVINCE_COORDINATOR for group in cleaned.get("groups") or [])
        if coordinator and not cleaned.get("province"):
            self.add_error("province", _("A province coordinator needs a province."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        user = super().save(commit=commit)
        if commit:
            _keep_email_address(user)
        return user


def _group_label(group: Group) -> str:
    return str(Role(group.name).label) if group.name in Role.values else group.name


def _keep_email_address(user: User) -> None:
    """Sign-in and reset go by allauth's list of addresses; the office has checked the one it types."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


class UserEditForm(PersonFields, WagtailUserEditForm):
    class Meta(WagtailUserEditForm.Meta):
        fields = WagtailUserEditForm.Meta.fields | FIELDS


class UserCreationForm(PersonFields, WagtailUserCreationForm):
    class Meta(WagtailUserCreationForm.Meta):
        fields = WagtailUserCreationForm.Meta.fields | FIELDS


class ChangeAgentForm(WagtailAdminModelForm):
    """Where somebody is at work: in the areas of the cluster."""

    province = AreaChoiceField(queryset=Province.objects.none(), label=_("province"), required=True)
    district = AreaChoiceField(queryset=District.objects.none(), label=_("district"))
    subdistrict = AreaChoiceField(queryset=Subdistrict.objects.none(), label=_("sub-district"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_our_areas(self.fields, self.instance)
