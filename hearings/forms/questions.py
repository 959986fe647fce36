"""The questions of a hearing as one form (peers P25-P27), the same with and without JavaScript.

Every field name holds the revision its author read (``q-r12``, ``q-r12-a1``), and ``q-seen`` all revisions that
were shown. So a form opened before a question was changed still answers the question as it stood there, and a
question added since is not asked for. What an answer may be is decided in hearings.services.answers.

Use ``QuestionsForm.of(hearing)`` to show, ``.of(hearing, data)`` to check, ``.of(hearing, data, checked=False)`` to
show again what was typed. ``names`` are the field names to carry along, ``posted(hearing, answers)`` gives stored
answers as posted fields.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.forms.fields import CleanCharField
from geography.forms import AreaPickerMixin
from hearings.enums import QuestionKind
from hearings.models import Hearing, Question, QuestionRevision
from hearings.services import spots
from hearings.services.answers import (
    SCALE_MAX,
    SCALE_MIN,
    AnswerData,
    asked_of,
    check_value,
    foreign_question,
    longest,
    stood_at,
)

SEEN = "seen"
LEVELS = ("province", "district", "subdistrict")
SHOWN = "shown"
HIGHEST_ID = 9  # digits of a revision's id; a longer one is nobody's
MOST_SEEN = 200
NOT_AMONG = gettext_lazy("This answer is not among those of the question. Choose again.")


@dataclass(frozen=True)
class Line:
    """A row of a matrix or a line of a ranking: its label and its field."""

    label: str
    field: BoundField


@dataclass(frozen=True)
class Picker:
    """The three lists of a place question, under the names components/area_picker.html knows."""

    province: BoundField
    district: BoundField
    subdistrict: BoundField


class AskedQuestion:
    """One question as the templates show it."""

    def __init__(self, form: QuestionsForm, revision: QuestionRevision, number: int) -> None:
        self.form, self.revision, self.number = form, revision, number
        self.kind = revision.kind
        self.text, self.help = revision.shown_text, revision.shown_help
        self.is_required = revision.is_required

    @property
    def anchor(self) -> str:
        return f"{self.form.prefix}-r{self.revision.pk}"

    @property
    def field(self) -> BoundField:
        return self.form[self.form.anchor_of(self.revision)]

    @property
    def errors(self) -> list[str]:
        names = self.form.names_of(self.revision)
        return [str(message) for name in names for message in self.form.errors.get(name, [])]

    @property
    def described_by(self) -> str:
        ids = [f"{self.anchor}-help"] if self.hints else []
        return " ".join([*ids, f"{self.anchor}-error"] if self.errors else ids)

    @property
    def lines(self) -> list[Line]:
        labels = (
            self.revision.row_labels() if self.kind == QuestionKind.MATRIX else self.revision.option_labels()
        )
        names = self.form.names_of(self.revision)
        return [Line(label, self.form[name]) for label, name in zip(labels.values(), names, strict=True)]

    @property
    def picker(self) -> Picker:
        return Picker(*(self.form[f"r{self.revision.pk}-{level}"] for level in LEVELS))

    @property
    def spot(self) -> list[BoundField]:
        """Hidden fields that questions.js fills: point, accuracy, line."""
        return [self.form[f"r{self.revision.pk}-{name}"] for name in spots.PARTS if name != SHOWN]

    @property
    def shown(self) -> BoundField:
        return self.form[f"r{self.revision.pk}-{SHOWN}"]

    @property
    def columns(self) -> list[str]:
        return list(self.revision.option_labels().values())

    @property
    def legend(self) -> str:
        """The place question carries its text in the picker's legend."""
        optional = "" if self.is_required else f" {_('(optional)')}"
        return f"{self.number}. {self.text}{optional}"

    @property
    def low_label(self) -> str:
        return self.revision.limits.get("min_label", "")

    @property
    def high_label(self) -> str:
        return self.revision.limits.get("max_label", "")

    @property
    def unit(self) -> str:
        return self.revision.limits.get("unit", "")

    @property
    def hints(self) -> list[str]:
        """The author's help, and what the kind asks for in words."""
        most = self.revision.limit("most", 0)
        words = {
            QuestionKind.MULTIPLE: ngettext(
                "Choose at most %(most)s answer.", "Choose at most %(most)s answers.", most
            ) % {"most": most} if most else _("You can choose several."),
            QuestionKind.RANKING: _("Give 1 to what matters most to you, then 2, and so on. Each number once."),
            QuestionKind.LONG_TEXT: _("Up to %(limit)s characters.") % {"limit": longest(self.revision)},
            QuestionKind.NUMBER: _range_hint(self.revision.limits),
        }.get(QuestionKind(self.kind), "")  # fmt: skip
        return [line for line in (self.condition, self.help, words) if line]

    @property
    def deciding(self) -> QuestionRevision | None:
        key = self.revision.show_if.get("question") if self.revision.show_if else None
        return next((r for r in self.form.revisions if str(r.question.key) == key), None) if key else None

    @property
    def condition(self) -> str:
        """Without JavaScript every question is there; these words say whom it is for."""
        if self.deciding is None:
            return ""
        labels = self.deciding.option_labels()
        wanted = [labels[key] for key in self.revision.show_if.get("options", []) if key in labels]
        number = next(asked.number for asked in self.form.questions if asked.revision is self.deciding)
        return _("Answer only if you chose “%(options)s” in question %(number)s.") % {
            "options": _("” or “").join(wanted),
            "number": number,
        }

    @property
    def depends_on(self) -> str:
        """Name of the deciding field, for questions.js."""
        return f"{self.form.prefix}-r{self.deciding.pk}" if self.deciding else ""

    @property
    def wanted(self) -> str:
        return " ".join(self.revision.show_if.get("options", [])) if self.deciding else ""


