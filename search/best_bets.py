"""Pages that editors recommend for a question (Wagtail's "Promoted search results"), shown above the hits."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from core import nearby
from core.searchable import only_public
from core.urls_for import page_path
from search.text import canonical, fold

PROMOTIONS_KEY = "search:promotions"


@dataclass(frozen=True)
class BestBet:
    title: str
    url: str
    text: str
    key: str = ""  # of its search document; "" for another website


@dataclass(frozen=True)
class Promotion:
    """One row in plain values, as it is kept in this process for seconds."""

    page: int | None
    url: str
    title: str
    text: str


def normal(text: str) -> str:
    return " ".join(fold(canonical(text)).split())


def _load() -> dict[str, list[Promotion]]:
    found: dict[str, list[Promotion]] = {}
    for row in SearchPromotion.objects.select_related("query"):
        promotion = Promotion(
            row.page_id, row.external_link_url, row.external_link_text or "", row.description
        )
        found.setdefault(normal(row.query.query_string), []).append(promotion)
    return found


def best_bets(text: str, request: HttpRequest) -> list[BestBet]:
    """For exactly this question, however it is spelled. Only pages that anyone may read at this moment."""
    promotions = nearby.remember(PROMOTIONS_KEY, _load).get(normal(text), [])
    if not promotions:
        return []
    wanted = [promotion.page for promotion in promotions if promotion.page]
    pages = {page.pk: page for page in only_public(Page.objects.filter(pk__in=wanted))} if wanted else {}
    bets = [
        _of_page(pages[p.page], p, request) if p.page in pages else BestBet(p.title or p.url, p.url, p.text)
        for p in promotions
        if p.page in pages or (p.page is None and p.url)
    ]
    return [bet for bet in bets if bet.url]


def _of_page(page: Page, promotion: Promotion, request: HttpRequest) -> BestBet:
    model = page.specific_class
    key = f"{model._meta.label_lower}:{page.pk}" if model else ""
    return BestBet(page.title, page_path(page, request), promotion.text, key)
