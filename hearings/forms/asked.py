"""One question as the templates show it: its words, hints, fields and what decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearings.enums import QuestionKind
from hearings.forms.posted_answers import LEVELS, SHOWN, WHERE
from hearings.models import QuestionRevision
from hearings.services import spots

if TYPE_CHECKING:
    from hearings.forms.questions import QuestionsForm


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
        """Without those of the point, which stand at its own line."""
        names = [name for name in self.form.names_of(self.revision) if not name.endswith(f"-{WHERE}")]
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
    def where(self) -> BoundField:
        return self.form[f"r{self.revision.pk}-{WHERE}"]

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
        return self.revision.limit_words("min_label")

    @property
    def high_label(self) -> str:
        return self.revision.limit_words("max_label")

    @property
    def unit(self) -> str:
        return self.revision.limit_words("unit")

    @property
    def hints(self) -> list[str]:
        """The author's help, and what the kind asks for in words."""
        most = self.revision.limit("most", 0)
        words = {
            QuestionKind.MULTIPLE: ngettext(
                "Choose at most %(most)s answer.", "Choose at most %(most)s answers.", most
            ) % {"most": most} if most else _("You can choose several."),
            QuestionKind.RANKING: _("Give 1 to what matters most to you, then 2, and so on. Each number once."),
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
