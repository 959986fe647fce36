"""Filters of the lists. Only choices that lead somewhere are offered; an unknown one is named, never a 500."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import StrategyIssue, Topic
from core.thaidate import BE, is_thai
from core.types import Words
from geography.models import Province
from news.enums import RULE_TYPES, DocumentType, NewsKind
from news.models.snippets import NewsCategory
from news.querysets import NewsQuerySet, ReadableQuerySet, StrategyDocumentQuerySet

Choices = list[tuple[str, Words]]


@dataclass(frozen=True)
class Chip:
    """A filter in use, with the name of the field that the link beside it takes away."""

    field: str
    label: str


class FilterForm(forms.Form):
    """A GET form of choices. Valid choices narrow the list, an unknown one is reported and ignored."""

    mark_optional = False  # every filter is optional; saying so at each would be noise

    def _add(self, name: str, label: Words, everything: Words, choices: Iterable[tuple]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[("", everything), *choices],
            error_messages={"invalid_choice": _("There is nothing under this choice. Choose another one.")},
        )  # fmt: skip

    def _add_places_and_topics(self, pages: ReadableQuerySet) -> None:
        self._add("province", _("Province"), _("All provinces"), province_choices(pages))
        self._add("topic", _("Topic"), _("All topics"), topic_choices(pages))

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chips(self) -> list[Chip]:
        return [
            Chip(name, str(dict(self.fields[name].choices).get(value, value)))  # type: ignore[attr-defined]
            for name, value in self.chosen().items()
        ]


class NewsFilterForm(FilterForm):
    def __init__(self, *args: Any, news: NewsQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add("kind", _("Kind"), _("All kinds"), NewsKind.choices)
        categories = NewsCategory.objects.filter(pk__in=news.order_by().values("category"))
        self._add("category", _("Category"), _("All categories"), [(c.slug, c.display_name) for c in categories])  # fmt: skip
        self._add_places_and_topics(news)
        self._add("year", _("Year"), _("All years"), year_choices(news, "published_on"))

    def apply(self, news: NewsQuerySet) -> NewsQuerySet:
        chosen = self.chosen()
        found = news.about(chosen.get("province"), chosen.get("topic"))
        if "kind" in chosen:
            found = found.filter(kind=chosen["kind"])
        if "category" in chosen:
            found = found.filter(category__slug=chosen["category"])
        if "year" in chosen:
            found = found.filter(published_on__year=int(chosen["year"]) - BE)
        return found


# Two groups citizens ask for by these names (A038); each has its own heading when chosen.
RULES = "rules"
TYPE_HEADINGS = {
    DocumentType.PLAN: _("Development plans"),
    DocumentType.ACTION_PLAN: _("Annual action plans"),
    RULES: _("Laws and regulations"),
    DocumentType.CIRCULAR: _("Circular letters"),
    DocumentType.ORDER: _("Orders"),
    DocumentType.LAW: pgettext_lazy("document type", "Laws"),
    DocumentType.REGULATION: _("Regulations"),
    DocumentType.MANUAL: _("Manuals"),
    DocumentType.REPORT: _("Reports"),
}
# What people come for most, one tap away on top of the list.
SHORTCUTS = (DocumentType.PLAN, DocumentType.ACTION_PLAN, RULES, DocumentType.CIRCULAR)
CURRENT, OVER = "current", "over"


class StrategyFilterForm(FilterForm):
    def __init__(self, *args: Any, documents: StrategyDocumentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add("type", pgettext_lazy("document", "Type"), _("All types"), TYPE_HEADINGS.items())
        self._add("period", _("Strategy period"), _("All periods"), period_choices(documents))
        self._add(
            "status", _("In force"), _("All, also older ones"),
            [(CURRENT, _("In force now")), (OVER, _("Replaced or ended"))],
        )  # fmt: skip
        self._add("issue", _("Strategy issue"), _("All issues"), issue_choices(documents))
        self._add_places_and_topics(documents)
        self._add("year", _("Year"), _("All years"), year_choices(documents, "official_date"))

    @property
    def heading(self) -> Words:
        """``กฎหมายและระเบียบ`` where a type is chosen, "" otherwise."""
        return TYPE_HEADINGS.get(self.chosen().get("type", ""), "")

    def apply(self, documents: StrategyDocumentQuerySet) -> StrategyDocumentQuerySet:
        """``documents`` must carry ``superseded`` (with_status)."""
        chosen = self.chosen()
        found = documents.about(chosen.get("province"), chosen.get("topic"))
        if "type" in chosen:
            wanted = RULE_TYPES if chosen["type"] == RULES else (chosen["type"],)
            found = found.filter(doc_type__in=wanted)
        if "period" in chosen:
            start, end = (int(year) for year in chosen["period"].split("-"))
            found = found.filter(start_year=start, end_year=end)
        if "issue" in chosen:
            found = found.filter(strategy_issues=int(chosen["issue"]))
        if "status" in chosen:
            found = found.in_force(timezone.localdate(), negate=chosen["status"] == OVER)
        if "year" in chosen:
            found = found.filter(official_date__year=int(chosen["year"]) - BE)
        return found


def province_choices(pages: ReadableQuerySet) -> Choices:
    used = Province.objects.filter(pk__in=pages.order_by().values("provinces"))
    return [(province.code, province.display_name) for province in used]


def topic_choices(pages: ReadableQuerySet) -> Choices:
    used = Topic.objects.filter(pk__in=pages.order_by().values("topics"))
    return [(topic.slug, topic.display_name) for topic in used]


def issue_choices(documents: StrategyDocumentQuerySet) -> Choices:
    used = StrategyIssue.objects.filter(pk__in=documents.order_by().values("strategy_issues"))
    return [(str(issue.pk), f"{issue.number}. {issue.display_title}") for issue in used]


def year_choices(pages: QuerySet, field: str) -> Choices:
    """Years with at least one page, newest first; the value is always พ.ศ., the label the reader's era."""
    years = (
        pages.exclude(**{field: None}).order_by().annotate(in_year=ExtractYear(field)).values_list("in_year")
    )
    found = sorted({year for (year,) in years.distinct()}, reverse=True)
    return [(str(year + BE), str(year + BE if is_thai() else year)) for year in found]


def period_choices(documents: StrategyDocumentQuerySet) -> Choices:
    periods = (
        documents.exclude(start_year=None)
        .exclude(end_year=None)
        .order_by()
        .values_list("start_year", "end_year")
    )
    return [(f"{start}-{end}", period_label(start, end)) for start, end in sorted(set(periods), reverse=True)]


def period_label(start: int, end: int) -> str:
    """``พ.ศ. 2566–2570`` in Thai, ``2023–2027`` in English; one year is written once."""
    years = (start, end) if is_thai() else (start - BE, end - BE)
    text = f"{years[0]}–{years[1]}" if start != end else str(years[0])
    return f"พ.ศ. {text}" if is_thai() else text