def _range_hint(limits: Mapping[str, Any]) -> str:
    low, high = limits.get("min"), limits.get("max")
    if low is not None and high is not None:
        return _("A number from %(min)s to %(max)s.") % {"min": low, "max": high}
    return ""


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
            return [f"{stem}-{name}" for name in (*LEVELS, *spots.PARTS)]
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
                name: _choice(f"{text}: {label}", places, forms.Select(attrs={"class": "in"}))
                for name, label in zip(names, revision.option_labels().values(), strict=True)
            }
        if kind == QuestionKind.MATRIX:
            options = list(revision.option_labels().items())
            return {
                name: _choice(f"{text}: {label}", options, forms.RadioSelect())
                for name, label in zip(names, revision.row_labels().values(), strict=True)
            }
        return {names[0]: _plain_field(revision)}

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
                self.add_error(self.anchor_of(revision), error)
            else:
                if value is not None:
                    self.values[revision.pk] = value
        self._follow_rules()
        return cleaned

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

    def _has_error(self, revision: QuestionRevision) -> bool:
        return any(name in self.errors for name in self.names_of(revision))

    def _refuse_foreign(self) -> None:
        """Names and ids that no form of ours sends for this hearing: forged, or of another hearing."""
        known = set(self.names)
        start = f"{self.prefix}-"
        strange = any(name.startswith(start) and name not in known for name in self.data)
        ids = {revision.pk for revision in self.revisions}
        seen = _ids(self.data.get(self.add_prefix(SEEN)) or "")
        questions = [revision.question_id for revision in self.revisions]
        if strange or not seen <= ids or len(questions) != len(set(questions)):
            self.add_error(None, foreign_question())

    def _raw(self, revision: QuestionRevision, cleaned: Mapping[str, Any]) -> Any:
        names = self.names_of(revision)
        if revision.kind == QuestionKind.RANKING:
            return _ranked(
                revision,
                {key: cleaned[name] for key, name in zip(revision.option_labels(), names, strict=True)},
            )
        if revision.kind == QuestionKind.MATRIX:
            return {key: cleaned[name] for key, name in zip(revision.row_labels(), names, strict=True)}
        if revision.kind == QuestionKind.PLACE:
            return dict(zip((*LEVELS, *spots.PARTS), (cleaned[name] for name in names), strict=True))
        return cleaned[names[0]]


def _ranked(revision: QuestionRevision, places: Mapping[str, str]) -> list[str]:
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


