"""Choosing province, district and sub-district without JavaScript (requirements A077, issue 3 part 4).

A form takes ``AreaPickerMixin`` in and its template includes ``components/area_picker.html``. The button
``area_step`` sends the form back with the lists of the next level. A view does::

    if StepForm.area_step_requested(request.POST):
        form = StepForm.reloaded(request.POST, ...)   # everything typed is kept, nothing is complained about
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.nearby import remember
from core.thaidate import is_thai
from core.types import Words
from geography.models import Area, District, Province, Subdistrict

CODE = re.compile(r"[1-9][0-9]{1,5}", re.ASCII)
STEP = "area_step"
Picked = tuple[Province | None, District | None, Subdistrict | None]


def valid_code(value: object, digits: int) -> str:
    """The value if it looks like a DOPA code of that length, else an empty string: no query is made with it."""
    text = str(value or "").strip()
    return text if len(text) == digits and CODE.fullmatch(text) else ""


def provinces_to_choose() -> tuple[list[Province], list[Province]]:
    """(those of this site's cluster, the others), each in dictionary order."""

    def make() -> tuple[list[Province], list[Province]]:
        provinces = Province.objects.all().with_ours().in_dictionary_order()
        return [area for area in provinces if area.ours], [area for area in provinces if not area.ours]

    return remember(f"areas:{is_thai()}", make)


def areas_below(model: type[Area], upper: str, code: str) -> list[Area]:
    """Areas change by law, every few years; the process may keep a list for seconds."""
    if not code:
        return []
    return remember(
        f"areas:{is_thai()}:{upper}:{code}",
        lambda: model._default_manager.filter(**{upper: code}).in_dictionary_order(),
    )


def packed(name: str, load: Callable[[], Sequence[Sequence[Area]]]) -> dict[str, bytes]:
    """The areas of a list by their codes, each packed by itself: to check one code not all of them are made."""
    return remember(
        f"areas:{is_thai()}:packed:{name}",
        lambda: {area.code: pickle.dumps(area) for group in load() for area in group},
    )


class AreaField(forms.ChoiceField):
    """A select of area codes. Its choices are set by the mixin; ``areas`` holds the objects behind them."""

    widget = forms.Select(attrs={"class": "in"})
    _areas: dict[str, Area] | None = None

    def __init__(self, *, empty_label: Words, **kwargs: Any) -> None:
        self.empty_label = empty_label
        super().__init__(required=False, **kwargs)
        self.offer("", tuple)

    def prepare_value(self, value: object) -> object:
        return getattr(value, "code", value)

    @property
    def areas(self) -> dict[str, Area]:
        if self._areas is None:
            self._areas = {area.code: area for group in self._load() for area in group}
        return self._areas

    def find(self, code: object) -> Area | None:
        """The area with this code, if it is in the list."""
        if not code:
            return None
        found = packed(self._name, self._load).get(str(code))
        return pickle.loads(found) if found else None  # noqa: S301  (packed by ourselves, in this process)

    def offer(
        self, name: str, load: Callable[[], Sequence[Sequence[Area]]], headings: Sequence[Words] = ()
    ) -> None:
        """Fill the list with what ``load`` gives, when it is needed: a form that is not drawn draws no options.

        ``name`` tells lists apart; several groups stand under their ``headings``.
        """
        self._name, self._load, self._areas = name, load, None

        def options() -> list:
            groups = [[(area.code, area.display_name) for area in group] for group in load()]
            if len(groups) > 1 and groups[0]:
                return [("", self.empty_label), *zip(headings, groups, strict=True)]
            return [("", self.empty_label), *(option for group in groups for option in group)]

        self.choices = options

    def valid_value(self, value: object) -> bool:
        return str(value) in packed(self._name, self._load)


class AreaPickerMixin(forms.Form):
    """Fields ``province``, ``district`` and ``subdistrict``; a lower level alone is enough, the upper is derived.

    Set ``area_required = ("province",)`` (or more levels) where the form needs them. A process keeps the lists for
    seconds.
    """

    area_required: tuple[str, ...] = ()

    province = AreaField(
        label=_("Province"),
        empty_label=_("Choose a province"),
        error_messages={"invalid_choice": _("This province is not in our list. Choose again.")},
    )
    district = AreaField(
        label=_("District"),
        empty_label=_("Choose a district"),
        error_messages={"invalid_choice": _("This district is not in the province. Choose again.")},
    )
    subdistrict = AreaField(
        label=_("Sub-district"),
        empty_label=_("Choose a sub-district"),
        error_messages={"invalid_choice": _("This sub-district is not in the district. Choose again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_areas()

    @classmethod
    def area_step_requested(cls, data: Mapping[str, Any]) -> bool:
        """True if the person asked for the next list, not to send the form."""
        return STEP in data

    @classmethod
    def reloaded(cls, data: QueryDict, **kwargs: Any) -> AreaPickerMixin:
        """The same form again, not checked: what was typed is its initial, lists follow the chosen area.

        A district that is not in the newly chosen province is dropped in silence.
        """
        blank = cls(**kwargs)
        typed = {
            name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
            if not isinstance(field, forms.FileField)
        }
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **typed}
        form = cls(**kwargs)
        for name in ("district", "subdistrict"):
            if form.initial.get(name) not in form.fields[name].areas:  # type: ignore[attr-defined]
                form.initial[name] = ""
        return form

    def cleaned_area(self) -> Picked:
        """The chosen objects; call it after ``is_valid()``. No query."""
        return tuple(
            self.fields[name].find(self.cleaned_data.get(name))  # type: ignore[attr-defined]
            for name in ("province", "district", "subdistrict")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for lower, upper, digits in (("subdistrict", "district", 4), ("district", "province", 2)):
            if cleaned.get(lower) and not cleaned.get(upper) and upper not in self.errors:
                cleaned[upper] = cleaned[lower][:digits]
        for name in self.area_required:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("Choose one from the list."), code="required"))
                break  # the next list is empty until this one is chosen
        return cleaned

    def _area_value(self, name: str, digits: int) -> str:
        if self.is_bound:
            value = self.data.get(self.add_prefix(name))
        else:
            value = self.get_initial_for_field(self.fields[name], name)
        return valid_code(getattr(value, "code", value), digits)

    def _offer_areas(self) -> None:
        subdistrict = self._area_value("subdistrict", 6)
        district = self._area_value("district", 4)
        province = self._area_value("province", 2) or (district or subdistrict)[:2]
        if not district and subdistrict[:2] == province:
            district = subdistrict[:4]

        fields: Any = self.fields
        groups = (_("This provincial cluster"), _("Other provinces"))
        fields["province"].offer("provinces", provinces_to_choose, groups)
        fields["district"].offer(province, lambda: [areas_below(District, "province_id", province)])
        upper = district if district and fields["district"].valid_value(district) else ""
        fields["subdistrict"].offer(upper, lambda: [areas_below(Subdistrict, "district_id", upper)])
        self._select_derived(province, district)

    def _select_derived(self, province: str, district: str) -> None:
        """Show the derived upper levels as chosen when the form is first drawn."""
        if not self.is_bound:
            for name, code in (("province", province), ("district", district)):
                if code and not self.get_initial_for_field(self.fields[name], name):
                    self.initial[name] = code
