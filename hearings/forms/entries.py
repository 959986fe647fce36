"""Stance, reason and suggestion on one place of the draft: steps 1 and 2 of a comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import CleanCharField
from core.types import Words
from hearings.enums import Stance
from hearings.models import DraftBlock
from hearings.services.data import LONGEST_TEXT, has_citizen_number

CITIZEN_NUMBER = _(
    "There is a citizen identification number in this text. Please take it out: we never need it, "
    "and in a published comment strangers could misuse it."
)
STANCE_HINTS = {
    Stance.AGREE: _("I want it done as in the draft"),
    Stance.PARTLY: _("It can be done, but some sections should change"),
    Stance.AGAINST: _("I do not want it done as in this draft"),
    Stance.OTHER: _("I want to propose another way"),
}


def section_label(block: DraftBlock) -> str:
    return f"{block.number}. {block.heading}" if block.number else block.heading


class StanceForm(forms.Form):
    """Never inferred: the person chooses one of four (design.md, decision 9)."""

    stance = forms.ChoiceField(
        label=_("Your stance"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four answers."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    stance.choice_hints = STANCE_HINTS  # type: ignore[attr-defined]  # core.templatetags.form_tags


def long_text(label: Words, hint: Words) -> CleanCharField:
    # No maxlength in the widget: a browser would cut a pasted text without a word.
    return CleanCharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": None, "data-longest": LONGEST_TEXT}),
        error_messages={
            "max_length": _(
                "This is %(show_value)d characters long, the limit is %(limit_value)d. "
                "Shorten it, or put a part of it under the suggestion."
            )
        },
    )


class ReasonForm(forms.Form):
    """On what, why, and what instead."""

    block = forms.ChoiceField(
        label=_("What in the draft is this about?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This section is not in the draft. Choose one from the list.")},
    )
    reason = long_text(_("Your reason"), _("Write as you would tell a neighbour. Short is fine."))
    suggestion = long_text(_("Your suggestion"), _("What should change in the draft, or be done instead?"))

    whole_label = _("The whole matter")
    # A reason or a suggestion is needed; "optional" beside each would mislead.
    mark_optional = False

    def __init__(self, *args: Any, sections: Sequence[DraftBlock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        block_field: Any = self.fields["block"]
        block_field.choices = [
            ("", self.whole_label),
            *((str(block.key), section_label(block)) for block in sections),
        ]
        self.sections = {str(block.key): block for block in sections}

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        silent = not (cleaned.get("reason") or cleaned.get("suggestion"))
        for name in ("reason", "suggestion"):
            if has_citizen_number(cleaned.get(name) or ""):
                self.add_error(name, CITIZEN_NUMBER)
        # Who agrees need not explain; who does not helps nobody without a word on why.
        if silent and not self.errors and self.data.get(self.add_prefix("stance")) != Stance.AGREE:
            self.add_error("reason", _("Write a reason or a suggestion. One short sentence is enough."))
        return cleaned

    @property
    def section(self) -> DraftBlock | None:
        """The section this is about, as typed so far; None for the whole."""
        value = self.cleaned_data.get("block") if self.is_bound and self.is_valid() else self["block"].value()
        return self.sections.get(str(value or ""))


class FurtherForm(ReasonForm, StanceForm):
    """A comment on one more section of the same dossier: here the section must be named, and a stance chosen."""

    field_order = ["block", "stance", "reason", "suggestion"]
    whole_label = _("Choose a section")
    taken: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        block: Any = self.fields["block"]
        choices = block.choices
        block.widget = forms.Select()
        block.choices = choices
        block.label = _("Section")
        block.required = True
        block.error_messages["required"] = _("Choose the section this is about.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("block") in self.taken:
            self.add_error("block", _("You already wrote about this section above. Choose another one."))
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Added and then left: nothing to send, nothing to complain about."""
        return not any((self[name].value() or "").strip() for name in self.fields)
