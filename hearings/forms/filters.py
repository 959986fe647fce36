"""Filters of lists. Plain GET forms: a link holds them, an unknown value says so and filters nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField
from core.models import Topic
from geography.models import Province
from hearings.enums import HearingKind, Stance
from hearings.forms.places import section_label
from hearings.models import DraftBlock

ANY = [("", _("All"))]
WHOLE = "whole"
OF_CHOICE = ("stance", "topic", "sector", "province", "answered")
PARAGRAPH = re.compile(r"[A-Za-z0-9_-]{1,12}", re.ASCII)


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
    SORTS = [
        ("new", _("Newest first")),
        ("old", _("Oldest first")),
        ("supported", _("Most supported first")),
        ("discussed", _("Most discussed first")),
    ]
    BY_WORDS = ("close", _("Closest first"))  # only where words are looked for
    ANSWERED = [("yes", _("Answered by the office")), ("no", _("Not answered yet"))]

    q = CleanCharField(
        label=_("Words in the comments"), required=False, max_length=100, min_length=2,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 800}),
        error_messages={
            "min_length": _("Write at least two letters."),
            "max_length": _("This is too long to look for. Write a word or two."),
        },
    )  # fmt: skip
    block = forms.ChoiceField(label=_("Section of the draft"), required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=[*ANY, *Stance.choices], required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[*ANY, *Sector.choices], required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    answered = forms.ChoiceField(label=_("Answer"), choices=[*ANY, *ANSWERED], required=False)
    paragraph = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sections: Sequence[DraftBlock],
        provinces: Sequence[Province],
        topics: Sequence[Topic] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {str(section.key): section for section in sections}
        block: Any = self.fields["block"]
        block.choices = [
            *ANY,
            (WHOLE, _("The whole matter")),
            *((key, section_label(section)) for key, section in self.sections.items()),
        ]
        province: Any = self.fields["province"]
        province.choices = [*ANY, *((found.pk, found.display_name) for found in provinces)]
        self._topics = [*ANY, *((str(found.pk), found.display_name) for found in topics)]
        if topics:
            topic: Any = self.fields["topic"]
            topic.choices = self._topics
        else:
            del self.fields["topic"]

    def choices_of_the_hearing(self) -> list[tuple[Any, Any]]:
        """What differs between the forms of two hearings."""
        block: Any = self.fields["block"]
        province: Any = self.fields["province"]
        return [*block.choices, *province.choices, *self._topics]

    def clean_paragraph(self) -> str:
        """Comes from links only; one that is no key is left out."""
        key = self.cleaned_data["paragraph"]
        return key if PARAGRAPH.fullmatch(key) else ""

    def clean_sort(self) -> str:
        wanted = self.cleaned_data["sort"]
        return wanted if wanted in dict([*self.SORTS, self.BY_WORDS]) else ""

    def chips(self) -> list[tuple[str, str]]:
        """What is chosen: field and words, in the order of the form."""
        if not self.is_valid():
            return []
        chosen = self.cleaned_data
        words = {
            "q": f"“{chosen['q']}”",
            "block": self._label("block"),
            "paragraph": _("One paragraph"),
            **{name: self._label(name) for name in OF_CHOICE if name in self.fields},
        }
        return [(name, str(label)) for name, label in words.items() if chosen[name]]

    def _label(self, name: str) -> str:
        field: Any = self.fields[name]
        return str(dict(field.choices).get(self.cleaned_data[name], ""))
