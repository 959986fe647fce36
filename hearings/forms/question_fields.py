"""The fields of one question by its kind, and reading a ranking back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.fields import CleanCharField
from hearings.enums import QuestionKind
from hearings.models import QuestionRevision
from hearings.services.answer_values import SCALE_MAX, SCALE_MIN, longest

NOT_AMONG = gettext_lazy("This answer is not among those of the question. Choose again.")


def ranked(revision: QuestionRevision, places: Mapping[str, str]) -> list[str]:
    """Keys in order of their places. Two lines on one place, or a line without one, are refused in words."""
    by_place: defaultdict[str, list[str]] = defaultdict(list)
    for key, place in places.items():
        by_place[place].append(key)
    empty = by_place.pop("", [])
    if not by_place:
        return []
    labels = revision.option_labels()
    for place, keys in by_place.items():
        if len(keys) > 1:
            raise ValidationError(
                _("Place %(place)s was given twice: “%(one)s” and “%(other)s”. Give each its own place."),
                code="tie",
                params={"place": place, "one": labels[keys[0]], "other": labels[keys[1]]},
            )
    if empty:
        raise ValidationError(_("Give every line a place, or leave all of them empty."), code="incomplete")
    return [by_place[place][0] for place in sorted(by_place, key=int)]


def choice_field(label: str, choices: list, widget: forms.Widget) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=widget,
        error_messages={"invalid_choice": NOT_AMONG},
    )


def plain_field(revision: QuestionRevision) -> forms.Field:
    """The one field of a simple kind."""
    text, options = revision.shown_text, list(revision.option_labels().items())
    none = [] if revision.is_required else [("", _("No answer"))]
    if revision.kind == QuestionKind.SINGLE:
        return choice_field(text, [*options, *none], forms.RadioSelect())
    if revision.kind == QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=text,
            choices=options,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": NOT_AMONG, "invalid_list": NOT_AMONG},
        )
    if revision.kind == QuestionKind.SCALE:
        steps = range(revision.limit("min", SCALE_MIN), revision.limit("max", SCALE_MAX) + 1)
        return choice_field(text, [(str(step), str(step)) for step in steps], forms.RadioSelect())
    if revision.kind == QuestionKind.NUMBER:
        typing = forms.TextInput(attrs={"inputmode": "decimal"})
        return CleanCharField(label=text, required=False, widget=typing)
    if revision.kind == QuestionKind.LONG_TEXT:
        box = forms.Textarea(attrs={"rows": 5, "data-longest": longest(revision)})
        return CleanCharField(label=text, required=False, widget=box)
    line = forms.TextInput(attrs={"data-longest": longest(revision)})
    return CleanCharField(label=text, required=False, widget=line)
