"""The questions of a hearing as one form (peers P25-P27), the same with and without JavaScript.

Every field name holds the revision its author read (``q-r12``, ``q-r12-a1``), and ``q-seen`` all revisions that
were shown. So a form opened before a question was changed still answers the question as it stood there, and a
question added since is not asked for. What an answer may be is decided in hearings.services.answer_values.

Use ``QuestionsForm.of(hearing)`` to show, ``.of(hearing, data)`` to check, ``.of(hearing, data, checked=False)`` to
show again what was typed. ``names`` are the field names to carry along; ``hearings.forms.posted_answers.posted`` gives
stored answers as posted fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.forms.fields import CleanCharField
from geography.forms import AreaPickerMixin
from hearings import where
from hearings.enums import QuestionKind
from hearings.forms.asked import AskedQuestion
from hearings.forms.posted_answers import LEVELS, SEEN, SHOWN, WHERE, named_ids, revisions_for, typed_point
from hearings.forms.question_fields import choice_field, plain_field, ranked
from hearings.models import Hearing, QuestionRevision
from hearings.services import spots
from hearings.services.answer_values import check_value
from hearings.services.answers import AnswerData, asked_of, foreign_question

PLACE_PARTS = (*LEVELS, *spots.PARTS)


class QuestionsForm(forms.Form):
    """All questions of one hearing. Everything typed stays when something must be corrected."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        revisions: Sequence[QuestionRevision] = (),
        *,
        prefix: str = "q",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=dict(initial or {}))
        self.revisions = list(revisions)
        self.values: dict[int, Any] = {}
        seen = ".".join(str(revision.pk) for revision in self.revisions)
        self.fields[SEEN] = CleanCharField(required=False, widget=forms.HiddenInput)
        self.initial[SEEN] = seen
        for revision in self.revisions:
            self.fields.update(self._fields_of(revision))

    @classmethod
    def of(
        cls,
        hearing: Hearing,
        data: QueryDict | None = None,
        *,
        checked: bool = True,
        prefix: str = "q",
        opened_at: dt.datetime | None = None,
    ) -> QuestionsForm:
        """The form on the revisions the posted data was written on; without data on those asked now.

        With ``opened_at`` also on every question that stood there then: a post cannot leave one out.
        """
        revisions = revisions_for(hearing, data or {}, prefix, opened_at)
        if data is None:
            return cls(None, revisions, prefix=prefix)
        if checked:
            return cls(data, revisions, prefix=prefix)
        blank = cls(None, revisions, prefix=prefix)
        typed = {
            name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
            if name != SEEN
        }
        return cls(None, revisions, prefix=prefix, initial={k: v for k, v in typed.items() if v is not None})

    # --- for templates and for the dossier around it -----------------------------------------------------

    @cached_property
    def questions(self) -> list[AskedQuestion]:
        return [AskedQuestion(self, revision, number) for number, revision in enumerate(self.revisions, 1)]

    @property
    def has_places(self) -> bool:
        return any(revision.kind == QuestionKind.PLACE for revision in self.revisions)

    @property
    def names(self) -> list[str]:
        """Every field name as posted, to carry answers from step to step."""
        return [self.add_prefix(name) for name in self.fields]

    def names_of(self, revision: QuestionRevision) -> list[str]:
        stem = f"r{revision.pk}"
        if revision.kind == QuestionKind.RANKING:
            return [f"{stem}-{key}" for key in revision.option_labels()]
        if revision.kind == QuestionKind.MATRIX:
            return [f"{stem}-{key}" for key in revision.row_labels()]
        if revision.kind == QuestionKind.PLACE:
            return [f"{stem}-{name}" for name in (*PLACE_PARTS, WHERE)]
        return [stem]

    def anchor_of(self, revision: QuestionRevision) -> str:
        """The field an error of the whole question is shown at."""
        return self.names_of(revision)[0]

    def answers(self) -> list[AnswerData]:
        """Call after ``is_valid()``. Questions this person was not asked are not among them."""
        return [AnswerData(r, self.values[r.pk]) for r in self.revisions if r.pk in self.values]

    # --- fields ------------------------------------------------------------------------------------------

    def _fields_of(self, revision: QuestionRevision) -> dict[str, forms.Field]:
        names, kind, text = self.names_of(revision), revision.kind, revision.shown_text
        if kind == QuestionKind.PLACE:
            return self._place_fields(revision)
        if kind == QuestionKind.RANKING:
            places = [("", "–"), *((str(n), str(n)) for n in range(1, len(names) + 1))]
            return {
                name: choice_field(f"{text}: {label}", places, forms.Select(attrs={"class": "in"}))
                for name, label in zip(names, revision.option_labels().values(), strict=True)
            }
        if kind == QuestionKind.MATRIX:
            options = list(revision.option_labels().items())
            return {
                name: choice_field(f"{text}: {label}", options, forms.RadioSelect())
                for name, label in zip(names, revision.row_labels().values(), strict=True)
            }
        return {names[0]: plain_field(revision)}

    def _place_fields(self, revision: QuestionRevision) -> dict[str, forms.Field]:
        """The picker's own fields under our names: ``q-r12`` + ``-province`` is what it would call them, too."""
        stem = f"r{revision.pk}"
        initial = {level: self.initial.get(f"{stem}-{level}", "") for level in LEVELS}
        data = self.data if self.is_bound else None
        picker = AreaPickerMixin(data, prefix=self.add_prefix(stem), initial=initial)
        for level in LEVELS:
            known = picker.initial.get(level, "")
            self.initial[f"{stem}-{level}"] = known if known in picker.fields[level].areas else ""  # type: ignore[attr-defined]
        fields = {f"{stem}-{level}": picker.fields[level] for level in LEVELS}
        for name in spots.PARTS:
            hidden = forms.HiddenInput(attrs={"data-part": name})
            fields[f"{stem}-{name}"] = CleanCharField(required=False, widget=hidden)
        stored = {name: self.initial.get(f"{stem}-{name}", "") for name in ("lat", "lng")}
        self.initial.setdefault(f"{stem}-{WHERE}", typed_point(stored))
        fields[f"{stem}-{WHERE}"] = CleanCharField(
            required=False,
            label=_("Point from a map app"),
            help_text=_(
                "In your map app press the place for a moment, copy the numbers or the link, and paste them here. "
                "For example 15.80123, 100.24561. A plus code will do, too."
            ),
            max_length=where.LONGEST,
            widget=forms.TextInput(attrs={"data-where": "", "autocomplete": "off"}),
        )
        fields[f"{stem}-{SHOWN}"] = forms.BooleanField(
            required=False,
            label=_("Show the point on the website with my comment, rounded to about a kilometre"),
        )
        return fields

    # --- checking ----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_foreign()
        for revision in self.revisions:
            if self._has_error(revision):
                continue
            try:
                value = check_value(revision, self._raw(revision, cleaned))
            except ValidationError as error:
                self.add_error(self._field_of(error, revision), error)
            else:
                if value is not None:
                    self.values[revision.pk] = value
        self._follow_rules()
        return cleaned

    def _field_of(self, error: ValidationError, revision: QuestionRevision) -> str:
        """Of a place the point has its own line; all else stands at the question."""
        is_point = error.code in ("where", "point", "far")
        return self.names_of(revision)[-1] if is_point else self.anchor_of(revision)

    def _follow_rules(self) -> None:
        """A question that is not asked needs no answer, and what was typed there neither counts nor hinders."""
        asked = asked_of(self.revisions, self.values)
        for revision in self.revisions:
            if revision.pk not in asked:
                self.values.pop(revision.pk, None)
                for name in self.names_of(revision):
                    self.errors.pop(name, None)
            elif revision.is_required and revision.pk not in self.values and not self._has_error(revision):
                words = ValidationError(_("Please answer this question."), code="required")
                self.add_error(self.anchor_of(revision), words)

    def _typed_point(self, parts: Mapping[str, Any], name: str, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """What stands in the visible line is what counts, also when it was emptied; how exact the phone was holds only
        for the point it gave. A form without the line (kept on a phone before it was there) has its point hidden."""
        if self.add_prefix(name) not in self.data:
            return {}
        point = where.point_from(cleaned[name])
        if point is None:
            return {"lat": "", "lng": "", "accuracy": ""}
        if typed_point(parts) == cleaned[name]:
            return {}
        return {"lat": point[0], "lng": point[1], "accuracy": ""}

    def _has_error(self, revision: QuestionRevision) -> bool:
        return any(name in self.errors for name in self.names_of(revision))

    def _refuse_foreign(self) -> None:
        """Names and ids that no form of ours sends for this hearing: forged, or of another hearing."""
        known = set(self.names)
        start = f"{self.prefix}-"
        strange = any(name.startswith(start) and name not in known for name in self.data)
        ids = {revision.pk for revision in self.revisions}
        seen = named_ids(self.data.get(self.add_prefix(SEEN)) or "")
        questions = [revision.question_id for revision in self.revisions]
        if strange or not seen <= ids or len(questions) != len(set(questions)):
            self.add_error(None, foreign_question())

    def _raw(self, revision: QuestionRevision, cleaned: Mapping[str, Any]) -> Any:
        names = self.names_of(revision)
        if revision.kind == QuestionKind.RANKING:
            return ranked(
                revision,
                {key: cleaned[name] for key, name in zip(revision.option_labels(), names, strict=True)},
            )
        if revision.kind == QuestionKind.MATRIX:
            return {key: cleaned[name] for key, name in zip(revision.row_labels(), names, strict=True)}
        if revision.kind == QuestionKind.PLACE:
            parts = dict(zip(PLACE_PARTS, (cleaned[name] for name in names[:-1]), strict=True))
            return parts | self._typed_point(parts, names[-1], cleaned)
        return cleaned[names[0]]