def _choice(label: str, choices: list, widget: forms.Widget) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=widget,
        error_messages={"invalid_choice": NOT_AMONG},
    )


def _plain_field(revision: QuestionRevision) -> forms.Field:
    """The one field of a simple kind."""
    text, options = revision.shown_text, list(revision.option_labels().items())
    none = [] if revision.is_required else [("", _("No answer"))]
    if revision.kind == QuestionKind.SINGLE:
        return _choice(text, [*options, *none], forms.RadioSelect())
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
        return _choice(text, [(str(step), str(step)) for step in steps], forms.RadioSelect())
    if revision.kind == QuestionKind.NUMBER:
        typing = forms.TextInput(attrs={"inputmode": "decimal"})
        return CleanCharField(label=text, required=False, widget=typing)
    if revision.kind == QuestionKind.LONG_TEXT:
        limit = {"rows": 5, "data-longest": longest(revision)}
        return CleanCharField(label=text, required=False, widget=forms.Textarea(attrs=limit))
    return CleanCharField(label=text, required=False)


# --- from and to posted fields -------------------------------------------------------------------------------


def revisions_for(
    hearing: Hearing, data: Mapping[str, Any], prefix: str = "q", opened_at: dt.datetime | None = None
) -> list[QuestionRevision]:
    """The revisions a posted form was written on, in order; those asked now if it names none. Two queries at most.

    With ``opened_at`` none of the questions that stood there then is missing, whatever the form names.

    Ids of other hearings are not found here; the form refuses them by their names.
    """
    then, now = stood_at(hearing, opened_at)
    current = list((then if opened_at else now).values())
    named = _ids(data.get(f"{prefix}-{SEEN}") or "")
    named_in_fields = re.compile(
        rf"{re.escape(prefix)}-r([0-9]{{1,{HIGHEST_ID}}})(?:-.*)?", re.ASCII | re.DOTALL
    )
    named |= {int(match[1]) for name in data if (match := named_in_fields.fullmatch(name))}
    if not named:
        return current
    found = {revision.pk: revision for revision in now.values() if revision.pk in named}
    older = sorted(named - set(found))[:MOST_SEEN]
    if older:
        stored = QuestionRevision.objects.filter(pk__in=older, question__hearing=hearing)
        found.update({revision.pk: revision for revision in stored.select_related("question")})
    if not found:
        return current
    if opened_at:
        named_questions = {revision.question_id for revision in found.values()}
        found.update({r.pk: r for question, r in then.items() if question not in named_questions})
    return sorted(found.values(), key=lambda r: (r.question.order, r.question_id, r.number))


def posted(hearing: Hearing, answers: Iterable[AnswerData], prefix: str = "q") -> dict[str, list[str]]:
    """Stored answers as a browser would post them, to fill a form that changes them (QueryDict.setlist).

    Each question is shown as it stood when it was answered; those not answered as they are asked now.
    """
    answers = list(answers)
    answered = {answer.revision.question_id: answer.revision for answer in answers}
    current = {revision.question_id: revision for revision in Question.objects.asked(hearing)}
    seen = ".".join(str(revision.pk) for revision in {**current, **answered}.values())
    fields: dict[str, list[str]] = {f"{prefix}-{SEEN}": [seen]}
    for answer in answers:
        stem, kind, value = f"{prefix}-r{answer.revision.pk}", answer.revision.kind, answer.value
        if kind == QuestionKind.MULTIPLE:
            fields[stem] = list(value)
        elif kind == QuestionKind.RANKING:
            fields.update({f"{stem}-{key}": [str(place)] for place, key in enumerate(value, 1)})
        elif kind in (QuestionKind.MATRIX, QuestionKind.PLACE):
            fields.update({f"{stem}-{key}": [_as_posted(part)] for key, part in value.items()})
        else:
            fields[stem] = [str(value)]
    return fields


def _as_posted(part: object) -> str:
    return json.dumps(part) if isinstance(part, dict) else "on" if part is True else str(part)


def _ids(text: object) -> set[int]:
    parts = str(text).split(".")[:MOST_SEEN]
    return {int(part) for part in parts if re.fullmatch(rf"[0-9]{{1,{HIGHEST_ID}}}", part, re.ASCII)}
