"""One person's whole answer while it is being written: three steps and a check page.

Stateless on purpose: every step posts all earlier answers along as hidden fields. So it works without JavaScript,
without a session and without a time limit (people.md 3), and a wrong turn or an error never loses a word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict

from core.models import Topic
from geography.forms import STEP as AREA_STEP
from hearings.answer_words import in_words
from hearings.consent import CONSENT_VERSION
from hearings.enums import Capacity
from hearings.forms.guards import new_key, new_start, parse_key
from hearings.forms.places import WHOLE, place_value
from hearings.forms.posted_answers import posted
from hearings.forms.step_forms import ENTRY, FIRST, MOST_FURTHER, StepForms
from hearings.forms.who import WhoForm
from hearings.models import Comment, DraftBlock, Hearing, Submission
from hearings.models.submissions import COMMENT_WORDS
from hearings.paragraphs import fold
from hearings.services.answers import current_answers
from hearings.services.data import CommentData, SubmissionData
from hearings.services.records import LONGEST_QUOTE
from hearings.topics import find_topic

LEFT_OUT, MOST_LEFT_OUT = "left-out", 50
TYPED = ("stance", "quote", *COMMENT_WORDS)


class Dossier(StepForms):
    """What was posted so far: begun, carried from step to step, changed, and sent."""

    @classmethod
    def fresh(
        cls,
        sections: Sequence[DraftBlock],
        now: dt.datetime,
        language: str,
        hearing: Hearing | None = None,
        *,
        block: str = "",
        paragraph: str = "",
        quote: str = "",
        mark: str = "",
    ) -> Dossier:
        """A new one, on the place a button in the draft named; an unknown place means the whole."""
        data = QueryDict(mutable=True)
        data.update({"key": new_key(), "started": new_start(now)})
        dossier = cls(data, sections, language, hearing)
        wanted = f"{block}.{paragraph}" if paragraph else block
        if place := dossier.places.find(wanted) or dossier.places.find(block):
            dossier.data[f"{FIRST}-block"] = place.value
            words = fold(quote[: 4 * LONGEST_QUOTE])
            if words and len(words) <= LONGEST_QUOTE and dossier.places.hold(place, words):
                dossier.data[f"{FIRST}-quote"] = words
            if known := dossier.places.find_mark(mark):
                dossier.data[f"{FIRST}-mark"] = known.value
            dossier.show(checked=())
        return dossier

    @classmethod
    def stored(
        cls,
        submission: Submission,
        comments: Sequence[Comment],
        sections: Sequence[DraftBlock],
        now: dt.datetime,
        topics: Sequence[Topic],
    ) -> Dossier:
        """What the author sent, ready to be changed."""
        data = QueryDict(mutable=True)
        data.update({"key": new_key(), "started": new_start(now), "consent": "on"})
        data[f"{FIRST}-stance"] = submission.stance
        for number, comment in enumerate(headline_first(submission, comments)):
            if comment is None:
                continue
            data.update(
                {
                    f"c{number}-block": place_value(comment) or (WHOLE if number else ""),
                    f"c{number}-quote": comment.quote,
                    f"c{number}-mark": comment.mark.value if comment.mark else "",
                    f"c{number}-stance": comment.stance,
                    f"c{number}-reason": comment.reason,
                    f"c{number}-suggestion": comment.suggestion,
                    f"c{number}-expected_impact": comment.expected_impact,
                    f"c{number}-topic": str(comment.topic_id or ""),
                }
            )
        for name in ("sector", "capacity", "organisation", "publish_name", "name", "email"):
            data[name] = getattr(submission, name) or ""
        for name in ("province", "district", "subdistrict"):
            data[name] = getattr(submission, f"{name}_id") or ""
        if submission.under_20:
            data["under_20"] = "on"
        for name, values in posted(submission.hearing, current_answers(submission)).items():
            data.setlist(name, values)
        return cls(data, sections, submission.language, submission.hearing, topics)

    def carried(self, step: str) -> Iterator[tuple[str, str]]:
        """Everything the page of this step does not show, to be sent along hidden."""
        shown = {form.add_prefix(name) for form in self.forms_of(step) for name in form.fields}
        for name in ("key", "started", "code", LEFT_OUT, *self._names()):
            if name not in shown:
                yield from ((name, value) for value in self.data.getlist(name))

    def reload_area(self) -> None:
        self.who = WhoForm.reloaded(self.data)

    @property
    def asks_for_areas(self) -> bool:
        return AREA_STEP in self.data

    # --- comments on further sections --------------------------------------------------------------------

    @property
    def may_add(self) -> bool:
        return self.further_count < min(MOST_FURTHER, len(self.places) - 1)

    def add(self) -> None:
        if self.may_add:
            self.further_count += 1
            self.data[f"c{self.further_count}-block"] = ""
            self.show(checked=())

    def remove(self, number: int) -> None:
        """Take away one further comment; those after it move up."""
        if not 1 <= number <= self.further_count:
            return
        for index in range(number, self.further_count + 1):
            for name in ENTRY:
                following = self.data.get(f"c{index + 1}-{name}")
                self.data.pop(f"c{index}-{name}", None)
                if following is not None:
                    self.data[f"c{index}-{name}"] = following
        self.further_count -= 1
        self.show(checked=())

    # --- files of an earlier version that are not to go with the next one -------------------------------------

    @property
    def left_out(self) -> list[int]:
        named = self.data.getlist(LEFT_OUT)[:MOST_LEFT_OUT]
        return [int(pk) for pk in named if re.fullmatch(r"[0-9]{1,18}", pk, re.ASCII)]

    def leave_out(self, pk: int) -> None:
        self.data.setlist(LEFT_OUT, [*map(str, self.left_out), str(pk)])

    def leave_in(self, pk: int) -> None:
        self.data.setlist(LEFT_OUT, [str(other) for other in self.left_out if other != pk])

    # --- what is sent --------------------------------------------------------------------------------------

    @property
    def key(self) -> Any:
        return parse_key(self.data.get("key", ""))

    def renew_key(self) -> None:
        self.data["key"] = new_key()

    def restart_clock(self, now: dt.datetime) -> None:
        self.data["started"] = new_start(now)
        self.opened_at = now

    def submission_data(self) -> SubmissionData:
        """Call after ``check_all`` found nothing."""
        clean = self.who.cleaned_data
        province, district, subdistrict = self.who.cleaned_area()
        return SubmissionData(
            stance=self.stance.cleaned_data["stance"],
            sector=clean["sector"],
            capacity=clean["capacity"],
            organisation=clean["organisation"] if clean["capacity"] == Capacity.GROUP else "",
            province=province,
            district=district,
            subdistrict=subdistrict,
            under_20=clean["under_20"],
            publish_name=clean["publish_name"],
            name=clean["name"],
            email=clean["email"],
            consent_version=CONSENT_VERSION,
            language=self.language,
        )

    def comments(self) -> list[CommentData]:
        """The first entry carries the stance of step 1, which is also the headline."""
        entries = [(self.reason, self.stance), *((form, form) for form in self.further if not form.is_blank)]
        return [
            CommentData(
                block_key=form.place.block.key if form.place.block else None,
                paragraph_key=form.place.piece.key if form.place.piece else "",
                quote=form.cleaned_data["quote"],
                mark=form.page_mark,
                topic=form.chosen_topic,
                stance=stance.cleaned_data["stance"],
                reason=form.cleaned_data["reason"],
                suggestion=form.cleaned_data["suggestion"],
                expected_impact=form.cleaned_data["expected_impact"],
            )
            for form, stance in entries
        ]

    @property
    def summary(self) -> list[dict[str, Any]]:
        """What the check page shows of each comment. Call after ``check_all`` found nothing."""
        entries = [(self.reason, self.stance), *((form, form) for form in self.further if not form.is_blank)]
        return [
            {
                **form.cleaned_data,
                "stance": stance.cleaned_data["stance"],
                "place": form.place,
                "page_mark": form.page_mark,
                "topic": form.chosen_topic,
            }
            for form, stance in entries
        ]

    @property
    def answered(self) -> list[tuple[str, list[str]]]:
        """Each answered question with the answer in words. Call after ``check_all`` found nothing."""
        return [(answer.revision.shown_text, in_words(answer)) for answer in self.answers()]

    @property
    def written(self) -> list[dict[str, Any]]:
        """Everything typed about the draft, unchecked, so that it can be copied from a page that cannot store it."""
        topics = {str(topic.pk): topic for topic in self.topics}
        return [
            {
                **{name: self.data.get(f"c{number}-{name}", "") for name in TYPED},
                "topic": topics.get(typed := self.data.get(f"c{number}-topic", "")) or find_topic(typed),
                "page_mark": self.places.find_mark(self.data.get(f"c{number}-mark")),
            }
            for number in range(self.further_count + 1)
        ]

    # --- inside ------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[str]:
        for number in range(self.further_count + 1):
            yield from (f"c{number}-{name}" for name in ENTRY)
        yield from self.who_form.base_fields
        if self.questions:
            yield from self.questions.names


def headline_first(submission: Submission, comments: Sequence[Comment]) -> list[Comment | None]:
    """The one with the stance that is counted leads. None leads where none has it (paper, imports): an edit of
    something else must not change what is counted."""
    ordered = sorted(comments, key=lambda c: (c.stance != submission.stance, c.pk))
    has_lead = any(c.stance == submission.stance or c.block_key is None for c in comments)
    return [*ordered] if has_lead else [None, *ordered]
