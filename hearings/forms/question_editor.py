"""The desk's form for one question: options and rows one a line, their keys kept by label, or by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.digits import to_arabic
from core.forms.fields import CleanCharField
from hearings.enums import QuestionKind
from hearings.models import Hearing, Question, QuestionRevision
from hearings.services.answers import DECIDING
from hearings.services.questions import LIMITS_OF, NEEDS_OPTIONS, QuestionData, needs_reason

LONGEST_LIST = 5000
NUMBERS = ("most", "min", "max", "longest")
LIMIT_FIELDS: dict[str, tuple[Any, Any]] = {
    "most": (_("At most so many answers"), _("Leave it empty for no limit.")),
    "min": (_("Smallest number"), ""),
    "max": (_("Greatest number"), ""),
    "min_label": (_("What the lowest step means"), _("For example: not enough at all")),
    "min_label_en": (_("What the lowest step means, in English"), ""),
    "max_label": (_("What the highest step means"), _("For example: quite enough")),
    "max_label_en": (_("What the highest step means, in English"), ""),
    "unit": (_("Unit"), _("For example: rai")),
    "unit_en": (_("Unit in English"), ""),
    "longest": (_("At most so many characters"), ""),
}


def line_box(label: Any, hint: Any) -> CleanCharField:
    return CleanCharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": None}),
        required=False,
    )


class QuestionEditor(forms.Form):
    """Shows only what the kind needs. What a question may be is decided in hearings.services.questions."""

    text = CleanCharField(label=_("Question"), max_length=300)
    text_en = CleanCharField(label=_("Question in English"), max_length=300, required=False)
    help = CleanCharField(
        label=_("Explanation"), help_text=_("One line under the question."), max_length=300, required=False
    )
    help_en = CleanCharField(label=_("Explanation in English"), max_length=300, required=False)
    is_required = forms.BooleanField(
        label=_("Must be answered"),
        help_text=_("Ask for it only if the result is worthless without."),
        required=False,
    )
    options = line_box(
        _("Answers to choose from"), _("One a line. English after a vertical bar: บึง | The lake")
    )
    rows = line_box(_("Rows"), _("One a line. Each row gets one answer."))
    show_if = forms.MultipleChoiceField(
        label=_("Ask only after one of these answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = CleanCharField(
        label=_("Reason for the change"),
        help_text=_("The hearing is open: the reason is logged and everyone can read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        hearing: Hearing,
        kind: str,
        now: Any,
        revision: QuestionRevision | None = None,
    ) -> None:
        self.kind, self.revision = kind, revision
        super().__init__(data, initial=_initial(revision))
        limits = LIMITS_OF.get(kind, ())
        for name in limits:
            label, hint = LIMIT_FIELDS[name]
            self.fields[name] = CleanCharField(label=label, help_text=hint, max_length=60, required=False)
        wanted = [name for name in self.fields if self._is_needed(name, hearing, now)]
        order = [
            "text",
            "text_en",
            "help",
            "help_en",
            "options",
            "rows",
            *limits,
            "is_required",
            "show_if",
            "reason",
        ]
        self.fields = {name: self.fields[name] for name in order if name in wanted}
        if "show_if" in self.fields:
            choices = deciding_answers(hearing, revision.question if revision else None)
            if choices:
                self.fields["show_if"].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields["show_if"]

    def _is_needed(self, name: str, hearing: Hearing, now: Any) -> bool:
        return {
            "options": self.kind in NEEDS_OPTIONS,
            "rows": self.kind == QuestionKind.MATRIX,
            "reason": needs_reason(hearing, now),
        }.get(name, True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in NUMBERS:
            if cleaned.get(name):
                text = to_arabic(cleaned[name])
                if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 10:
                    cleaned[name] = int(text)
                else:
                    self.add_error(name, ValidationError(_("Write a whole number."), code="number"))
        if len({value.split(":")[0] for value in cleaned.get("show_if", [])}) > 1:
            self.add_error("show_if", ValidationError(_("Choose answers of one question only."), code="one"))
        return cleaned

    def question_data(self) -> QuestionData:
        """Call after ``is_valid()``."""
        clean = self.cleaned_data
        rule = [value.split(":") for value in clean.get("show_if", [])]
        old = self.revision
        return QuestionData(
            kind=self.kind,
            text=clean["text"],
            text_en=clean["text_en"],
            help=clean["help"],
            help_en=clean["help_en"],
            is_required=clean["is_required"],
            options=read_lines(clean.get("options", ""), old.options if old else ()),
            rows=read_lines(clean.get("rows", ""), old.rows if old else ()),
            limits={name: clean[name] for name in LIMITS_OF.get(self.kind, ()) if name in clean},
            show_if={"question": rule[0][0], "options": [key for _question, key in rule]} if rule else {},
        )


def deciding_answers(hearing: Hearing, question: Question | None) -> list[tuple[str, str]]:
    """Answers of the questions above this one, as "question key:option key"."""
    found = []
    for number, revision in enumerate(Question.objects.asked(hearing), 1):
        if question and revision.question_id == question.pk:
            break
        if revision.kind in DECIDING:
            for key, label in revision.option_labels().items():
                found.append((f"{revision.question.key}:{key}", f"{number}. {label}"))
    return found


def read_lines(text: str, old: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Lines with the keys of equal labels; a line whose label changed keeps the key of its place if the number of
    lines did not change (a corrected spelling is the same answer). New lines get keys in the service."""
    lines = [part for part in text.splitlines() if part.strip()]
    by_label = {line["label"]: line["key"] for line in old}
    parsed = []
    for line in lines:
        label, _bar, english = (part.strip() for part in line.partition("|"))
        parsed.append({"key": by_label.get(label, ""), "label": label, "label_en": english})
    if len(parsed) == len(old):
        taken = {line["key"] for line in parsed}
        for new, before in zip(parsed, old, strict=True):
            if not new["key"] and before["key"] not in taken:
                new["key"] = before["key"]
    return parsed


def write_lines(lines: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(
        f"{line['label']} | {line['label_en']}" if line.get("label_en") else line["label"] for line in lines
    )


def _initial(revision: QuestionRevision | None) -> dict[str, Any]:
    if revision is None:
        return {}
    rule = revision.show_if
    return {
        "text": revision.text,
        "text_en": revision.text_en,
        "help": revision.help,
        "help_en": revision.help_en,
        "is_required": revision.is_required,
        "options": write_lines(revision.options),
        "rows": write_lines(revision.rows),
        "show_if": [f"{rule['question']}:{key}" for key in rule["options"]] if rule else [],
        **revision.limits,
    }
