"""Stance, reason and suggestion on one place of the draft: steps 1 and 2 of a comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import CleanCharField, EnumField, LongTextField
from core.forms.shared import shares_fields
from core.models import Topic
from core.types import Words
from hearings.enums import Stance
from hearings.forms.places import Place, Places
from hearings.models.submissions import COMMENT_WORDS
from hearings.page_marks import PageMark
from hearings.paragraphs import fold
from hearings.services.data import has_citizen_number, longest_text
from hearings.services.records import LONGEST_QUOTE, UNKNOWN_PAGE, UNKNOWN_TOPIC
from hearings.topics import find_topic

CITIZEN_NUMBER = _(
    "There is a citizen identification number in this text. Please take it out: we never need it, "
    "and in a published comment strangers could misuse it."
)
QUOTED_ELSEWHERE = _(
    "These words do not stand in what you chose above. Choose the section they are from, or untick them."
)
GONE_TOPIC = _(
    "The topic “%(topic)s” is not among the topics of this hearing any more. Choose another one, or none."
)
LAST_TOPIC_GONE = _(
    "The topic “%(topic)s” is not among the topics of this hearing any more. Your comment goes without it."
)
NO_TOPIC = pgettext_lazy("topic", "None of them")
STANCE_HINTS = {
    Stance.AGREE: _("I want it done as in the draft"),
    Stance.PARTLY: _("It can be done, but some sections should change"),
    Stance.AGAINST: _("I do not want it done as in this draft"),
    Stance.OTHER: _("I want to propose another way"),
}


# Choices are given as functions where a form is made often: Django copies lists of them for each form.
@shares_fields()
class StanceForm(forms.Form):
    """Never inferred: the person chooses one of four (design.md, decision 9)."""

    stance = EnumField(
        Stance,
        label=_("Your stance"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four answers."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    stance.choice_hints = STANCE_HINTS  # type: ignore[attr-defined]  # core.templatetags.form_tags


def long_text(label: Words, hint: Words) -> LongTextField:
    return LongTextField(
        label=label,
        help_text=hint,
        longest=longest_text,
        rows=5,
        required=False,
        error_messages={
            "max_length": _(
                "This is %(show_value)d characters long, the limit is %(limit_value)d. "
                "Shorten it, or put a part of it under the suggestion."
            )
        },
    )


def topic_field(widget: type[forms.Widget]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Topic this is about"),
        required=False,
        widget=widget,
        error_messages={"invalid_choice": UNKNOWN_TOPIC},
    )


def offer_topics(form: forms.BaseForm, topics: Sequence[Topic]) -> dict[str, Topic]:
    """Let the form choose among these, or none; returns them by the values it sends."""
    field: Any = form.fields["topic"]
    found = {str(topic.pk): topic for topic in topics}
    field.choices = [("", NO_TOPIC), *((value, topic.display_name) for value, topic in found.items())]
    return found


@shares_fields("block", "topic")
class ReasonForm(forms.Form):
    """On what, why, and what instead."""

    block = forms.ChoiceField(
        label=_("What in the draft is this about?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This section is not in the draft. Choose one from the list.")},
    )
    # A box to tick whose value are the words themselves: taken away without JavaScript, carried like any other.
    quote = CleanCharField(
        label=_("The words you marked"),
        max_length=LONGEST_QUOTE,
        required=False,
        error_messages={"max_length": _("These are too many words to quote. Mark fewer of them.")},
    )
    # A part of a page of a document (hearings.page_marks), to be left out in the same way.
    mark = CleanCharField(
        label=_("The page you marked"),
        max_length=40,
        required=False,
        error_messages={"max_length": UNKNOWN_PAGE},
    )
    reason = long_text(_("Your reason"), _("Write as you would tell a neighbour. Short is fine."))
    suggestion = long_text(_("Your suggestion"), _("What should change in the draft, or be done instead?"))
    expected_impact = long_text(
        _("What you expect to happen"),
        _("If it is done as in the draft, or as you suggest: what will happen, and to whom?"),
    )
    topic = topic_field(forms.RadioSelect)

    # A reason or a suggestion is needed; "optional" beside each would mislead.
    mark_optional = False

    def __init__(self, *args: Any, places: Places, topics: Sequence[Topic] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        block: Any = self.fields["block"]
        block.choices = self.offered()
        self._topics = offer_topics(self, topics)

    def offered(self) -> list:
        return self.places.choices(self.place)

    def clean_quote(self) -> str:
        return fold(self.cleaned_data.get("quote") or "")

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        silent = not any(cleaned.get(name) for name in COMMENT_WORDS)
        for name in COMMENT_WORDS:
            if has_citizen_number(cleaned.get(name) or ""):
                self.add_error(name, CITIZEN_NUMBER)
        if "topic" in self.errors and (gone := self.gone_topic):
            del self.errors["topic"]
            self.add_error("topic", gone)
        if cleaned.get("mark") and self.page_mark is None:
            self.add_error("mark", UNKNOWN_PAGE)
        if cleaned.get("quote") and self.place and not self.places.hold(self.place, cleaned["quote"]):
            self.add_error("quote", QUOTED_ELSEWHERE)
        # Who agrees need not explain; who does not helps nobody without a word on why.
        if silent and not self.errors and self.data.get(self.add_prefix("stance")) != Stance.AGREE:
            self.add_error("reason", _("Write a reason or a suggestion. One short sentence is enough."))
        return cleaned

    @property
    def place(self) -> Place | None:
        """What this is about, as typed so far; None where it is no place of this draft."""
        return self.places.find(self["block"].value())

    @property
    def chosen_topic(self) -> Topic | None:
        """As chosen so far; None also where it is no topic of this hearing."""
        return self._topics.get(str(self["topic"].value() or ""))

    @property
    def gone_topic(self) -> str:
        """What to say where the topic chosen before was taken off the hearing: nobody loses it unseen."""
        if self.chosen_topic or not (gone := find_topic(str(self["topic"].value() or ""))):
            return ""
        return (GONE_TOPIC if self._topics else LAST_TOPIC_GONE) % {"topic": gone.display_name}

    @property
    def page_mark(self) -> PageMark | None:
        """The page this is about; None where none was marked, or there is no such page."""
        return self.places.find_mark(self["mark"].value())


@shares_fields("block", "topic")
class FurtherForm(ReasonForm, StanceForm):
    """A comment on one more place of the same dossier: here the place must be named, and a stance chosen."""

    field_order = ["block", "quote", "mark", "stance", *COMMENT_WORDS, "topic"]
    taken: frozenset[str] = frozenset()

    block = forms.ChoiceField(
        label=_("Section or paragraph"),
        error_messages={
            "required": _("Choose the section this is about."),
            "invalid_choice": _("This section is not in the draft. Choose one from the list."),
        },
    )

    def offered(self) -> list:
        return [("", _("Choose a section")), *self.places.groups(self.place)]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("block") and self.place and self.place.value in self.taken:
            self.add_error("block", _("You already wrote about this section above. Choose another one."))
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Added and then left: nothing to send, nothing to complain about."""
        return not any((self[name].value() or "").strip() for name in self.fields)
