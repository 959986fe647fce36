"""The facets of the library: what a reader ticked, what is still to be found under each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.enums import Level
from core.forms.fields import CleanCharField
from core.models import StrategyIssue, Topic
from core.sorting import thai_key
from core.thaidate import BE, is_thai
from core.types import Words
from geography.models import Province
from knowledge.enums import EvidenceLevel, LessonKind, LessonOrder, ProblemArea, ProblemSubarea, SourceType
from knowledge.querysets import LessonQuerySet

Choices = Iterable[tuple[str, Words]]
# What the database counts by, of facets whose value in the address is something else.
KEYS: dict[str, Callable[[str], object]] = {"year": lambda value: int(value) - BE, "issue": int}
NO_SUCH_CHOICE = _("There is nothing under this choice. Choose another one.")
PROVINCE_FIELD, TOPIC_FIELD, ISSUE_FIELD = "province_id", "topic_items__tag__slug", "strategy_issues"


@dataclass(frozen=True)
class FacetChoice:
    value: str
    label: Words
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: Words
    choices: list[FacetChoice]
    unfolded: bool


@dataclass(frozen=True)
class Chip:
    """A choice in use and the query string without it."""

    label: Words
    query: str


def by_name(thing: Topic | Province) -> tuple[str, str]:
    return thai_key(thing.display_name)


def year_label(year: int) -> str:
    """2569 in Thai, 2026 in English; the value in the address is always พ.ศ."""
    return str(year if is_thai() else year - BE)


class LessonFilterForm(forms.Form):
    """GET form. An unknown choice is reported at the form and that facet is left out, never a 500.

    ``facets`` makes one grouped query a facet, however many lessons there are: each facet counts what the
    *other* facets leave, so a number says what ticking the box would show.
    """

    # name: (label, field it counts, unfolded from the start)
    FACETS: dict[str, tuple[Words, str, bool]] = {
        "kind": (_("Kind of lesson"), "kind", True),
        "topic": (_("Topic"), TOPIC_FIELD, True),
        "area": (_("Kind of problem"), "problem_area", False),
        "subarea": (_("Problem"), "problem_subarea", False),
        "province": (_("Province"), PROVINCE_FIELD, False),
        "issue": (_("Strategy issue"), ISSUE_FIELD, False),
        "level": (_("Level"), "level", False),
        "source": (_("Where it came up"), "source_type", False),
        "evidence": (_("How sure we are"), "evidence_level", False),
        "year": (_("Year"), "year", False),
    }

    def __init__(self, data: QueryDict, *, lessons: LessonQuerySet) -> None:
        super().__init__(data)
        self.lessons = lessons.with_year()
        used = lessons.order_by()
        topics = Topic.objects.filter(pk__in=used.values("topic_items__tag"))
        provinces = Province.objects.filter(pk__in=used.values("province"))
        issues = StrategyIssue.objects.filter(pk__in=used.values("strategy_issues"))
        years = sorted(
            {y for y in self.lessons.order_by().values_list("year", flat=True).distinct() if y}, reverse=True
        )
        choices: dict[str, Choices] = {
            "kind": LessonKind.choices,
            "topic": [(topic.slug, topic.display_name) for topic in sorted(topics, key=by_name)],
            "area": ProblemArea.choices,
            "subarea": ProblemSubarea.choices,
            "province": [
                (province.code, province.display_name) for province in sorted(provinces, key=by_name)
            ],
            "issue": [(str(issue.pk), issue.numbered_title) for issue in issues],
            "level": Level.choices,
            "source": SourceType.choices,
            "evidence": EvidenceLevel.choices,
            "year": [(str(year + BE), year_label(year + BE)) for year in years],
        }
        self.fields["q"] = CleanCharField(
            label=_("Words in the lessons"), required=False, max_length=200,
            error_messages={"max_length": _("This is too long to look for. Write a word or two.")},
        )  # fmt: skip
        self.fields["order"] = forms.ChoiceField(
            label=_("Sort"), required=False, choices=LessonOrder.choices,
            error_messages={"invalid_choice": NO_SUCH_CHOICE},
        )  # fmt: skip
        for name, (label, _field, _unfolded) in self.FACETS.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=label, required=False, choices=list(choices[name]),
                error_messages={"invalid_choice": NO_SUCH_CHOICE},
            )  # fmt: skip

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        self.is_valid()
        return {name: values for name in self.FACETS if (values := self.cleaned_data.get(name))}

    @cached_property
    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

    @property
    def order_wanted(self) -> str:
        """Of LessonOrder; "" if nothing or nonsense was asked for."""
        self.is_valid()
        return self.cleaned_data.get("order", "")

    @property
    def is_exact(self) -> bool:
        """The words as typed, without a correction."""
        return self.data.get("exact") == "1"

    def keep(self, pks: Iterable[int]) -> None:
        """Go on with the lessons that hold the words, each in the version of this reader: what only the other version
        says leads to this one."""
        held = self.lessons.model.objects.filter(pk__in=pks)
        self.lessons = self.lessons.filter(translation_key__in=held.values("translation_key"))

    def _condition(self, name: str) -> Q:
        values, field = self.chosen[name], self.FACETS[name][1]
        if field in (TOPIC_FIELD, ISSUE_FIELD):
            # A sub-query, so that a lesson with two of the topics stands in the list once.
            model = self.lessons.model
            return Q(pk__in=model.objects.filter(**{f"{field}__in": values}).values("pk"))
        if name == "year":
            return Q(year__in=[int(value) - BE for value in values])
        return Q(**{f"{field}__in": values})

    def _found(self, leave_out: str = "") -> LessonQuerySet:
        found = self.lessons
        for name in self.chosen:
            if name != leave_out:
                found = found.filter(self._condition(name))
        return found

    def apply(self) -> LessonQuerySet:
        return self._found()

    def facets(self) -> list[Facet]:
        return [
            Facet(name, label, choices, unfolded or name in self.chosen)
            for name, (label, field, unfolded) in self.FACETS.items()
            if (choices := self._choices(name, field))
        ]

    def _choices(self, name: str, field: str) -> list[FacetChoice]:
        counts = self._found(leave_out=name).count_by(field)
        key = KEYS.get(name, str)
        chosen = self.chosen.get(name, [])
        return [
            FacetChoice(value, label, counts.get(key(value), 0), value in chosen)
            for value, label in self._offered(name)
            if counts.get(key(value)) or value in chosen
        ]

    def _offered(self, name: str) -> list[tuple[str, Words]]:
        return list(self.fields[name].choices)  # type: ignore[attr-defined]  # they all are choices

    def chips(self) -> list[Chip]:
        said = [Chip(f"“{self.words}”", self._query_without("q", self.words))] if self.words else []
        return said + [
            Chip(dict(self._offered(name))[value], self._query_without(name, value))
            for name, values in self.chosen.items()
            for value in values
        ]

    def _query_without(self, name: str, value: str) -> str:
        query = QueryDict(mutable=True)
        if self.words and name != "q":
            query["q"] = self.words
            if self.is_exact:
                query["exact"] = "1"
        if self.order_wanted:
            query["order"] = self.order_wanted
        for other, values in self.chosen.items():
            query.setlist(other, [v for v in values if (other, v) != (name, value)])
        return f"?{query.urlencode()}"
