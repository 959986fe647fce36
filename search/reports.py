"""What was asked most over several days: which answers are missing, and which stand too far down."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.cells import safe_cell
from search.models import SearchQuery
from search.querysets import SearchQueryQuerySet
from search.viewsets import ReadOnlyPolicy, UnansweredFilter

USUAL_DAYS = 30
LAST_30_DAYS = gettext_lazy("Last 30 days")
OTHER_DAYS = [("7", gettext_lazy("Last 7 days")), ("90", gettext_lazy("Last 90 days"))]


class MostAskedFilterSet(WagtailFilterSet):
    days = django_filters.ChoiceFilter(
        label=gettext_lazy("Days"), choices=OTHER_DAYS, empty_label=LAST_30_DAYS,
        widget=forms.RadioSelect, method="leave",
    )  # fmt: skip
    unanswered = UnansweredFilter(method="leave")

    class Meta:
        model = SearchQuery
        fields: list[str] = []

    def leave(self, queries: QuerySet, name: str, value: Any) -> QuerySet:
        """The view asks for both: one comes before the rows are put together, the other after it."""
        return queries


class MostAskedView(ReportView):
    page_title = gettext_lazy("Most searched")
    header_icon = "search"
    index_url_name = "search_most_asked"
    index_results_url_name = "search_most_asked_results"
    permission_policy = ReadOnlyPolicy(SearchQuery)
    any_permission_required = ["view"]
    filterset_class = MostAskedFilterSet
    model = SearchQuery
    default_ordering = "-times"
    columns = [
        Column("text", label=gettext_lazy("words"), sort_key="text"),
        Column("times", label=gettext_lazy("times"), sort_key="times"),
        Column("unanswered", label=gettext_lazy("times without result"), sort_key="unanswered"),
        Column("days", label=gettext_lazy("on days"), sort_key="days"),
        Column("opened", label=gettext_lazy("results opened"), sort_key="opened"),
        Column(
            "mean_place",
            label=gettext_lazy("Mean place opened"),
            accessor=lambda row: rounded(row["mean_place"]),
            sort_key="mean_place",
        ),
    ]
    list_export = ["text", "times", "unanswered", "days", "opened", "mean_place"]
    export_headings = {column.name: column.label for column in columns}
    export_filename = "most-searched"
    custom_field_preprocess = {
        "text": {"csv": safe_cell, "xlsx": safe_cell},
        "mean_place": {"csv": lambda place: rounded(place), "xlsx": lambda place: rounded(place)},
    }

    @property
    def asked_for(self) -> dict[str, Any]:
        return self.filters.form.cleaned_data if self.filters.is_valid() else {}

    def get_page_subtitle(self) -> str:
        """Which days these are, also where nothing was chosen."""
        return str(dict(OTHER_DAYS).get(self.asked_for.get("days", ""), LAST_30_DAYS))

    def get_queryset(self) -> QuerySet:
        queries: SearchQueryQuerySet = SearchQuery.objects.all()
        days = int(self.asked_for.get("days") or USUAL_DAYS)
        found = queries.last_days(days, localdate()).most_asked()
        return found.filter(unanswered__gt=0) if self.asked_for.get("unanswered") else found

    def get_filtered_queryset(self) -> QuerySet:
        name = self.ordering.lstrip("-")
        by = F(name).desc(nulls_last=True) if self.ordering.startswith("-") else F(name).asc(nulls_last=True)
        return self.get_queryset().order_by(by, "text")

    @cached_property
    def no_results_message(self) -> str:
        if self.asked_for.get("unanswered"):
            return _("Every question of these days found something.")
        return _("Nobody searched in these days. Choose more days.")


def rounded(place: float | None) -> float | str:
    return "" if place is None else round(place, 1)
