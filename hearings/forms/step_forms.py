"""The forms of the three steps around what was posted, each made and checked when somebody asks for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from core.models import Topic
from core.templatetags.form_tags import Problem, problems
from hearings.forms.entries import FurtherForm, ReasonForm, StanceForm
from hearings.forms.guards import started_at
from hearings.forms.places import Places
from hearings.forms.questions import QuestionsForm
from hearings.forms.who import WhoForm
from hearings.models import DraftBlock, Hearing
from hearings.models.submissions import COMMENT_WORDS
from hearings.services.answers import AnswerData
from hearings.services.data import MOST_COMMENTS
from hearings.topics import topics_to_choose

STANCE, REASON, WHO, CHECK = "1", "2", "3", "check"
STEPS = (STANCE, REASON, WHO, CHECK)
FIRST = "c0"
MOST_FURTHER = MOST_COMMENTS - 1
ENTRY = ("block", "quote", "mark", "stance", *COMMENT_WORDS, "topic")
FURTHER_FIELD = re.compile(rf"c([1-9][0-9]?)-(?:{'|'.join(ENTRY)})", re.ASCII)


class StepForms:
    """What was posted so far and what of it is checked; one step's mistakes are talked about at a time."""

    reason_form: type[ReasonForm] = ReasonForm
    who_form: type[Form] = WhoForm

    def __init__(
        self,
        data: QueryDict,
        sections: Sequence[DraftBlock],
        language: str = "th",
        hearing: Hearing | None = None,
        topics: Sequence[Topic] | None = None,
    ) -> None:
        self.data = copy(data)  # the values are replaced, never changed
        self.hearing = hearing
        self._given_topics = topics
        self.sections = sections
        self.places = Places(sections, hearing)
        self.language = language
        self.further_count = self._count_further()
        self.show(checked=())

    def check(self, *steps: str) -> str:
        """Check these steps; returns the first one that has something to correct, or ""."""
        self.show(checked=steps)
        for step in steps:
            if not all(form.is_valid() for form in self.forms_of(step)):
                # Only this step's mistakes are talked about; the others keep their turn.
                self.show(checked=(step,))
                return step
        return ""

    def check_all(self) -> str:
        return self.check(STANCE, REASON, WHO)

    def first_open(self) -> str:
        """The first step with something missing, not complained about yet; CHECK if nothing is."""
        wrong = self.check_all()
        if wrong:
            self.show(checked=())
        return wrong or CHECK

    def forms_of(self, step: str) -> list[Form]:
        return {STANCE: [self.stance], REASON: self._second_step(), WHO: [self.who]}.get(step, [])

    def _second_step(self) -> list[Form]:
        return [self.reason, *self.further, *([self.questions] if self.questions else [])]

    @cached_property
    def questions(self) -> QuestionsForm | None:
        """The hearing's questions as they stood when this form was opened; None where nothing is asked."""
        if self.hearing is None or not self.hearing.has_questions:
            return None
        is_typed = any(name.startswith("q-") for name in self.data)
        if REASON in self._checked:
            opened_at = self.opened_at or timezone.now()
            form = QuestionsForm.of(self.hearing, self.data, opened_at=opened_at)
        else:
            form = QuestionsForm.of(self.hearing, self.data if is_typed else None, checked=False)
        return form if form.revisions else None

    def answers(self) -> list[AnswerData]:
        """Call after ``check_all`` found nothing."""
        return self.questions.answers() if self.questions else []

    def problems(self) -> list[Problem]:
        return problems(*(form for step in STEPS for form in self.forms_of(step)))

    @property
    def is_checked(self) -> bool:
        return self._checked == (STANCE, REASON, WHO)

    def show(self, checked: Sequence[str]) -> None:
        """Which steps are checked from now on; their forms are made when somebody asks for them."""
        self._checked = tuple(checked)
        for name in ("stance", "reason", "further", "who", "questions"):
            self.__dict__.pop(name, None)

    @cached_property
    def opened_at(self) -> dt.datetime | None:
        """When the form was opened; None if its mark is missing or was changed."""
        return started_at(self.data.get("started", ""))

    @cached_property
    def topics(self) -> Sequence[Topic]:
        """Those to choose from: of the hearing, unless others were given."""
        if self._given_topics is not None:
            return self._given_topics
        return topics_to_choose(self.hearing) if self.hearing else []

    @cached_property
    def stance(self) -> Any:
        return self._form(StanceForm, STANCE in self._checked, prefix=FIRST)

    @cached_property
    def reason(self) -> Any:
        return self._form(
            self.reason_form, REASON in self._checked, prefix=FIRST, places=self.places, topics=self.topics
        )

    @cached_property
    def further(self) -> list[FurtherForm]:
        checked = REASON in self._checked
        found = [self._further(number, checked) for number in range(1, self.further_count + 1)]
        if checked:
            self._refuse_same_section(found)
        return found

    @cached_property
    def who(self) -> Any:
        return self._form(self.who_form, WHO in self._checked)

    def _form(self, form_class: type[Form], checked: bool, **kwargs: Any) -> Any:
        if checked:
            return form_class(self.data, **kwargs)
        prefix = f"{kwargs['prefix']}-" if "prefix" in kwargs else ""
        typed = {
            name: self.data[prefix + name] for name in form_class.base_fields if prefix + name in self.data
        }
        return form_class(initial=typed, **kwargs)

    def _further(self, number: int, checked: bool) -> FurtherForm:
        form = self._form(FurtherForm, checked, prefix=f"c{number}", places=self.places, topics=self.topics)
        if checked and form.is_blank:
            form.empty_permitted, form.use_required_attribute = True, False
        return form

    def _refuse_same_section(self, further: Sequence[FurtherForm]) -> None:
        taken = {self.reason.place.value} if self.reason.place else set()
        for form in further:
            form.taken = frozenset(taken)
            if form["block"].value() and form.place:
                taken.add(form.place.value)

    def _count_further(self) -> int:
        found = [int(match[1]) for name in self.data if (match := FURTHER_FIELD.fullmatch(name))]
        return min(max(found, default=0), MOST_FURTHER)
