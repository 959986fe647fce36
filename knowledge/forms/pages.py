"""The admin form of a lesson: five answers to hand it in, the rest before it is published (lessons.md, E3)."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.enums import Level, Sector
from core.forms.fields import ThaiDateField
from core.forms.pages import BasePageForm
from core.text import clean_text
from geography.admin_forms import AreaChoiceField, offer_our_areas
from geography.models import District, Province, Subdistrict
from knowledge.enums import LessonKind

TITLE_LENGTH = 120
NEEDED_TO_PUBLISH = (
    "summary",
    "problem_area",
    "problem_subarea",
    "cause",
    "context",
    "result_evidence",
    "evidence_level",
    "strategy_issues",
    "topics",
    "level",
)
DAY_HELP = _("For example 9/12/2569.")


class LessonPageForm(BasePageForm):
    period_start = ThaiDateField(label=_("from"), required=False, help_text=DAY_HELP)
    period_end = ThaiDateField(label=_("until"), required=False, help_text=DAY_HELP)
    review_by = ThaiDateField(
        label=_("look at it again by"),
        help_text=_("Two years after it was written, if nobody says otherwise."),
    )
    sectors_involved = forms.MultipleChoiceField(
        label=_("sectors involved"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    province = AreaChoiceField(queryset=Province.objects.none(), label=_("province"))
    district = AreaChoiceField(queryset=District.objects.none(), label=_("district"))
    subdistrict = AreaChoiceField(queryset=Subdistrict.objects.none(), label=_("sub-district"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer_our_areas(self.fields, self.instance)

    @property
    def is_publishing(self) -> bool:
        """Published now: by the button, or by approving it in the workflow."""
        return "action-publish" in self.data or self.data.get("workflow-action-name") == "approve"

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = clean_text(value)
        if len(cleaned.get("title") or "") > TITLE_LENGTH:
            self.add_error(
                "title", _("Use at most 120 characters, in the words of somebody who is looking for it.")
            )
        if not self.is_deferred_validation:
            self._check_caution(cleaned)
        if self.is_publishing:
            self._check_complete(cleaned)
        return cleaned

    def _check_caution(self, cleaned: dict) -> None:
        """A caution is told so that nobody stumbles again; names would end that (A266)."""
        if cleaned.get("kind") == LessonKind.CAUTION and not cleaned.get("names_checked"):
            self.add_error(
                "names_checked",
                _("Read the text once more, take out the names of people, then tick this box."),
            )

    def _check_complete(self, cleaned: dict) -> None:
        for name in NEEDED_TO_PUBLISH:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(
                    name, ValidationError(_("Needed before the lesson can be published."), code="needed")
                )
        if not cleaned.get("province") and not self._place_may_be_empty(cleaned):
            self.add_error(
                "province", _("Needed before the lesson can be published, unless names are hidden.")
            )

    @staticmethod
    def _place_may_be_empty(cleaned: dict) -> bool:
        return bool(cleaned.get("anonymise")) or cleaned.get("level") in (Level.CLUSTER, Level.NATIONAL)
