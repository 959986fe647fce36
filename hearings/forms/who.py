"""Who speaks: step 3 of a comment. Two fields, sector and capacity (design.md, decision 1); no national ID."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField, EnumField
from core.forms.shared import shares_fields
from core.types import Words
from geography.forms import AreaPickerMixin
from hearings.consent import CONSENT_LINES, CONSENT_VERSION
from hearings.enums import Capacity, PublishName

CHOOSE_ONE = _("Choose one. If you are not sure, choose “Citizens”.")


@shares_fields("province", "district", "subdistrict")
class WhoForm(AreaPickerMixin, forms.Form):
    area_required = ("province",)
    field_order = [
        "sector",
        "capacity",
        "organisation",
        "province",
        "district",
        "subdistrict",
        "publish_name",
    ]
    consent_lines = CONSENT_LINES
    consent_version = CONSENT_VERSION

    sector = EnumField(
        Sector,
        label=_("Which group do you belong to?"),
        help_text=CHOOSE_ONE,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    sector.choice_hints = {  # type: ignore[attr-defined]  # core.templatetags.form_tags
        Sector.CITIZEN: _("Farmers, households, village heads, everyone"),
        Sector.PRIVATE: _("Shops, companies, factories"),
        Sector.LOCAL_GOV: _("Sub-district, municipal or provincial administrative organisation"),
        Sector.CIVIL_SOCIETY: _("Water users' groups, foundations, associations"),
        Sector.ACADEMIC: _("Schools, colleges, universities"),
        Sector.GOVERNMENT: _("Offices of ministries and departments"),
    }
    capacity = EnumField(
        Capacity,
        label=_("Whom do you speak for?"),
        initial=Capacity.SELF,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whom you speak for."),
            "invalid_choice": _("Choose whom you speak for."),
        },
    )
    capacity.choice_hints = {  # type: ignore[attr-defined]
        Capacity.SELF: _("Myself or my family"),
        Capacity.COMMUNITY_LEADER: _("Kamnan, village head, community committee"),
        Capacity.GROUP: _("The office confirms with the group before its name is shown"),
    }
    organisation = CleanCharField(
        label=_("Name of the group or organisation"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    publish_name = EnumField(
        PublishName,
        label=_("How should your name be shown?"),
        initial=PublishName.NONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how your name is shown."),
            "invalid_choice": _("Choose how your name is shown."),
        },
    )
    publish_name.choice_hints = {  # type: ignore[attr-defined]
        PublishName.NONE: _("The website shows only your group and area"),
        PublishName.INITIALS: _("For example “Somchai Jaidee” becomes “S. J.”"),
        PublishName.NAME: _("Your name stands beside your comment on the website"),
    }
    name = CleanCharField(
        label=_("Your name"), max_length=120, required=False,
        help_text=_("We do not ask for your identity card number."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False,
        help_text=_(
            "We send you a copy of your comment with the receipt number, and the result. "
            "Nothing else; you may leave it empty."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("This e-mail address is not complete. Correct it or leave it empty.")},
    )  # fmt: skip
    under_20 = forms.BooleanField(
        label=_("I am under 20 years old"), required=False,
        help_text=_("You can take part. We do not show your name, and ask you to tell a parent."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("I agree that this comment is used for the summary of the hearing"),
        help_text=_("The text may be published here. Name and e-mail are erased two years after the result."),
        error_messages={"required": _("We may use your comment only if you agree. Tick the box to go on.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Required in the field too, so that its label does not say "optional".
        self.fields["province"].required = True
        self.fields["province"].error_messages["required"] = _("Choose one from the list.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("under_20"):
            cleaned["publish_name"] = PublishName.NONE
        named = cleaned.get("publish_name") in (PublishName.INITIALS, PublishName.NAME)
        self._require("name", named, _("Write the name to be shown, or choose not to show it."))
        for_group = cleaned.get("capacity") == Capacity.GROUP
        self._require("organisation", for_group, _("Write the name of the group you speak for."))
        return cleaned

    def _require(self, name: str, needed: bool, sentence: Words) -> None:
        if needed and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)

    # What the check page says, in words instead of values.

    @property
    def sector_label(self) -> str:
        return str(Sector(self.cleaned_data["sector"]).label)

    @property
    def capacity_label(self) -> str:
        return str(Capacity(self.cleaned_data["capacity"]).label)

    @property
    def area_list(self) -> list:
        return [area for area in reversed(self.cleaned_area()) if area]
