"""The results page: one search over everything that is public."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.ratelimit import TooManyRequestsError, refuse, visitor
from core.searchable import kinds
from search.best_bets import BestBet, best_bets
from search.engines import EngineDownError, Order, get_engine
from search.facets import offered, tabs
from search.forms import FILTERS, SearchForm
from search.literal import admit
from search.query import MOST_PAGES, Results, corrected_words, find
from search.question import read
from search.related import related
from search.services import count_question
from search.waiting import up_to_date

logger = logging.getLogger(__name__)
RETRY_AFTER = "120"  # seconds; a search index comes back by itself
NARROWING = (*FILTERS, "all")  # of the address: with none of them there may be more


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    context = {"form": form, "typed": request.GET.get("q", ""), "results": None, "kinds": kinds()}
    if not form.is_valid() or not form.cleaned_data["q"]:
        return render(request, "search/results.html", context)
    page = _page(request)
    chosen = form.cleaned_data
    question = read(chosen["q"])
    try:
        admit(question, visitor(request))
    except TooManyRequestsError as error:
        context |= {"wait": error.minutes, "plain": question.wanted}
        response = render(request, "search/results.html", context)
        refuse(response, error)
        return response
    bets = [] if form.filters.chosen() else best_bets(chosen["q"], request)
    try:
        found = find(
            chosen["q"],
            form.filters,
            page,
            order=form.order_wanted,
            all_words=chosen["all"],
            exact=chosen["exact"],
            skip={bet.key for bet in bets},
        )
        perhaps = _perhaps(found, chosen)
    except EngineDownError:
        logger.warning("Search does not answer", exc_info=True)
        response = render(request, "search/results.html", {**context, "down": True}, status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if found.page > max(found.pages, 1):
        raise Http404(_("There is no such page in this list."))
    if page == 1 and not any(chosen[name] for name in NARROWING):
        count_question(
            text=chosen["q"], hits=0 if found.did_you_mean else found.total, now=timezone.localtime()
        )
    context |= {
        "results": found,
        "perhaps": perhaps,
        "best_bets": bets if page == 1 else [],
        "question": question,
        **_choices(form, found, bets),
    }
    return render(request, "search/results.html", context)


def _choices(form: SearchForm, found: Results, bets: list[BestBet]) -> dict[str, Any]:
    """What can be chosen beside, above and below the hits."""
    chosen = form.cleaned_data
    return {
        "chosen": chosen,
        "is_narrowed": any(chosen[name] for name in NARROWING),
        "is_newest": form.order_wanted is Order.NEWEST,
        "tabs": tabs(found, chosen["kind"]),
        "facets": offered(found, chosen),
        "related": related(found.query, found, timezone.localdate()) if found.total or bets else [],
    }


def _perhaps(found: Results, chosen: dict[str, Any]) -> str:
    """Searched as typed, and nothing found: another spelling, to be chosen by the reader."""
    if found.total or not chosen["exact"]:
        return ""
    return corrected_words(read(chosen["q"]), up_to_date(get_engine()))


def _page(request: HttpRequest) -> int:
    value = request.GET.get("page") or "1"
    if not (value.isascii() and value.isdigit() and len(value) < 4 and 1 <= int(value) <= MOST_PAGES):
        raise Http404(_("There is no such page in this list."))
    return int(value)
