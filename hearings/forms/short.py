"""The short form for those in a hurry (A177): stance on the whole, one text, a topic, sector, consent; the same names
and service.

Questions that must be answered are asked here, too, and no others. Whoever wants to say more goes on to the long form
with everything typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.functional import cached_property

from core.forms.shared import shares_fields
from hearings.consent import CONSENT_LINES, CONSENT_VERSION
from hearings.enums import Capacity, PublishName
from hearings.forms.dossier import Dossier
from hearings.forms.entries import ReasonForm, topic_field
from hearings.forms.questions import QuestionsForm
from hearings.forms.step_forms import REASON, STANCE, WHO
from hearings.forms.who import WhoForm
from hearings.models import QuestionRevision
from hearings.services.data import SubmissionData

SHORT = "short"  # the field and the query that ask for it


class ShortWhoForm(forms.Form):
    consent_lines = CONSENT_LINES
    consent_version = CONSENT_VERSION

    sector = WhoForm.base_fields["sector"]
    consent = WhoForm.base_fields["consent"]


@shares_fields("block", "topic")
class ShortReasonForm(ReasonForm):
    topic = topic_field(forms.Select)  # a row of them would push the rest off a phone


class ShortDossier(Dossier):
    reason_form = ShortReasonForm
    who_form = ShortWhoForm

    def check(self, *steps: str) -> str:
        """Everything stands on one page, so all mistakes are named at once."""
        self.show(checked=(STANCE, REASON, WHO))
        is_right = all(form.is_valid() for step in (STANCE, REASON, WHO) for form in self.forms_of(step))
        return "" if is_right else STANCE

    def carried(self, step: str) -> Iterator[tuple[str, str]]:
        yield from ((name, self.data.get(name, "")) for name in ("key", "started"))

    def submission_data(self) -> SubmissionData:
        """Call after ``check_all`` found nothing. No area and no name: the form did not ask."""
        return SubmissionData(
            stance=self.stance.cleaned_data["stance"],
            sector=self.who.cleaned_data["sector"],
            capacity=Capacity.SELF,
            publish_name=PublishName.NONE,
            consent_version=CONSENT_VERSION,
            language=self.language,
        )

    @cached_property
    def questions(self) -> QuestionsForm | None:
        form = super().questions
        if form is None:
            return None
        needed = must_be_answered(form.revisions)
        if not needed:
            return None
        return QuestionsForm(self.data if form.is_bound else None, needed, initial=form.initial)


def must_be_answered(revisions: list[QuestionRevision]) -> list[QuestionRevision]:
    """The required ones that do not hang on an answer nobody asks for here."""
    kept: list[QuestionRevision] = []
    for revision in revisions:
        keys = {str(other.question.key) for other in kept}
        deciding = revision.show_if.get("question") if revision.show_if else None
        if revision.is_required and (deciding is None or deciding in keys):
            kept.append(revision)
    return kept
