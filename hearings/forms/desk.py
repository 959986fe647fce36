"""Forms of the staff's rooms of hearings: a step, a correction, a posting."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField, ThaiDateField
from core.forms.uploads import OpenableImageField, strip_photo
from geography.models import District
from hearings.checklist import ITEMS
from hearings.enums import BoardKind
from hearings.models import Hearing
from hearings.models.notices import disclosed_label

PHOTO_EXTENSIONS = ("jpg", "jpeg", "png", "webp")
LONGEST = 4000
NUMBERS = {field: number for number, _label, fields in ITEMS for field in fields}


class CorrectionForm(forms.Form):
    """Why something announced is corrected, and whether that starts the days of clause 11 anew."""

    reason = CleanCharField(
        label=_("Reason (everyone can read it)"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_material = forms.TypedChoiceField(
        label=_("Does it change the matter people are asked about?"),
        choices=[("no", _("No, a slip or an addition")), ("yes", _("Yes, the matter itself"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("A change of the matter starts the days of clause 11 anew."),
    )
    approver = CleanCharField(
        label=_("Who approved the haste, if the days are too few"), max_length=200, required=False
    )


class AmendForm(CorrectionForm):
    """New words for one field."""

    after = CleanCharField(
        label=_("The new words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    field_order = ("after", "reason", "is_material", "approver")


class AmendRowForm(forms.ModelForm):
    """One way of hearing people, or one contact; emptied, it goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})

    @property
    def is_blank(self) -> bool:
        return not any((self[name].value() or "").strip() for name in self.fields)


ROW_FIELDS = {"methods": ("kind", "detail"), "contacts": ("name", "role", "phone", "email")}
EMPTY_ROWS = 2
MOST_ROWS = 30


def row_forms(hearing: Hearing, relation: str, data: QueryDict | None = None) -> list[AmendRowForm]:
    """The rows as they stand and two empty ones; or, with ``data``, as many as were sent."""
    rows = list(getattr(hearing, relation).all())
    model = getattr(hearing, relation).model
    widgets: dict[str, type[forms.Widget] | forms.Widget] = {"email": forms.TextInput}
    form_class: Any = forms.modelform_factory(
        model, form=AmendRowForm, fields=ROW_FIELDS[relation], widgets=widgets
    )
    sent = data.get("rows", "") if data is not None else ""
    count = int(sent) if sent.isdecimal() and len(sent) < 4 else len(rows) + EMPTY_ROWS
    return [
        form_class(
            data,
            prefix=f"r{number}",
            instance=None if data is not None or number >= len(rows) else rows[number],
        )
        for number in range(min(count, MOST_ROWS))
    ]


def field_name(name: str) -> str:
    """What can be corrected, with its number in ข้อ 7."""
    label = disclosed_label(name)
    return f"({NUMBERS[name]}) {label}" if name in NUMBERS else label


class PostingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of place"), choices=BoardKind.choices, widget=forms.RadioSelect)
    place = CleanCharField(
        label=_("Where does it hang?"),
        max_length=200,
        help_text=_("For example: hall of village 4, Koei Chai."),
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.none(),
        required=False,
        empty_label=_("Choose a district"),
    )
    village_no = forms.IntegerField(label=_("Village number"), required=False, min_value=1, max_value=99)
    posted_on = ThaiDateField(label=_("Posted on"), required=False, help_text=_("For example 30/10/2569."))
    removed_on = ThaiDateField(label=_("Taken down on"), required=False)
    photo = OpenableImageField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        validators=[FileExtensionValidator(PHOTO_EXTENSIONS)],
        help_text=_(
            "JPEG, PNG or WebP. Place and camera are taken out of the file before it is stored. "
            "The days of notice count from the day the photo reaches us."
        ),
    )

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = hearing.acting_provinces()
        district = cast(forms.ModelChoiceField, self.fields["district"])
        district.queryset = District.objects.filter(province__in=provinces)

    def clean_photo(self) -> UploadedFile | None:
        photo = self.cleaned_data["photo"]
        return strip_photo(photo) if photo else None
