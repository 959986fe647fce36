"""Admin forms: days and years are typed the way people write them, in พ.ศ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.forms.fields import ThaiDateField
from core.forms.pages import BasePageForm
from geography.models import Province, SiteCluster


class BuddhistYearField(forms.IntegerField):
    """A year in พ.ศ.; takes Thai digits and says so when somebody types a year of the Christian era."""

    widget = forms.TextInput

    def to_python(self, value: object) -> int | None:
        return super().to_python(to_arabic(value).strip() if isinstance(value, str) else value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=2475, max_value=2700, **kwargs)
        message = _("Type the year in พ.ศ., for example 2570.")
        self.error_messages["invalid"] = message
        for validator in self.validators:
            if hasattr(validator, "limit_value"):
                validator.message = message  # type: ignore[attr-defined]  # one with a limit has one


class PlacedPageForm(BasePageForm):
    """Offers the provinces of the site's own cluster as boxes to tick instead of a list of 77."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "provinces" in self.fields:
            self._offer_own_provinces(self.fields["provinces"])

    def _offer_own_provinces(self, field: forms.ModelMultipleChoiceField) -> None:
        own = Province.objects.filter(clusters__in=SiteCluster.objects.values("cluster"))
        if not own.exists():
            return
        chosen = [province.pk for province in self.instance.provinces.all()] if self.instance.pk else []
        field.queryset = Province.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=chosen))
        field.widget = forms.CheckboxSelectMultiple(choices=field.choices)  # type: ignore[arg-type]  # its iterator


class NewsPageForm(PlacedPageForm):
    published_on = ThaiDateField(label=_("date of the news"), help_text=_("For example 9/12/2569."))


class StrategyDocumentForm(PlacedPageForm):
    official_date = ThaiDateField(
        label=_("official date"), required=False, help_text=_("For example 9/12/2569.")
    )
    gazette_date = ThaiDateField(
        label=_("Gazette: date"), required=False, help_text=_("For example 9/12/2569.")
    )
    start_year = BuddhistYearField(label=_("first year (พ.ศ.)"))
    end_year = BuddhistYearField(label=_("last year (พ.ศ.)"))
    revision_year = BuddhistYearField(
        label=_("revised edition of (พ.ศ.)"), help_text=_("Left empty for a first edition.")
    )
