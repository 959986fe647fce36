"""One sheet of paper, or one call, as it is typed: the fields in the order of the printed form, and its questions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.enums import Sector
from core.forms.fields import CleanCharField, ThaiDateField
from core.models import Topic
from geography.forms import AreaPickerMixin
from hearings.consent import CONSENT_VERSION
from hearings.enums import Capacity, PublishName, Stance
from hearings.forms.asked import AskedQuestion
from hearings.forms.entries import long_text, offer_topics, topic_field
from hearings.forms.field import CHANNELS, NEEDS_CONSENT, ThaiNumberField
from hearings.forms.places import section_label
from hearings.forms.questions import QuestionsForm
from hearings.models import DraftBlock, QuestionRevision
from hearings.models.submissions import COMMENT_WORDS
from hearings.paper_reading.reading import Proposals
from hearings.services.data import HIGHEST_VILLAGE_NO, CommentData, SubmissionData

SECTION = "on_"


def propose(form: forms.BaseForm, proposals: Proposals, *, fill: bool) -> set[str]:
    """What the picture seems to say goes into the fields, marked; what it does not say clearly is marked only.

    Returns the names this form has a field for.
    """
    names = {form.add_prefix(name): name for name in form.fields}
    for shown, value in proposals.sure.items():
        field: Any = form.fields.get(names.get(shown, ""))
        if field and names[shown] == "topic" and not field.valid_value(value):
            field.read = "unsure"  # printed when the hearing still had it
        elif field:
            field.read = "sure"
            if fill:
                form.initial[names[shown]] = bool(value) if isinstance(field, forms.BooleanField) else value
    for shown in proposals.unsure & names.keys():
        unclear: Any = form.fields[names[shown]]
        unclear.read = "unsure"
    return set(names)


class SheetQuestions(QuestionsForm):
    """An empty line on paper is no mistake: whoever types it cannot ask the person again."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        revisions: Sequence[QuestionRevision] = (),
        **options: Any,
    ) -> None:
        for revision in revisions:
            revision.is_required = False
        super().__init__(data, revisions, **options)

    @property
    def with_reading(self) -> list[tuple[AskedQuestion, str]]:
        """Each question, and whether the picture said something about it (``propose``): of a table any line."""
        return [(asked, self._read(asked.revision)) for asked in self.questions]

    def _read(self, revision: QuestionRevision) -> str:
        read = {getattr(self.fields[name], "read", "") for name in self.names_of(revision)}
        return "unsure" if "unsure" in read else "sure" if "sure" in read else ""


class SheetForm(AreaPickerMixin, forms.Form):
    area_required = ()

    code = CleanCharField(label=_("Number on the form"), max_length=20, required=False)
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS)
    received_on = ThaiDateField(label=_("Received on"))
    stance = forms.ChoiceField(
        label=_("The whole matter"), choices=Stance.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four answers.")},
    )  # fmt: skip
    block = forms.ChoiceField(label=_("What the reason is about"), required=False)
    reason = long_text(_("Reason, as written"), "")
    suggestion = long_text(_("Suggestion, as written"), "")
    expected_impact = long_text(_("Expected impact, as written"), "")
    topic = topic_field(forms.Select)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    organisation = CleanCharField(label=_("Group they speak for"), max_length=200, required=False)
    village_no = ThaiNumberField(
        label=_("Village number"), min_value=1, max_value=HIGHEST_VILLAGE_NO, required=False
    )
    publish_name = forms.ChoiceField(
        label=_("Name in public"), choices=PublishName.choices, initial=PublishName.NONE, required=False
    )
    name = CleanCharField(label=_("Name"), max_length=120, required=False)
    under_20 = forms.BooleanField(
        label=_("Under 20 years old"), help_text=_("The name is never shown then."), required=False
    )
    agreed = forms.BooleanField(
        label=_("Signed, or agreed by word"), error_messages={"required": NEEDS_CONSENT}
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, sections: Sequence[DraftBlock], topics: Sequence[Topic] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topics = offer_topics(self, topics)
        # The scan stands beside the fields: short ones keep both on one screen.
        for name, rows in (("reason", 3), ("suggestion", 2), ("expected_impact", 2)):
            self.fields[name].widget.attrs["rows"] = rows
        self.sections = {str(block.key): block for block in sections}
        labels = {key: section_label(block) for key, block in self.sections.items()}
        field: Any = self.fields["block"]
        field.choices = [("", _("The whole matter")), *labels.items()]
        for key, label in labels.items():
            self.fields[SECTION + key] = forms.ChoiceField(
                label=label, choices=Stance.choices, widget=forms.RadioSelect, required=False
            )

    @property
    def on_sections(self) -> list[BoundField]:
        return [self[SECTION + key] for key in self.sections]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_shown = cleaned.get("publish_name") not in (None, "", PublishName.NONE)
        if is_shown and not cleaned.get("name") and not cleaned.get("under_20"):
            self.add_error("name", _("Write the name to be shown, or choose not to show it."))
        silent = not any(cleaned.get(name) for name in COMMENT_WORDS)
        if silent and "reason" not in self.errors and cleaned.get("stance") not in (None, Stance.AGREE):
            self.add_error("reason", _("Write a reason or a suggestion. One short sentence is enough."))
        return cleaned

    def data_of_person(self) -> SubmissionData:
        clean = self.cleaned_data
        province, district, subdistrict = self.cleaned_area()
        return SubmissionData(
            stance=clean["stance"], sector=clean["sector"], consent_version=CONSENT_VERSION,
            channel=clean["channel"], received_on=clean["received_on"], village_no=clean["village_no"],
            province=province, district=district, subdistrict=subdistrict, under_20=clean["under_20"],
            name=clean["name"], publish_name=clean["publish_name"] or PublishName.NONE,
            organisation=clean["organisation"],
            capacity=Capacity.GROUP if clean["organisation"] else Capacity.SELF,
        )  # fmt: skip

    def comments(self) -> list[CommentData]:
        """The words where they belong, and a stance without words for every other section that was ticked."""
        clean = self.cleaned_data
        about = clean["block"]
        said = CommentData(
            stance=clean[SECTION + about] or clean["stance"] if about else clean["stance"],
            block_key=uuid.UUID(about) if about else None,
            topic=self.topics.get(clean["topic"]), **{name: clean[name] for name in COMMENT_WORDS},
        )  # fmt: skip
        ticked = [key for key in self.sections if key != about and clean[SECTION + key]]
        return [said, *(CommentData(stance=clean[SECTION + key], block_key=uuid.UUID(key)) for key in ticked)]


class UnreadableForm(forms.Form):
    unreadable_reason = CleanCharField(label=_("What cannot be read"), max_length=300)
