"""The results page: one search over everything that is public."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.searchable import kinds
from core.types import Words
from geography.models import Province
from search.engines import EngineDownError
from search.forms import SearchForm
from search.query import MOST_PAGES, Results, find
from search.services import log_unanswered

logger = logging.getLogger(__name__)
RETRY_AFTER = "120"  # seconds; a search index comes back by itself


@dataclass(frozen=True)
class Choice:
    """One value of a filter with the number of documents behind it."""

    value: str
    label: Words
    count: int


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    context = {"form": form, "typed": request.GET.get("q", ""), "results": None, "kinds": kinds()}
    if not form.is_valid():
        return render(request, "search/results.html", context)
    chosen = form.cleaned_data
    if not chosen["q"]:
        return render(request, "search/results.html", context)
    try:
        found = find(
            chosen["q"],
            chosen["kind"],
            chosen["province"],
            chosen["topic"],
            _page(request),
            exact=chosen["exact"],
        )
    except EngineDownError:
        logger.warning("Search does not answer", exc_info=True)
        response = render(request, "search/results.html", {**context, "down": True}, status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if found.page > max(found.pages, 1):
        raise Http404(_("There is no such page in this list."))
    if not found.total or found.did_you_mean:
        log_unanswered(text=chosen["q"], hits=found.total, now=timezone.localtime())
    context |= {
        "results": found,
        "chosen": chosen,
        "kind_choices": kind_choices(found),
        "province_choices": province_choices(found, chosen["province"]),
    }
    return render(request, "search/results.html", context)


def _page(request: HttpRequest) -> int:
    value = request.GET.get("page") or "1"
    if not (value.isascii() and value.isdigit() and len(value) < 4 and 1 <= int(value) <= MOST_PAGES):
        raise Http404(_("There is no such page in this list."))
    return int(value)


def kind_choices(found: Results) -> list[Choice]:
    return [
        Choice(name, searchable.label, found.of("kind")[name])
        for name, searchable in kinds().items()
        if found.of("kind").get(name)
    ]


def province_choices(found: Results, chosen: str) -> list[Choice]:
    """Provinces that have something on this question, the most first; the chosen one always."""
    codes = {*found.of("province"), *filter(None, [chosen])}
    choices = [
        Choice(p.code, p.display_name, found.of("province").get(p.code, 0))
        for p in Province.objects.filter(code__in=codes)
    ]
    return sorted(choices, key=lambda choice: -choice.count)
