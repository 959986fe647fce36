"""Filters of lists. Plain GET forms: a link holds them, an unknown value says so and filters nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.models import Topic
from geography.models import Province
from hearings.enums import HearingKind, Stance
from hearings.forms.entries import section_label
from hearings.models import DraftBlock

ANY = [("", _("All"))]
WHOLE = "whole"


class HearingFilter(forms.Form):
    mark_optional = False
    GROUPS = [
        ("open", _("Open for comments")),
        ("upcoming", _("Opens soon")),
        ("closed", _("Waiting for the result")),
        ("result", _("Result published")),
    ]

    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *GROUPS], required=False)
    province = forms.ModelChoiceField(
        label=_("Province"), queryset=Province.objects.none(), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *HearingKind.choices], required=False)
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.none(), required=False, empty_label=_("All"),
        to_field_name="slug",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        topic: Any = self.fields["topic"]
        province.queryset = Province.objects.filter(hearings__isnull=False).distinct()
        province.label_from_instance = lambda found: found.display_name
        topic.queryset = Topic.objects.filter(hearings_hearingtopic_items__isnull=False).distinct()
        topic.label_from_instance = lambda found: found.display_name


class CommentFilter(forms.Form):
    mark_optional = False

    block = forms.ChoiceField(label=_("Section of the draft"), required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=[*ANY, *Stance.choices], required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[*ANY, *Sector.choices], required=False)

    def __init__(self, *args: Any, sections: Sequence[DraftBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {str(section.key): section for section in sections}
        block: Any = self.fields["block"]
        block.choices = [
            *ANY,
            (WHOLE, _("The whole matter")),
            *((key, section_label(section)) for key, section in self.sections.items()),
        ]
