"""Places in the forms of the admin: those of the site's cluster, because 8,000 in three lists take seconds to load."""

from __future__ import annotations

from django import forms
from django.db.models import Model, Q, QuerySet

from core.types import Words
from geography.models import Area

LEVELS = (("province", None), ("district", "province"), ("subdistrict", "district"))


class AreaChoiceField(forms.ModelChoiceField):
    """Areas with the names above them, because many share a name."""

    def __init__(self, *, queryset: QuerySet, label: Words, required: bool = False) -> None:
        super().__init__(queryset=queryset, label=label, required=required)

    def label_from_instance(self, area: Area) -> str:
        above = getattr(area, "district", None) or getattr(area, "province", None)
        return f"{area.short_name} {above.short_name}" if above else area.short_name


def offer_our_areas(fields: dict[str, forms.Field], chosen: Model) -> None:
    """The cluster's areas and those ``chosen`` has already; where the site has no cluster yet, all of them."""
    for name, above in LEVELS:
        field = fields.get(name)
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            continue
        areas = field.queryset.model.objects.all()
        ours = areas.of_this_site()
        if ours.exists():
            areas = areas.filter(Q(pk__in=ours.values("pk")) | Q(pk=getattr(chosen, f"{name}_id")))
        field.queryset = areas.select_related(above) if above else areas
